"""The published site and the preview in a real browser: Debian's Chromium."""
