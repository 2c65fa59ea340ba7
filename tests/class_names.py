"""The classes that style sheets, scripts and pages name."""

from __future__ import annotations

import re
from collections.abc import Mapping

from selectolax.lexbor import LexborHTMLParser

_DECLARATIONS = re.compile(r"\{[^{}]*\}")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_CLASS = re.compile(r"\.(-?[a-zA-Z_][\w-]*)")
_QUOTED = re.compile(r"""(["'`])((?:(?!\1)[^\\\n]|\\.)*)\1""")
_NAME = re.compile(r"-?[a-zA-Z_][\w-]*")


def in_style(text: str) -> frozenset[str]:
    """The class names a compact style has rules for."""
    selectors = _DECLARATIONS.sub(";", _STRING.sub("", text))
    return frozenset(_CLASS.findall(selectors))


def in_scripts(scripts: Mapping[str, str]) -> frozenset[str]:
    """Every word in a quoted text of a script: a class it sets or looks for is among them."""
    return frozenset(
        word
        for text in scripts.values()
        for _, quoted in _QUOTED.findall(text)
        for word in _NAME.findall(quoted)
    )


def in_page(html: str) -> frozenset[str]:
    """The classes the elements of a page carry."""
    nodes = LexborHTMLParser(html).css("[class]")
    return frozenset(name for node in nodes for name in (node.attributes["class"] or "").split())
