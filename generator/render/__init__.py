"""Markdown, sanitising, templates, style sheet: text in, HTML or CSS out."""
