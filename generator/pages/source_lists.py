"""Every source with the articles that cite it, by kind of document, in pages of bounded size.

A law many articles rest on has its own list, the rest share one for each kind. A list is cut by
article, so one article more changes one page of each list it appears in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from msgspec import Struct

from generator.article import Article
from generator.catalogue import Catalogue
from generator.citations import CitedSource, cited_source
from generator.facts import KINDS, SourceRow
from generator.pages import paging
from generator.pages.frame import Frame, NavLink, article_path, canonical
from generator.pages.paging import Cut
from generator.settings import Settings

TEMPLATE = "source-list.html"
LISTING = "sources"
_ARTICLES = 40
"""About how many articles one page of a list shows."""


class SourceList(Struct, frozen=True):
    """The sources of one list, and the articles by slug with the ids each of them cites."""

    key: str
    title: str
    rows: tuple[SourceRow, ...]
    citing: Mapping[str, tuple[str, ...]]
    cited: frozenset[str]
    """All ids that any article cites."""


class ListedSource(Struct, frozen=True):
    """A source and the articles that cite it; `elsewhere` says that all of them are on other pages."""

    source: CitedSource
    articles: tuple[NavLink, ...]
    elsewhere: bool


class ListedDocument(Struct, frozen=True):
    """A document in the overview of all lists."""

    title: str
    since: str
    level: str


class ListedKind(Struct, frozen=True):
    """A list in the overview, with the documents it holds."""

    link: NavLink
    documents: tuple[ListedDocument, ...]


class SourceListPage(Struct, frozen=True):
    """One page of a list; `newer` and `older` are empty at the ends, `first` on the first page."""

    frame: Frame
    canonical: str
    title: str
    summary: str
    parent: NavLink
    first: str
    newer: str
    older: str
    checked: str
    """The latest day one of these sources was checked."""
    sources: tuple[ListedSource, ...]


def home(catalogue: Catalogue, base: str) -> NavLink | None:
    """The page of the site that lists its sources, if it has one."""
    for page in catalogue.standing.values():
        if page.listing == LISTING:
            return NavLink(article_path(base, page.slug), page.title)
    return None


def source_lists(catalogue: Catalogue) -> tuple[SourceList, ...]:
    """All lists, laws first."""
    rows = _rows(catalogue)
    citing: dict[str, dict[str, tuple[str, ...]]] = {key: defaultdict(tuple) for key in rows}
    for slug, article in catalogue.articles.items():
        for source in dict.fromkeys(cited(article, catalogue)):
            citing[_key(catalogue.facts.sources[source])][slug] += (source,)
    return tuple(
        SourceList(
            key=key,
            title=_title(found),
            rows=tuple(found),
            citing=citing[key],
            cited=frozenset().union(*citing[key].values()),
        )
        for key, found in rows.items()
    )


def _rows(catalogue: Catalogue) -> dict[str, list[SourceRow]]:
    """The rows of each list, laws first. What is only remembered is no source."""
    rows: dict[str, list[SourceRow]] = defaultdict(list)
    order = {kind: at for at, kind in enumerate(KINDS)}
    for row in sorted(catalogue.facts.sources.values(), key=lambda row: order[row.kind]):
        if row.verified != "memory":
            rows[_key(row)].append(row)
    return rows


def _title(rows: Sequence[SourceRow]) -> str:
    return rows[0].title if rows[0].document else rows[0].kind


def cited(article: Article, catalogue: Catalogue) -> Iterator[str]:
    """The sources of an article, with those of the help lines it shows."""
    yield from article.cited
    for number in article.lines:
        yield catalogue.facts.hotlines[number].source


def _key(row: SourceRow) -> str:
    return row.document or KINDS[row.kind]


def overview(catalogue: Catalogue, parent: NavLink) -> tuple[ListedKind, ...]:
    """All lists and the documents in them, whoever cites them."""
    return tuple(
        ListedKind(NavLink(f"{parent.href}{key}/", _title(rows)), tuple(_documents(rows)))
        for key, rows in _rows(catalogue).items()
    )


def _documents(rows: Sequence[SourceRow]) -> Iterator[ListedDocument]:
    """Each title once, with the days and levels of its rows as far as they agree."""
    titles: dict[str, list[CitedSource]] = defaultdict(list)
    for row in rows:
        titles[row.title].append(cited_source(row))
    for title, sources in titles.items():
        since = {source.effective for source in sources}
        levels = dict.fromkeys(source.level for source in sources)
        yield ListedDocument(title, since.pop() if len(since) == 1 else "", "；".join(levels))


def parts(listed: SourceList, parent: NavLink) -> Iterator[tuple[Cut, tuple[str, ...]]]:
    """The pages of one list, with the slugs of the articles of each, in order."""
    slugs = sorted(listed.citing)
    for cut in paging.cuts(slugs, _ARTICLES, paging.further(f"{parent.href}{listed.key}/")):
        yield cut, tuple(slugs[cut.start : cut.end])


def checked(listed: SourceList, cut: Cut, slugs: Sequence[str]) -> str:
    """The latest day a source of one page was checked."""
    ids = set(chain.from_iterable(map(listed.citing.__getitem__, slugs)))
    shown = (row.checked for row in listed.rows if row.id in ids or not cut.start)
    return max(shown).isoformat()


def list_page(
    listed: SourceList,
    cut: Cut,
    slugs: Sequence[str],
    parent: NavLink,
    catalogue: Catalogue,
    frame: Frame,
    settings: Settings,
) -> SourceListPage:
    return SourceListPage(
        frame=frame,
        canonical=canonical(settings, cut.path),
        title=listed.title,
        summary=f"{listed.title}：本站引用了哪几条，核实到什么程度，哪些文章用到它。",
        parent=parent,
        first=catalogue.articles[slugs[0]].title if cut.start else "",
        newer=cut.newer,
        older=cut.older,
        checked=checked(listed, cut, slugs),
        sources=tuple(
            ListedSource(
                cited_source(row),
                tuple(
                    NavLink(article_path(settings.base_path, slug), catalogue.articles[slug].title)
                    for slug in citing
                ),
                not citing and row.id in listed.cited,
            )
            for row, citing in _citing(listed, cut, slugs)
        ),
    )


def _citing(
    listed: SourceList, cut: Cut, slugs: Sequence[str]
) -> Iterator[tuple[SourceRow, Sequence[str]]]:
    """The sources these articles cite, each with those that do; on the first page all of the list."""
    citing: dict[str, list[str]] = defaultdict(list)
    for slug in slugs:
        for source in listed.citing[slug]:
            citing[source].append(slug)
    for row in listed.rows:
        if row.id in citing or not cut.start:
            yield row, citing[row.id]
