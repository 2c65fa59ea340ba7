"""The article page and the cards that lead to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from generator.article import Article
from generator.catalogue import Catalogue
from generator.glossary import Use
from generator.pages import stale
from generator.pages.corrections import PrintedChange, printed
from generator.pages.frame import Frame, NavLink, article_path, canonical, hub_path
from generator.pages.product import product_links
from generator.pages.prose import Prose, prose
from generator.pages.stale import Stale
from generator.related import Choice
from generator.settings import Settings

TEMPLATE = "article.html"
TEXT_NAME = "index.txt"
"""The plain text of an article, beside its page."""


class Card(Struct, frozen=True):
    """An article seen from another page."""

    href: str
    title: str
    summary: str
    category: str
    date: str
    reason: str


class ArticlePage(Struct, frozen=True):
    """All an article page depends on."""

    frame: Frame
    canonical: str
    text: str
    title: str
    summary: str
    category: NavLink
    stages: tuple[NavLink, ...]
    published: str
    reviewed: str
    reviewer: str
    mark: str
    tags: tuple[NavLink, ...]
    products: tuple[NavLink, ...]
    prose: Prose
    cards: tuple[Card, ...]
    stale: tuple[Stale, ...]
    changes: tuple[PrintedChange, ...]
    glossary: str
    """Address of the page with all terms; `""` where the site has none."""

    @property
    def modified(self) -> str:
        """The latest of the days it prints of itself."""
        return max((self.published, self.reviewed, *(change.day for change in self.changes)))


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
    uses: tuple[Use, ...],
    choices: Sequence[Choice],
    catalogue: Catalogue,
    frame: Frame,
    settings: Settings,
) -> ArticlePage:
    base = settings.base_path
    return ArticlePage(
        frame=frame,
        canonical=canonical(settings, article_path(base, article.slug)),
        text=article_path(base, article.slug) + TEXT_NAME,
        title=article.title,
        summary=article.summary,
        category=NavLink(
            hub_path(base, "category", article.category), settings.category(article.category).title
        ),
        stages=tuple(
            NavLink(hub_path(base, "stage", stage.id), stage.title)
            for stage in settings.options.stages
            if stage.id in article.stages
        ),
        published=article.published.isoformat(),
        reviewed=article.reviewed.isoformat(),
        reviewer=settings.options.operator.reviewer,
        mark=_mark(article, catalogue),
        tags=tuple(_tags(article, catalogue, base)),
        products=tuple(product_links(article, catalogue, base)),
        prose=_prose(article, body, uses, catalogue),
        cards=tuple(
            card(catalogue.articles[choice.slug], settings, choice.reason) for choice in choices
        ),
        stale=stale.of_page(article, catalogue, settings),
        changes=tuple(printed(article.changes)),
        glossary=glossary_path(catalogue, base),
    )


def _tags(article: Article, catalogue: Catalogue, base: str) -> Iterator[NavLink]:
    """Those that lead to more than this article."""
    for tag in dict.fromkeys(article.tags):
        if tag in catalogue.shared_tags:
            yield NavLink(hub_path(base, "tag", tag), tag)


def _prose(article: Article, body: str, uses: tuple[Use, ...], catalogue: Catalogue) -> Prose:
    facts, worked = catalogue.facts, catalogue.examples.get(article.path, ())
    pictures = catalogue.pictures
    return prose(
        article.path, body, article.body_offset, article.scan, facts, worked, uses, pictures
    )


def glossary_path(catalogue: Catalogue, base: str) -> str:
    """The page that lists all terms; `""` for a site without one."""
    slugs = (page.slug for page in catalogue.standing.values() if page.listing == "glossary")
    return next((article_path(base, slug) for slug in slugs), "")


def _mark(article: Article, catalogue: Catalogue) -> str:
    """How a preview marks what a build leaves out; `""` for what is public."""
    if article.draft:
        return "草稿：不会发布"
    if article.published > catalogue.edition.as_of:
        return f"定时：{article.published.isoformat()} 起发布"
    return ""
