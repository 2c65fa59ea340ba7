"""What a reader, a screen reader and a search engine find their way by."""

from __future__ import annotations

from collections import Counter

from generator.audit.document import Element, Findings, Page, Site
from generator.messages import finding

_LANGUAGE = "zh-CN"
_HEADINGS = tuple(f"h{level}" for level in range(1, 7))
_LABELLED = ("input", "select", "textarea")
_UNLABELLED_TYPES = frozenset(("hidden", "submit", "button", "reset", "image"))
_NAMED = ("a", "button", "summary")


def head_findings(page: Page, site: Site) -> Findings:
    """Language, character set, viewport, title."""
    roots = page.all("html")
    if [root.get("lang") for root in roots] != [_LANGUAGE]:
        yield finding("audit-head", page.path, detail=f"<html> 的 lang 不是 {_LANGUAGE}")
    if not page.text.lower().startswith("<!doctype html>"):
        yield finding("audit-head", page.path, detail="文件开头不是 <!doctype html>")
    if [meta.get("charset").lower() for meta in page.all("meta") if meta.has("charset")] != [
        "utf-8"
    ]:
        yield finding("audit-head", page.path, detail="没有写明编码是 utf-8")
    if "width=device-width" not in page.meta("viewport"):
        yield finding("audit-head", page.path, detail="没有适应手机宽度的 viewport")
    titles = [title.text for title in page.all("title") if "svg" not in title.inside]
    if len(titles) != 1 or not titles[0]:
        yield finding("audit-head", page.path, detail="应当正好有一个写了字的 <title>")


def heading_findings(page: Page, site: Site) -> Findings:
    """One `h1`, no level skipped on the way down, none empty."""
    headings = page.all(*_HEADINGS)
    ones = sum(heading.tag == "h1" for heading in headings)
    if ones != 1:
        yield finding("audit-heading", page.path, detail=f"有 {ones} 个 <h1>，应当正好一个")
    level = 0
    for heading in headings:
        if _is_hidden(heading):
            continue  # a script shows and fills it when there is something to say
        own = int(heading.tag[1])
        if own > level + 1:
            detail = f"“{heading.text}”是 <{heading.tag}>，上一级却只到 <h{level}>"
            yield finding("audit-heading", page.path, detail=detail)
        if not heading.text:
            yield finding("audit-heading", page.path, detail=f"有一个空的 <{heading.tag}>")
        level = own


def _is_hidden(element: Element) -> bool:
    node = element.node
    while node is not None:
        if "hidden" in node.attributes:
            return True
        if node.parent is None:
            return False
        node = node.parent
    return False


def identifier_findings(page: Page, site: Site) -> Findings:
    """Ids that occur twice, and references to ids that are not there."""
    ids = Counter(element.get("id") for element in page.elements if element.has("id"))
    for identifier, count in ids.items():
        if count > 1 or not identifier:
            yield finding("audit-id", page.path, id=identifier, detail=f"出现了 {count} 次")
    for element in page.elements:
        for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls", "list"):
            for identifier in element.get(name).split():
                if identifier not in ids:
                    detail = f"被 <{element.tag}> 的 {name} 指着，页面上却没有"
                    yield finding("audit-id", page.path, id=identifier, detail=detail)


def landmark_findings(page: Page, site: Site) -> Findings:
    """One `main`; header, footer and a way to skip to the text on every page that has a frame."""
    mains = page.all("main")
    if len(mains) != 1:
        yield finding("audit-landmark", page.path, detail=f"有 {len(mains)} 个 <main>")
        return
    if page.is_redirect:
        return  # one sentence and a link: nothing to skip
    for tag in ("header", "footer"):
        if not any("main" not in element.inside for element in page.all(tag)):
            yield finding("audit-landmark", page.path, detail=f"<main> 外面没有 <{tag}>")
    skip = next(iter(page.all("a")), None)
    if skip is None or skip.get("href") != f"#{mains[0].get('id')}":
        yield finding("audit-landmark", page.path, detail="第一个链接不是“跳到正文”")
    navigations = page.all("nav")
    names = {nav.get("aria-label") or nav.get("aria-labelledby") for nav in navigations}
    if len(navigations) > 1 and ("" in names or len(names) < len(navigations)):
        yield finding("audit-landmark", page.path, detail="几个 <nav> 没有各自的名字")


def name_findings(page: Page, site: Site) -> Findings:
    """Pictures, fields, links and buttons that a screen reader could not name."""
    labelled = {label.get("for") for label in page.all("label") if label.text}
    for element in page.elements:
        if element.tag == "img" and not element.has("alt"):
            yield finding("audit-name", page.path, what=f"图片 {element.get('src')} 没有 alt")
        elif element.tag in _LABELLED and not _is_labelled(element, labelled):
            what = f"<{element.tag} id={element.get('id')}> 没有标签"
            yield finding("audit-name", page.path, what=what)
        elif element.tag in _NAMED and not _is_named(element):
            what = f"<{element.tag}> 没有文字（{element.get('href') or element.get('id')}）"
            yield finding("audit-name", page.path, what=what)


def _is_labelled(element: Element, labelled: set[str]) -> bool:
    if element.get("type").lower() in _UNLABELLED_TYPES:
        return True
    given = element.get("aria-label") or element.get("aria-labelledby")
    return bool(given) or element.get("id") in labelled or "label" in element.inside


def _is_named(element: Element) -> bool:
    if element.tag == "a" and not element.has("href"):
        return True
    pictures = element.node.css("img[alt]:not([alt=''])")
    return bool(element.text or element.get("aria-label") or pictures or _is_hidden(element))
