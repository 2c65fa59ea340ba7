"""How a page is displayed: the text size and the palette a reader chooses, kept in the browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewReader, Published
from tests.browser.observation import Measured

ARTICLE = "/weilidai-collection-process/"
PAPER = "getComputedStyle(document.body).backgroundColor"
SIZE = "parseFloat(getComputedStyle(document.body).fontSize)"


def choose(page: Page, label: str) -> None:
    page.get_by_text("字号和颜色").click()
    page.get_by_label(label, exact=True).check()
    page.keyboard.press("Escape")
    expect(page.locator(".display__panel")).to_be_hidden()


def forget(page: Page) -> None:
    page.evaluate("localStorage.clear()")


@pytest.mark.parametrize("label", ["大", "特大"])
def test_larger_text_is_kept_from_page_to_page_and_fits(reader: NewReader, label: str) -> None:
    page = reader(ARTICLE)
    before = page.evaluate(SIZE)
    choose(page, label)
    larger = page.evaluate(SIZE)
    assert larger > before * 1.15
    page.goto("/")
    assert page.evaluate(SIZE) == larger
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    choose(page, "标准")
    assert page.evaluate(SIZE) == before
    assert page.evaluate("localStorage.length") == 0


@pytest.mark.parametrize(("system", "label"), [("light", "深色"), ("dark", "浅色")])
def test_a_chosen_palette_wins_over_the_phones_and_is_as_legible(
    reader: NewReader, system: str, label: str
) -> None:
    page = reader(ARTICLE, color_scheme=system)
    before = page.evaluate(PAPER)
    choose(page, label)
    chosen = page.evaluate(PAPER)
    assert chosen != before
    page.reload()
    assert page.evaluate(PAPER) == chosen
    assert Measured.of(page).faint == []
    choose(page, "跟随手机")
    assert page.evaluate(PAPER) == before
    forget(page)


def test_nothing_but_the_two_choices_is_kept(reader: NewReader) -> None:
    page = reader(ARTICLE)
    choose(page, "大")
    choose(page, "深色")
    kept = page.evaluate("Object.entries(localStorage).sort().flat()")
    assert kept == ["yq-palette", "dark", "yq-text", "large"]
    assert page.evaluate("[sessionStorage.length, document.cookie]") == [0, ""]
    forget(page)


def test_the_choice_is_there_before_the_first_paint(
    reader: NewReader, published: Published
) -> None:
    html = published.text(ARTICLE)
    assert html.index("<script>") < html.index("</head>")
    page = reader(ARTICLE)
    choose(page, "深色")
    page.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.reload()
    assert page.evaluate("document.documentElement.dataset.palette") == "dark"
    page.unroute("**/*.js")
    forget(page)


def test_without_scripts_there_is_no_control_that_does_nothing(reader: NewReader) -> None:
    page = reader(ARTICLE, java_script_enabled=False)
    expect(page.locator(".display")).to_be_hidden()
