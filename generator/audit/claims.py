"""What a page tells machines of itself against what it shows: address, words, structured data."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from generator.audit.document import Findings, Page, Site
from generator.messages import finding

_TITLE, _DESCRIPTION = (4, 70), (10, 160)
"""Characters, from and to."""

_DATA = "application/ld+json"
_NAMES = frozenset(("@context", "@type", "@id"))
_ADDRESSES = frozenset(("url", "item"))
_DATES = frozenset(("datePublished", "dateModified", "pubDate", "upDate"))
_WORDS_OF_THE_VOCABULARY = {
    "inLanguage": ("zh-CN",),
    "applicationCategory": ("FinanceApplication",),
}
_RETIRED = frozenset(
    ("ClaimReview", "FAQPage", "HowTo", "NewsArticle", "QAPage", "SpecialAnnouncement")
)
_UNSEEN = frozenset(("noscript", "script", "style", "template"))
_SPACE = re.compile(r"\s+")


def address_findings(page: Page, site: Site) -> Findings:
    """The canonical address: the page's own, at the host of the front page; once."""
    summary = page.summary
    links = page.relations("canonical")
    if not summary.is_indexed and not page.is_redirect:
        return
    if len(links) != 1:
        yield finding("audit-canonical", page.path, detail=f"写了 {len(links)} 个，应当正好一个")
        return
    parts = urlsplit(summary.canonical)
    arrives = page.local(parts.path)
    expected = page.local(page.moved_to) if page.is_redirect else page.path
    if not parts.scheme or parts.query or parts.fragment or arrives != expected:
        detail = f"{summary.canonical} 不是这一页的地址"
        yield finding("audit-canonical", page.path, detail=detail)
    elif parts.netloc != urlsplit(site.address).netloc:
        yield finding("audit-canonical", page.path, detail=f"{summary.canonical} 不在本站")


def description_findings(page: Page, site: Site) -> Findings:
    """A title and a description of a length that a list of results shows."""
    summary = page.summary
    if not summary.is_indexed:
        return
    for what, text, (least, most) in (
        ("标题", summary.title, _TITLE),
        ("描述", summary.description, _DESCRIPTION),
    ):
        if not least <= len(text) <= most:
            detail = f"{what}有 {len(text)} 个字，应当是 {least} 到 {most} 个"
            yield finding("audit-description", page.path, detail=detail)


def unique_findings(site: Site) -> Findings:
    """No two pages to be found share a title, a description or an address."""
    for what in ("title", "description", "canonical"):
        owners: dict[str, list[str]] = defaultdict(list)
        for path, page in site.pages.items():
            if page.is_indexed and getattr(page, what):
                owners[getattr(page, what)].append(path)
        for text, paths in owners.items():
            for path in paths[1:]:
                yield finding("audit-duplicate", path, text=text, other=paths[0])


def claim_findings(page: Page, site: Site) -> Findings:
    """Structured data: one block on a page to be found, every value as the page shows it."""
    blocks = [script for script in page.all("script") if script.get("type") == _DATA]
    if len(blocks) != (1 if page.summary.is_indexed else 0):
        yield finding("audit-claim", page.path, detail=f"有 {len(blocks)} 段")
        return
    for block in blocks:
        try:
            value = json.loads(str(block.node.text(strip=False)))
        except ValueError as error:
            yield finding("audit-claim", page.path, detail=f"不是 JSON：{error}")
            continue
        shown = _Shown(page)
        for name, claimed in _values("", value):
            if detail := shown.against(name, claimed):
                yield finding("audit-claim", page.path, detail=detail)


def _values(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Every (key, plain value) below, the kinds of nodes included."""
    if isinstance(value, dict):
        for key, entry in value.items():
            if key == "@type" or key not in _NAMES:
                yield from _values(key, entry)
    elif isinstance(value, list):
        for entry in value:
            yield from _values(name, entry)
    else:
        yield name, value


class _Shown:
    """What a page shows: its words, the days it prints, the addresses it leads to."""

    def __init__(self, page: Page) -> None:
        canonical = page.summary.canonical
        self._words = visible(page)
        self._days = {element.get("datetime") for element in page.all("time")}
        self._addresses = {urljoin(canonical, link.get("href")) for link in page.all("a")}
        self._addresses.add(canonical)

    def against(self, name: str, value: Any) -> str:
        """What is wrong with a claim; `""` if nothing."""
        if isinstance(value, int):
            return ""
        if name == "@type":
            return f"{value} 已经没有搜索结果样式" if value in _RETIRED else ""
        if name in _WORDS_OF_THE_VOCABULARY:
            good = value in _WORDS_OF_THE_VOCABULARY[name]
        elif name in _ADDRESSES:
            good = value in self._addresses
        elif name in _DATES:
            good = value[:10] in self._days
        else:
            good = _SPACE.sub(" ", value).strip() in self._words
        return "" if good else f"{name} 是“{value}”，页面上没有"


def visible(page: Page) -> str:
    """The words of a page as a reader sees them, with single spaces."""
    pieces = []
    for body in page.all("body"):
        for node in body.node.traverse(include_text=True):
            inside = node.parent.tag if node.parent is not None else ""
            if node.tag == "-text" and inside not in _UNSEEN:
                pieces.append(node.text(deep=False) or "")
    return _SPACE.sub(" ", "".join(pieces))
