"""A Markdown body cut into what a reader takes for one statement: paragraph, list item, table row.

Code and markup are blanked with characters of the same number, so offsets are those of the body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from generator.scanner import CITATION

_HEADING = re.compile(r"#{1,6}[ \t]")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d+\.)[ \t]+")
_RULE_ROW = re.compile(r"[ \t]*\|?[ \t:|-]+$")
_FENCE_NEXT = re.compile(r"\n*(?:```|~~~)")
_TITLE = re.compile(r"[ \t]*(?:!!!|\?\?\?\+?)[ \t]")


Kind = Literal["paragraph", "item", "columns", "row", "quote", "heading", "title"]
"""What a block is."""

_FLOWING = ("paragraph", "item", "quote")


class Block(Struct, frozen=True):
    """`start` is its offset in the body; `text` keeps the length it has there.

    `lead` is the paragraph right above a list or a table and the names of the table's columns;
    `before_code` says whether a fenced block follows at once.
    """

    kind: Kind
    start: int
    text: str
    lead: str = ""
    before_code: bool = False

    @property
    def cites(self) -> bool:
        """Whether a source is named in it or in its lead."""
        return bool(CITATION.search(self.text) or CITATION.search(self.lead))


def blocks(body: str, masked: str) -> tuple[Block, ...]:
    """The blocks of a body, in order; fenced blocks, the names of columns and rules are none.

    `masked` is the body without its code, see `mask.outside_code`.
    """
    found: list[Block] = []
    paragraph = columns = ""
    has_fence = "```" in body or "~~~" in body
    for kind, start, end in _places(masked):
        text = masked[start:end]
        follows = has_fence and _FENCE_NEXT.match(body, end) is not None
        if kind == "columns":
            columns = text
        elif kind in ("item", "row"):
            lead = f"{paragraph}\n{columns}" if kind == "row" else paragraph
            found.append(Block(kind, start, text, lead, follows))
        else:
            found.append(Block(kind, start, text, "", follows))
            if not text[:1].isspace():
                paragraph, columns = (text if kind == "paragraph" else ""), ""
    return tuple(found)


def _places(masked: str) -> Iterator[tuple[Kind, int, int]]:
    """Kind, start and end of each block. A line that begins nothing goes on with the one above."""
    kind: Kind | None = None
    start = end = at = 0
    in_table = False
    for line in masked.splitlines(keepends=True):
        begins, line_start, at = _kind(line), at, at + len(line)
        line_end = line_start + len(line.rstrip())
        if begins == "paragraph" and kind in _FLOWING:
            end = line_end
            continue
        if kind is not None:
            yield kind, start, end
        if begins == "row" and not in_table:
            begins, in_table = "columns", True
        else:
            in_table = in_table and begins == "row"
        rule = begins == "row" and _RULE_ROW.match(line.rstrip("\n"))
        kind, start, end = (None if rule else begins), line_start, line_end
    if kind is not None:
        yield kind, start, end


def _kind(line: str) -> Kind | None:
    """What a line begins; `None` for an empty one."""
    stripped = line.strip()
    if not stripped:
        return None
    first = stripped[0]
    if first == ">":
        return "quote"
    if first == "|":
        return "row"
    if first == "#" and _HEADING.match(stripped):
        return "heading"
    if first in "!?" and _TITLE.match(line):
        return "title"
    return "item" if (first in "-*+" or first.isdigit()) and _ITEM.match(line) else "paragraph"
