"""Lists of articles: by category, stage, tag and product, in pages of bounded size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from generator.article import Article, Source, Standing
from generator.catalogue import Catalogue
from generator.glossary import Use
from generator.pages import paging, stale
from generator.pages.article import Card, card, glossary_path
from generator.pages.frame import Frame, NavLink, canonical, hub_path
from generator.pages.paging import Cut
from generator.pages.product import ProductFacts, listed_products, product_facts, product_note
from generator.pages.prose import Prose, prose
from generator.pages.stale import Stale
from generator.products import PATH, Product
from generator.settings import Settings
from generator.similarity import features

TEMPLATE = "hub.html"
FEED = "feed.xml"
"""The feed of a category, beside its first page."""


class Hub(Struct, frozen=True):
    """One list before it is cut into pages. `origin` is the file an editor would look into."""

    kind: str
    identifier: str
    title: str
    summary: str
    note: str
    introduction: Prose | None
    articles: tuple[Article, ...]
    origin: str
    product: ProductFacts | None = None
    stale: tuple[Stale, ...] = ()
    glossary: str = ""
    reviewed: str = ""
    """The day its own text was checked, as `note` prints it."""


class HubPage(Struct, frozen=True):
    """One page of a list; `newer` and `older` are empty at the ends, `first` on the first page.

    `feed` is there on the first page of a category.
    """

    frame: Frame
    canonical: str
    title: str
    summary: str
    note: str
    introduction: Prose | None
    product: ProductFacts | None
    stale: tuple[Stale, ...]
    glossary: str
    """The page of all terms, where the introduction may explain some."""
    feed: str
    first: str
    newer: str
    older: str
    cards: tuple[Card, ...]


def hubs(
    catalogue: Catalogue,
    uses: Mapping[str, tuple[Use, ...]],
    sources: Mapping[str, Source],
    settings: Settings,
) -> Iterator[Hub]:
    """Every list the site has. Categories and stages have a page even while they are empty.

    `uses` are the terms that introductions explain, by path.
    """
    grouped = _grouped(catalogue)

    def hub(kind: str, identifier: str, title: str, summary: str) -> Hub:
        chosen = tuple(grouped.get((kind, identifier), ()))
        return Hub(kind, identifier, title, summary, "", None, chosen, TEMPLATE)

    for category in settings.options.categories:
        yield hub("category", category.id, category.title, category.summary)
    for stage in settings.options.stages:
        listed = hub("stage", stage.id, stage.title, f"{stage.title}时会遇到的问题，新的在前。")
        page = catalogue.stages.get(stage.id)
        if page is not None:
            listed = replace(
                _introduced(listed, page, uses[page.path], catalogue, sources),
                stale=stale.of_page(page, catalogue, settings),
                glossary=glossary_path(catalogue, settings.base_path),
            )
        yield listed
    for tag in sorted(catalogue.shared_tags):
        yield hub("tag", tag, f"标签：{tag}", f"和“{tag}”有关的文章，新的在前。")
    for product, listed_articles in listed_products(catalogue):
        notices = stale.of_product(product, catalogue, settings)
        yield replace(_product(product, listed_articles), stale=notices)


def _product(product: Product, chosen: tuple[Article, ...]) -> Hub:
    return Hub(
        "product",
        product.id,
        title=f"{product.title}逾期",
        summary=product.statement,
        note=product_note(product),
        introduction=None,
        articles=chosen,
        origin=PATH,
        product=product_facts(product),
        reviewed=product.checked.isoformat(),
    )


def _grouped(catalogue: Catalogue) -> dict[tuple[str, str], list[Article]]:
    """(kind, id) → its articles, the newest first."""
    grouped: dict[tuple[str, str], list[Article]] = defaultdict(list)
    for article in catalogue.newest_first:
        for feature in features(article):
            grouped[feature].append(article)
    return grouped


def _introduced(
    listed: Hub,
    page: Standing,
    uses: tuple[Use, ...],
    catalogue: Catalogue,
    sources: Mapping[str, Source],
) -> Hub:
    """A stage with the text an editor wrote for it."""
    body = page.body(sources[page.path])
    facts, worked = catalogue.facts, catalogue.examples.get(page.path, ())
    pictures = catalogue.pictures
    text = prose(page.path, body, page.body_offset, page.scan, facts, worked, uses, pictures)
    return replace(
        listed,
        title=page.title,
        summary=page.summary,
        note=f"资料核对于 {page.reviewed.isoformat()}。",
        introduction=text,
        origin=page.path,
        reviewed=page.reviewed.isoformat(),
    )


def cuts(hub: Hub, settings: Settings) -> Iterator[Cut]:
    """The pages of one list, the newest articles first."""
    slugs = [article.slug for article in hub.articles]
    address = partial(hub_path, settings.base_path, hub.kind, hub.identifier)
    return paging.cuts(slugs, settings.options.page_sizes.category, address)


def modified(hub: Hub, cut: Cut) -> str:
    """The latest day a page of the list prints."""
    shown = hub.articles[cut.start : cut.end]
    return max((hub.reviewed, *(article.published.isoformat() for article in shown)))


def hub_page(hub: Hub, cut: Cut, frame: Frame, settings: Settings) -> HubPage:
    first = not cut.start
    return HubPage(
        frame=frame,
        canonical=canonical(settings, cut.path),
        title=hub.title,
        summary=hub.summary,
        note=hub.note,
        introduction=hub.introduction if first else None,
        product=hub.product if first else None,
        stale=hub.stale if first else (),
        glossary=hub.glossary if first else "",
        feed=f"{cut.path}{FEED}" if first and hub.kind == "category" else "",
        first="" if first else hub.articles[cut.start].title,
        newer=cut.newer,
        older=cut.older,
        cards=tuple(card(each, settings) for each in hub.articles[cut.start : cut.end]),
    )


def stage_links(settings: Settings) -> tuple[NavLink, ...]:
    return tuple(
        NavLink(hub_path(settings.base_path, "stage", stage.id), stage.title)
        for stage in settings.options.stages
    )
