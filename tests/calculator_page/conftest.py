"""A browser, a served site with the calculator, and readers held to a clean record."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.static_server import served
from tests.calculator_page.projects import FENCE, project
from tests.chromium import launched


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture(scope="package")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    site = project(tmp_path_factory.mktemp("served"), FENCE)
    site.build()
    with served(site.published()) as address:
        yield address


NewReader = Callable[..., Page]


@pytest.fixture
def reader(chromium: Browser, origin: str) -> Iterator[NewReader]:
    """Opens a page in a fresh context; nothing may fail, be logged or leave the origin."""
    problems: list[str] = []
    with ExitStack() as contexts:

        def open_page(path: str = "/calculator/", **options: Any) -> Page:
            context = chromium.new_context(
                **{"base_url": origin, "viewport": {"width": 360, "height": 800}} | options
            )
            contexts.callback(context.close)
            _watch(context, origin, problems)
            page = context.new_page()
            page.goto(path)
            if (
                options.get("java_script_enabled", True)
                and path.startswith("/calculator")
                and "method" not in path
            ):
                page.wait_for_selector("#yq-form button[type=submit]:enabled", state="attached")
            return page

        yield open_page
    assert problems == []


def _watch(context: BrowserContext, origin: str, problems: list[str]) -> None:
    context.on("console", lambda message: problems.append(f"{message.type}: {message.text}"))
    context.on("weberror", lambda event: problems.append(f"page error: {event.error}"))
    context.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((origin, "blob:"))
            else problems.append(f"outside: {request.url}")
        ),
    )
