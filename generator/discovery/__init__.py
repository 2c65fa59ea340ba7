"""How others find the site: sitemap, feeds, robots, plain text, and what pages say of themselves."""
