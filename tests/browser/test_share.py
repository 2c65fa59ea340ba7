"""Handing a page on: the phone's sheet, the clipboard, a code for another phone, WeChat's menu."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import NewReader, Published
from tests.browser.observation import Measured

ARTICLE = "/weilidai-collection-process/"
ADDRESS = "https://example.org/weilidai-collection-process/"
WECHAT = (
    "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/116.0 Mobile "
    "Safari/537.36 MicroMessenger/8.0.50"
)


def button(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def test_the_address_is_copied_with_the_title(reader: NewReader) -> None:
    page = reader(ARTICLE, permissions=["clipboard-read", "clipboard-write"])
    button(page, "复制网址")
    expect(page.locator(".share [role=status]")).to_have_text("已复制，可以粘贴给别人了。")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{page.locator('h1').inner_text()} {ADDRESS}"


def test_without_a_clipboard_the_address_is_copied_the_old_way(reader: NewReader) -> None:
    page = reader(ARTICLE)
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    button(page, "复制网址")
    expect(page.locator(".share [role=status]")).to_contain_text("已复制")


def test_the_phones_own_sheet_is_offered_where_there_is_one(
    chromium: Browser, published: Published
) -> None:
    with chromium.new_context(base_url=published.origin) as context:
        page = context.new_page()
        page.add_init_script(
            "navigator.share = (what) => { window.shared = what; return Promise.reject(new Error()); }"
        )
        page.goto(ARTICLE)
        button(page, "分享")
        assert page.evaluate("window.shared.url") == ADDRESS
        page.add_init_script("delete navigator.share; delete Navigator.prototype.share")
        page.goto(ARTICLE)
        expect(page.get_by_role("button", name="分享")).to_be_hidden()


def test_a_code_is_drawn_when_it_is_asked_for(reader: NewReader) -> None:
    page = reader(ARTICLE, color_scheme="dark")
    code = page.locator(".share__code")
    expect(code).to_be_hidden()
    button(page, "二维码")
    expect(code.locator("svg path")).to_be_visible()
    expect(page.get_by_role("img", name="这一页网址的二维码")).to_be_visible()
    assert Measured.of(page).overflow == []
    button(page, "二维码")
    expect(code).to_be_hidden()


def test_a_code_that_cannot_be_loaded_is_said(chromium: Browser, published: Published) -> None:
    with chromium.new_context(base_url=published.origin) as context:
        page = context.new_page()
        page.route("**/share/code.js", lambda route: route.abort())
        page.goto(ARTICLE)
        button(page, "二维码")
        expect(page.locator(".share [role=status]")).to_contain_text("没有加载出来")


def test_wechats_menu_is_explained_in_wechat_only(reader: NewReader) -> None:
    expect(reader(ARTICLE).get_by_text("右上角的“⋯”")).to_be_hidden()
    expect(reader(ARTICLE, user_agent=WECHAT).get_by_text("右上角的“⋯”")).to_be_visible()


def test_without_scripts_the_address_can_still_be_copied_by_hand(reader: NewReader) -> None:
    page = reader(ARTICLE, java_script_enabled=False)
    expect(page.locator(".share__address")).to_have_text(ADDRESS)
    expect(page.locator(".share button").first).to_be_hidden()


def test_paper_is_unfolded_and_says_where_it_is_from(reader: NewReader) -> None:
    page = reader(ARTICLE)
    page.locator(".prose").evaluate(
        "element => { element.insertAdjacentHTML('beforeend', '<details><summary>甲</summary><p>乙</p></details>'); }"
    )
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator(".prose details").last).to_have_attribute("open", "")
    sheet = page.locator(".printed")
    expect(sheet).to_contain_text(ADDRESS)
    expect(sheet).to_contain_text("资料核对于 20")
    expect(sheet).to_contain_text("打印于 20")
    expect(page.locator(".share")).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".prose details").last.get_attribute("open") is None
