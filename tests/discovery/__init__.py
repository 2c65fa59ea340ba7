"""Sitemap, feeds, plain text, metadata: what others find of the site."""
