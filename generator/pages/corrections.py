"""What was corrected or brought up to date, of every article, in pages of bounded size."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from generator.article import Change
from generator.catalogue import Catalogue
from generator.pages import paging
from generator.pages.frame import Frame, NavLink, article_path, canonical
from generator.settings import Settings

TEMPLATE = "correction-list.html"
LISTING = "corrections"
_CHANGES = 20
"""About how many changes one page shows."""


class PrintedChange(Struct, frozen=True):
    """A change as a page prints it; `article` is `None` on the article's own page."""

    day: str
    kind: str
    text: str
    article: NavLink | None = None


class CorrectionPart(Struct, frozen=True):
    """Some of the changes, the newest first; `newer` and `older` are empty at the ends."""

    path: str
    first: str
    newer: str
    older: str
    changes: tuple[PrintedChange, ...]


class CorrectionListPage(Struct, frozen=True):
    """A further page of the list; its first page is the standing page with an editor's text."""

    frame: Frame
    canonical: str
    title: str
    summary: str
    parent: NavLink
    part: CorrectionPart


def printed(changes: tuple[Change, ...], article: NavLink | None = None) -> list[PrintedChange]:
    """The newest first, those of one day as they are written."""
    ordered = sorted(changes, key=lambda change: change.day, reverse=True)
    return [PrintedChange(c.day.isoformat(), c.kind, c.text, article) for c in ordered]


def parts(catalogue: Catalogue, settings: Settings, address: str) -> Iterator[CorrectionPart]:
    """The whole list, the newest first; `address` is that of the first page."""
    keyed = sorted(
        (
            (change, f"{change.day}-{article.slug}-{at}")
            for article in catalogue.articles.values()
            for at, change in enumerate(
                printed(
                    article.changes,
                    NavLink(article_path(settings.base_path, article.slug), article.title),
                )
            )
        ),
        key=lambda entry: (entry[0].day, entry[1]),
        reverse=True,
    )
    keys = [key for _, key in keyed]
    for cut in paging.cuts(keys, _CHANGES, paging.further(address)):
        yield CorrectionPart(
            path=cut.path,
            first=keyed[cut.start][0].day if cut.start else "",
            newer=cut.newer,
            older=cut.older,
            changes=tuple(change for change, _ in keyed[cut.start : cut.end]),
        )


def further_pages(
    catalogue: Catalogue, frame: Frame, settings: Settings
) -> Iterator[tuple[str, CorrectionListPage]]:
    """(site path, page) of all but the first page of every list of changes."""
    for page in catalogue.standing.values():
        if page.listing != LISTING:
            continue
        address = article_path(settings.base_path, page.slug)
        for part in parts(catalogue, settings, address):
            if part.first:
                yield (
                    part.path,
                    CorrectionListPage(
                        frame=frame,
                        canonical=canonical(settings, part.path),
                        title=f"{page.title}：{part.first} 和更早的",
                        summary=f"{page.summary}这里是 {part.first} 和更早的。",
                        parent=NavLink(address, page.title),
                        part=part,
                    ),
                )
