"""Every component on the page that shows them all, and every type of page, for every reader."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessibility import violations
from tests.browser.conftest import Published, Readers
from tests.browser.observation import Measured
from tests.browser.test_pages import LOOKS, Survey, faults, surveyed
from tests.harness import REPOSITORY

GALLERY = "/gallery/"
TEMPLATES = REPOSITORY / "templates"
COMPONENTS = sorted(path for path in (TEMPLATES / "components").iterdir() if path.is_dir())
# These are shown by a page of their own, or print nothing a reader sees.
WITHOUT_EXAMPLE = {"calculator", "metadata", "search"}
# How Markdown looks: the base sheet has its rules, and no template calls it.
ONLY_EXAMPLE = {"prose"}
TYPES = {
    "home": "/",
    "article": "/weilidai-collection-process/",
    "category": "/category/process/",
    "stage": "/stage/overdue-1-30/",
    "product": "/product/weilidai/",
    "standing": "/about/",
    "help": "/help/",
    "sources": "/sources/",
    "method": "/calculator-method/",
    "search": "/search/",
    "missing": "/404.html",
}


@pytest.mark.parametrize("folder", COMPONENTS, ids=lambda path: path.name)
def test_a_component_is_one_folder_with_all_that_is_its_own(folder: Path) -> None:
    names = {path.name for path in folder.iterdir()}
    if folder.name not in WITHOUT_EXAMPLE:
        assert "example.html" in names
        include = f'{{% include "components/{folder.name}/example.html" %}}'
        assert include in (TEMPLATES / "gallery.html").read_text("utf-8")
    if folder.name not in WITHOUT_EXAMPLE | ONLY_EXAMPLE:
        assert {"macro.html", "style.css"} <= names
    for script in names & {"script.js"}:
        module = f'data-module="{folder.name}"'
        assert any(module in path.read_text("utf-8") for path in TEMPLATES.rglob("*.html")), script


@pytest.fixture(scope="module")
def survey(chromium: Browser, gallery: Published) -> Survey:
    only = Published(gallery.origin, {"gallery/index.html": gallery.files["gallery/index.html"]})
    return surveyed(chromium, only, LOOKS)


@pytest.fixture(scope="module")
def preview(chromium: Browser, gallery: Published) -> Readers:
    return Readers(chromium, gallery.origin)


def test_every_component_fits_and_can_be_read(survey: Survey) -> None:
    assert survey.recorder.problems == []
    assert survey.recorder.outside() == []
    assert faults(survey.views, lambda page: page.overflow) == {}
    assert faults(survey.views, lambda page: page.faint) == {}
    assert faults(survey.views, lambda page: page.small) == {}
    assert len(survey.views) == len(LOOKS)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_component(preview: Readers, scheme: str) -> None:
    page = preview.open(GALLERY, color_scheme=scheme)
    unfold(page)
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", TYPES.values(), ids=TYPES)
def test_axe_finds_nothing_on_any_type_of_page(readers: Readers, path: str, scheme: str) -> None:
    assert violations(readers.open(path, color_scheme=scheme)) == []


@pytest.mark.soak
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page_at_all(
    readers: Readers, published: Published, scheme: str
) -> None:
    # A page that only sends its reader on is gone before axe has looked at it.
    moved = 'http-equiv="refresh"'
    staying = [path for path in published.pages if moved not in published.text(path)]
    assert len(staying) > 100
    found = {path: violations(readers.open(path, color_scheme=scheme)) for path in staying}
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    page.get_by_role("button", name="二维码").click()
    expect(page.locator(".share__code svg")).to_be_visible()


def test_tab_shows_where_it_is_in_every_component(preview: Readers) -> None:
    page = preview.open(GALLERY)
    unfold(page)
    page.locator("body").evaluate("body => { body.tabIndex = -1; body.focus(); }")
    wanted = page.locator("a[href], summary, button, input:checked").locator("visible=true").count()
    seen = []
    for _ in range(wanted):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(STOP))
    assert [stop["name"] for stop in seen if not stop["outlined"]] == []
    assert len({stop["at"] for stop in seen}) == wanted


STOP = """() => {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  return {
    name: element.localName + " " + element.textContent.trim(),
    at: [...document.querySelectorAll("*")].indexOf(element),
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
  };
}"""


def test_nothing_moves_on_its_own(preview: Readers) -> None:
    page = preview.open(GALLERY, reduced_motion="reduce")
    unfold(page)
    assert page.evaluate("document.getAnimations().length") == 0
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_forced_colours_keep_every_component_in_place(preview: Readers) -> None:
    page = preview.open(GALLERY, forced_colors="active")
    assert Measured.of(page, contrast=False).overflow == []
    assert violations(page) == []


def test_on_paper_every_component_can_be_read(preview: Readers) -> None:
    page = preview.open(GALLERY, color_scheme="dark")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert Measured.of(page).faint == []
    expect(page.get_by_text("这里面是细节。")).to_be_visible()
    expect(page.locator(".printed")).to_be_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")


def test_a_published_site_has_no_gallery(published: Published) -> None:
    assert not any("gallery" in name for name in published.files)


@pytest.mark.parametrize("path", TYPES.values(), ids=TYPES)
def test_without_styles_and_scripts_a_page_still_reads_from_top_to_bottom(
    chromium: Browser, published: Published, path: str
) -> None:
    html = published.text(path)
    plain = html[: html.index("<style>")] + html[html.index("</style>") :]
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.route("**/*", lambda route: route.fulfill(body=plain, content_type="text/html"))
        page.goto(f"{published.origin}{path}")
        text = page.locator("body").inner_text()
        heading = page.locator("h1").inner_text()
    order = [text.index(words) for words in ("逾期须知", heading, "返回顶部")]
    assert order == sorted(order)
