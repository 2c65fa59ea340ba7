"""The front page: where are you now, the questions asked most, what each category has, what is new."""

from __future__ import annotations

from msgspec import Struct

from generator.catalogue import Catalogue
from generator.pages.article import Card, card
from generator.pages.frame import (
    CALCULATOR,
    Frame,
    NavLink,
    article_path,
    canonical,
    hub_path,
)
from generator.pages.hub import stage_links
from generator.pages.product import listed_products, product_link
from generator.settings import Settings

TEMPLATE = "home.html"


class Shelf(Struct, frozen=True):
    """A category as the home page shows it."""

    link: NavLink
    summary: str
    cards: tuple[Card, ...]


class HomePage(Struct, frozen=True):
    """The front page."""

    frame: Frame
    canonical: str
    description: str
    stages: tuple[NavLink, ...]
    products: tuple[NavLink, ...]
    questions: tuple[Card, ...]
    shelves: tuple[Shelf, ...]
    latest: tuple[Card, ...]
    calculator: NavLink | None
    verification: tuple[tuple[str, str], ...]


def home_page(catalogue: Catalogue, frame: Frame, settings: Settings) -> HomePage:
    sizes = settings.options.page_sizes
    newest = catalogue.newest_first
    shelves = []
    for category in settings.options.categories:
        articles = [article for article in newest if article.category == category.id][: sizes.home]
        link = NavLink(hub_path(settings.base_path, "category", category.id), category.title)
        cards = tuple(card(article, settings) for article in articles)
        shelves.append(Shelf(link, category.summary, cards))
    return HomePage(
        frame=frame,
        canonical=canonical(settings, f"{settings.base_path}/"),
        description=settings.site_description,
        stages=stage_links(settings),
        products=tuple(
            product_link(product, settings.base_path) for product, _ in listed_products(catalogue)
        ),
        questions=tuple(
            card(catalogue.articles[slug], settings)
            for slug in settings.options.questions
            if slug in catalogue.articles
        ),
        shelves=tuple(shelves),
        latest=tuple(card(article, settings) for article in newest[: sizes.latest]),
        calculator=_calculator(catalogue, settings),
        verification=tuple((tag.name, tag.content) for tag in settings.options.verification),
    )


def _calculator(catalogue: Catalogue, settings: Settings) -> NavLink | None:
    if catalogue.facts.tables is None:
        return None
    return NavLink(article_path(settings.base_path, CALCULATOR), "算一算：今天还清要多少")
