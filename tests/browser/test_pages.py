"""Every page that is published: what a reader meets, whatever the phone and the palette."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, ViewportSize, expect

from generator.calculator.spec import MODES
from tests.browser.conftest import OLD_SLUG, REDIRECTED, Published
from tests.browser.observation import Measured, Recorder


@dataclass(frozen=True)
class Look:
    """A way of looking at a page: width in CSS pixels, palette, text size in percent."""

    width: int
    scheme: Literal["light", "dark"] = "light"
    text: int = 100


# Palettes change no layout and widths no colour, so not every pair of them is needed.
LOOKS = (Look(1280), Look(320), Look(320, text=200), Look(360), Look(360, "dark"))


@dataclass(frozen=True)
class View:
    """One page looked at in one way."""

    path: str
    look: Look
    measured: Measured

    def __str__(self) -> str:
        return f"{self.path} {self.look}"


@dataclass(frozen=True)
class Survey:
    """Every page of a site, looked at in every way, and what loading them took."""

    views: list[View]
    recorder: Recorder


def still(context: BrowserContext, site: Published) -> None:
    """Redirects stay on their page, so that it can be looked at like any other."""
    for path in site.pages:
        text = site.text(path)
        if 'http-equiv="refresh"' in text:
            body = re.sub(r'<meta http-equiv="refresh"[^>]*>', "", text)
            context.route(site.origin + path, answer(body))


def answer(body: str) -> Callable[[Route], None]:
    return lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8")


def looked_at(page: Page, look: Look) -> Measured:
    if page.viewport_size != (size := ViewportSize(width=look.width, height=800)):
        page.set_viewport_size(size)
    page.emulate_media(color_scheme=look.scheme)
    return Measured.of(page, contrast=look.width == 360 and look.text == 100, text=look.text)


def surveyed(
    browser: Browser, site: Published, looks: tuple[Look, ...] = LOOKS, *, scripts: bool = True
) -> Survey:
    recorder = Recorder(site.origin)
    with browser.new_context(base_url=site.origin, java_script_enabled=scripts) as context:
        recorder.watch(context)
        still(context, site)
        page = context.new_page()
        views: list[View] = []
        for path in site.pages:
            page.goto(path)
            views.extend(View(path, look, looked_at(page, look)) for look in looks)
    return Survey(views, recorder)


@pytest.fixture(scope="package")
def own(chromium: Browser, published: Published) -> Survey:
    """The repository's site."""
    return surveyed(chromium, published)


@pytest.fixture(scope="package")
def made_up(chromium: Browser, crowded: Published) -> Survey:
    """The site with further pages and wide content."""
    return surveyed(chromium, crowded)


@pytest.fixture(params=["own", "made_up"])
def survey(request: pytest.FixtureRequest) -> Survey:
    result = request.getfixturevalue(request.param)
    assert isinstance(result, Survey)
    return result


def faults(views: Iterable[View], found: Callable[[Measured], Iterable[str]]) -> dict[str, str]:
    """Each fault `found` names, with the first view that shows it."""
    first: dict[str, str] = {}
    for view in views:
        for fault in found(view.measured):
            first.setdefault(fault, str(view))
    return first


def test_every_kind_of_page_is_looked_at(published: Published, own: Survey) -> None:
    paths = {view.path for view in own.views}
    assert paths == set(published.pages)
    assert {"/", "/404.html", f"/{OLD_SLUG}/", "/category/process/"} <= paths
    assert len(own.views) == len(paths) * len(LOOKS)


def test_pages_load_clean(survey: Survey) -> None:
    assert survey.recorder.problems == []


def test_no_page_asks_another_host(survey: Survey) -> None:
    assert survey.recorder.requested
    assert survey.recorder.outside() == []


def test_no_page_scrolls_sideways_even_with_text_twice_as_large(survey: Survey) -> None:
    assert faults(survey.views, lambda page: page.overflow) == {}


def test_every_text_has_enough_contrast(survey: Survey) -> None:
    assert faults(survey.views, lambda page: page.faint) == {}


def test_targets_are_large_enough_for_a_thumb(survey: Survey) -> None:
    assert faults(survey.views, lambda page: page.small) == {}


def test_no_day_and_no_range_is_broken_across_lines(survey: Survey) -> None:
    usual = [view for view in survey.views if view.look.text == 100]
    assert faults(usual, lambda page: page.torn) == {}


def test_no_line_ends_in_the_sign_between_two_parts(survey: Survey) -> None:
    usual = [view for view in survey.views if view.look.text == 100]
    assert faults(usual, lambda page: page.dangling) == {}


def test_no_text_sticks_out_of_its_box_or_stands_a_character_to_a_line(survey: Survey) -> None:
    assert faults(survey.views, lambda page: page.squeezed) == {}


def test_every_page_has_one_main_heading(survey: Survey) -> None:
    assert [str(view) for view in survey.views if view.measured.headings != 1] == []


def test_every_page_says_that_it_is_chinese(survey: Survey) -> None:
    assert {view.measured.language for view in survey.views} == {"zh-CN"}


def test_every_page_has_a_title_of_its_own(survey: Survey) -> None:
    titles: dict[str, set[str]] = {}
    for view in survey.views:
        if OLD_SLUG not in view.path:  # it is named after the article it leads to
            titles.setdefault(view.measured.title, set()).add(view.path)
    assert [paths for title, paths in titles.items() if not title or len(paths) > 1] == []


def test_pages_for_search_engines_are_described_and_others_are_kept_out(survey: Survey) -> None:
    described = {
        view.path: (bool(view.measured.description), "noindex" in view.measured.robots)
        for view in survey.views
    }
    signposts = {"/404.html", f"/{OLD_SLUG}/"}
    wrong = {
        path: (description, noindex)
        for path, (description, noindex) in described.items()
        if noindex != (path in signposts) or not (description or noindex)
    }
    assert wrong == {}


def test_descriptions_tell_pages_apart(own: Survey) -> None:
    descriptions: dict[str, set[str]] = {}
    for view in own.views:
        if view.measured.description:
            descriptions.setdefault(view.measured.description, set()).add(view.path)
    assert [paths for paths in descriptions.values() if len(paths) > 1] == []


@pytest.mark.parametrize("site", ["published", "crowded"])
def test_without_javascript_every_text_can_be_read(
    chromium: Browser, site: str, request: pytest.FixtureRequest
) -> None:
    pages = request.getfixturevalue(site)
    survey = surveyed(chromium, pages, (Look(360),), scripts=False)
    assert survey.recorder.problems == []
    assert faults(survey.views, lambda page: page.hidden) == {}
    assert [str(view) for view in survey.views if view.measured.read < 2] == []


def test_without_javascript_a_form_that_needs_it_says_so(
    chromium: Browser, published: Published
) -> None:
    with chromium.new_context(base_url=published.origin, java_script_enabled=False) as context:
        page = context.new_page()
        forms = [path for path in published.pages if 'id="yq-calculator"' in published.text(path)]
        assert len(forms) == len(MODES)
        for path in forms:
            page.goto(path)
            expect(page.locator(".calculator")).to_be_hidden()
            expect(page.locator("noscript p")).to_be_visible()
            expect(page.locator("noscript p")).to_contain_text("JavaScript")


_ORDER = """() => ["h1", ".article__answer", ".article__dates", ".contents", ".prose", ".notes", ".card-list", "footer"]
  .map((name) => [name, document.querySelector(name)])
  .map(([name, element]) => [name, element.getBoundingClientRect().top, element.getBoundingClientRect().right])"""


def test_without_any_style_an_article_is_read_from_top_to_bottom(
    chromium: Browser, published: Published
) -> None:
    path = f"/{REDIRECTED}/"
    bare = re.sub("<style>.*?</style>", "", published.text(path), flags=re.DOTALL)
    with chromium.new_context(
        base_url=published.origin,
        java_script_enabled=False,
        viewport={"width": 360, "height": 800},
    ) as context:
        page = context.new_page()
        page.route(f"**{path}", lambda route: route.fulfill(body=bare, content_type="text/html"))
        page.goto(path)
        parts = page.evaluate(_ORDER)
        tops = [top for _, top, _ in parts]
        assert tops == sorted(tops), parts
        assert [part for part in parts if part[2] > 360] == []
        for name in (".article__answer", ".prose", ".notes", "footer"):
            expect(page.locator(name).first).to_be_visible()


def test_further_pages_of_a_category_are_among_the_pages(crowded: Published) -> None:
    further = [path for path in crowded.pages if path.startswith("/category/process/from/")]
    assert further
    assert [path for path in further if "pagination" not in crowded.text(path)] == []
