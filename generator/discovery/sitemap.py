"""The sitemap: every page that is to be found, with the page's own date; split when it is large.

Formats: sitemaps.org 0.9, urlset and sitemapindex.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from html import escape

from msgspec import Struct

ENTRY_LIMIT = 50_000
BYTE_LIMIT = 50_000_000
"""Of one file, before compression."""

NAME = "sitemap.xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"


class Listed(Struct, frozen=True):
    """A page by its full address; `modified` is an ISO day, `""` for a page without a date."""

    address: str
    modified: str


class Sitemap(Struct, frozen=True):
    """One file; `kind` is `url` for pages, `sitemap` for the index of parts."""

    kind: str
    entries: tuple[Listed, ...]
    compressed: bool

    def content(self) -> bytes:
        outer = "urlset" if self.kind == "url" else "sitemapindex"
        lines = "".join(_line(self.kind, entry) for entry in self.entries)
        text = f'{_HEAD}<{outer} xmlns="{_SCHEMA}">\n{lines}</{outer}>\n'
        # Without a time in its head the same text gives the same bytes.
        return gzip.compress(text.encode(), mtime=0) if self.compressed else text.encode()


def _line(kind: str, entry: Listed) -> str:
    modified = f"<lastmod>{entry.modified}</lastmod>" if entry.modified else ""
    return f"<{kind}><loc>{escape(entry.address)}</loc>{modified}</{kind}>\n"


def sitemaps(entries: Sequence[Listed], site_url: str) -> Iterator[tuple[str, Sitemap]]:
    """(destination, file): one sitemap plain and gzipped, or an index and its gzipped parts."""
    ordered = sorted(entries, key=lambda entry: entry.address)
    parts = list(_parts(ordered))
    if len(parts) == 1:
        yield NAME, Sitemap("url", parts[0], compressed=False)
        yield f"{NAME}.gz", Sitemap("url", parts[0], compressed=True)
        return
    listed = []
    for number, part in enumerate(parts, 1):
        name = f"sitemap-{number}.xml.gz"
        yield name, Sitemap("url", part, compressed=True)
        listed.append(Listed(f"{site_url}{name}", max(entry.modified for entry in part)))
    for name, compressed in ((NAME, False), (f"{NAME}.gz", True)):
        yield name, Sitemap("sitemap", tuple(listed), compressed=compressed)


def _parts(entries: Sequence[Listed]) -> Iterator[tuple[Listed, ...]]:
    """Cut by number and by bytes; a site without pages still has one empty part."""
    part: list[Listed] = []
    size = 0
    for entry in entries:
        length = len(_line("url", entry).encode())
        if part and (len(part) == ENTRY_LIMIT or size + length > BYTE_LIMIT - 1_000):
            yield tuple(part)
            part, size = [], 0
        part.append(entry)
        size += length
    yield tuple(part)
