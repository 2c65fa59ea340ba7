"""The search page in a browser: typing, keyboard, no JavaScript, no network, bad intentions."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Published
from tests.browser.observation import Recorder

BOX, LIST = "#yq-search-box", "#yq-search-box-list"


@pytest.fixture
def page(context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto("/search/")
    return page


def results(page: Page) -> list[str]:
    """The titles of the results, once they are there."""
    expect(page.locator("#yq-search-status")).to_contain_text(re.compile("找到|最接近|没有找到"))
    return page.locator(".search__title").all_inner_texts()


def test_a_query_shows_results_marks_them_and_stays_in_the_fragment(page: Page) -> None:
    page.fill(BOX, "催收晚上几点以后不能打电话")
    page.press(BOX, "Enter")
    assert len(results(page)) == 5
    assert page.url.endswith(
        "/search/#q=" + "%E5%82%AC%E6%94%B6" + page.url.partition("%E6%94%B6")[2]
    )
    assert page.locator(".search__results mark").count() > 5
    page.click("text=再看一些")
    expect(page.locator(".search__result")).to_have_count(10)
    assert page.evaluate("document.activeElement.tagName") == "A"


def test_who_comes_by_the_link_in_the_header_of_a_phone_can_type_at_once(page: Page) -> None:
    page.goto("/about/")
    page.click(".header__search:visible")
    expect(page.locator(BOX)).to_be_focused()


def test_a_link_with_a_query_opens_with_its_results(page: Page, recorder: Recorder) -> None:
    page.goto("/")
    page.goto("/search/#q=" + "weilidai%20yuqi")
    assert "微粒贷" in results(page)[0]
    assert page.input_value(BOX) == "weilidai yuqi"
    page.goto("/search/#q=%E0%A4%A")
    expect(page.locator(BOX)).to_have_value("")


def test_no_request_contains_what_was_typed(page: Page, recorder: Recorder) -> None:
    page.fill(BOX, "我妈被催收骚扰 zhengxin")
    page.press(BOX, "Enter")
    results(page)
    asked = [url for url in recorder.requested if "/search/" in url]
    assert len(asked) > 5
    fixed = re.compile(
        r"/search/(?:|index\.json|[tx]/\d+\.[0-9a-f]{6}\.txt|d/[0-9a-f]{12}\.json|(?:p/\d+\.|sounds\.|simplified\.)[0-9a-f]{6}\.json)$|/assets/[0-9a-f]{12}/search/search\.js$"
    )
    assert not [url for url in asked if not fixed.search(url)]
    assert page.evaluate("document.cookie + localStorage.length + sessionStorage.length") == "00"


def test_nothing_of_the_search_is_loaded_on_other_pages_nor_before_typing(
    context: BrowserContext, recorder: Recorder
) -> None:
    page = context.new_page()
    for path in ("/", "/jail-or-not/", "/category/credit/"):
        page.goto(path)
        assert page.locator(".header__search").get_attribute("href") == "/search/"
    assert not [url for url in recorder.requested if "search" in url]
    page.goto("/search/")
    assert [
        url for url in recorder.requested if "search" in url and "/search/search.js" not in url
    ] == [f"{recorder.origin}/search/"]


@pytest.mark.parametrize(
    "path, box",
    [("/", "page"), ("/404.html", "page"), ("/jail-or-not/", "header"), ("/calculator/", "header")],
)
def test_other_pages_ask_in_place_and_load_search_only_when_a_reader_turns_to_it(
    context: BrowserContext, recorder: Recorder, path: str, box: str
) -> None:
    page = context.new_page()
    page.goto(path)
    if box == "header":
        expect(page.locator("#yq-header-box")).to_be_hidden()
        page.set_viewport_size({"width": 1280, "height": 800})
        expect(page.locator(".header__search")).to_be_hidden()
    expect(page.locator("main .search-link")).to_be_hidden()
    assert page.locator("[role=combobox]").count() == 1
    assert not [url for url in recorder.requested if "search" in url]
    page.focus(f"#yq-{box}-box")
    page.keyboard.type("征信修复")
    option = page.locator(f"#yq-{box}-box-list [role=option]")
    expect(option).to_have_count(5)
    assert page.locator(f"#yq-{box}-box-list mark").count() > 0
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/#q=*")
    assert "征信" in results(page)[0]
    assert not [url for url in recorder.requested if "%E5%BE%81" in url.partition("#")[0]]


def test_the_keyboard_alone_reaches_a_suggestion(page: Page) -> None:
    page.focus(BOX)
    page.keyboard.type("征信修复")
    expect(page.locator(f"{LIST} [role=option]")).to_have_count(5)
    expect(page.locator(BOX)).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    option = page.locator(f"{LIST} [aria-selected=true]")
    assert page.get_attribute(BOX, "aria-activedescendant") == option.get_attribute("id")
    page.keyboard.press("Escape")
    expect(page.locator(LIST)).to_be_hidden()
    assert page.get_attribute(BOX, "aria-activedescendant") is None
    page.keyboard.type("骗")
    expect(page.locator(LIST)).to_be_visible()
    page.keyboard.press("ArrowDown")
    target = page.locator(f"{LIST} [aria-selected=true]").get_attribute("data-url")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{target}")


def test_an_input_method_is_left_alone_while_it_composes(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    page.focus(BOX)
    for text in ("z", "zh", "zhengxin"):
        session.send(
            "Input.imeSetComposition",
            {"text": text, "selectionStart": len(text), "selectionEnd": len(text)},
        )
    page.evaluate(
        "box => box.dispatchEvent(new KeyboardEvent('keydown',"
        " { key: 'Enter', isComposing: true, bubbles: true }))",
        page.query_selector(BOX),
    )
    page.wait_for_timeout(400)
    expect(page.locator(LIST)).to_be_hidden()
    expect(page.locator(".search__result")).to_have_count(0)
    session.send("Input.insertText", {"text": "征信报告"})
    expect(page.locator(f"{LIST} [role=option]").first).to_contain_text("征信")
    assert page.input_value(BOX) == "征信报告"


def test_without_javascript_there_is_no_dead_box_but_every_category(
    context: BrowserContext, published: Published
) -> None:
    browser = context.browser
    assert browser is not None
    plain = browser.new_context(base_url=published.origin, java_script_enabled=False)
    page = plain.new_page()
    page.goto("/")
    expect(page.locator("#yq-page-box")).to_be_hidden()
    assert page.locator(".search-link").get_attribute("href") == "/search/"
    page.goto("/search/")
    expect(page.locator(BOX)).to_be_hidden()
    expect(page.locator("#yq-search-crisis")).to_be_hidden()
    links = page.locator(".search__shelves a").evaluate_all("all => all.map(a => a.pathname)")
    assert links == [
        path for path in published.pages if re.fullmatch("/category/[a-z]+/", path)
    ] or set(links) == {path for path in published.pages if re.fullmatch("/category/[a-z]+/", path)}
    plain.close()


@pytest.mark.parametrize(
    "query",
    [
        "<img src=x onerror=alert(1)>征信",
        "javascript:alert(1)",
        "' OR 1=1 -- 逾期",
        "\\u0000%00../../etc/passwd",
        "逾" * 200,
        "  \t ",
        "😀👍",
        "ＬＰＲ（４倍）％＆＃",
        "((((a+)+)+)+)$",
    ],
)
def test_no_query_harms_the_page(page: Page, query: str) -> None:
    page.fill(BOX, query)
    page.press(BOX, "Enter")
    if query.strip():
        results(page)
    assert page.locator(".search img, .search script, .search iframe").count() == 0


def test_nothing_found_says_so_and_the_categories_are_there(page: Page) -> None:
    page.fill(BOX, "量子力学")
    page.press(BOX, "Enter")
    assert results(page) == []
    expect(page.locator("#yq-search-status")).to_contain_text("换个说法")
    expect(page.locator(".search__shelves a").first).to_be_visible()


def test_what_is_missing_is_said(page: Page) -> None:
    page.fill(BOX, "信用卡逾期 马拉松")
    page.press(BOX, "Enter")
    results(page)
    expect(page.locator("#yq-search-status")).to_contain_text("没有哪一页包含所有这些词")
    expect(page.locator(".search__missing").first).to_contain_text("马拉")


def test_help_lines_stand_above_the_results_and_can_be_called(page: Page) -> None:
    page.fill(BOX, "欠债太多不想活了")
    page.press(BOX, "Enter")
    assert results(page)
    help_lines = page.locator("#yq-search-crisis")
    expect(help_lines).to_be_visible()
    expect(help_lines.locator("a[href='tel:12356']")).to_be_visible()
    first = page.locator(".search__result").first.bounding_box()
    above = help_lines.bounding_box()
    assert first is not None
    assert above is not None
    assert above["y"] < first["y"]
    page.fill(BOX, "信用卡逾期")
    page.press(BOX, "Enter")
    expect(help_lines).to_be_hidden()


def test_offline_says_so_and_works_again_afterwards(
    context: BrowserContext, page: Page, recorder: Recorder
) -> None:
    context.set_offline(True)
    page.fill(BOX, "征信")
    page.press(BOX, "Enter")
    expect(page.locator("#yq-search-status")).to_contain_text("连不上网")
    context.set_offline(False)
    page.press(BOX, "Enter")
    assert results(page)
    kept = [problem for problem in recorder.problems if "ERR_INTERNET_DISCONNECTED" not in problem]
    recorder.problems[:] = kept
