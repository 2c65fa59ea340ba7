"""The committed list of published addresses: once on it, an address is never lost."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from generator.diagnostics import Diagnostic, Span
from generator.messages import finding

LIST_PATH = "content/published-urls.txt"
HEADER = "# 发布过的地址，一行一个。由 yuqi check --record-urls 维护；只增不减。\n"
_ADDRESS = re.compile(r"^/(?:[A-Za-z0-9-]+/)*$")


def addresses(text: str) -> dict[str, Span]:
    """Address → where it stands."""
    found: dict[str, Span] = {}
    start = 0
    for line in text.split("\n"):
        if line and not line.startswith("#"):
            found.setdefault(line, Span(start, start + len(line)))
        start += len(line) + 1
    return found


def check(text: str, present: Collection[str], excused: Collection[str]) -> tuple[Diagnostic, ...]:
    """Lost, malformed and unrecorded addresses.

    `present` are the addresses this build serves, redirects included; `excused`
    are those of articles that could not be read in this run.
    """
    recorded = addresses(text)
    findings = list(_malformed(text))
    for url, span in recorded.items():
        if url not in present and url not in excused and _ADDRESS.match(url):
            slug = url.strip("/")
            findings.append(finding("url-lost", LIST_PATH, span, url=url, slug=slug))
    unrecorded = sorted(url for url in present if url not in recorded)
    if unrecorded:
        named = "、".join(unrecorded[:3]) + ("…" if len(unrecorded) > 3 else "")
        findings.append(finding("url-unrecorded", LIST_PATH, count=len(unrecorded), urls=named))
    return tuple(findings)


def _malformed(text: str) -> Iterable[Diagnostic]:
    seen: set[str] = set()
    start = 0
    for line in text.split("\n"):
        if line and not line.startswith("#"):
            if not _ADDRESS.match(line) or line in seen:
                yield finding("url-list-line", LIST_PATH, Span(start, start + len(line)))
            seen.add(line)
        start += len(line) + 1


def updated(text: str, present: Collection[str]) -> str:
    """The list with every present address in it, sorted, nothing removed."""
    merged = sorted({*addresses(text), *present})
    return HEADER + "".join(f"{url}\n" for url in merged)
