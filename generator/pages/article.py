"""The article page and the cards that lead to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.article import Article, Fence, Heading
from generator.catalogue import Catalogue
from generator.citations import CitedSource, cited_source
from generator.pages.frame import Frame, NavLink, article_path, canonical, category_path
from generator.related import Choice
from generator.settings import Settings

TEMPLATE = "article.html"


@dataclass(frozen=True, slots=True)
class Card:
    """An article seen from another page."""

    href: str
    title: str
    summary: str
    category: str
    date: str
    reason: str


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """All an article page depends on. `body` is Markdown and begins at `body_offset` of `path`."""

    frame: Frame
    path: str
    canonical: str
    title: str
    summary: str
    category: NavLink
    stages: tuple[str, ...]
    published: str
    reviewed: str
    reviewer: str
    mark: str
    headings: tuple[Heading, ...]
    fences: tuple[Fence, ...]
    body: str
    body_offset: int
    sources: tuple[CitedSource, ...]
    cards: tuple[Card, ...]


def card(article: Article, settings: Settings, reason: str = "") -> Card:
    """`reason` says why it is shown; lists that need none leave it empty."""
    return Card(
        href=article_path(settings.base_path, article.slug),
        title=article.title,
        summary=article.summary,
        category=settings.category(article.category).title,
        date=article.published.isoformat(),
        reason=reason,
    )


def article_page(
    article: Article,
    body: str,
    choices: Sequence[Choice],
    catalogue: Catalogue,
    frame: Frame,
    settings: Settings,
) -> ArticlePage:
    base = settings.base_path
    titles = {stage.id: stage.title for stage in settings.options.stages}
    cited = dict.fromkeys(citation.source_id for citation in article.scan.citations)
    return ArticlePage(
        frame=frame,
        path=article.path,
        canonical=canonical(settings, article_path(base, article.slug)),
        title=article.title,
        summary=article.summary,
        category=NavLink(
            category_path(base, article.category), settings.category(article.category).title
        ),
        stages=tuple(titles[stage] for stage in article.stages),
        published=article.published.isoformat(),
        reviewed=article.reviewed.isoformat(),
        reviewer=settings.options.operator.reviewer,
        mark=_mark(article, catalogue),
        headings=article.scan.headings,
        fences=article.scan.fences,
        body=body,
        body_offset=article.body_offset,
        sources=tuple(cited_source(catalogue.sources.rows[source_id]) for source_id in cited),
        cards=tuple(
            card(catalogue.articles[choice.slug], settings, choice.reason) for choice in choices
        ),
    )


def _mark(article: Article, catalogue: Catalogue) -> str:
    """How a preview marks what a build leaves out; `""` for what is public."""
    if article.draft:
        return "草稿：不会发布"
    if article.published > catalogue.edition.as_of:
        return f"定时：{article.published.isoformat()} 起发布"
    return ""
