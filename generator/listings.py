"""Which pages search finds, and what it knows of them before they are rendered."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue import Catalogue
from generator.pages import calculator, method
from generator.pages.frame import METHOD, article_path, calculator_slug
from generator.plan import article_destination
from generator.search.entry import Listing
from generator.settings import Settings

_FIRST = "0"
"""What the site has of its own sorts before any day, so that a new article is the last."""


def listings(catalogue: Catalogue, settings: Settings) -> Iterator[tuple[str, Listing]]:
    """(destination, listing) of articles, the site's own pages and the calculator's."""
    base = settings.base_path
    for slug, article in catalogue.articles.items():
        yield (
            article_destination(settings, slug),
            Listing(
                order=f"{article.published.isoformat()} {slug}",
                path=article_path(base, slug),
                title=article.title,
                summary=article.summary,
                aliases=article.aliases,
                tags=article.tags,
            ),
        )
    own = [(slug, page.title, page.summary) for slug, page in catalogue.standing.items()]
    if catalogue.facts.tables is not None:
        for mode, (title, summary) in calculator.TITLES.items():
            own.append((calculator_slug(mode), title, summary))
        own.append((METHOD, method.TITLE, method.SUMMARY))
    for slug, title, summary in own:
        listing = Listing(f"{_FIRST} {slug}", article_path(base, slug), title, summary)
        yield article_destination(settings, slug), listing
