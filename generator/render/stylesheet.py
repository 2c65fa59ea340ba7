"""One style sheet for each kind of page: the base and what the components of that kind bring.

A sheet stands in the page itself: a first view then waits for one answer and not for two, which
on a bad network is what a reader feels. The policy names each by its hash, so there are few kinds.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

import lightningcss
from msgspec import Struct

from generator import components
from generator.diagnostics import LineIndex, Span
from generator.errors import YuqiError
from generator.policy import hashed
from generator.render.templates import Templates

BASE = "base.css"
CLASSES = "classes.txt"
"""Every class a page may carry, one a line."""
# The oldest that get everything: what they cannot read is rewritten.
BROWSERS = ("chrome 86", "safari 14", "ios_saf 14", "firefox 86")
KINDS: Mapping[str, str] = {
    "article.html": "reading",
    "calculator.html": "calculator",
    "calculator-method.html": "calculator",
    "gallery.html": "gallery",
}
"""Kind of page by template; every other page with a style is one of lists."""
_LISTS = "lists"
_FRAME = "base.html"
# What the compiler adds wherever a colour scheme is named, for a function we do not use.
_ADDED = re.compile(r"--lightningcss-(?:light|dark):(?: |initial);?")
_PLACE = re.compile(r" at [^ ]*:(\d+):(\d+)$")


class StyleError(YuqiError):
    """A style file of ours that cannot be read: its name, what is wrong and where."""

    def __init__(self, name: str, detail: str, span: Span | None = None) -> None:
        super().__init__(f"templates/{name}：{detail}")
        self.name = name
        self.detail = detail
        self.span = span


class Sheet(Struct, frozen=True):
    """A style as a page carries it; `source` is how a policy allows it."""

    text: str
    source: str


_NONE = Sheet("", "")


class Sheets(Struct, frozen=True):
    """The sheets by kind of page, and the kind of every template that has one."""

    by_kind: Mapping[str, Sheet]
    kinds: Mapping[str, str]

    def of(self, template: str) -> Sheet:
        """The sheet of a page made from this template; an empty one outside of our frame."""
        return self.by_kind[self.kinds[template]] if template in self.kinds else _NONE

    @property
    def sources(self) -> tuple[str, ...]:
        """What a policy of the whole site must allow."""
        return tuple(sorted({sheet.source for sheet in self.by_kind.values()}))


def sheets(
    files: Mapping[str, str],
    templates: Templates,
    pages: Iterable[str],
    without: Collection[str] = (),
) -> Sheets:
    """`files` are the style files by template name, `pages` the templates pages start from.

    Components in `without` are printed as examples only: the settings leave them out elsewhere.
    Raises `StyleError` for a file that is not valid CSS or cannot stand in a page.
    """
    compact = {name: _compact(name, text) for name, text in sorted(files.items())}
    kinds = {page: KINDS.get(page, _LISTS) for page in pages if _FRAME in templates.closure(page)}
    by_kind = {}
    for kind in sorted(set(kinds.values())):
        members = [page for page, own in kinds.items() if own == kind]
        text = "".join(compact[name] for name in _files(members, templates, compact, without))
        by_kind[kind] = Sheet(text, hashed(text))
    return Sheets(by_kind, kinds)


def _files(
    pages: Iterable[str], templates: Templates, files: Mapping[str, str], without: Collection[str]
) -> Iterator[str]:
    """The style files of these pages in a fixed order, the base first.

    A page that prints notes prints a text of an editor, who may call any component with a fence.
    """
    names = templates.closure(*pages)
    if components.template_name("notes") in names:
        names = templates.closure(*names, *map(components.template_name, components.NAMES))
    folders = {name.rpartition("/")[0] for name in names}
    for folder in (f"components/{name}" for name in without):
        if f"{folder}/example.html" not in names:
            folders.discard(folder)
    yield BASE
    yield from (name for name in files if name != BASE and name.rpartition("/")[0] in folders)


def _compact(name: str, text: str) -> str:
    try:
        compact = _ADDED.sub("", lightningcss.process_stylesheet(text, browsers_list=[*BROWSERS]))
    except ValueError as error:
        raise StyleError(name, *_located(str(error), text)) from error
    if "<" in compact:
        raise StyleError(name, "样式会放进网页里，不能有“<”", _first(text, "<"))
    return compact


def _first(text: str, fragment: str) -> Span | None:
    start = text.find(fragment)
    return Span(start, start + len(fragment)) if start >= 0 else None


def _located(message: str, text: str) -> tuple[str, Span | None]:
    """What the parser says, and where; it counts lines from 0 and columns from 1."""
    found = _PLACE.search(message)
    if found is None:
        return message, None
    line, column = int(found[1]) + 1, int(found[2])
    at = LineIndex(text).start_of(line) + column - 1
    at = min(at, max(len(text) - 1, 0))
    while at + 1 < len(text) and text[at].isspace():
        at += 1  # it stops before the space in front of what it did not expect
    return message[: found.start()], Span(at, at + 1)
