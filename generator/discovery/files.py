"""The files beside the pages, each as a value that makes its own bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Protocol

from msgspec import Struct

from generator.catalogue import Catalogue
from generator.diagnostics import Diagnostic
from generator.discovery import feeds, guides, sitemap
from generator.discovery.plain_text import PlainArticle, plain_article
from generator.discovery.posters import (
    MissingGlyphError,
    Poster,
    painter,
    poster,
    site_poster,
)
from generator.discovery.sitemap import Listed
from generator.messages import finding
from generator.pages.article import TEXT_NAME, ArticlePage
from generator.pages.calculator import CalculatorPage
from generator.pages.frame import Frame, destination
from generator.plan import PlannedPage
from generator.settings import CONFIG_PATH, Settings


class File(Protocol):
    """A frozen value; its fields and the code are all that its bytes depend on."""

    def content(self) -> bytes: ...


class PlannedFile(Struct, frozen=True):
    """A file before it is made. `origin` names the file an editor would look into.

    `inputs` is a digest of all `make` uses, as that of a `PlannedPage`.
    """

    destination: str
    origin: str
    make: Callable[[], File | Poster]
    inputs: str = ""


def _planned(destination: str, origin: str, file: File | Poster) -> PlannedFile:
    """A file whose value is there already."""
    return PlannedFile(destination, origin, lambda: file)


def maker(font: bytes) -> Callable[[File | Poster, str], bytes | Diagnostic]:
    """Makes the bytes of a file, or tells why it cannot be made, at its `PlannedFile.origin`;
    `font` is for posters.
    """
    painted = painter(font)

    def made(file: File | Poster, origin: str) -> bytes | Diagnostic:
        if not isinstance(file, Poster):
            return file.content()
        try:
            return painted(file)
        except MissingGlyphError as error:
            return finding("picture-glyph", origin, sign=error.sign)

    return made


def files(
    planned: Sequence[PlannedPage], catalogue: Catalogue, frame: Frame, settings: Settings
) -> Iterator[PlannedFile]:
    """What belongs to pages, and everything for those who find the site; `planned` are all its pages."""
    for entry in planned:
        if entry.kind is ArticlePage:
            name = entry.destination.removesuffix("index.html") + TEXT_NAME
            yield PlannedFile(name, entry.origin, partial(_plain, entry), entry.inputs)
        elif entry.kind is CalculatorPage:
            page = entry.make()
            assert isinstance(page, CalculatorPage)
            yield _planned(page.tables.destination, entry.origin, page.tables)
    if frame.picture_font:
        yield from _posters(planned, frame)
    if not frame.preview:
        for name, part in sitemap.sitemaps(list(_listed(planned)), settings.site_url):
            yield _planned(name, CONFIG_PATH, part)
        yield _planned("robots.txt", CONFIG_PATH, guides.robots(settings))
    for path, feed in feeds.feeds(catalogue, settings):
        yield _planned(destination("", path), CONFIG_PATH, feed)
    if key := settings.options.notify.indexnow_key:
        yield _planned(f"{key}.txt", CONFIG_PATH, guides.Key(key))
    yield _planned("llms.txt", CONFIG_PATH, guides.guide(catalogue, settings))


def _plain(entry: PlannedPage) -> PlainArticle:
    page = entry.make()
    assert isinstance(page, ArticlePage)  # only these have a text beside them
    return plain_article(page)


def _posters(planned: Sequence[PlannedPage], frame: Frame) -> Iterator[PlannedFile]:
    """One for each article, one for all other pages; two that would look the same are one."""
    found = {}
    for entry in planned:
        if entry.kind is ArticlePage:
            page = entry.make()
            assert isinstance(page, ArticlePage)
            found[poster(page)] = entry.origin
    found[site_poster(frame)] = CONFIG_PATH
    for drawn, origin in found.items():
        yield _planned(drawn.name, origin, drawn)


def _listed(planned: Sequence[PlannedPage]) -> Iterator[Listed]:
    """The pages a search engine is to know: all but those that only send a reader on."""
    for entry in planned:
        if entry.canonical:
            yield Listed(entry.canonical, entry.modified)
