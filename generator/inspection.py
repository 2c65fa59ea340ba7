"""Looks at the HTML that will be served: policy, ids, and where its links lead."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from urllib.parse import unquote, urljoin, urlsplit

from msgspec import Struct
from selectolax.lexbor import LexborHTMLParser

from generator.anchors import RESERVED_PREFIX
from generator.diagnostics import Diagnostic
from generator.messages import finding
from generator.packed import Packing
from generator.pages.frame import destination as destination_of
from generator.strict_html import Reading, StrictReader

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


class PageFacts(Struct, frozen=True, gc=False):
    """What verification needs to know of a page once its bytes are gone.

    `anchors` are the ids other pages may link to. `links` are the local links as
    `file#fragment`, resolved; those into the page itself only if they do not arrive.
    """

    anchors: tuple[str, ...]
    links: tuple[str, ...]


FACTS = Packing(PageFacts)


class Inspector:
    """Looks at many pages of one site; a page with nothing odd in it is read by its tags alone."""

    def __init__(self, base_path: str, posts: str = "") -> None:
        """`posts` is the only address elsewhere a form may be sent to."""
        self._base = base_path
        self._posts = posts
        self._strict = StrictReader(lambda tag, attributes: is_sound(tag, attributes, posts))
        self._resolved: dict[str, str] = {}

    def inspect(
        self, destination: str, content: bytes, inline: Collection[str]
    ) -> tuple[PageFacts, tuple[Diagnostic, ...], frozenset[str]]:
        """Facts of one emitted file, every breach of the page policy in it, and its class names.

        `inline` are the only texts a page may hold as a script or style of its own.
        """
        if not destination.endswith(_HTML_SUFFIX):
            return PageFacts((), ()), (), frozenset()
        findings: tuple[Diagnostic, ...] = ()
        reading = self._strict.read(content, inline)
        if reading is None:
            reading, findings = thorough(destination, content, inline, self._posts)
        facts = PageFacts(
            tuple([name for name in reading.ids if not name.startswith(RESERVED_PREFIX)]),
            self._links(destination, reading.links, frozenset(reading.ids)),
        )
        return facts, findings, reading.classes

    def _links(
        self, destination: str, written: Iterable[str], ids: Collection[str]
    ) -> tuple[str, ...]:
        links: dict[str, None] = {}
        for link in written:
            if link[0] == "#" and link[1:] in ids and "%" not in link:
                continue  # most links lead to a note of the page and back
            # Where a path from the root leads does not depend on the page it stands on.
            resolved = self._resolved.get(link)
            if resolved is None:
                resolved = resolve(destination, link, self._base)
                if link.startswith("/"):
                    self._resolved[link] = resolved
            if resolved and not _is_within(resolved, destination, ids):
                links[resolved] = None
        return tuple(links)


def thorough(
    destination: str, content: bytes, inline: Collection[str], posts: str
) -> tuple[Reading, tuple[Diagnostic, ...]]:
    """What is in any page, and what is wrong with it, as a parser for browsers understands it."""
    root = LexborHTMLParser(content.decode()).root
    ids: dict[str, int] = {}
    links: dict[str, None] = {}
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
        details = _breaches(tag, attributes, posts)
        findings.extend(_breach(destination, detail) for detail in details)
        classes.update((attributes.get("class") or "").split())
        if identifier := attributes.get("id"):
            ids[identifier] = ids.get(identifier, 0) + 1
        for name in ("href", "src"):
            if target := attributes.get(name):
                links[target] = None
    findings.extend(_page_findings(destination, ids, headings))
    return Reading(tuple(ids), tuple(links), frozenset(classes)), tuple(findings)


def is_sound(tag: str, attributes: Mapping[str, str | None], posts: str) -> bool:
    """Whether an element with attributes keeps the page policy."""
    return next(_breaches(tag, attributes, posts), None) is None


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


def _is_within(resolved: str, destination: str, ids: Collection[str]) -> bool:
    """Whether a link leads to the very page it stands on, and arrives."""
    if not resolved.startswith(destination):
        return False
    rest = resolved[len(destination) :]
    return not rest or (rest[0] == "#" and rest[1:] in ids)


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
    if address.startswith(("/", "#")) and not address.startswith(("//", "/\\")):
        return  # of this very site, as most are
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
