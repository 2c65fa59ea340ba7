"""Short answers that two articles share: a reader of a list cannot tell which one to open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.article import Article, Source
from generator.diagnostics import Diagnostic
from generator.front_matter import split
from generator.messages import finding
from generator.yaml_document import parse


def repeated(articles: Iterable[Article], sources: Mapping[str, Source]) -> Iterator[Diagnostic]:
    """At the summary of the later article; `sources` are the files by path."""
    first: dict[str, Article] = {}
    for article in sorted(articles, key=lambda article: (article.published, article.slug)):
        earlier = first.setdefault(article.summary, article)
        if earlier is not article:
            block, offset, _, _ = split(sources[article.path].text(), article.path)
            span = parse(block, article.path, offset).values["summary",]
            yield finding("summary-repeated", article.path, span, other=earlier.path)
