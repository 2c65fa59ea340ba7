"""Every fact-check of the site, in pages of bounded size."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from generator.article import Article
from generator.catalogue import Catalogue
from generator.pages import paging
from generator.pages.frame import Frame, NavLink, article_path, canonical
from generator.settings import Settings

TEMPLATE = "check-list.html"
LISTING = "fact-checks"
_ARTICLES = 60
"""About how many articles one page shows the fact-checks of."""


class ListedCheck(Struct, frozen=True):
    """A fact-check as its own list shows it; the basis is read in the article."""

    claim: str
    verdict: str
    article: NavLink


class CheckPart(Struct, frozen=True):
    """Some of the checks and where the others are; `newer` and `older` are empty at the ends."""

    path: str
    first: str
    newer: str
    older: str
    checks: tuple[ListedCheck, ...]


class CheckListPage(Struct, frozen=True):
    """A further page of the list; its first page is the standing page with an editor's text."""

    frame: Frame
    canonical: str
    title: str
    summary: str
    parent: NavLink
    part: CheckPart


def parts(catalogue: Catalogue, settings: Settings, address: str) -> Iterator[CheckPart]:
    """The whole list cut by article; `address` is that of the first page."""
    articles = [article for article in catalogue.articles.values() if article.checks]
    slugs = [article.slug for article in articles]
    for cut in paging.cuts(slugs, _ARTICLES, paging.further(address)):
        shown = articles[cut.start : cut.end]
        yield CheckPart(
            path=cut.path,
            first=shown[0].title if cut.start else "",
            newer=cut.newer,
            older=cut.older,
            checks=tuple(listed for article in shown for listed in _listed(article, settings)),
        )


def _listed(article: Article, settings: Settings) -> Iterator[ListedCheck]:
    link = NavLink(article_path(settings.base_path, article.slug), article.title)
    for check in article.checks:
        yield ListedCheck(check.claim, check.verdict, link)


def further_pages(
    catalogue: Catalogue, frame: Frame, settings: Settings
) -> Iterator[tuple[str, CheckListPage]]:
    """(site path, page) of all but the first page of every list of fact-checks."""
    for page in catalogue.standing.values():
        if page.listing != LISTING:
            continue
        address = article_path(settings.base_path, page.slug)
        parent = NavLink(address, page.title)
        for part in parts(catalogue, settings, address):
            if part.first:
                yield (
                    part.path,
                    CheckListPage(
                        frame=frame,
                        canonical=canonical(settings, part.path),
                        title=f"{page.title}：从“{part.first}”起",
                        summary=f"{page.summary}从“{part.first}”起。",
                        parent=parent,
                        part=part,
                    ),
                )
