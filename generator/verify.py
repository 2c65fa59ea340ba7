"""Looks at the HTML that will be served: policy, ids, and whether every link arrives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from urllib.parse import unquote, urljoin, urlsplit

from msgspec import Struct
from selectolax.lexbor import LexborHTMLParser

from generator.anchors import RESERVED_PREFIX
from generator.article import Article, Standing
from generator.calculator.fragment import PREFIX
from generator.diagnostics import Diagnostic, Span
from generator.messages import did_you_mean, finding
from generator.pages.frame import destination as destination_of

_ADDRESSES = frozenset(
    (
        "href",
        "src",
        "srcset",
        "imagesrcset",
        "action",
        "formaction",
        "poster",
        "data",
        "ping",
        "xlink:href",
        "background",
        "cite",
        "manifest",
    )
)
_INLINE_CODE = frozenset(("script", "style"))
# Exactly this and no other attribute makes a script a block of data, which no browser runs.
_DATA = {"type": "application/ld+json"}
# What may name another site without anything being fetched from it.
_NAMING_RELS = frozenset(("alternate", "author", "canonical", "license"))
# Some official sites answer on http only; a reader may be sent there, a page may load nothing.
_NAMED_SCHEMES = ("", "https", "http", "tel", "mailto")
_LOADED_SCHEMES = ("", "https")
_HTML_SUFFIX = ".html"
# Links of the navigation are on every page; how many sound elements are kept has a bound.
_REMEMBERED = 8192


class PageFacts(Struct, frozen=True):
    """What verification needs to know of a page once its bytes are gone.

    `anchors` are the ids other pages may link to. `links` are the local links as
    `file#fragment`, resolved; those into the page itself only if they do not arrive.
    """

    anchors: tuple[str, ...]
    links: tuple[str, ...]


class Inspector:
    """Looks at many pages of one site; what it has seen to be sound it does not look at again."""

    def __init__(self, base_path: str, posts: str = "") -> None:
        """`posts` is the only address elsewhere a form may be sent to."""
        self._base = base_path
        self._posts = posts
        self._harmless: dict[tuple[str | None, ...], bool] = {}
        self._sound: set[object] = set()
        self._resolved: dict[str, str] = {}

    def inspect(
        self, destination: str, content: bytes, inline: Collection[str]
    ) -> tuple[PageFacts, tuple[Diagnostic, ...], frozenset[str]]:
        """Facts of one emitted file, every breach of the page policy in it, and its class names.

        `inline` are the only texts a page may hold as a script or style of its own.
        """
        if not destination.endswith(_HTML_SUFFIX):
            return PageFacts((), ()), (), frozenset()
        root = LexborHTMLParser(content.decode()).root
        ids: dict[str, int] = {}
        written: dict[str, None] = {}
        findings: list[Diagnostic] = []
        classes: set[str] = set()
        headings = 0
        for node in root.traverse() if root is not None else ():
            tag, attributes = node.tag, node.attributes
            headings += tag == "h1"
            if not attributes:
                if tag in _INLINE_CODE and node.text() not in inline:
                    findings.append(_breach(destination, f"有内联的 <{tag}>"))
                continue
            if not self._is_harmless(tag, attributes):
                details = self._breaches(tag, attributes)
                findings.extend(_breach(destination, detail) for detail in details)
            if names := attributes.get("class"):
                classes.add(names)
            if identifier := attributes.get("id"):
                ids[identifier] = ids.get(identifier, 0) + 1
            for name in ("href", "src"):
                if target := attributes.get(name):
                    written[target] = None
        findings.extend(_page_findings(destination, ids, headings))
        facts = PageFacts(
            tuple(name for name in ids if not name.startswith(RESERVED_PREFIX)),
            self._links(destination, written, ids),
        )
        return facts, tuple(findings), frozenset(name for each in classes for name in each.split())

    def _links(
        self, destination: str, written: Iterable[str], ids: Iterable[str]
    ) -> tuple[str, ...]:
        own = {f"{destination}#{identifier}" for identifier in ids} | {destination}
        links: dict[str, None] = {}
        for link in written:
            # Where a path from the root leads does not depend on the page it stands on.
            resolved = self._resolved.get(link)
            if resolved is None:
                resolved = resolve(destination, link, self._base)
                if link.startswith("/"):
                    self._resolved[link] = resolved
            if resolved and resolved not in own:
                links[resolved] = None
        return tuple(links)

    def _is_harmless(self, tag: str | None, attributes: Mapping[str, str | None]) -> bool:
        """Whether nothing can be wrong with such an element, whatever the values."""
        shape = (tag, *attributes)
        known = self._harmless.get(shape)
        if known is None:
            known = tag not in _INLINE_CODE and not any(
                name.startswith("on") or name == "style" or name in _ADDRESSES
                for name in attributes
            )
            self._harmless[shape] = known
        return known

    def _breaches(self, tag: str | None, attributes: Mapping[str, str | None]) -> list[str]:
        """Inline code or style, and anything fetched from elsewhere."""
        element = (tag, *attributes.items())
        if element in self._sound:
            return []
        found = list(_breaches(tag, attributes, self._posts))
        if not found and len(self._sound) < _REMEMBERED:
            self._sound.add(element)
        return found


def resolve(destination: str, link: str, base_path: str) -> str:
    """`file#fragment` a link on the page `destination` leads to; `""` for other sites.

    A path outside the site resolves to itself with a leading slash, which no file has.
    """
    if link.startswith("#"):
        return f"{destination}#{unquote(link[1:])}" if link != "#" else destination
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""  # a breach of the policy, reported as one
    if parts.scheme or parts.netloc:
        return ""
    path = parts.path
    if not path.startswith("/"):
        path = urlsplit(urljoin(f"{base_path}/{destination}", path)).path
    path = unquote(path)
    inside = path.startswith(f"{base_path}/")
    target = destination_of(base_path, path) if inside else f"/{path.lstrip('/')}"
    return f"{target}#{unquote(parts.fragment)}" if parts.fragment else target


def _breach(destination: str, detail: str) -> Diagnostic:
    return finding("page-policy", destination, destination=destination, detail=detail)


def _page_findings(destination: str, ids: Mapping[str, int], headings: int) -> Iterator[Diagnostic]:
    if headings != 1:
        yield _breach(destination, f"有 {headings} 个 <h1>，应当正好一个")
    for identifier, count in ids.items():
        if count > 1:
            yield finding("page-duplicate-id", destination, destination=destination, id=identifier)


def _breaches(tag: str | None, attributes: Mapping[str, str | None], posts: str) -> Iterator[str]:
    data = tag == "script" and attributes == _DATA
    if tag in _INLINE_CODE and not attributes.get("src") and not data:
        yield f"有内联的 <{tag}>"
    for name, value in attributes.items():
        if name.startswith("on"):
            yield f"<{tag}> 带有事件属性 {name}"
        elif name == "style":
            yield f"<{tag}> 带有 style 属性"
        elif name in _ADDRESSES and value and (tag, name, value) != ("form", "action", posts):
            addresses = value.split(",") if name.endswith("srcset") else [value]
            for address in addresses:
                yield from _address_breaches(tag, name, address.strip(), attributes)


def _address_breaches(
    tag: str | None, name: str, address: str, attributes: Mapping[str, str | None]
) -> Iterator[str]:
    try:
        parts = urlsplit(address)
    except ValueError:
        yield f"<{tag}> 的地址读不懂：{address}"
        return
    named = _only_names(tag, name, attributes)
    if parts.scheme not in (_NAMED_SCHEMES if named else _LOADED_SCHEMES):
        yield f"<{tag}> 的地址用了 {parts.scheme}:"
    elif (parts.scheme or parts.netloc) and not named:
        yield f"<{tag}> 要和别的网站通信：{address}"


def _only_names(tag: str | None, name: str, attributes: Mapping[str, str | None]) -> bool:
    """Whether an address of another site is only named: nothing happens until a reader clicks."""
    if name != "href":
        return False
    relations = (attributes.get("rel") or "").split()
    return tag == "a" or (tag == "link" and bool(relations) and _NAMING_RELS.issuperset(relations))


Written = Article | Standing
"""A page someone wrote: it has a path, a slug and a scan with the links and where they stand."""


class LinkVerifier:
    """Every link of every page against the files and anchors that will be there."""

    def __init__(
        self,
        facts: Mapping[str, PageFacts],
        written: Mapping[str, Written],
        base_path: str,
        excused: Collection[str],
    ) -> None:
        """`written` are sources by destination; `excused` destinations failed on their own."""
        self._facts = facts
        self._written = written
        self._base = base_path
        self._excused = excused
        self._spans: dict[str, dict[str, list[Span]]] = {}

    def broken_links(self) -> Iterator[Diagnostic]:
        arriving: set[str] = set()
        for name, page in self._facts.items():
            for link in page.links:
                if link in arriving:
                    continue
                if self._arrives(link):
                    arriving.add(link)
                else:
                    yield from self._report(name, link)

    def written_links(self, article: Article) -> Iterator[Diagnostic]:
        """The links of an article whose page could not be made, as its source has them."""
        name = destination_of("", f"/{article.slug}/")
        self._written = {**self._written, name: article}
        own = {f"{name}#{heading.anchor}" for heading in article.scan.headings}
        for link in dict.fromkeys(self._resolved(name, e.target) for e in article.scan.links):
            if link not in own and not self._arrives(link):
                yield from self._report(name, link)

    def _arrives(self, link: str) -> bool:
        target, _, fragment = link.partition("#")
        if target in self._excused:
            return True
        known = self._facts.get(target)
        if known is None:
            return False
        # The inputs of a calculation are no anchor; the page reads them itself.
        return not fragment or fragment in known.anchors or fragment.startswith(PREFIX)

    def _report(self, name: str, link: str) -> Iterator[Diagnostic]:
        target, _, fragment = link.partition("#")
        if target in self._facts:
            yield from self._unanchored(name, link, target, fragment)
        else:
            yield from self._broken(name, link, target)

    def orphans(self, articles: Mapping[str, Article]) -> Iterator[Diagnostic]:
        """Articles no other article's page links to; a site of one article has no other."""
        if len(articles) < 2:
            return
        linked = {
            target
            for name in articles
            for target in (link.partition("#")[0] for link in self._facts[name].links)
            if target != name
        }
        for name, article in articles.items():
            if name not in linked:
                yield finding("page-orphan", article.path, slug=article.slug)

    def _broken(self, name: str, link: str, target: str) -> Iterator[Diagnostic]:
        slugs = [f"/{page.slug}/" for page in self._written.values()]
        address = f"/{target.removesuffix('index.html').lstrip('/')}"
        fix = did_you_mean(address, slugs, otherwise="核对网址，站内文章写成 /slug/")
        code = "image-missing" if target.startswith("images/") else "link-broken"
        yield from self._at_source(code, name, link, target=address, fix=fix)

    def _unanchored(self, name: str, link: str, target: str, fragment: str) -> Iterator[Diagnostic]:
        page = self._written.get(target)
        anchors = [heading.anchor for heading in page.scan.headings] if page else []
        fix = did_you_mean(fragment, anchors, otherwise=f"那一页的标题有：{'、'.join(anchors)}")
        where = "本页" if target == name else f"/{target.removesuffix('index.html')}"
        yield from self._at_source(
            "anchor-broken", name, link, target=where, anchor=fragment, fix=fix
        )

    def _at_source(self, code: str, name: str, link: str, **values: str) -> Iterator[Diagnostic]:
        """At every place of the article that wrote this link, else at the emitted file."""
        page = self._written.get(name)
        spans = self._places(name).get(link, ())
        if page is None or not spans:
            yield finding(code, page.path if page else name, None, **values)
            return
        for span in spans:
            yield finding(code, page.path, span, **values)

    def _places(self, name: str) -> Mapping[str, list[Span]]:
        """Where each link of a page is written, by what it leads to."""
        if name not in self._spans:
            places = self._spans[name] = defaultdict(list)
            page = self._written.get(name)
            for entry in page.scan.links if page else ():
                places[self._resolved(name, entry.target)].append(entry.span)
        return self._spans[name]

    def _resolved(self, name: str, written: str) -> str:
        """What a link means as an author writes it: without the base path."""
        rooted = f"{self._base}{written}" if written.startswith("/") else written
        return resolve(name, rooted, self._base)
