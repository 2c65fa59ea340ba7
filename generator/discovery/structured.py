"""What a page says of itself as one JSON-LD graph (schema.org).

Every text in it stands on the page in the same words; an audit holds us to that. No node asks for
a rich result that search engines have retired.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin

from msgspec import json

from generator.citations import CitedSource, Note
from generator.pages.article import ArticlePage
from generator.pages.calculator import CalculatorPage
from generator.pages.checks import CheckListPage
from generator.pages.corrections import CorrectionListPage
from generator.pages.frame import Frame, NavLink
from generator.pages.home import HomePage
from generator.pages.hub import HubPage
from generator.pages.method import MethodPage
from generator.pages.search import SearchPage
from generator.pages.source_lists import SourceListPage
from generator.pages.standing import StandingPage

Described = (
    ArticlePage
    | StandingPage
    | HomePage
    | HubPage
    | SourceListPage
    | CheckListPage
    | CorrectionListPage
    | CalculatorPage
    | MethodPage
    | SearchPage
)
"""The pages that are to be found, and say what they are."""

_Node = dict[str, Any]
_LANGUAGE = "zh-CN"
_BAIDU = "https://ziyuan.baidu.com/contexts/cambrian.jsonld"
# Law in the wide sense; rules an association gave itself and recommended standards are not.
_LAW = re.compile(
    r"^(?!（).*(?:法|法典|条例|办法|规定|规则|解释|决定|批复|意见|通知)(?:（[^（）]*）)?$"
)
_NOT_LAW = frozenset(("自律", "推荐性国家标准"))


def graph(page: Described, notes: Sequence[Note] = ()) -> str:
    """JSON for a script element: it holds no `<`, so nothing in it can end the element."""
    nodes = [_main(page, notes)]
    if not isinstance(page, HomePage):
        nodes.append(_breadcrumbs(page))
    value: _Node = {"@context": "https://schema.org", "@graph": nodes}
    if isinstance(page, ArticlePage):
        # Baidu reads the times of a page from these two, named by its own context.
        terms = {name: f"{_BAIDU}#{name}" for name in ("pubDate", "upDate")}
        value["@context"] = ["https://schema.org", terms]
        value |= {"@id": page.canonical, "pubDate": _moment(page.published)}
        value["upDate"] = _moment(page.modified)
    return json.encode(value).decode().replace("<", "\\u003c")


def _moment(day: str) -> str:
    return f"{day}T00:00:00"


def _main(page: Described, notes: Sequence[Note]) -> _Node:
    if isinstance(page, ArticlePage):
        return _article(page, notes)
    if isinstance(page, HomePage):
        return _site(page.frame) | {"description": page.description}
    kind, node = "WebPage", {"name": page.title, "url": page.canonical}
    if isinstance(page, CalculatorPage):
        kind, node["applicationCategory"] = "WebApplication", "FinanceApplication"
    elif isinstance(page, HubPage | SourceListPage | CheckListPage | CorrectionListPage):
        kind = "CollectionPage"
    if not isinstance(page, CalculatorPage):  # its description is not on the page
        node["description"] = page.summary
    if isinstance(page, StandingPage):
        node["dateModified"] = page.reviewed
    shared = {"inLanguage": _LANGUAGE, "isPartOf": _site(page.frame)}
    return {"@type": kind, **node, **shared, **_citations(notes)}


def _article(page: ArticlePage, notes: Sequence[Note]) -> _Node:
    publisher = {"@type": "Organization", "name": page.frame.operator or page.frame.site_name}
    return {
        "@type": "Article",
        "headline": page.title,
        "description": page.summary,
        "url": page.canonical,
        "datePublished": page.published,
        "dateModified": page.modified,
        "articleSection": page.category.title,
        "inLanguage": _LANGUAGE,
        "author": publisher,
        "publisher": publisher,
        "isPartOf": _site(page.frame),
        **_citations(notes),
    }


def _site(frame: Frame) -> _Node:
    return {"@type": "WebSite", "name": frame.site_name, "url": frame.site_url}


def _citations(notes: Iterable[Note]) -> _Node:
    """A law once, however many of its articles are cited: their numbers identify no work."""
    nodes = [_source(note.source) for note in notes]
    found = {tuple(node.items()): node for node in nodes}
    return {"citation": list(found.values())} if found else {}


@lru_cache(maxsize=1024)  # a source is cited on many pages
def _source(source: CitedSource) -> _Node:
    is_law = source.status not in _NOT_LAW and _LAW.match(source.title)
    node = {"@type": "Legislation" if is_law else "CreativeWork", "name": source.title}
    return node | ({"url": source.url} if source.url else {})


def _breadcrumbs(page: Described) -> _Node:
    """The same steps as the page's own."""
    above, here = trail(page)
    items: list[_Node] = [
        {"name": link.title, "item": urljoin(page.frame.site_url, link.href)}
        for link in (NavLink(page.frame.home, "首页"), *above)
    ]
    items.append({"name": here})
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": at, **item} for at, item in enumerate(items, 1)
        ],
    }


def trail(page: Described) -> tuple[tuple[NavLink, ...], str]:
    """The links between home and this page, and what it is called in its breadcrumbs."""
    if isinstance(page, ArticlePage):
        return (page.category,), page.title
    if isinstance(page, SourceListPage | CheckListPage | CorrectionListPage):
        return (page.parent,), page.title
    if isinstance(page, CalculatorPage):
        return (), "逾期计算器"
    if isinstance(page, MethodPage):
        return (page.calculator,), "算法说明"
    return (), "" if isinstance(page, HomePage) else page.title
