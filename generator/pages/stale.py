"""What a page says once something it rests on is past its day, by the reader's own calendar.

The words are in the page from the start and hidden; a script shows them when the day is over.
What is over already on the day of the build needs no script.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from msgspec import Struct

from generator.article import Article, Fence, Standing
from generator.catalogue import Catalogue
from generator.examples import NAME
from generator.products import Product
from generator.review import MODES, TABLES, Due, table_due
from generator.settings import Settings

_MODE = re.compile(r"^mode:[ \t]*([a-z]+)", re.MULTILINE)


class Stale(Struct, frozen=True):
    """`due` is the last day on which all is well; `over` says that it has passed."""

    due: str
    text: str
    over: bool


def of_page(
    page: Article | Standing, catalogue: Catalogue, settings: Settings
) -> tuple[Stale, ...]:
    """For a page with a date of its own, and the tables its examples rest on."""
    day = page.review_due.isoformat()
    text = f"这一页最晚该在 {day} 再核对一次，现在已经过了。规定、电话和数字可能变了，用之前先打 12348 或到官方网站核一遍。"
    own = Stale(day, text, page.review_due < catalogue.edition.as_of)
    names = {
        name
        for fence in page.scan.fences
        if fence.name == NAME
        for name in MODES.get(_mode(fence), ())
    }
    return (own, *of_tables(names, catalogue, settings))


def of_tables(names: Iterable[str], catalogue: Catalogue, settings: Settings) -> tuple[Stale, ...]:
    """For the tables of these names; the site must have them."""
    tables = catalogue.facts.tables
    if tables is None:
        return ()
    wanted = set(names)
    after = settings.options.review_after
    dues = (table_due(name, tables, after) for name in TABLES if name in wanted)
    return tuple(_of_table(due, catalogue.edition.as_of) for due in dues)


def of_product(product: Product, catalogue: Catalogue, settings: Settings) -> tuple[Stale, ...]:
    """For what others have written about a product."""
    day = product.checked + timedelta(days=settings.options.review_after.products)
    text = (
        f"这些资料核对于 {product.checked.isoformat()}，已经久了，各家的规则可能变了。"
        "以你的合同和 App 页面为准。"
    )
    return (Stale(day.isoformat(), text, day < catalogue.edition.as_of),)


def _of_table(due: Due, as_of: date) -> Stale:
    text = (
        f"“{due.name}”这张表{due.why}。后来有没有变，我们还没有核对；"
        "用到它的数只能参考，先看官方公布的最新数。"
    )
    return Stale(due.day.isoformat(), text, due.day < as_of)


def _mode(fence: Fence) -> str:
    found = _MODE.search(fence.text)
    return found[1] if found else ""
