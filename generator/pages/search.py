"""The search page: a form for scripts, and without them the ways to every article."""

from __future__ import annotations

from msgspec import Struct

from generator.article import Article, Standing
from generator.catalogue import Catalogue
from generator.hotlines import Words
from generator.pages.frame import (
    CALCULATOR,
    SEARCH,
    Frame,
    NavLink,
    article_path,
    canonical,
    hub_path,
)
from generator.pages.hub import stage_links
from generator.settings import Settings

TEMPLATE = "search.html"
TITLE = "搜索"
SUMMARY = "用自己的话问，不用想专门的词。打错字、写拼音、写繁体都可以。要找的字只留在你的手机里。"
_HELP = ("mental-health-crisis", "help")
"""Where a reader who does not want to live is sent, as far as the site has them."""


class Shelf(Struct, frozen=True):
    """A category: its page has every article of it."""

    link: NavLink
    summary: str


class SearchPage(Struct, frozen=True):
    """All the search page depends on; nothing of it grows with the articles."""

    frame: Frame
    canonical: str
    title: str
    summary: str
    shelves: tuple[Shelf, ...]
    stages: tuple[NavLink, ...]
    calculator: NavLink | None
    crisis: tuple[Words, ...]
    help: tuple[NavLink, ...]


def search_page(catalogue: Catalogue, frame: Frame, settings: Settings) -> SearchPage:
    base = settings.base_path
    pages: dict[str, Article | Standing] = {**catalogue.articles, **catalogue.standing}
    return SearchPage(
        frame=frame,
        canonical=canonical(settings, article_path(base, SEARCH)),
        title=TITLE,
        summary=SUMMARY,
        shelves=tuple(
            Shelf(NavLink(hub_path(base, "category", it.id), it.title), it.summary)
            for it in settings.options.categories
        ),
        stages=stage_links(settings),
        calculator=NavLink(article_path(base, CALCULATOR), "逾期计算器")
        if catalogue.facts.tables is not None
        else None,
        crisis=frame.crisis,
        help=tuple(
            NavLink(article_path(base, slug), pages[slug].title) for slug in _HELP if slug in pages
        ),
    )
