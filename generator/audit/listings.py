"""The files that lead to pages: sitemap, feeds, plain texts, redirects, held against the pages."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from urllib.parse import unquote
from xml.etree import ElementTree as ET

from msgspec import Struct

from generator.audit.claims import visible
from generator.audit.document import Findings, Page, Site
from generator.messages import finding

SITEMAP, ROBOTS, TEXT = "sitemap.xml", "robots.txt", "index.txt"
_MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_ATOM = "{http://www.w3.org/2005/Atom}"
_SCRIPT = re.compile(rb"<(script|style)\b.*?</\1>", re.DOTALL)
_FEED = re.compile(r"(?:^|/)feed\.(?:xml|json)$")


def sitemap_findings(site: Site) -> Findings:
    """Every page to be found, no other, each with a day its page shows; told to crawlers."""
    if SITEMAP not in site.files:
        yield finding("audit-sitemap", SITEMAP, detail="没有这个文件")
        return
    robots = site.files.get(ROBOTS, b"").decode("utf-8", errors="replace")
    if f"Sitemap: {site.address}{SITEMAP}" not in robots.splitlines():
        yield finding("audit-sitemap", ROBOTS, detail="没有写站点地图的地址")
    yield from _copy_findings(site)
    try:
        listed = list(_sitemap(site, site.files[SITEMAP]))
    except (ET.ParseError, KeyError, OSError) as error:
        yield finding("audit-sitemap", SITEMAP, detail=f"读不懂：{error}")
        return
    pages = {page.canonical: path for path, page in site.pages.items() if page.is_indexed}
    for address, modified in listed:
        path = pages.pop(address, "")
        if not path:
            detail = f"{address} 不是要收录的页面，或者写了两次"
            yield finding("audit-sitemap", SITEMAP, detail=detail)
        elif modified and modified.encode() not in _SCRIPT.sub(b"", site.files[path]):
            yield finding("audit-sitemap", SITEMAP, detail=f"{address} 的页面上没有 {modified}")
    for address in pages:
        yield finding("audit-sitemap", SITEMAP, detail=f"漏了 {address}")


def _copy_findings(site: Site) -> Findings:
    packed = site.files.get(f"{SITEMAP}.gz")
    if packed is None or gzip.decompress(packed) != site.files[SITEMAP]:
        yield finding("audit-sitemap", f"{SITEMAP}.gz", detail="和没有压缩的那份不一样")


def _sitemap(site: Site, content: bytes) -> Iterator[tuple[str, str]]:
    """(address, day) of every entry, those of the parts of an index included."""
    root = ET.fromstring(content)  # noqa: S314  # our own file
    for entry in root:
        address = entry.findtext(f"{_MAP}loc") or ""
        if root.tag == f"{_MAP}sitemapindex":
            part = site.files[address.removeprefix(site.address)]
            yield from _sitemap(site, gzip.decompress(part))
        else:
            yield address, entry.findtext(f"{_MAP}lastmod") or ""


class _Entry(Struct, frozen=True):
    """What a feed says of a page."""

    address: str
    title: str
    summary: str
    published: str
    modified: str


def feed_findings(site: Site) -> Findings:
    """Both formats of a feed say the same, and of each page what the page shows."""
    for name in sorted(name for name in site.files if _FEED.search(name)):
        other = name.replace(".xml", ".json") if name.endswith(".xml") else f"{name[:-4]}xml"
        try:
            entries = _feed(name, site.files[name])
        except (ET.ParseError, ValueError, KeyError, TypeError) as error:
            yield finding("audit-feed", name, detail=f"读不懂：{error}")
            continue
        if other not in site.files:
            yield finding("audit-feed", name, detail=f"没有 {other}")
        elif name.endswith(".xml") and entries != _safely(other, site.files[other]):
            yield finding("audit-feed", name, detail=f"和 {other} 说的不一样")
        for entry in entries if name.endswith(".xml") else ():
            yield from _entry_findings(name, entry, site)


def _safely(name: str, content: bytes) -> list[_Entry] | None:
    try:
        return _feed(name, content)
    except (ValueError, KeyError, TypeError):
        return None  # reported under its own name


def _feed(name: str, content: bytes) -> list[_Entry]:
    if name.endswith(".json"):
        keys = ("url", "title", "content_text", "date_published", "date_modified")
        return [_Entry(*(str(item[key]) for key in keys)) for item in json.loads(content)["items"]]
    root = ET.fromstring(content)  # noqa: S314  # our own file
    told = ("title", "summary", "published", "updated")
    return [
        _Entry(
            next(link.get("href", "") for link in entry.iter(f"{_ATOM}link")),
            *(entry.findtext(f"{_ATOM}{key}") or "" for key in told),
        )
        for entry in root.iter(f"{_ATOM}entry")
    ]


def _entry_findings(name: str, entry: _Entry, site: Site) -> Findings:
    path = _path(entry.address, site)
    if path not in site.pages or not site.pages[path].is_indexed:
        yield finding("audit-feed", name, detail=f"{entry.address} 不是要收录的页面")
        return
    page = site.page(path)
    days = {element.get("datetime") for element in page.all("time")}
    words = visible(page)
    for what, good in (
        ("标题", entry.title in [heading.text for heading in page.all("h1")]),
        ("摘要", entry.summary in words),
        ("发布日期", entry.published[:10] in days),
        ("更新日期", entry.modified[:10] in days),
    ):
        if not good:
            yield finding("audit-feed", name, detail=f"{entry.address} 的{what}和页面上的不一样")


def _path(address: str, site: Site) -> str:
    return unquote(address.removeprefix(site.address)) + "index.html"


def alternate_findings(page: Page, site: Site) -> Findings:
    """Other forms of a page that it names: each is there, and a text names the page."""
    for link in page.relations("alternate"):
        target = page.local(link.get("href"))
        if target not in site.files:
            yield finding("audit-missing", page.path, target=link.get("href"))
        elif link.get("type") == "text/plain":
            text = site.files[target].decode("utf-8", errors="replace")
            titles = [heading.text for heading in page.all("h1")]
            if text.partition("\n")[0] not in titles or page.summary.canonical not in text:
                yield finding("audit-text", target, page=page.path)


def redirect_findings(site: Site) -> Findings:
    """A redirect leads to a page to be found, in one step, and is itself not to be found."""
    for path, page in site.pages.items():
        if not page.moved_to:
            continue
        target = site.pages.get(page.moved_to)
        if page.is_indexed:
            yield finding("audit-redirect", path, detail="没有写 noindex")
        if target is not None and (target.moved_to or not target.is_indexed):
            detail = f"{page.moved_to} 又跳到别处，或者不让收录"
            yield finding("audit-redirect", path, detail=detail)
