"""Help lines: the numbers a page may print, and the `hotlines` fence that shows some of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct
from pydantic import Field

from generator.article import Fence
from generator.diagnostics import Diagnostic, Span
from generator.front_matter import CivilDate
from generator.messages import did_you_mean, finding
from generator.settings import Line, Slug
from generator.table import MaybeText, Row, Table
from generator.yaml_document import parse

PATH = "content/data/hotlines.yml"
FENCE = "hotlines"
_DIGITS = re.compile(r"(?<![\d.])\d{3,}(?![\d.])")


class Hotline(Row):
    """One row of `hotlines.yml`. Its id is the number itself."""

    id: Slug = Field(description="号码本身，例如 12356，写在引号里")
    title: Line = Field(description="叫什么，例如“心理援助”")
    purpose: Line = Field(description="做什么用，一两句话，只看过转述的写明“据公开资料”")
    hours: MaybeText = Field(description="什么时间能打通；没有查到就写“—”")
    source: Slug = Field(description="来源表里的编号")
    checked: CivilDate = Field(description="哪天核对的，例如 2026-11-24")


class ListedHotline(Struct, frozen=True):
    """A help line as a page prints it; `hours` is empty when nothing reliable was found."""

    number: str
    title: str
    purpose: str
    hours: str
    source: str
    checked: str


class Words(Struct, frozen=True):
    """A piece of a line of text; `number` is the help line it names, if it names one."""

    text: str
    number: str = ""


def listed(fence: Fence, path: str, rows: Mapping[str, Hotline]) -> tuple[ListedHotline, ...]:
    """The help lines a fence without findings asks for, in its order."""
    return tuple(
        ListedHotline(
            number=row.id,
            title=row.title,
            purpose=row.purpose,
            hours=row.hours or "",
            source=row.source,
            checked=row.checked.isoformat(),
        )
        for row in (rows[number] for number, _ in asked(fence, path))
    )


def asked(fence: Fence, path: str) -> Iterator[tuple[str, Span]]:
    """Every number a fence names and where."""
    document = parse(fence.text, path, fence.text_span.start)
    value = document.value
    assert isinstance(value, dict)  # the parser accepted this very fence
    numbers = value["show"]
    assert isinstance(numbers, list)
    for at, number in enumerate(numbers):
        yield str(number), document.values["show", at]


def fence_findings(fence: Fence, path: str, rows: Mapping[str, Hotline]) -> Iterator[Diagnostic]:
    """Numbers that are not in the table."""
    for number, span in asked(fence, path):
        if number not in rows:
            yield unknown(path, span, number, rows)


def unknown(path: str, span: Span | None, number: str, rows: Mapping[str, Hotline]) -> Diagnostic:
    fix = did_you_mean(number, rows, otherwise=f"先在 {PATH} 里加上它，写明来源")
    return finding("hotline-unknown", path, span, number=number, fix=fix)


def numbers(text: str) -> Iterator[str]:
    """What reads as a telephone number in a line that says whom to call."""
    for match in _DIGITS.finditer(text):
        yield match[0]


def spoken(text: str, rows: Table[Hotline]) -> tuple[Words, ...]:
    """`text` cut so that every known number stands alone and can be dialled."""
    pieces: list[Words] = []
    at = 0
    for match in _DIGITS.finditer(text):
        if match[0] in rows:
            pieces += (Words(text[at : match.start()]), Words(match[0], match[0]))
            at = match.end()
    return tuple(piece for piece in (*pieces, Words(text[at:])) if piece.text)
