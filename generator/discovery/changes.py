"""The difference of two published sites, by their manifests: what to upload, what to tell others."""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping
from html import unescape
from urllib.parse import quote

from msgspec import Struct

from generator.pages.article import TEXT_NAME

Digests = Mapping[str, str]
"""Destination → digest of the bytes."""

_PAGE, _NOT_FOUND = "index.html", "404.html"
_SITEMAP = re.compile(r"^sitemap(-\d+)?\.xml(\.gz)?$")
_LOCATION = re.compile(r"<loc>([^<]*)</loc>")


class Changes(Struct, frozen=True):
    """Files to write, those others refer to first, and files to remove afterwards."""

    put: tuple[str, ...]
    delete: tuple[str, ...]


def changes(before: Digests, after: Digests) -> Changes:
    """In this order a visitor never meets a page whose style or picture is not there yet."""
    put = [name for name, digest in after.items() if before.get(name) != digest]
    return Changes(
        put=tuple(sorted(put, key=lambda name: (_turn(name), name))),
        delete=tuple(sorted(before.keys() - after.keys())),
    )


def _turn(name: str) -> int:
    """What pages need, the pages, what lists pages."""
    if _SITEMAP.match(name) or name.endswith(("feed.xml", "feed.json")):
        return 2
    return 1 if name.endswith((".html", ".html.gz", ".html.br", ".txt")) else 0


class News(Struct, frozen=True):
    """Full addresses search engines should look at: with something new on them, or gone."""

    changed: tuple[str, ...]
    gone: tuple[str, ...]


def news(before: Digests, after: Digests, listed: frozenset[str], site_url: str) -> News:
    """`listed` are the addresses of the sitemap of `after`.

    An article counts as changed when its text did: cards that come and go are no news.
    """
    changed = [
        address
        for name in after
        if (address := _address(name, site_url)) in listed and _is_new(name, before, after)
    ]
    gone = [
        address
        for name in before
        if (address := _address(name, site_url)) not in listed
        and before[name] != after.get(name)
        and name != _NOT_FOUND
        and name.endswith(_PAGE)
    ]
    return News(tuple(sorted(changed)), tuple(sorted(gone)))


def _is_new(name: str, before: Digests, after: Digests) -> bool:
    text = f"{name.removesuffix(_PAGE)}{TEXT_NAME}"
    if name in before and text in before and text in after:
        return before[text] != after[text]
    return before.get(name) != after[name]


def _address(name: str, site_url: str) -> str:
    return site_url + quote(name.removesuffix(_PAGE))


def listed(files: Mapping[str, bytes]) -> frozenset[str]:
    """The addresses of a site's sitemap files, by name; an index is no page and never asked for."""
    found: set[str] = set()
    for name, content in files.items():
        if _SITEMAP.match(name):
            text = gzip.decompress(content) if name.endswith(".gz") else content
            found.update(unescape(place) for place in _LOCATION.findall(text.decode()))
    return frozenset(found)
