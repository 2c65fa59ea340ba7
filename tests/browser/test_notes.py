"""Notes and terms at the sentence: by touch, by keyboard, with and without JavaScript, on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import REDIRECTED, NewReader
from tests.browser.observation import Measured

ARTICLE = f"/{REDIRECTED}/"
KINDS = (".cite a", ".term")
_TOP = "element => element.getBoundingClientRect().top"
_OVERLAP = """([note, link]) => {
  const one = note.getBoundingClientRect(), other = link.getBoundingClientRect();
  return other.bottom > one.top;
}"""


def _top(link: Locator) -> float:
    return float(link.evaluate(_TOP))


def _in_sight(page: Page, kind: str, at: int) -> Locator:
    link = page.locator(kind).nth(at)
    link.evaluate(
        "element => window.scrollTo(0, element.getBoundingClientRect().top + scrollY - 400)"
    )
    return link


def _note_of(page: Page, link: Locator) -> Locator:
    return page.locator(f"[id='{(link.get_attribute('href') or '')[1:]}']")


# -- with JavaScript --------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_touch_opens_the_note_under_the_sentence_and_closes_it(
    reader: NewReader, kind: str
) -> None:
    page = reader(ARTICLE, has_touch=True)
    for at in (0, 2, -1):
        link = _in_sight(page, kind, at)
        top, address = _top(link), page.url
        link.tap()
        panel = page.locator(".opened")
        expect(panel).to_have_count(1)
        assert abs(_top(link) - top) <= 1
        assert page.url == address
        assert _top(panel) >= top
        expect(link).to_have_attribute("aria-expanded", "true")
        shown = _note_of(page, link).locator("p:not(.note__back)").all_text_contents()
        assert panel.locator("p").all_text_contents() == shown
        assert Measured.of(page).overflow == []
        panel.get_by_role("button", name="收起").tap()
        expect(panel).to_have_count(0)
        expect(link).to_have_attribute("aria-expanded", "false")
        link.tap()
        link.tap()
        expect(panel).to_have_count(0)


@pytest.mark.parametrize("kind", KINDS)
def test_keyboard_opens_the_note_and_escape_leads_back(reader: NewReader, kind: str) -> None:
    page = reader(ARTICLE)
    link = _in_sight(page, kind, 1)
    link.focus()
    page.keyboard.press("Enter")
    panel = page.locator(".opened")
    expect(panel).to_be_focused()
    assert Measured.of(page).faint == []
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(link).to_be_focused()


def test_note_of_a_cell_opens_behind_its_table(reader: NewReader) -> None:
    page = reader(ARTICLE)
    link = page.locator("td .cite a").first
    link.click()
    assert page.locator(".opened").evaluate(
        "(panel, id) => panel.previousElementSibling.contains(document.getElementById(id))",
        link.get_attribute("id"),
    )


# -- without ----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_without_scripts_the_note_lies_at_the_foot_and_the_text_stays(
    reader: NewReader, kind: str
) -> None:
    page = reader(ARTICLE, java_script_enabled=False, has_touch=True)
    for at in (0, 2):
        page.goto(ARTICLE)
        link = _in_sight(page, kind, at)
        top = _top(link)
        link.tap()
        note = page.locator(":target")
        expect(note).to_be_visible()
        assert note.get_attribute("id") == (link.get_attribute("href") or "")[1:]
        assert abs(_top(link) - top) <= 1
        box = note.bounding_box()
        assert box is not None
        assert (box["x"], box["y"] + box["height"]) == (0, 800)
        assert not page.evaluate(_OVERLAP, [note.element_handle(), link.element_handle()])
        place = link.get_attribute("id")
        note.locator(f'.note__back a[href="#{place}"]').tap()
        expect(page.locator(f"#{place}:target")).to_be_visible()
        expect(link).to_be_in_viewport()
        assert not note.or_(page.locator(".note:target")).first.evaluate(
            "element => getComputedStyle(element).position === 'fixed'"
        )


def test_without_scripts_the_keyboard_goes_from_the_number_to_the_note(reader: NewReader) -> None:
    page = reader(ARTICLE, java_script_enabled=False)
    link = _in_sight(page, ".cite a", 0)
    link.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator(":target").locator("a:focus").count() == 1


# -- everywhere -------------------------------------------------------------------------


def test_paper_has_the_notes_at_the_end_and_nothing_over_the_text(reader: NewReader) -> None:
    page = reader(ARTICLE)
    page.locator(".cite a").first.click()
    page.evaluate("location.hash = 'yq-note-2'")
    page.emulate_media(media="print")
    expect(page.locator(".opened")).to_be_hidden()
    note = page.locator("#yq-note-2")
    assert note.evaluate("element => getComputedStyle(element).position") == "static"
    expect(page.locator("#yq-term-collection")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_open_notes_and_marked_terms_are_legible(reader: NewReader, scheme: str) -> None:
    page = reader(ARTICLE, color_scheme=scheme)
    page.locator(".cite a").first.click()
    page.locator(".term").first.click()
    assert page.locator(".opened").count() == 2
    assert Measured.of(page).faint == []


def test_page_of_terms_shows_the_one_a_reader_comes_for(reader: NewReader) -> None:
    page = reader(ARTICLE)
    page.locator("#yq-term-payment-order").get_by_role("link", name="依据").click()
    expect(page.locator("h1")).to_have_text("用语")
    expect(page.locator(":target")).to_contain_text("支付令")
    assert page.locator(":target").evaluate(
        "element => element.getBoundingClientRect().top < innerHeight"
    )
