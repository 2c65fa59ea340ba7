"""Whether a reader can come to every page from the front page."""

from __future__ import annotations

from generator.audit.document import Findings, Site
from generator.messages import finding

FRONT = "index.html"
# Served for wrong addresses, so nothing leads there.
_UNLINKED = frozenset(("404.html",))


def reach_findings(site: Site) -> Findings:
    """Pages that no chain of links from the front page arrives at; redirects need none."""
    if FRONT not in site.pages:
        yield finding("audit-front", FRONT)
        return
    seen, waiting = {FRONT}, [FRONT]
    while waiting:
        page = site.pages[waiting.pop()]
        for target in page.links | ({page.moved_to} if page.moved_to else set()):
            if target in site.pages and target not in seen:
                seen.add(target)
                waiting.append(target)
    for path, page in site.pages.items():
        if path not in seen and path not in _UNLINKED and not page.moved_to:
            yield finding("audit-unreachable", path)
        if page.moved_to and page.moved_to not in site.pages:
            yield finding("audit-missing", path, target=page.moved_to)


def link_findings(site: Site) -> Findings:
    """Links to files of this site that are not there."""
    for path, page in site.pages.items():
        for target in sorted(page.links):
            if target not in site.files:
                yield finding("audit-missing", path, target=target)
