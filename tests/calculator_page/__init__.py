"""The calculator on the site: fences, pages, scripts, the command and the browser."""
