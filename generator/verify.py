"""Looks at the HTML that will be served: policy, ids, and whether every link arrives."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.article import Article
from generator.diagnostics import Diagnostic
from generator.messages import did_you_mean, finding
from generator.pages.frame import destination as destination_of

_ADDRESSES = ("href", "src", "srcset", "action", "formaction", "poster", "data")
_LOADING_TAGS = frozenset(
    ("img", "script", "iframe", "source", "audio", "video", "object", "embed")
)
_LOADING_RELS = frozenset(("stylesheet", "icon", "preload", "modulepreload", "manifest"))
# Some official sites answer on http only; a reader may be sent there, a page may load nothing.
_SCHEMES = {True: ("", "https", "http", "tel", "mailto"), False: ("", "https")}
_HTML_SUFFIX = ".html"


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What other pages and this one need to know: ids that can be linked to, links made."""

    ids: tuple[str, ...]
    links: tuple[str, ...]


def inspect(destination: str, content: bytes) -> tuple[PageFacts, tuple[Diagnostic, ...]]:
    """Facts of one emitted file and every breach of the page policy in it."""
    if not destination.endswith(_HTML_SUFFIX):
        return PageFacts((), ()), ()
    root = LexborHTMLParser(content.decode()).root
    ids: dict[str, int] = {}
    links: dict[str, None] = {}
    findings: list[Diagnostic] = []
    headings = 0
    for node in root.traverse() if root is not None else ():
        headings += node.tag == "h1"
        findings.extend(
            finding("page-policy", destination, destination=destination, detail=detail)
            for detail in _breaches(node)
        )
        attributes = node.attributes
        if identifier := attributes.get("id"):
            ids[identifier] = ids.get(identifier, 0) + 1
        for name in ("href", "src"):
            if target := attributes.get(name):
                links[target] = None
    findings.extend(_page_findings(destination, ids, headings))
    return PageFacts(tuple(ids), tuple(links)), tuple(findings)


def _page_findings(destination: str, ids: Mapping[str, int], headings: int) -> Iterator[Diagnostic]:
    if headings != 1:
        detail = f"有 {headings} 个 <h1>，应当正好一个"
        yield finding("page-policy", destination, destination=destination, detail=detail)
    for identifier, count in ids.items():
        if count > 1:
            yield finding("page-duplicate-id", destination, destination=destination, id=identifier)


def _breaches(node: LexborNode) -> Iterator[str]:
    """Inline code or style, and anything fetched from elsewhere."""
    attributes = node.attributes
    if node.tag in ("script", "style") and not attributes.get("src"):
        yield f"有内联的 <{node.tag}>"
    for name, value in attributes.items():
        if name.startswith("on"):
            yield f"<{node.tag}> 带有事件属性 {name}"
        elif name == "style":
            yield f"<{node.tag}> 带有 style 属性"
        elif name in _ADDRESSES and value:
            scheme = urlsplit(value).scheme
            if scheme not in _SCHEMES[node.tag == "a"]:
                yield f"<{node.tag}> 的地址用了 {scheme}:"
            elif (scheme or value.startswith("//")) and _loads(node):
                yield f"<{node.tag}> 要从别的网站加载 {value}"


def _loads(node: LexborNode) -> bool:
    relations = (node.attributes.get("rel") or "").split()
    return node.tag in _LOADING_TAGS or (
        node.tag == "link" and not _LOADING_RELS.isdisjoint(relations)
    )


class LinkVerifier:
    """Every link of every page against the files and anchors that will be there."""

    def __init__(
        self,
        facts: Mapping[str, PageFacts],
        articles: Mapping[str, Article],
        base_path: str,
        excused: Collection[str],
    ) -> None:
        """`articles` by destination; `excused` are destinations that failed on their own."""
        self._facts = facts
        self._ids = {name: frozenset(page.ids) for name, page in facts.items()}
        self._articles = articles
        self._base = base_path
        self._excused = excused

    def broken_links(self) -> Iterator[Diagnostic]:
        for name, page in self._facts.items():
            for link in page.links:
                yield from self._check(name, link)

    def orphans(self) -> Iterator[Diagnostic]:
        """Articles no other article's page links to; a site of one article has no other."""
        linked = {
            destination_of(self._base, urlsplit(link).path)
            for name in self._articles
            for link in self._facts[name].links
            if link.startswith(f"{self._base}/")
            and destination_of(self._base, urlsplit(link).path) != name
        }
        for name, article in self._articles.items():
            if name not in linked and len(self._articles) > 1:
                yield finding("page-orphan", article.path, slug=article.slug)

    def _check(self, name: str, link: str) -> Iterator[Diagnostic]:
        if urlsplit(link).scheme or link.startswith("//"):
            return
        resolved = urlsplit(urljoin(f"{self._base}/{name}", link))
        path, fragment = unquote(resolved.path), unquote(resolved.fragment)
        target = destination_of(self._base, path)
        inside = path == self._base or path.startswith(f"{self._base}/")
        if inside and target in self._excused:
            return
        if not inside or target not in self._ids:
            yield from self._broken(name, link, path)
        elif fragment and fragment not in self._ids[target]:
            yield from self._unanchored(name, link, target, fragment)

    def _broken(self, name: str, link: str, path: str) -> Iterator[Diagnostic]:
        slugs = [f"/{article.slug}/" for article in self._articles.values()]
        written = path.removeprefix(self._base)
        fix = did_you_mean(written, slugs, otherwise="核对网址，站内文章写成 /slug/")
        code = "image-missing" if written.startswith("/images/") else "link-broken"
        yield from self._at_source(code, name, link, target=written, fix=fix)

    def _unanchored(self, name: str, link: str, target: str, fragment: str) -> Iterator[Diagnostic]:
        article = self._articles.get(target)
        anchors = [heading.anchor for heading in article.scan.headings] if article else []
        fix = did_you_mean(fragment, anchors, otherwise=f"那一页的标题有：{'、'.join(anchors)}")
        page = link.split("#", maxsplit=1)[0] or "本页"
        yield from self._at_source(
            "anchor-broken", name, link, target=page, anchor=fragment, fix=fix
        )

    def _at_source(self, code: str, name: str, link: str, **values: str) -> Iterator[Diagnostic]:
        """At every place of the article that wrote this link, else at the emitted file."""
        article = self._articles.get(name)
        written = unquote(link).removeprefix(self._base) if link.startswith("/") else unquote(link)
        spans = [
            entry.span
            for entry in (article.scan.links if article else ())
            if unquote(entry.target) == written
        ]
        if article is None or not spans:
            yield finding(code, article.path if article else name, None, **values)
            return
        for span in spans:
            yield finding(code, article.path, span, **values)
