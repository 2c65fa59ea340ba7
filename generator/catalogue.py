"""Everything at once, immutable: the articles a build publishes and how they hang together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from generator import redirects
from generator.article import Article
from generator.diagnostics import Diagnostic
from generator.facts import Sources
from generator.messages import did_you_mean, finding
from generator.settings import Settings

# First path segments the site itself uses.
RESERVED_SLUGS = frozenset(
    [
        "404",
        "assets",
        "calculator",
        "category",
        "corrections",
        "feed",
        "images",
        "index",
        "product",
        "search",
        "sources",
        "stage",
        "tag",
    ]
)


@dataclass(frozen=True, slots=True)
class Edition:
    """Which articles are in: as of which day (Beijing), and whether unpublished ones are shown."""

    as_of: date
    drafts: bool = False

    def includes(self, article: Article) -> bool:
        return self.drafts or self.is_public(article)

    def is_public(self, article: Article) -> bool:
        return not article.draft and article.published <= self.as_of


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The articles of one edition by slug, in slug order, with sources and redirects.

    `failed` are slugs whose pages cannot be made in this run; links to them are
    not reported, their own findings are.
    """

    articles: Mapping[str, Article]
    sources: Sources
    redirects: Mapping[str, str]
    edition: Edition
    failed: frozenset[str]

    def newest_first(self, category: str | None = None) -> list[Article]:
        """Of one category or of all, by publication day, then slug."""
        chosen = [
            article
            for article in self.articles.values()
            if category is None or article.category == category
        ]
        return sorted(chosen, key=lambda article: (-article.published.toordinal(), article.slug))


# Findings that leave a page without something it must print.
_UNPRINTABLE = frozenset(
    ("category-unknown", "stage-unknown", "citation-unknown", "citation-memory")
)


def assemble(
    articles: Sequence[Article],
    unreadable: frozenset[str],
    sources: Sources,
    settings: Settings,
    edition: Edition,
) -> tuple[Catalogue, tuple[Diagnostic, ...]]:
    """Put the parsed articles together and judge what only shows when all are seen.

    `unreadable` are the slugs of files that did not become articles.
    """
    findings: list[Diagnostic] = []
    by_slug: dict[str, Article] = {}
    for article in sorted(articles, key=lambda article: (article.slug, article.path)):
        findings.extend(_place_findings(article, settings))
        first = by_slug.setdefault(article.slug, article)
        if first is not article:
            findings.append(
                finding("slug-duplicate", article.path, slug=article.slug, other=first.path)
            )
    for article in by_slug.values():
        findings.extend(_related_findings(article, by_slug, unreadable, edition))
        findings.extend(_citation_findings(article, sources))
    resolved, misdirected = redirects.resolve(by_slug, edition.includes)
    findings.extend(misdirected)
    unprintable = {entry.path for entry in findings if entry.code in _UNPRINTABLE}
    printable = {
        slug: article
        for slug, article in by_slug.items()
        if edition.includes(article) and article.path not in unprintable
    }
    failed = unreadable | {slug for slug, a in by_slug.items() if a.path in unprintable}
    arriving = {old: slug for old, slug in resolved.items() if slug in printable}
    return Catalogue(printable, sources, arriving, edition, failed), tuple(findings)


def _place_findings(article: Article, settings: Settings) -> Iterator[Diagnostic]:
    categories = [category.id for category in settings.options.categories]
    folder = article.path.rsplit("/", 2)[-2]
    if article.slug in RESERVED_SLUGS:
        yield finding("slug-reserved", article.path, slug=article.slug)
    if article.category not in categories:
        choices = "、".join(categories)
        yield finding(
            "category-unknown",
            article.path,
            article.category_span,
            category=article.category,
            choices=choices,
        )
    elif article.category != folder:
        yield finding(
            "category-folder",
            article.path,
            article.category_span,
            category=article.category,
            folder=folder,
        )
    stages = [stage.id for stage in settings.options.stages]
    for stage, span in zip(article.stages, article.stage_spans, strict=True):
        if stage not in stages:
            choices = "、".join(stages)
            yield finding("stage-unknown", article.path, span, stage=stage, choices=choices)


def _related_findings(
    article: Article,
    by_slug: Mapping[str, Article],
    unreadable: frozenset[str],
    edition: Edition,
) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for entry in article.related:
        target = by_slug.get(entry.value)
        if entry.value == article.slug:
            yield finding("related-self", article.path, entry.span)
        elif entry.value in seen:
            yield finding("related-duplicate", article.path, entry.span, slug=entry.value)
        elif target is None and entry.value in unreadable:
            pass  # that file is reported for what is wrong with it
        elif target is None:
            fix = did_you_mean(entry.value, by_slug, otherwise="核对那篇文章的文件名（不带 .md）")
            yield finding("related-unknown", article.path, entry.span, slug=entry.value, fix=fix)
        elif edition.is_public(article) and not edition.is_public(target):
            yield finding("related-unpublished", article.path, entry.span, slug=entry.value)
        seen.add(entry.value)


def _citation_findings(article: Article, sources: Sources) -> Iterator[Diagnostic]:
    for citation in article.scan.citations:
        row = sources.rows.get(citation.source_id)
        if row is None:
            fix = did_you_mean(
                citation.source_id, sources.rows, otherwise="先在来源表里加上它，或改成已有的编号"
            )
            yield finding(
                "citation-unknown", article.path, citation.span, id=citation.source_id, fix=fix
            )
        elif row.verified == "memory":
            yield finding("citation-memory", article.path, citation.span, id=row.id)
