"""The list of checks, and the walk that applies them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from generator.audit.claims import (
    address_findings,
    claim_findings,
    description_findings,
    unique_findings,
)
from generator.audit.copies import copy_findings
from generator.audit.document import Findings, Page, Site
from generator.audit.first_view import weight_findings
from generator.audit.listings import (
    alternate_findings,
    feed_findings,
    redirect_findings,
    sitemap_findings,
)
from generator.audit.reach import link_findings, reach_findings
from generator.audit.safety import (
    inline_findings,
    outside_findings,
    policy_findings,
    storage_findings,
)
from generator.audit.structure import (
    head_findings,
    heading_findings,
    identifier_findings,
    landmark_findings,
    name_findings,
)
from generator.diagnostics import Diagnostic

PAGE_CHECKS: tuple[Callable[[Page, Site], Findings], ...] = (
    weight_findings,
    inline_findings,
    outside_findings,
    policy_findings,
    storage_findings,
    head_findings,
    heading_findings,
    identifier_findings,
    landmark_findings,
    name_findings,
    address_findings,
    description_findings,
    claim_findings,
    alternate_findings,
)
"""Applied to every page, in path order."""

SITE_CHECKS: tuple[Callable[[Site], Findings], ...] = (
    copy_findings,
    link_findings,
    reach_findings,
    unique_findings,
    sitemap_findings,
    feed_findings,
    redirect_findings,
)
"""Applied once, when `Site.pages` knows every page."""


def inspect(files: Mapping[str, bytes]) -> Iterator[Diagnostic]:
    """Everything wrong with a built site; `files` are its contents by path."""
    site = Site.of(files)
    for path in site.page_paths:
        page = site.page(path)
        for check in PAGE_CHECKS:
            yield from check(page, site)
        site.pages[path] = page.summary
    for over_all in SITE_CHECKS:
        yield from over_all(site)
