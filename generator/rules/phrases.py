"""Sentences that may not be said: what, why, and what to say instead, from `phrases.yml`.

A reader's own words are no statement of ours: quotations, questions, the claim of a fact-check
and the aliases of an article are let through, and so is a denial.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct
from pydantic import Field

from generator.diagnostics import Diagnostic, Span
from generator.messages import finding
from generator.settings import Line
from generator.table import Row

PHRASES_PATH = "content/data/phrases.yml"
_OWN_WORDS = re.compile(
    r"“[^”\n]*”|「[^」\n]*」|^(?:claim|aliases):[^\n]*|^aliases:\n(?:[ \t]+-[^\n]*\n)*",
    re.MULTILINE,
)
_CODE = re.compile(r"`[^`\n]*`|\]\([^()\n]*\)|\[@[^\]\n]*\]")
_DENIED = re.compile(
    r"(?:不|没|别|勿|未|无|非|禁止|假|骗局|有人说|自称|号称|声称|所谓)[^，。；：！？\n]{0,8}$"
)
_QUESTION = re.compile(r"[^。；！\n]*(?:？|\?|吗)")
_BEFORE = 12


class Phrase(Row):
    """One row of `phrases.yml`."""

    says: tuple[Line, ...] = Field(
        min_length=1, description="不能出现的说法，一个或几个；“…”代表中间最多隔 10 个字"
    )
    reason: Line = Field(description="为什么不能写，一句话")
    instead: Line = Field(description="改成怎么写，一句话")


class _Expression(Struct, frozen=True):
    """One of the things a row forbids: the pieces it is made of, blanks left out, and its pattern."""

    row: Phrase
    pieces: tuple[str, ...]
    pattern: re.Pattern[str]


class Phrasebook(Struct, frozen=True):
    """Everything that may not be said; `longest` finds the longest piece of any of it."""

    expressions: tuple[_Expression, ...]
    longest: re.Pattern[str]

    def candidates(self, text: str) -> Iterator[_Expression]:
        """Those whose pieces all occur in `text`: a cheap look before the exact one."""
        dense = text.replace(" ", "")
        if not self.longest.search(dense):
            return
        for expression in self.expressions:
            first, *others = expression.pieces
            if first in dense and all(piece in dense for piece in others):
                yield expression


def phrasebook(rows: Mapping[str, Phrase]) -> Phrasebook:
    """`rows` in the order of the table."""
    expressions = tuple(_expression(row, says) for row in rows.values() for says in row.says)
    longest = (re.escape(max(expression.pieces, key=len)) for expression in expressions)
    return Phrasebook(expressions, re.compile("|".join(longest)))


def _expression(row: Phrase, says: str) -> _Expression:
    """Blanks do not count, `…` stands for a few characters of the same clause."""
    pieces = tuple(piece.replace(" ", "") for piece in says.split("…"))
    spaced = ("[ ]?".join(map(re.escape, piece)) for piece in pieces)
    return _Expression(row, pieces, re.compile(r"[^，。；！？\n]{0,10}?".join(spaced)))


def own_statements(text: str) -> str:
    """The text with code, citations and everything somebody else says put out of sight."""
    return _CODE.sub(_blank, _OWN_WORDS.sub(_blank, text))


def is_meant(statements: str, match: re.Match[str]) -> bool:
    """Whether what was found there is stated, and neither denied nor asked."""
    before = statements[max(0, match.start() - _BEFORE) : match.start()].rpartition("\n")[2]
    return not _DENIED.search(before) and not _QUESTION.match(statements, match.start())


def forbidden(text: str, book: Phrasebook, path: str) -> Iterator[Diagnostic]:
    """Every place of a whole file, front matter included, that says what may not be said."""
    masked: str | None = None
    for expression in book.candidates(text):
        if masked is None:
            masked = own_statements(text)
        for match in expression.pattern.finditer(masked):
            if not is_meant(masked, match):
                continue
            span, row = Span(match.start(), match.end()), expression.row
            said = text[span.start : span.end]
            yield finding(
                "phrase-forbidden", path, span, said=said, reason=row.reason, instead=row.instead
            )


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])
