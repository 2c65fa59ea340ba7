"""What a first view downloads: the page and all it asks for before anything is clicked."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from urllib.parse import urljoin

from generator.audit.document import Findings, Page, Site
from generator.messages import finding

LIMIT = 30 * 1024
CALCULATOR_LIMIT = 45 * 1024
REQUESTS = 6
_LOADING_RELATIONS = frozenset(
    ("icon", "stylesheet", "preload", "modulepreload", "manifest", "apple-touch-icon")
)
# Addresses of what a small script fetches unasked, once the page is painted.
_LATER = ("data-program", "data-tables")
_COMPRESSED_ALREADY = (".png", ".jpg", ".jpeg", ".webp", ".woff2")
_IMPORT = re.compile(r"""\b(?:from|import)\s*["'](\.[^"']+)["']""")


def is_calculator(page: Page) -> bool:
    """The page with the calculator's form, which carries an engine and rate tables."""
    return any(element.get("id") == "yq-calculator" for element in page.elements)


def weight_findings(page: Page, site: Site) -> Findings:
    """Too many bytes or requests for a first view, and files it asks for that are not there."""
    names = list(dict.fromkeys(_asked_for(page, site)))
    for name in names:
        if name not in site.files:
            yield finding("audit-missing", page.path, target=name)
    sizes = {page.path: transferred(page.path, page.content)}
    sizes |= {name: transferred(name, site.files[name]) for name in names if name in site.files}
    total = sum(sizes.values())
    limit = CALCULATOR_LIMIT if is_calculator(page) else LIMIT
    if total > limit:
        parts = "、".join(f"{name} {_kilobytes(size)}" for name, size in _largest(sizes))
        yield finding(
            "audit-weight", page.path, size=_kilobytes(total), limit=_kilobytes(limit), parts=parts
        )
    if len(sizes) > REQUESTS:
        yield finding("audit-requests", page.path, count=len(sizes), limit=REQUESTS)


def _asked_for(page: Page, site: Site) -> Iterator[str]:
    """The local files in the order a browser meets them, imports of scripts included."""
    for element in page.elements:
        if element.tag == "link" and _LOADING_RELATIONS & set(element.get("rel").lower().split()):
            yield page.local(element.get("href"))
        elif element.tag == "script" and element.get("src"):
            yield from imported(page.local(element.get("src")), site)
        elif later := [address for name in _LATER if (address := element.get(name))]:
            for address in later:
                yield from imported(page.local(address), site)
        elif element.tag == "img" and element.get("loading") != "lazy":
            yield page.local(element.get("src"))


def imported(script: str, site: Site) -> Iterator[str]:
    """A script and every one it imports, and those they import."""
    seen, waiting = set[str](), [script]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            yield name
            text = site.files.get(name, b"").decode("utf-8", errors="replace")
            waiting.extend(urljoin(name, target) for target in _IMPORT.findall(text))


def transferred(path: str, content: bytes) -> int:
    """Bytes on the wire from a host that compresses with gzip."""
    if path.endswith(_COMPRESSED_ALREADY):
        return len(content)
    return len(gzip.compress(content, 9, mtime=0))


def _largest(sizes: dict[str, int]) -> list[tuple[str, int]]:
    return sorted(sizes.items(), key=lambda entry: (-entry[1], entry[0]))


def _kilobytes(size: int) -> str:
    return f"{size / 1024:.1f} KB"
