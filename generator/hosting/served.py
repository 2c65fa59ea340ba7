"""What the files of a site ask of their host: headers, how long to keep, where old addresses go."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from urllib.parse import quote, urlsplit

from msgspec import Struct

from generator import policy
from generator.settings import Settings

_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)"')
_MOVED = re.compile(r'<meta http-equiv="refresh" content="0; ?url=([^"]*)"')
_SECURE = "max-age=31536000"

FOREVER = "public, max-age=31536000, immutable"
LIFETIMES = (
    (r"/(?:assets|og)/(?:.+/)?[0-9a-f]{12}[./]", FOREVER),
    (r"/(?:search/d/|(?:search|images)/(?:[^/]+/)*[^/]+[.])[0-9a-f]{6,12}[.]", FOREVER),
    (r"\.(?:png|jpe?g|webp)$", "public, max-age=604800"),
    (r"\.(?:xml|xml\.gz|json|txt)$", "public, max-age=3600"),
)
"""(pattern of a path, Cache-Control), the first that matches; pages have `PAGES`."""

PAGES = "public, max-age=300"
TYPES = (
    ("feed.xml", "application/atom+xml"),
    ("feed.json", "application/feed+json"),
)
"""Files whose ending says too little."""


class Hosted(Struct, frozen=True):
    """`headers` go with every answer; `redirects` are (old path, new path), base path included."""

    host: str
    base: str
    headers: Mapping[str, str]
    redirects: tuple[tuple[str, str], ...]


def hosted(files: Mapping[str, bytes], settings: Settings) -> Hosted:
    """Read from the pages; `files` are those of a published site by path."""
    styles: dict[str, None] = {}
    scripts: dict[str, None] = {}
    forms: dict[str, None] = {}
    moved: list[tuple[str, str]] = []
    for name in sorted(files):
        if not name.endswith(".html"):
            continue
        text = files[name].decode()
        if found := _MOVED.search(text):
            old = f"{settings.base_path}/{quote(name.removesuffix('index.html'))}"
            moved.append((old, unescape(found[1])))
            continue
        for told in _POLICY.findall(text):
            directives = policy.parsed(unescape(told))
            styles |= dict.fromkeys(directives.get("style-src", ()))
            scripts |= dict.fromkeys(directives.get("script-src", ()))
            forms |= dict.fromkeys(directives.get("form-action", ()))
    scripts.pop("'self'", None)
    forms.pop("'none'", None)
    headers = policy.headers(sorted(styles), " ".join(sorted(scripts)), " ".join(sorted(forms)))
    parts = urlsplit(settings.site_url)
    if parts.scheme == "https":
        headers["Strict-Transport-Security"] = _SECURE
    return Hosted(parts.hostname or "", settings.base_path, headers, tuple(moved))
