"""What every page shares. Its size does not depend on the number of articles."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote, unquote

from msgspec import Struct

from generator.catalogue import Catalogue
from generator.hotlines import Words, spoken
from generator.pages.feedback import Feedback, feedback
from generator.policy import hashed
from generator.render.scripts import Scripts
from generator.settings import Settings

QR_CODE = "share/code.js"
SEARCH_PROGRAM = "search/search.js"
"""Exports `search(query, options)`; starts the form of the search page, and others when told."""
CALCULATOR, METHOD, SEARCH = "calculator", "calculator-method", "search"
PRIVACY = "privacy"
"""Slug of the page about what is kept of a reader."""


class NavLink(Struct, frozen=True):
    """A link as a template prints it."""

    href: str
    title: str


class Frame(Struct, frozen=True, cache_hash=True):
    """Header, footer and addresses common to all pages of a site.

    `code` is the program that draws the code of an address; `before_paint` is the text of the one
    inline script, its hash as a policy names it. `search_script` is the program of search. `picture_font` is the digest of the font pictures
    for sharing are drawn with, `""` where there are none.
    """

    site_name: str
    site_url: str
    home: str
    search: str
    search_script: str
    icon: str
    script: str
    code: str
    before_paint: str
    before_paint_hash: str
    navigation: tuple[NavLink, ...]
    about: tuple[NavLink, ...]
    disclaimer: str
    scam: str
    crisis: tuple[Words, ...]
    operator: str
    contact: str
    icp: str
    police: str
    picture_font: str
    preview: bool
    feedback: Feedback | None


def frame(
    settings: Settings, icon: str, scripts: Scripts, catalogue: Catalogue, picture_font: str
) -> Frame:
    """`icon` is the destination of a file of this site, `picture_font` the digest of a font."""
    options, base = settings.options, settings.base_path
    has_privacy = PRIVACY in catalogue.standing
    return Frame(
        site_name=settings.site_name,
        site_url=settings.site_url,
        home=f"{base}/",
        search=article_path(base, SEARCH),
        search_script=f"{base}/{scripts.addresses[SEARCH_PROGRAM]}",
        icon=f"{base}/{icon}",
        script=f"{base}/{scripts.site}",
        code=f"{base}/{scripts.addresses[QR_CODE]}",
        before_paint=scripts.before_paint,
        before_paint_hash=hashed(scripts.before_paint),
        navigation=tuple(
            NavLink(hub_path(base, "category", category.id), category.title)
            for category in options.categories
        ),
        about=tuple(
            NavLink(article_path(base, slug), page.title)
            for slug, page in catalogue.standing.items()
        ),
        disclaimer=options.footer.disclaimer,
        scam=options.footer.scam,
        crisis=spoken(options.footer.crisis, catalogue.facts.hotlines),
        operator=options.operator.name,
        contact=options.operator.contact,
        icp=options.operator.icp,
        police=options.operator.police,
        picture_font=picture_font,
        preview=options.preview,
        feedback=feedback(settings, article_path(base, PRIVACY) if has_privacy else ""),
    )


def article_path(base: str, slug: str) -> str:
    return f"{base}/{slug}/"


def calculator_slug(mode: str) -> str:
    """Each kind of debt has a page of its own, loans the one without a second name."""
    return CALCULATOR if mode == "loan" else f"{CALCULATOR}-{mode}"


def calculator_link(base: str, mode: str, fragment: str) -> str:
    """The calculator with the inputs of an example; without JavaScript it is just the page."""
    return f"{article_path(base, calculator_slug(mode))}#{fragment}"


@lru_cache(maxsize=1024)  # the same few lists are named on many pages
def hub_path(base: str, kind: str, identifier: str, first: str = "") -> str:
    """Address of a list of articles: `kind` is category, stage, tag or product.

    `first` is the slug a further page begins with.
    """
    address = f"{base}/{kind}/{quote(identifier)}/"
    return f"{address}from/{first}/" if first else address


def canonical(settings: Settings, path: str) -> str:
    """The full address of a site path that already carries the base path."""
    return settings.site_url.removesuffix("/") + path.removeprefix(settings.base_path)


def destination(base: str, path: str) -> str:
    """The file that serves a site path: `/sub/a/` → `a/index.html`."""
    inside = unquote(path.removeprefix(base)).lstrip("/")
    return f"{inside}index.html" if inside.endswith("/") or not inside else inside
