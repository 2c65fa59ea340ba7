"""The search index: what a page says, in terms a browser can find again."""
