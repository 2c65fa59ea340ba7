"""Moving about: by keyboard, from note to sentence, from card to article, on paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.browser.conftest import OLD_SLUG, REDIRECTED, NewReader, Published
from tests.browser.observation import Measured

ARTICLE = f"/{REDIRECTED}/"

FOCUSED = """() => {
  const element = document.activeElement;
  const box = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  return {
    text: element.textContent.trim(),
    href: element.getAttribute("href"),
    tag: element.localName,
    inside: box.left >= 0 && box.top >= 0 && box.right <= innerWidth + 1 && box.bottom <= innerHeight + 1,
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
  };
}"""
IN_VIEW = """element => {
  const box = element.getBoundingClientRect();
  return box.bottom > 0 && box.top < innerHeight;
}"""


def pressed(page: Page, key: str = "Tab") -> dict[str, object]:
    """What has the focus after a key."""
    page.keyboard.press(key)
    focused = page.evaluate(FOCUSED)
    assert isinstance(focused, dict)
    return focused


# -- by keyboard ------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", ARTICLE, "/404.html"])
def test_the_first_tab_offers_to_skip_to_the_text(reader: NewReader, path: str) -> None:
    page = reader(path)
    first = pressed(page)
    assert first["text"] == "跳到正文"
    assert first["inside"]
    assert first["outlined"]
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    assert pressed(page)["href"] == page.locator("main a").first.get_attribute("href")


def test_before_it_is_reached_the_skip_link_is_out_of_sight(reader: NewReader) -> None:
    assert (
        not reader("/")
        .locator(".skip-link")
        .evaluate("element => element.getBoundingClientRect().right > 0")
    )


@pytest.mark.parametrize(("path", "scheme"), [("/", "dark"), (ARTICLE, "light")])
def test_tab_reaches_everything_in_reading_order_and_shows_where_it_is(
    reader: NewReader, path: str, scheme: str
) -> None:
    page = reader(path, color_scheme=scheme)
    found = page.locator("a[href], summary, button, input").locator("visible=true")
    wanted = [(text or "").strip() for text in found.all_text_contents()]
    stops = [pressed(page) for _ in wanted]
    assert [stop["text"] for stop in stops] == wanted
    assert [stop["text"] for stop in stops if not stop["outlined"]] == []
    assert [stop["text"] for stop in stops if not stop["inside"]] == []


def test_navigation_is_reached_right_after_the_site_name(reader: NewReader) -> None:
    page = reader("/")
    pressed(page)
    assert pressed(page)["text"] == "逾期须知"
    categories = page.locator("header nav a").all_inner_texts()
    assert [pressed(page)["text"] for _ in categories] == categories
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(categories[-1])


# -- within an article ------------------------------------------------------------------


def test_the_contents_list_leads_to_every_section(reader: NewReader) -> None:
    page = reader(ARTICLE)
    page.locator(".contents summary").click()
    entries = page.locator(".contents a").all()
    assert len(entries) > 2
    for entry in entries:
        entry.click()
        heading = page.locator(":target")
        expect(heading).to_have_text(entry.inner_text())
        assert heading.evaluate(IN_VIEW)
        assert heading.evaluate("element => element.localName") == "h2"


def test_a_number_leads_to_its_note_and_the_note_back_to_the_sentence(reader: NewReader) -> None:
    page = reader(ARTICLE, java_script_enabled=False)  # with it, the note comes to the sentence
    cited = page.locator(".cite a").all()
    assert len(cited) > 3
    for number in (*cited[:3], cited[-1]):
        number.click()
        note = page.locator(":target")
        assert note.get_attribute("id") == f"yq-note-{number.inner_text()}"
        assert note.evaluate(IN_VIEW)
        back = note.locator(f'.note__back a[href="#{number.get_attribute("id")}"]')
        back.click()
        place = page.locator(":target")
        assert place.get_attribute("id") == number.get_attribute("id")
        assert place.evaluate(IN_VIEW)


def test_notes_are_numbered_as_they_are_cited(reader: NewReader) -> None:
    page = reader(ARTICLE)
    numbers = [int(text) for text in page.locator(".cite a").all_inner_texts()]
    assert list(dict.fromkeys(numbers)) == list(range(1, page.locator("ol > .note").count() + 1))


def test_the_note_a_reader_comes_to_stands_out(reader: NewReader) -> None:
    page = reader(ARTICLE)
    page.evaluate("location.hash = 'yq-note-1'")
    background = "element => getComputedStyle(element).backgroundColor"
    notes = page.locator("ol > .note")
    assert notes.nth(0).evaluate(background) != notes.nth(1).evaluate(background)
    assert Measured.of(page).faint == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_note_stays_legible_when_it_stands_out(reader: NewReader, scheme: str) -> None:
    page = reader(ARTICLE, color_scheme=scheme)
    faint: list[str] = []
    for note in page.locator(".note").all():
        page.evaluate("id => { location.hash = id }", note.get_attribute("id"))
        faint += Measured.of(page).faint
    assert faint == []


def test_back_to_top_leads_to_the_top(reader: NewReader) -> None:
    page = reader(ARTICLE)
    page.locator(".share").get_by_role("link", name="返回顶部").click()
    assert page.locator("h1").evaluate(IN_VIEW)


# -- what is laid out, and when ---------------------------------------------------------

LAID_OUT = "element => element.checkVisibility({ contentVisibilityAuto: true })"


def test_what_is_far_below_is_laid_out_when_a_reader_comes_near(reader: NewReader) -> None:
    page = reader(ARTICLE)
    parts = [page.locator(f"{part} h2").last for part in (".notes", ".card-list")]
    assert [part.evaluate(LAID_OUT) for part in parts] == [False, False]
    for part in parts:
        part.evaluate("element => element.scrollIntoView()")
        expect(part).to_be_in_viewport()
        page.wait_for_function(LAID_OUT, arg=part.element_handle())


def test_a_section_behind_an_example_is_where_the_contents_list_leads(reader: NewReader) -> None:
    page = reader("/credit-card-minimum/")
    page.locator(".contents summary").click()
    page.locator(".contents a").last.click()
    heading = page.locator(".prose h2").last
    expect(heading).to_be_in_viewport()
    page.wait_for_timeout(300)
    assert abs(heading.evaluate("element => element.getBoundingClientRect().top") - 16) <= 1


def test_the_head_of_a_page_does_not_shift_when_its_end_comes(reader: NewReader) -> None:
    page = reader(ARTICLE)
    left = "element => element.getBoundingClientRect().left"
    search = page.locator(".header__search")
    whole = search.evaluate(left)
    page.locator(".display").evaluate("element => element.remove()")
    assert abs(search.evaluate(left) - whole) <= 1


# -- from page to page ------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", ARTICLE, "/category/process/"])
def test_cards_lead_to_the_articles_they_name(reader: NewReader, path: str) -> None:
    page = reader(path)
    titles = page.locator(".card a").all_text_contents()[:3]
    assert titles
    for at, title in enumerate(titles):
        page.locator(".card a").nth(at).click()
        expect(page.locator("h1")).to_have_text(title)
        page.go_back()


def test_breadcrumbs_lead_up(reader: NewReader) -> None:
    page = reader(ARTICLE)
    page.locator(".breadcrumbs a").nth(1).click()
    expect(page.locator("h1")).to_have_text("催收流程")
    page.locator(".breadcrumbs a").nth(0).click()
    expect(page).to_have_url(re.compile(r"//[^/]+/$"))


@pytest.mark.parametrize(
    "path", ["/wrong/", "/no/such/page/at/all", "/weilidai-collection-proces/"]
)
def test_a_wrong_address_helps_the_reader_on(reader: NewReader, path: str) -> None:
    page = reader(path, miss=True)
    expect(page.locator("h1")).to_have_text("找不到这一页")
    assert Measured.of(page).faint == []  # the style sheet is found from any depth
    ways = page.locator("main a").all_inner_texts()
    assert {"即将逾期", "已结清", "网贷多长时间能上征信？", "回到首页"} <= set(ways)
    question = page.locator(".page__links a").first.inner_text()
    page.locator(".page__links a").first.click()
    expect(page.locator("h1")).to_have_text(question)


@pytest.mark.parametrize("javascript", [True, False])
def test_an_old_address_takes_the_reader_to_the_new_one(
    reader: NewReader, javascript: bool
) -> None:
    page = reader(f"/{OLD_SLUG}/", java_script_enabled=javascript)
    page.wait_for_url(f"**{ARTICLE}")
    expect(page.locator("h1")).to_have_text("微粒贷逾期后，催收流程是怎样的？")


def test_an_old_address_has_a_link_for_browsers_that_do_not_go_by_themselves(
    published: Published,
) -> None:
    html = published.text(f"/{OLD_SLUG}/")
    assert f'<a href="{ARTICLE}">' in html
    assert f'<link rel="canonical" href="https://example.org{ARTICLE}">' in html


# -- on paper, in forced colours ----------------------------------------------


def test_paper_leaves_out_navigation_and_keeps_the_sources(reader: NewReader) -> None:
    page = reader(ARTICLE)
    page.emulate_media(media="print")
    for left_out in (".header", ".skip-link", ".contents", ".card-list"):
        expect(page.locator(left_out).first).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".article__dates")).to_be_visible()
    notes = page.locator(".note")
    assert notes.count() > 1
    for note in notes.all():
        expect(note).to_be_visible()
    expect(page.locator(".note__back").first).to_be_hidden()
    address = notes.locator(".note__meta a").first
    content = address.evaluate("link => getComputedStyle(link, '::after').content")
    assert content == f'" {address.get_attribute("href")}"'
    assert Measured.of(page).faint == []


def test_paper_lists_the_articles_of_a_stage_by_title_and_address(reader: NewReader) -> None:
    page = reader("/stage/sued/")
    page.emulate_media(media="print")
    cards = page.locator(".card")
    assert cards.count() > 2
    heights = cards.evaluate_all("all => all.map((card) => card.offsetHeight)")
    link = cards.first.locator("a")
    content = link.evaluate("link => getComputedStyle(link, '::after').content")
    assert content == f'" {link.get_attribute("href")}"'
    assert max(heights) < 60, "two lines at most, on a screen as narrow as a phone"
    expect(page.locator(".card__summary").first).to_be_hidden()


@pytest.mark.parametrize(
    "path", ["/", "/category/process/", "/calculator/", "/help/", "/glossary/"]
)
def test_paper_says_once_where_it_is_from(reader: NewReader, path: str) -> None:
    page = reader(path)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    sheet = page.locator(".printed")
    expect(sheet).to_be_visible()
    expect(sheet).to_contain_text(f"https://example.org{path}")
    expect(sheet).to_contain_text("打印于 20")
    page.evaluate("dispatchEvent(new Event('afterprint'))")


@pytest.mark.parametrize("path", ["/", ARTICLE])
def test_forced_colours_keep_everything_in_place(reader: NewReader, path: str) -> None:
    page = reader(path, forced_colors="active")
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    assert Measured.of(page).overflow == []
    assert Measured.of(page).hidden == []
    assert pressed(page)["outlined"]


def test_forced_colours_keep_the_edges_of_cards(reader: NewReader) -> None:
    page = reader("/", forced_colors="active")
    style = "element => getComputedStyle(element).borderTopStyle + getComputedStyle(element).borderTopWidth"
    assert {card.evaluate(style) for card in page.locator(".card").all()} == {"solid1px"}


# -- the policy -------------------------------------------------------------------------

ATTEMPTS = {
    "script-src-elem": """() => {
      const script = document.createElement("script");
      script.textContent = "window.ran = true";
      document.body.append(script);
    }""",
    "script-src-attr": """() => {
      const image = document.createElement("button");
      image.setAttribute("onclick", "window.ran = true");
      document.body.append(image);
      image.click();
    }""",
    "style-src-attr": """() => document.body.setAttribute("style", "color: red")""",
    "style-src-elem": """() => {
      const style = document.createElement("style");
      style.textContent = "body { display: none }";
      document.head.append(style);
    }""",
    "img-src": """() => {
      const image = new Image();
      image.src = "https://other.example/pixel.png";
      document.body.append(image);
    }""",
    "connect-src": """() => { fetch("https://other.example/").catch(() => undefined) }""",
    "frame-src": """() => {
      const frame = document.createElement("iframe");
      frame.src = "https://other.example/";
      document.body.append(frame);
    }""",
    "form-action": """() => {
      const form = document.createElement("form");
      form.action = "/";
      document.body.append(form);
      form.submit();
    }""",
    "base-uri": """() => {
      const base = document.createElement("base");
      base.href = "https://other.example/";
      document.head.append(base);
    }""",
}
STOPPED = """() => new Promise((resolve) => {
  addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective));
  setTimeout(() => resolve("nothing stopped it"), 10000);
  (%s)();
})"""


@pytest.mark.parametrize("directive", ATTEMPTS)
def test_the_policy_stops_what_does_not_belong_to_the_page(
    chromium: Browser, published: Published, directive: str
) -> None:
    with chromium.new_context() as context:
        asked: list[Request] = []
        context.on("request", lambda request: asked.append(request))
        page = context.new_page()
        page.goto(published.origin + ARTICLE)
        assert page.evaluate(STOPPED % ATTEMPTS[directive]) == directive
        assert page.evaluate("window.ran") is None
        outside = [request for request in asked if not request.url.startswith(published.origin)]
        assert {request.failure for request in outside} <= {"csp"}
