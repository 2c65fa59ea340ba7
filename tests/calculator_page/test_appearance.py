"""The calculator however it is looked at: small, enlarged, dark, printed, without scripts."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # has none
from playwright.sync_api import Page, expect

from tests.calculator_page.conftest import NewReader
from tests.calculator_page.form import LOAN, field, fill, heading, submit

WIDE = """() => [...document.querySelectorAll("body *")].filter((e) => {
  const box = e.getBoundingClientRect();
  return box.width && box.right > document.documentElement.clientWidth + 0.5 && !e.closest(".visually-hidden, thead");
}).map((e) => e.localName + "." + e.getAttribute("class")).slice(0, 5)"""


@pytest.mark.parametrize("path", ["/calculator/", "/calculator-method/", "/a/"])
def test_it_fits_a_small_phone_with_text_of_any_size(reader: NewReader, path: str) -> None:
    page = reader(path, viewport={"width": 320, "height": 640})
    if path == "/calculator/":
        page.locator('div[data-mode="loan"] .calculator__more > summary').click()
        page.locator('[data-mode="loan"] [data-field="payments"] [data-add]').click()
        fill(page, LOAN | {"claimed": "10255"})
        submit(page)
        expect(page.locator(".calculator__found").first).to_be_visible()
    for size in ("100%", "200%"):
        page.evaluate("size => { document.documentElement.style.fontSize = size; }", size)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.evaluate(WIDE)


@pytest.mark.parametrize(
    ("scheme", "paper"), [("light", "rgb(252, 251, 248)"), ("dark", "rgb(20, 24, 23)")]
)
def test_axe_finds_nothing_in_the_form_its_errors_and_its_result(
    reader: NewReader, scheme: str, paper: str
) -> None:
    page = reader(color_scheme=scheme)
    colour = "e => getComputedStyle(e).backgroundColor"
    assert page.locator("#yq-loan-principal").evaluate(colour) == paper
    page.locator('div[data-mode="loan"] .calculator__more > summary').click()
    page.locator('[data-mode="loan"] [data-field="payments"] [data-add]').click()
    fill(page, LOAN | {"principal": "1万2", "claimed": "12000"})
    submit(page)
    expect(page.locator("#yq-errors")).to_be_focused()
    assert violations(page) == []
    fill(page, LOAN)
    submit(page)
    expect(page.locator(".calculator__found").first).to_be_visible()
    assert violations(page) == []


def violations(page: Page) -> list[str]:
    """What axe says, in one line for each place."""
    found = Axe().run(page).response["violations"]
    return [f"{it['id']} {node['target']}" for it in found for node in it["nodes"]]


def test_forced_colours_leave_the_chart_and_the_marks_to_be_seen(reader: NewReader) -> None:
    page = reader(forced_colors="active", color_scheme="light")
    submit(page)
    expect(page.locator("#yq-errors")).to_be_focused()
    style = "(e, part) => getComputedStyle(e)[part]"
    canvas = page.locator("body").evaluate(style, "backgroundColor")
    wrong = page.locator('[aria-invalid="true"]').first
    assert wrong.evaluate(style, "borderTopWidth") == "2px"
    assert wrong.evaluate(style, "borderTopColor") != canvas
    fill(page, LOAN)
    submit(page)
    chart = page.locator(".calculator__chart")
    assert chart.locator("polyline").evaluate(style, "stroke") != canvas
    assert chart.locator("text").first.evaluate(style, "fill") != canvas


def test_nothing_moves_while_the_page_loads(reader: NewReader) -> None:
    page = reader()
    shift = page.evaluate(
        """() => new Promise((done) => {
          let sum = 0;
          new PerformanceObserver((list) => list.getEntries().forEach((e) => (sum += e.value)))
            .observe({ type: "layout-shift", buffered: true });
          setTimeout(() => done(sum), 300);
        })"""
    )
    assert shift < 0.02


def test_paper_has_the_result_and_its_date_and_no_controls(reader: NewReader) -> None:
    page = reader()
    fill(page, LOAN)
    submit(page)
    expect(heading(page)).to_be_focused()
    page.emulate_media(media="print")
    for left_out in (".calculator__form", ".calculator__kinds", ".calculator__static", ".header"):
        expect(page.locator(left_out)).to_be_hidden()
    expect(heading(page)).to_be_visible()
    printed = page.locator(".calculator__printed")
    expect(printed).to_contain_text(re.compile(r"计算于 \d{4}-\d\d-\d\d"))
    expect(printed).to_contain_text("24% 对照线 2026-")
    expect(printed).to_contain_text("/calculator/")
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_without_scripts_the_form_is_gone_and_the_examples_are_there(reader: NewReader) -> None:
    page = reader(java_script_enabled=False)
    expect(page.locator("#yq-form")).to_be_hidden()
    expect(page.locator("noscript p")).to_be_visible()
    assert page.locator(".overdue").count() == 1


def test_the_gap_finder_leaves_the_page_alive_and_can_be_given_up(reader: NewReader) -> None:
    page = reader()
    fill(page, LOAN | {"claimed": "10232.50"})
    submit(page)
    field(page, "claimed").fill("")
    submit(page)
    expect(heading(page)).to_be_focused()
    expect(page.locator(".calculator__found")).to_have_count(0)
