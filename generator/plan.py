"""Catalogue → the pages of the site, each with its destination."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from msgspec import Struct

from generator.article import Article, Source, Standing
from generator.calculator.spec import MODES
from generator.catalogue import Catalogue
from generator.facts import SOURCES_PATH
from generator.fingerprint import digest
from generator.glossary import USES, Glossary, Use
from generator.pages import (
    calculator,
    checks,
    corrections,
    gallery,
    home,
    hub,
    method,
    search,
    signpost,
    source_lists,
)
from generator.pages.article import ArticlePage, Card, article_page, glossary_path
from generator.pages.calculator import calculator_page
from generator.pages.frame import (
    METHOD,
    SEARCH,
    Frame,
    article_path,
    calculator_slug,
    canonical,
    destination,
    hub_path,
)
from generator.pages.gallery import GalleryPage
from generator.pages.method import method_page
from generator.pages.paging import Cut
from generator.pages.signpost import NotFoundPage, RedirectPage
from generator.pages.standing import standing_page
from generator.related import Choice, Dealing, Dealt, Names
from generator.render.page import Page
from generator.settings import Settings

if TYPE_CHECKING:
    from generator.output import Run


class PlannedPage(Struct, frozen=True):
    """A page before rendering. `origin` names the file an editor would look into.

    `kind` is the type of its value and `canonical` the full address search engines are to know,
    `""` for a page they are not.
    `modified` is the latest day the page prints of itself, in ISO form; `""` if it prints none.
    A `lasting` page has an address a reader may keep; others come and go with what they list.
    `inputs` is a digest of everything the page is made from and perhaps more, `""` where the page
    is there already: with the same inputs it is the same page and need not be made to know that.
    It is made where it is needed, mostly in a process that renders, and not kept.
    """

    destination: str
    origin: str
    kind: type[Page]
    make: Callable[[], Page]
    canonical: str = ""
    modified: str = ""
    lasting: bool = True
    inputs: str = ""


def _planned(
    destination: str, origin: str, page: Page, modified: str = "", *, lasting: bool = True
) -> PlannedPage:
    """A page whose value is there already."""
    address = "" if isinstance(page, NotFoundPage | RedirectPage | GalleryPage) else page.canonical
    return PlannedPage(destination, origin, type(page), lambda: page, address, modified, lasting)


def article_destination(settings: Settings, slug: str) -> str:
    return destination(settings.base_path, article_path(settings.base_path, slug))


def hub_destination(settings: Settings, kind: str, identifier: str) -> str:
    return destination(settings.base_path, hub_path(settings.base_path, kind, identifier))


def dealing(catalogue: Catalogue, settings: Settings, known: Dealt, code: str, run: Run) -> Dealing:
    """The cards of every article, with reasons in the site's own words."""
    count = settings.options.page_sizes.cards
    return Dealing(catalogue, count, names(settings), known, run, code)


def names(settings: Settings) -> Names:
    return Names(
        {stage.id: stage.title for stage in settings.options.stages},
        {category.id: category.title for category in settings.options.categories},
    )


def term_uses(
    catalogue: Catalogue,
    sources: Mapping[str, Source],
    code: str,
    known: Mapping[str, bytes],
) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Of articles and stages, packed, by path; and by what decides them, for the next build.

    `code` is the digest of the generator.
    """
    glossary = Glossary(catalogue.facts.terms)
    words = digest(code, *glossary.words)
    uses: dict[str, bytes] = {}
    learnt: dict[str, bytes] = {}
    pages: tuple[Article | Standing, ...]
    pages = (*catalogue.articles.values(), *catalogue.stages.values())
    for page in pages:
        source = sources[page.path]
        key = f"{source.digest}{words}"
        found = known.get(key)
        if found is None:
            body = page.body(source)
            found = USES.pack(glossary.uses(body, page.scan.fences, page.body_offset))
        uses[page.path] = learnt[key] = found
    return uses, learnt


def other_pages(
    catalogue: Catalogue,
    uses: Mapping[str, bytes],
    sources: Mapping[str, Source],
    frame: Frame,
    scripts: Mapping[str, str],
    settings: Settings,
    common: str,
) -> Iterator[PlannedPage]:
    """Every page but those of articles; `uses`, `sources` and `common` are as for these.

    `scripts` are the destinations of the programs that only some pages load, by name.
    """
    for slug, standing in catalogue.standing.items():
        own = standing_page(standing, sources[standing.path], catalogue, frame, settings)
        yield _planned(
            article_destination(settings, slug), standing.path, own, standing.reviewed.isoformat()
        )
    yield _front(catalogue, frame, settings)
    explained = {page.path: USES.unpack(uses[page.path]) for page in catalogue.stages.values()}
    yield from _hubs(catalogue, explained, sources, frame, settings, common)
    yield from _source_lists(catalogue, frame, settings, common)
    yield from _further(catalogue, frame, settings)
    yield from _programs(catalogue, frame, scripts, settings)
    missing = signpost.not_found_page(catalogue, frame, settings)
    yield _planned("404.html", signpost.NOT_FOUND_TEMPLATE, missing)
    if catalogue.edition.drafts:
        page_of_all = gallery.gallery_page(frame, settings)
        place = article_destination(settings, gallery.GALLERY)
        yield _planned(place, gallery.TEMPLATE, page_of_all)
    for old, slug in catalogue.redirects.items():
        article = catalogue.articles[slug]
        redirect = signpost.redirect_page(article.title, slug, settings)
        yield _planned(article_destination(settings, old), article.path, redirect)


def article_pages(
    catalogue: Catalogue,
    cards: Mapping[str, tuple[Choice, ...]],
    uses: Mapping[str, bytes],
    sources: Mapping[str, Source],
    frame: Frame,
    settings: Settings,
    common: str,
) -> Iterator[PlannedPage]:
    """`cards` are by slug; `uses` are the terms every text explains, packed, and `sources` the
    Markdown files, by path; `common` is a digest of everything but these files.
    """
    shared = digest(common, glossary_path(catalogue, settings.base_path))

    # The page and the text beside it are made one after the other, from the same value.
    @lru_cache(maxsize=1)
    def made(slug: str) -> ArticlePage:
        article = catalogue.articles[slug]
        body = article.body(sources[article.path])
        explained = USES.unpack(uses[article.path])
        return article_page(article, body, explained, cards[slug], catalogue, frame, settings)

    for slug, article in catalogue.articles.items():
        shown = [
            f"{card.slug} {card.reason} {catalogue.articles[card.slug].digest}"
            for card in cards[slug]
        ]
        tags = [tag for tag in article.tags if tag in catalogue.shared_tags]
        yield PlannedPage(
            destination=article_destination(settings, slug),
            origin=article.path,
            kind=ArticlePage,
            make=partial(made, slug),
            canonical=canonical(settings, article_path(settings.base_path, slug)),
            modified=article.modified.isoformat(),
            inputs=digest(shared, article.path, article.digest, "\n".join(shown), "\n".join(tags)),
        )


def _front(catalogue: Catalogue, frame: Frame, settings: Settings) -> PlannedPage:
    front = home.home_page(catalogue, frame, settings)
    shown = (*front.questions, *(card for shelf in front.shelves for card in shelf.cards))
    return _planned("index.html", home.TEMPLATE, front, _newest((*shown, *front.latest)))


def _hubs(
    catalogue: Catalogue,
    uses: Mapping[str, tuple[Use, ...]],
    sources: Mapping[str, Source],
    frame: Frame,
    settings: Settings,
    common: str,
) -> Iterator[PlannedPage]:
    for listed in hub.hubs(catalogue, uses, sources, settings):
        own = digest(common, listed.kind, listed.identifier)
        for cut in hub.cuts(listed, settings):
            shown = listed.articles[cut.start : cut.end]
            yield PlannedPage(
                destination=destination(settings.base_path, cut.path),
                origin=listed.origin,
                kind=hub.HubPage,
                make=partial(hub.hub_page, listed, cut, frame, settings),
                canonical=canonical(settings, cut.path),
                modified=hub.modified(listed, cut),
                # Lists by tag come and go with articles, further pages of any list with their number.
                lasting=listed.kind != "tag" and not cut.start,
                # What an editor wrote for it is in no digest here.
                inputs="" if listed.introduction else _cut_digest(own, cut, shown),
            )


def _newest(cards: Iterable[Card], own: str = "") -> str:
    """The latest of the dates on `cards` and the page's `own`."""
    return max((own, *(card.date for card in cards)))


def _cut_digest(own: str, cut: Cut, articles: Iterable[Article]) -> str:
    """Of one page of a list, with the `articles` on it: what they say and where they are."""
    shown = (f"{article.path} {article.digest}" for article in articles)
    return digest(own, cut.path, cut.newer, cut.older, *shown)


def _source_lists(
    catalogue: Catalogue, frame: Frame, settings: Settings, common: str
) -> Iterator[PlannedPage]:
    """The sources by kind, where the site has a page for them."""
    parent = source_lists.home(catalogue, settings.base_path)
    if parent is None:
        return
    for listed in source_lists.source_lists(catalogue):
        own = digest(common, parent.href, parent.title, listed.key, *sorted(listed.cited))
        for cut, slugs in source_lists.parts(listed, parent):
            shown = map(catalogue.articles.__getitem__, slugs)
            yield PlannedPage(
                destination=destination(settings.base_path, cut.path),
                origin=SOURCES_PATH,
                kind=source_lists.SourceListPage,
                make=partial(
                    source_lists.list_page, listed, cut, slugs, parent, catalogue, frame, settings
                ),
                canonical=canonical(settings, cut.path),
                modified=source_lists.checked(listed, cut, slugs),
                lasting=False,
                inputs=_cut_digest(own, cut, shown),
            )


def _further(catalogue: Catalogue, frame: Frame, settings: Settings) -> Iterator[PlannedPage]:
    """The further pages of fact-checks and changes, where the site has their homes."""
    base = settings.base_path
    for path, further in checks.further_pages(catalogue, frame, settings):
        yield _planned(destination(base, path), checks.TEMPLATE, further, lasting=False)
    for path, older in corrections.further_pages(catalogue, frame, settings):
        yield _planned(destination(base, path), corrections.TEMPLATE, older, lasting=False)


def _programs(
    catalogue: Catalogue, frame: Frame, scripts: Mapping[str, str], settings: Settings
) -> Iterator[PlannedPage]:
    """Search; the calculator and how it calculates, where the site has the tables for it."""
    found = search.search_page(catalogue, frame, settings)
    yield _planned(article_destination(settings, SEARCH), search.TEMPLATE, found)
    tables = catalogue.facts.tables
    if tables is None:
        return
    for mode in MODES:
        script = scripts[calculator.program(mode)]
        page = calculator_page(mode, catalogue, tables, script, frame, settings)
        checked = max(table.through for table in page.checked)
        target = article_destination(settings, calculator_slug(mode))
        yield _planned(target, calculator.TEMPLATE, page, checked)
    told = method_page(catalogue, tables, frame, settings)
    through = max(table.through for table in told.tables)
    yield _planned(article_destination(settings, METHOD), method.TEMPLATE, told, through)
