"""What an article's headings, aliases and sources must be, apart from their words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.article import Article, Heading
from generator.diagnostics import Diagnostic, Span
from generator.messages import finding

_HAN = re.compile(r"[\u3400-\u9fff]")
_WORTH_A_SOURCE = 200
"""An article with more Chinese characters says something that somebody can check."""

ALIASES = 3
"""An article with fewer is hard to find for readers who call things by other names."""


def skipped_levels(headings: Sequence[Heading], path: str) -> Iterator[Diagnostic]:
    """Headings more than one level below the one before; the page's title is level 1."""
    above = 1
    for heading in headings:
        if heading.level > above + 1:
            marks = "#" * (above + 1)
            yield finding(
                "heading-skip", path, heading.span, level=heading.level, above=above, marks=marks
            )
        above = heading.level


def sourceless(article: Article, body: str) -> Iterator[Diagnostic]:
    """An article of some length that names no source at all."""
    if not article.scan.citations and len(_HAN.findall(body)) > _WORTH_A_SOURCE:
        yield finding("citation-none", article.path, article.title_span)


def few_aliases(article: Article) -> Iterator[Diagnostic]:
    if len(article.aliases) < ALIASES:
        count = len(article.aliases)
        span = article.aliases_span or Span(0, 3)
        yield finding("aliases-few", article.path, span, count=count, least=ALIASES)
