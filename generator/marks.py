"""The two private-use characters that mark a place in Markdown until its HTML is sanitised.

The parser refuses them in an author's text, and neither Markdown nor the sanitiser touches them.
"""

OPEN, CLOSE = "\ue000", "\ue001"
