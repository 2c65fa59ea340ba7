"""What a product's page says before its articles, and the products an article is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from msgspec import Struct

from generator.article import Article
from generator.catalogue import Catalogue
from generator.pages.frame import NavLink, hub_path
from generator.products import Product

_UNAFFILIATED = "本站与所列机构无关联。"
_UNDATED = "材料没写日期"


class SaidLine(Struct, frozen=True):
    """One point: what is said, who says it and when, and how far it goes."""

    topic: str
    says: str
    source: str
    standing: str


class ProductFacts(Struct, frozen=True):
    """The part of a product's page that stands in the data."""

    where: str
    about: tuple[SaidLine, ...]
    unknown: tuple[str, ...]


def product_facts(product: Product) -> ProductFacts | None:
    """`None` for a row that only has its line."""
    if not (product.where or product.about or product.unknown):
        return None
    about = tuple(
        SaidLine(said.topic, said.says, f"{said.by}，{said.when or _UNDATED}", said.standing)
        for said in product.about
    )
    return ProductFacts(product.where or "", about, product.unknown)


def product_note(product: Product) -> str:
    return f"{_UNAFFILIATED}资料核对于 {product.checked.isoformat()}。"


def listed_products(catalogue: Catalogue) -> Iterator[tuple[Product, tuple[Article, ...]]]:
    """Every product with articles: those to read first in the editors' order, then its others."""
    own: dict[str | None, list[Article]] = defaultdict(list)
    for article in catalogue.newest_first:
        own[article.product].append(article)
    for product in catalogue.facts.products.values():
        first = [catalogue.articles[slug] for slug in product.first if slug in catalogue.articles]
        others = [entry for entry in own[product.id] if entry.slug not in product.first]
        if first or others:
            yield product, (*first, *others)


def product_link(product: Product, base: str) -> NavLink:
    return NavLink(hub_path(base, "product", product.id), product.title)


def product_links(article: Article, catalogue: Catalogue, base: str) -> Iterator[NavLink]:
    """The page of the article's product, and those of others that list it.

    A page about no product that named a single one would read as if it were about that.
    """
    products = catalogue.facts.products.values()
    listing = [product for product in products if article.slug in product.first]
    several = len(listing) > 1
    for product in products:
        if article.product == product.id or (several and product in listing):
            yield product_link(product, base)
