"""Pages as a reader sees them: the links of the main part, and the words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

# Only what stands inside these is the page's own; header and footer are on every page.
_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "col", "wbr"})
_UNSEEN = frozenset({"script", "style", "svg"})


@dataclass
class Seen:
    """One page: where its main part leads, where its text leads, and what it says."""

    links: list[str] = field(default_factory=list)
    prose: list[str] = field(default_factory=list)
    everywhere: list[str] = field(default_factory=list)
    words: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen = Seen()
        self._open: list[tuple[str, str]] = []
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        for name in ("href", "action", "src"):
            if name in values:
                self._note(tag, values[name])
        if tag not in _VOID:
            self._open.append((tag, values.get("class", "")))

    def _note(self, tag: str, address: str) -> None:
        self.seen.everywhere.append(address)
        if tag != "a" or not self._inside("main"):
            return
        self.seen.links.append(address)
        if any("prose" in names.split() for _, names in self._open):
            self.seen.prose.append(address)

    def _inside(self, tag: str) -> bool:
        return any(name == tag for name, _ in self._open)

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            if self._open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        if not any(tag in _UNSEEN for tag, _ in self._open):
            self._words.append(data)

    def finish(self) -> Seen:
        self.seen.words = "".join("".join(self._words).split())
        return self.seen


def read(files: Mapping[str, bytes]) -> dict[str, Seen]:
    """Address (`/a/`) → what a reader sees there; redirects and the 404 are left out."""
    pages = {}
    for name, content in files.items():
        if name == "index.html" or name.endswith("/index.html"):
            reader = _Reader()
            reader.feed(content.decode())
            reader.close()
            pages["/" + name.removesuffix("index.html")] = reader.finish()
    return pages


def within(pages: Mapping[str, Seen], start: str, clicks: int) -> dict[str, int]:
    """Every page of the site reached from `start`, with the clicks it takes."""
    reached, edge = {start: 0}, [start]
    for click in range(1, clicks + 1):
        following = {local(link) for page in edge for link in pages[page].links}
        edge = [page for page in sorted(following) if page in pages and page not in reached]
        reached |= dict.fromkeys(edge, click)
    return reached


def local(address: str) -> str:
    """The page an address inside the site leads to; empty for any other address."""
    parts = urlsplit(address)
    return "" if parts.scheme or parts.netloc else parts.path


def outside(seen: Seen) -> set[str]:
    """Everything on a page that leads off the site: hosts, and whole addresses without one."""
    parts = (urlsplit(address) for address in seen.everywhere)
    return {part.hostname or part.geturl() for part in parts if part.scheme or part.netloc}
