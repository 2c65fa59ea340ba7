"""The terms a reader may not know: one sentence each, at the first use on a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Annotated

from msgspec import Struct
from pydantic import Field

from generator.article import Fence
from generator.components import prose_alone
from generator.diagnostics import Span
from generator.marks import CLOSE, OPEN
from generator.mask import blank_match, outside_code
from generator.packed import Packing
from generator.settings import Line, Slug
from generator.table import Row

PATH = "content/data/glossary.yml"
_SENTENCE = r"^[^。！？\n]{9,99}。$"
# Nothing in these is prose a term may be marked in; each is blanked to its own length. Every
# alternative begins with a character, see `generator.mask`.
_BRACKETS = r"\[(?:[^\[\]\n]|\[[^\[\]\n]*\])*\](?:\((?:[^()\n]|\([^()\n]*\))*\))?"
_NOT_PROSE = re.compile(
    rf"#(?<=^#)[^\n]*|!{_BRACKETS}|{_BRACKETS}|\]:[^\n]*|https?://[!-~]*", re.MULTILINE
)
_BOX = re.compile(r"^[ \t]*+(?:!!!|\?{3})[^\n]*", re.MULTILINE)
_MARKED = re.compile(f"{OPEN}t:([a-z0-9-]+){CLOSE}([^{OPEN}{CLOSE}]*){OPEN}t{CLOSE}")


class Term(Row):
    """One row of `glossary.yml`."""

    term: Line = Field(description="读者看到的词，例如“罚息”")
    aliases: tuple[Line, ...] = Field(default=(), description="同一个意思的别的说法")
    not_in: tuple[Line, ...] = Field(
        default=(), description="含有这个词、却不是这个意思的词，例如“终本”不在“最终本金”里"
    )
    sentence: Annotated[str, Field(pattern=_SENTENCE)] = Field(
        description="一句话解释，10 到 100 个字，以“。”结束，句中不再有“。！？”"
    )
    sources: Annotated[tuple[Slug, ...], Field(min_length=1)] = Field(
        description="这句话依据来源表里的哪些编号"
    )

    @property
    def names(self) -> tuple[str, ...]:
        return (self.term, *self.aliases)


class Use(Struct, frozen=True, gc=False):
    """The first time a text uses a term; `span` is within its body."""

    id: str
    span: Span


USES: Packing[tuple[Use, ...]] = Packing(tuple[Use, ...])


class Explained(Struct, frozen=True):
    """A term as an article shows it."""

    id: str
    term: str
    sentence: str


class Glossary(Struct, frozen=True, dict=True):
    """Finds the terms of the table in a body."""

    rows: Mapping[str, Term]

    @cached_property
    def _ids(self) -> dict[str, str]:
        """Every word to look for and its term; `""` for what only looks like one.

        A word that two terms claim is the first one's; the second is told of it.
        """
        last_first = reversed(tuple(self.rows.values()))
        named = {name: row.id for row in last_first for name in row.names}
        return named | {word: "" for row in self.rows.values() for word in row.not_in}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest_first = sorted(self._ids, key=lambda word: (-len(word), word))
        return re.compile("|".join(map(re.escape, longest_first)))

    @property
    def words(self) -> tuple[str, ...]:
        """All that finding depends on: what a body uses changes with nothing else."""
        return tuple(f"{word}={identifier}" for word, identifier in sorted(self._ids.items()))

    def uses(self, body: str, fences: Sequence[Fence] = (), offset: int = 0) -> tuple[Use, ...]:
        """First uses in order of appearance, outside of headings, links and code.

        `fences` are the components of the body, which begins at character `offset` of its file.
        """
        return tuple(self._uses(_prose(body, fences, offset))) if self._ids else ()

    def _uses(self, prose: str) -> Iterator[Use]:
        seen: set[str] = set()
        for match in self._pattern.finditer(prose):
            identifier = self._ids[match[0]]
            if identifier and identifier not in seen:
                seen.add(identifier)
                yield Use(identifier, Span(match.start(), match.end()))


def marked(use: Use, word: str) -> str:
    """The word between marks that neither Markdown nor the sanitiser touches."""
    return f"{OPEN}t:{use.id}{CLOSE}{word}{OPEN}t{CLOSE}"


def resolve(html: str) -> tuple[str, tuple[str, ...]]:
    """The marks as links to the explanations, and the terms that have one."""
    placed: list[str] = []

    def link(match: re.Match[str]) -> str:
        identifier, word = match.groups()
        placed.append(identifier)
        return f'<a class="term" href="#yq-term-{identifier}" id="yq-use-{identifier}">{word}</a>'

    return _MARKED.sub(link, html), tuple(placed)


def _prose(body: str, fences: Sequence[Fence], offset: int) -> str:
    """The body at its own length, with everything blanked in which no term may be marked."""
    text = outside_code(body)
    for fence in fences:
        start, end = fence.text_span.start - offset, fence.text_span.end - offset
        text = text[:start] + prose_alone(fence, " ") + text[end:]
    if "!!!" in text or "???" in text:
        text = _BOX.sub(blank_match, text)
    return _NOT_PROSE.sub(blank_match, text)


def explained(uses: Sequence[Use], rows: Mapping[str, Term]) -> tuple[Explained, ...]:
    return tuple(
        Explained(row.id, row.term, row.sentence) for row in (rows[use.id] for use in uses)
    )
