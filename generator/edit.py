"""A change to a text: what stands in a span is replaced, and nothing else moves by a byte."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from generator.article import Source
from generator.diagnostics import Span

Edit = tuple[Span, str]


def applied(source: Source, edits: Iterable[Edit]) -> bytes:
    """The bytes of a file after the edits, whose spans count a line end as one character."""
    raw = source.content.decode("utf-8")
    # Where, in the text with single line ends, a carriage return was left out before a line feed.
    returns = [at - number for number, at in enumerate(_carriage_returns(raw))]

    def place(offset: int) -> int:
        return offset + bisect_left(returns, offset)

    for span, replacement in sorted(edits, key=lambda edit: edit[0], reverse=True):
        start, end = place(span.start), place(span.end)
        before = raw.rfind("\n", 0, start)
        ending = "\r\n" if before > 0 and raw[before - 1] == "\r" else "\n"
        raw = raw[:start] + replacement.replace("\n", ending) + raw[end:]
    return raw.encode()


def _carriage_returns(raw: str) -> list[int]:
    found, at = [], raw.find("\r\n")
    while at >= 0:
        found.append(at)
        at = raw.find("\r\n", at + 1)
    return found
