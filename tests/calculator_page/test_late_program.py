"""The form before its program has come: the page is painted first, and nothing typed is lost."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, Route, expect

from generator.calculator import fragment
from tests.calculator_page.conftest import NewReader
from tests.calculator_page.form import LOAN, field, fill, heading, submit

PROGRAM = "**/calculator/form-loan.js"
LINK = f"/calculator/#{fragment({'mode': 'loan'} | LOAN | {'principal': '777'})}"


# Notes when the first frame that the page asked for begins.
FRAME = """(() => {
  const ask = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (call) =>
    ask((time) => (performance.mark("frame"), call(time)));
})()"""


def waiting(reader: NewReader, path: str) -> tuple[Page, Route]:
    """The calculator as it is while its program is on the way, and that request."""
    held: list[Route] = []
    page = reader("/a/")
    page.add_init_script(FRAME)
    page.route(PROGRAM, lambda route: held.append(route))
    with page.expect_request(PROGRAM):
        page.goto(path)
    page.wait_for_function("() => true")  # lets the route be told of
    return page, held[0]


def test_the_page_is_painted_without_the_program_which_is_asked_for_behind_a_frame(
    reader: NewReader,
) -> None:
    """Behind the frame, not the paint: that is stamped only when the screen has it."""
    page, request = waiting(reader, "/calculator/")
    page.wait_for_function('() => performance.getEntriesByName("first-contentful-paint").length')
    expect(page.locator("#yq-form button[type=submit]")).to_be_disabled()
    request.continue_()
    expect(page.locator("#yq-form button[type=submit]")).to_be_enabled()
    frame, asked = page.evaluate(
        """() => [
          performance.getEntriesByName("frame")[0].startTime,
          performance.getEntriesByType("resource").find((e) => e.name.endsWith("/form-loan.js")).startTime,
        ]"""
    )
    assert asked >= frame


def test_what_is_typed_before_the_program_has_come_is_calculated(reader: NewReader) -> None:
    page, request = waiting(reader, "/calculator/")
    for button in page.locator("#yq-form button").all():
        expect(button).to_be_disabled()
    fill(page, LOAN)
    field(page, "as_of").press("Enter")
    assert page.url.endswith("/calculator/")
    request.continue_()
    expect(page.get_by_role("button", name="算一算")).to_be_enabled()
    submit(page)
    expect(heading(page)).to_contain_text("10,225.00")


def test_typing_wins_over_a_link_whose_figures_come_later(reader: NewReader) -> None:
    page, request = waiting(reader, LINK)
    field(page, "principal").fill("12345")
    request.continue_()
    expect(page.locator("#yq-notice")).to_contain_text("刷新这一页")
    expect(field(page, "principal")).to_have_value("12345")
    page.unroute(PROGRAM)
    page.reload()
    expect(field(page, "principal")).to_have_value("777")


def test_a_program_that_does_not_come_is_told_of(chromium: Browser, origin: str) -> None:
    page = chromium.new_page(base_url=origin)
    page.route(PROGRAM, lambda route: route.abort())
    page.goto("/calculator/")
    expect(page.locator("#yq-notice")).to_contain_text("没有下载完")
    expect(page.get_by_role("button", name="算一算")).to_be_disabled()
    page.close()
