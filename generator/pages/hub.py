"""Pages that lead to articles: home and the categories."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.catalogue import Catalogue
from generator.pages.article import Card, card
from generator.pages.frame import Frame, NavLink, canonical, category_path
from generator.settings import Settings

HOME_TEMPLATE = "home.html"
CATEGORY_TEMPLATE = "category.html"


@dataclass(frozen=True, slots=True)
class Shelf:
    """A category as the home page shows it."""

    link: NavLink
    summary: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class HomePage:
    """The front page."""

    frame: Frame
    canonical: str
    description: str
    shelves: tuple[Shelf, ...]
    latest: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class CategoryPage:
    """One page of a category; `previous` and `next` are empty at the ends."""

    frame: Frame
    canonical: str
    title: str
    summary: str
    number: int
    previous: str
    next: str
    cards: tuple[Card, ...]


def home_page(catalogue: Catalogue, frame: Frame, settings: Settings) -> HomePage:
    sizes = settings.options.page_sizes
    shelves = []
    for category in settings.options.categories:
        articles = catalogue.newest_first(category.id)[: sizes.home]
        link = NavLink(category_path(settings.base_path, category.id), category.title)
        cards = tuple(card(article, settings) for article in articles)
        shelves.append(Shelf(link, category.summary, cards))
    latest = tuple(card(a, settings) for a in catalogue.newest_first()[: sizes.latest])
    return HomePage(
        frame=frame,
        canonical=canonical(settings, f"{settings.base_path}/"),
        description=settings.site_description,
        shelves=tuple(shelves),
        latest=latest,
    )


def category_pages(
    catalogue: Catalogue, frame: Frame, settings: Settings
) -> Iterator[tuple[str, CategoryPage]]:
    """(site path, page) for every page of every category; an empty category has one."""
    base, size = settings.base_path, settings.options.page_sizes.category
    for category in settings.options.categories:
        articles = catalogue.newest_first(category.id)
        last = max(1, -(-len(articles) // size))
        for number in range(1, last + 1):
            path = category_path(base, category.id, number)
            shown = articles[(number - 1) * size : number * size]
            yield (
                path,
                CategoryPage(
                    frame=frame,
                    canonical=canonical(settings, path),
                    title=category.title,
                    summary=category.summary,
                    number=number,
                    previous=category_path(base, category.id, number - 1) if number > 1 else "",
                    next=category_path(base, category.id, number + 1) if number < last else "",
                    cards=tuple(card(article, settings) for article in shown),
                ),
            )
