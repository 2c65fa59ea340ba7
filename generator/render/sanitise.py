"""The policy for an author's HTML: what is listed passes, all else is dropped.

The scan reports raw HTML outside the policy at its line; this is the second
wall, for whatever Markdown itself lets through. Ids are allowed on headings
alone; our own ids begin with a prefix no heading may use.
"""

from __future__ import annotations

import nh3

from generator.scanner import ADMONITIONS, RAW_HTML

TAGS = frozenset(
    [
        "a",
        "blockquote",
        "br",
        "code",
        "dd",
        "del",
        "details",
        "div",
        "dl",
        "dt",
        "em",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "img",
        "li",
        "ol",
        "p",
        "pre",
        "strong",
        "summary",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ]
) | frozenset(RAW_HTML)

ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"alt", "decoding", "height", "loading", "src", "title", "width"},
    "ol": {"start"},
    "td": {"data-label"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
    **{tag: set(attributes) for tag, attributes in RAW_HTML.items() if attributes},
}
_ALIGNED = {"align-left", "align-center", "align-right"}
CLASSES = {
    "div": {"admonition", *ADMONITIONS},
    "p": {"admonition-title"},
    "details": set(ADMONITIONS),
    "td": _ALIGNED,
    "th": _ALIGNED,
}
AUTHORED = frozenset().union(*CLASSES.values())
"""Classes an author's Markdown can bring into a page."""


class Sanitiser:
    """A reusable cleaner with the policy above."""

    def __init__(self) -> None:
        self._cleaner = nh3.Cleaner(
            tags=set(TAGS),
            attributes=ATTRIBUTES,
            allowed_classes=CLASSES,
            url_schemes={"https"},
            link_rel=None,
            strip_comments=True,
        )

    def clean(self, html: str) -> str:
        return self._cleaner.clean(html)
