"""Pages that only send a reader on: 404 and redirects."""

from __future__ import annotations

from msgspec import Struct

from generator.catalogue import Catalogue
from generator.pages.frame import Frame, NavLink, article_path, canonical
from generator.pages.hub import stage_links
from generator.settings import Settings

NOT_FOUND_TEMPLATE = "not-found.html"
REDIRECT_TEMPLATE = "redirect.html"


class NotFoundPage(Struct, frozen=True):
    """What a wrong address gets: the ways to go on."""

    frame: Frame
    stages: tuple[NavLink, ...]
    questions: tuple[NavLink, ...]


class RedirectPage(Struct, frozen=True):
    """An old address; `href` is the site path it leads to, `canonical` the full one."""

    site_name: str
    title: str
    href: str
    canonical: str


def not_found_page(catalogue: Catalogue, frame: Frame, settings: Settings) -> NotFoundPage:
    questions = tuple(
        NavLink(article_path(settings.base_path, slug), catalogue.articles[slug].title)
        for slug in settings.options.questions
        if slug in catalogue.articles
    )
    return NotFoundPage(frame, stage_links(settings), questions)


def redirect_page(title: str, slug: str, settings: Settings) -> RedirectPage:
    href = article_path(settings.base_path, slug)
    return RedirectPage(settings.site_name, title, href, canonical(settings, href))
