"""Heading anchors: readable, stable, and independent of the other headings of the page."""

from __future__ import annotations

import re
import unicodedata
from html import unescape

# Our components' own ids begin with this, so no heading can take one of theirs.
RESERVED_PREFIX = "yq-"

EXPLICIT = re.compile(r"(?<![ \t])[ \t]++\{#([^{}\s]*+)\}[ \t]*+$")
_EXPLICIT_ID = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
_MARKUP = re.compile(
    r"\\([^\w\s])|!?\[([^\[\]]*+)\]\([^()]*+\)|[*`~]+|(?<!\w)_+|_+(?!\w)|\[@[^\[\]]*+\]|</?[a-z]+>"
)
_SEPARATORS = re.compile(r"[^\w]+|_+")


def plain_text(heading: str) -> str:
    """The words of a heading line without Markdown marks."""
    return unescape(_MARKUP.sub(lambda match: match[1] or match[2] or "", heading)).strip()


def anchor(heading: str) -> str:
    """`"逾期 3 天，会怎样？"` → `"逾期-3-天-会怎样"`; empty when there is no letter or digit."""
    folded = unicodedata.normalize("NFKC", plain_text(heading)).lower()
    return _SEPARATORS.sub("-", folded).strip("-")


def is_valid_explicit(identifier: str) -> bool:
    return bool(_EXPLICIT_ID.match(identifier)) and not identifier.startswith(RESERVED_PREFIX)
