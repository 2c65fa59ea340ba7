"""`content/data/synonyms.yml`: the words borrowers use, for those the articles use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from generator.article import Source
from generator.diagnostics import Diagnostic
from generator.messages import finding
from generator.parse import decode
from generator.search import tokens
from generator.settings import Line
from generator.validation import validate
from generator.yaml_document import YamlDocument, parse

PATH = "content/data/synonyms.yml"

Tail = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=12, pattern=r"^[^\s，。、？！；：,.?!;:]+$"
    ),
]
Word = Annotated[Tail, StringConstraints(min_length=2)]
_WORD = "一个词，2 到 12 个字，中间没有空格和标点"


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Synonym(_Section):
    """Words readers type, and what the articles say for them."""

    words: tuple[Word, ...] = Field(min_length=1, description=f"读者的说法，每项是{_WORD}")
    means: tuple[Word, ...] = Field(min_length=1, description=f"文章里的说法，每项是{_WORD}")
    reason: Line = Field(description="为什么是一个意思，一句话")


class Vocabulary(_Section):
    """Everything search knows of words that is not in the articles."""

    synonyms: tuple[Synonym, ...] = Field(
        default=(), description="同义词列表，每项有 words、means、reason"
    )
    tails: tuple[Tail, ...] = Field(
        default=(), description="问句里不说明主题的话，例如“怎么办”，每项 1 到 12 个字"
    )
    crisis: tuple[Word, ...] = Field(
        default=(), description=f"流露轻生念头的话，搜到它先显示求助电话，每项是{_WORD}"
    )

    def normalised(self) -> Vocabulary:
        """Every word as a query is when it is compared."""
        synonyms = tuple(
            Synonym(words=_normal(row.words), means=_normal(row.means), reason=row.reason)
            for row in self.synonyms
        )
        return Vocabulary(synonyms=synonyms, tails=_normal(self.tails), crisis=_normal(self.crisis))


def _normal(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(tokens.canonical(tokens.folded(word)) for word in words)


def read(source: Source | None) -> tuple[Vocabulary | None, tuple[Diagnostic, ...]]:
    """The words of the file, none if there is no such file; `None` with all findings."""
    if source is None:
        return Vocabulary(), ()
    text, findings = decode(source)
    if text is None or findings:
        return None, findings
    document = parse(text, source.path)
    if document.value is None and document.findings:
        return None, document.findings
    vocabulary, misfits = validate(Vocabulary, document, source.path, kind="data")
    findings = (*document.findings, *misfits)
    if vocabulary is not None:
        findings += tuple(_repetitions(vocabulary, document, source.path))
    return (None if findings else vocabulary), findings


def _repetitions(vocabulary: Vocabulary, document: YamlDocument, path: str) -> Iterator[Diagnostic]:
    """A word twice among what readers say, or a word that means itself."""
    seen: set[str] = set()
    for at, row in enumerate(vocabulary.synonyms):
        for number, word in enumerate(row.words):
            span = document.span(("synonyms", at, "words", number))
            if word in seen:
                yield finding("synonym-repeated", path, span, word=word)
            if word in row.means:
                yield finding("synonym-itself", path, span, word=word)
            seen.add(word)
    for name in ("tails", "crisis"):
        listed: set[str] = set()
        for number, word in enumerate(getattr(vocabulary, name)):
            if word in listed:
                yield finding("synonym-repeated", path, document.span((name, number)), word=word)
            listed.add(word)
