"""The files beside the pages, each as a value that makes its own bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from generator.catalogue import Catalogue
from generator.discovery import feeds, guides, sitemap
from generator.discovery.plain_text import plain_article
from generator.discovery.sitemap import Listed
from generator.pages.article import TEXT_NAME, ArticlePage
from generator.pages.frame import destination
from generator.pages.signpost import NotFoundPage, RedirectPage
from generator.plan import PlannedPage
from generator.settings import CONFIG_PATH, Settings


class File(Protocol):
    """A frozen value; its fields and the code are all that its bytes depend on."""

    def content(self) -> bytes: ...


def content_of(file: File) -> bytes:
    return file.content()


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file before it is made. `origin` names the file an editor would look into."""

    destination: str
    origin: str
    file: File


def files(
    planned: Sequence[PlannedPage], catalogue: Catalogue, settings: Settings
) -> Iterator[PlannedFile]:
    """Everything for those who find the site; `planned` are all its pages."""
    for entry in planned:
        if isinstance(entry.page, ArticlePage):
            name = entry.destination.removesuffix("index.html") + TEXT_NAME
            yield PlannedFile(name, entry.origin, plain_article(entry.page))
    for name, part in sitemap.sitemaps(list(_listed(planned)), settings.site_url):
        yield PlannedFile(name, CONFIG_PATH, part)
    for path, feed in feeds.feeds(catalogue, settings):
        yield PlannedFile(destination("", path), CONFIG_PATH, feed)
    yield PlannedFile("robots.txt", CONFIG_PATH, guides.robots(settings))
    if key := settings.options.notify.indexnow_key:
        yield PlannedFile(f"{key}.txt", CONFIG_PATH, guides.Key(key))
    yield PlannedFile("llms.txt", CONFIG_PATH, guides.guide(catalogue, settings))


def _listed(planned: Sequence[PlannedPage]) -> Iterator[Listed]:
    """The pages a search engine is to know: all but those that only send a reader on."""
    for entry in planned:
        if not isinstance(entry.page, NotFoundPage | RedirectPage):
            yield Listed(entry.page.canonical, entry.modified)
