"""What axe finds on a page, by the rules of WCAG 2.2 AA and its own of good practice."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # has none
from playwright.sync_api import Page

from tests.browser.observation import lay_out

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
}


def violations(page: Page) -> list[str]:
    """One line for each place."""
    lay_out(page)
    response = Axe().run(page, options=RULES).response
    return [
        f"{found['id']} {node['target']} {node['html'][:120]}"
        for found in response["violations"]
        for node in found["nodes"]
    ]
