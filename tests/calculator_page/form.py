"""What the browser tests do with the form."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from generator.pages.frame import calculator_slug

LOAN: dict[str, Any] = {
    "principal": "10000",
    "rate": "日 0.05%",
    "due": "2026-03-05",
    "as_of": "2026-04-04",
}


def path_of(mode: str) -> str:
    return f"/{calculator_slug(mode)}/"


def open_kind(page: Page, mode: str) -> None:
    """The page of a kind of debt, opened where it is not open yet, its form alive."""
    if page.locator("#yq-calculator").get_attribute("data-mode") != mode:
        page.goto(path_of(mode))
        page.wait_for_selector("#yq-form button[type=submit]:enabled", state="attached")


def field(page: Page, name: str, mode: str = "loan") -> Any:
    return page.locator(f"#yq-{mode}-{name}")


def fill(page: Page, values: dict[str, Any], mode: str = "loan") -> None:
    open_kind(page, mode)
    for name, value in values.items():
        if not field(page, name, mode).is_visible():
            page.locator(".calculator__more > summary").click()
        field(page, name, mode).fill(value)


def submit(page: Page) -> None:
    page.get_by_role("button", name="算一算").click()


def heading(page: Page) -> Any:
    return page.locator("#yq-result-title")
