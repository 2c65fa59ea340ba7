"""A browser and the repository's own site, and a way to ask its search module anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import Published, built
from tests.browser.observation import Recorder
from tests.browser.static_server import served
from tests.chromium import launched
from tests.harness import copied_project

_ASK = """\
async ([module, queries, options]) => {
  const { search } = await import(module);
  const answers = [];
  for (const query of queries) {
    const found = await search(query, options);
    const { total, partial, crisis, heard } = found;
    answers.push({ results: [...found], total, partial, crisis, heard });
  }
  return answers;
}"""


class Searcher:
    """Drives the search module of one site from its search page, as any outside test could."""

    def __init__(self, page: Page, origin: str) -> None:
        self.page = page
        page.goto(f"{origin}/search/")
        self._module = page.locator("[data-search-module]").get_attribute("data-search-module")

    def ask(self, *queries: str, **options: Any) -> list[dict[str, Any]]:
        """What the module answers to each query."""
        return list(self.page.evaluate(_ASK, [self._module, queries, options]))

    def slugs(self, query: str, **options: Any) -> list[str]:
        """The slugs of the results, in order."""
        return [slug(result) for result in self.ask(query, **options)[0]["results"]]


def slug(result: dict[str, Any]) -> str:
    return re.sub(r"^/|/$", "", str(result["url"]))


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture(scope="package")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    """The site of the repository."""
    files = built(copied_project(tmp_path_factory.mktemp("published") / "project"))
    with served(files) as origin:
        yield Published(origin, files)


@pytest.fixture(scope="package")
def searcher(chromium: Browser, published: Published) -> Iterator[Searcher]:
    page = chromium.new_page()
    yield Searcher(page, published.origin)
    page.close()


@pytest.fixture
def recorder(published: Published) -> Recorder:
    return Recorder(published.origin)


@pytest.fixture
def context(
    chromium: Browser, published: Published, recorder: Recorder
) -> Iterator[BrowserContext]:
    """A new reader on a phone, whose every request is recorded; nothing may fail."""
    context = chromium.new_context(
        base_url=published.origin, viewport={"width": 360, "height": 800}
    )
    recorder.watch(context)
    yield context
    context.close()
    recorder.assert_clean()
