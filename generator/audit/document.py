"""A page and a site as a check sees them: parsed HTML, and files by path."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from urllib.parse import unquote, urljoin, urlsplit

from msgspec import Struct, field
from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.diagnostics import Diagnostic, Span

_REFRESH = re.compile(r"^\s*0\s*;\s*url=(.+)$", re.IGNORECASE)


class Element(Struct, frozen=True):
    """A tag of a page with its attributes; an attribute without a value is `""`."""

    tag: str
    attributes: Mapping[str, str]
    node: LexborNode

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")

    def has(self, name: str) -> bool:
        return name in self.attributes

    @property
    def text(self) -> str:
        return str(self.node.text()).strip()

    @property
    def inside(self) -> Iterator[str]:
        """The tags around it, from the inside out."""
        parent = self.node.parent
        while parent is not None:
            yield parent.tag or ""
            parent = parent.parent


class Summary(Struct, frozen=True):
    """What stays of a page after it was looked at, for checks over the whole site.

    `links` are the local files its `<a>` lead to, `moved_to` where a redirect goes, as a path of
    this site.
    """

    title: str
    description: str
    canonical: str
    links: frozenset[str]
    moved_to: str
    is_indexed: bool


class Page:
    """One HTML file, parsed once."""

    def __init__(self, path: str, content: bytes, base: str = "") -> None:
        """`base` is the path the site is served under, without the last slash."""
        self.path = path
        self.content = content
        self.text = content.decode("utf-8", errors="replace")
        self._base = base
        root = LexborHTMLParser(self.text).root
        nodes = root.traverse() if root is not None else ()
        self.elements = tuple(
            Element(
                node.tag or "",
                {name: value or "" for name, value in node.attributes.items()},
                node,
            )
            for node in nodes
            if not (node.tag or "-").startswith(("-", "!"))
        )

    def all(self, *tags: str) -> list[Element]:
        return [element for element in self.elements if element.tag in tags]

    def relations(self, relation: str) -> list[Element]:
        """The `<link>` elements with this relation among theirs."""
        return [link for link in self.all("link") if relation in link.get("rel").lower().split()]

    def meta(self, name: str) -> str:
        """Content of the `<meta>` with this name or `http-equiv`, `""` without one."""
        for element in self.all("meta"):
            if name in (element.get("name").lower(), element.get("http-equiv").lower()):
                return element.get("content")
        return ""

    def local(self, address: str) -> str:
        """The file an address of this site leads to; `""` for another site's or none."""
        try:
            parts = urlsplit(address)
        except ValueError:
            return ""
        if parts.scheme or parts.netloc or not parts.path:
            return ""
        path = unquote(urlsplit(urljoin(f"{self._base}/{self.path}", parts.path)).path)
        if not path.startswith(f"{self._base}/"):
            return path
        inside = path.removeprefix(f"{self._base}/")
        return f"{inside}index.html" if not inside or inside.endswith("/") else inside

    @cached_property
    def moved_to(self) -> str:
        """Where a redirect sends its reader, as it is written; `""` on any other page."""
        found = _REFRESH.match(self.meta("refresh"))
        return found[1].strip() if found else ""

    @property
    def is_redirect(self) -> bool:
        return bool(self.moved_to)

    @cached_property
    def summary(self) -> Summary:
        titles, canonical = self.all("title"), self.relations("canonical")
        targets = (self.local(link.get("href")) for link in self.all("a"))
        return Summary(
            title=titles[0].text if titles else "",
            description=self.meta("description"),
            canonical=canonical[0].get("href") if canonical else "",
            links=frozenset(target for target in targets if target),
            moved_to=self.local(self.moved_to) if self.is_redirect else "",
            is_indexed="noindex" not in self.meta("robots"),
        )

    def span(self, fragment: str) -> Span | None:
        """Where `fragment` first stands in the file, for a finding; `None` if nowhere."""
        start = self.text.find(fragment)
        return Span(start, start + len(fragment)) if start >= 0 else None


class Site(Struct):
    """All files by path. `pages` are the summaries of the pages looked at so far.

    `address` is the full one of the front page, `base` its path without the last slash.
    """

    files: Mapping[str, bytes]
    base: str = ""
    address: str = ""
    pages: dict[str, Summary] = field(default_factory=dict)

    @classmethod
    def of(cls, files: Mapping[str, bytes]) -> Site:
        """The path the site is served under is the one its front page calls canonical."""
        address = ""
        if "index.html" in files:
            address = Page("index.html", files["index.html"]).summary.canonical
        return cls(files, urlsplit(address).path.rstrip("/"), address)

    @property
    def page_paths(self) -> list[str]:
        return sorted(path for path in self.files if path.endswith(".html"))

    def page(self, path: str) -> Page:
        return Page(path, self.files[path], self.base)


Findings = Iterator[Diagnostic]
