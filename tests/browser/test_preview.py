"""`yuqi serve`: the page follows every edit by itself, and mistakes come to the browser."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.previewing import PATIENCE, Desk, previewing, sitting
from tests.harness import TODAY, Site, article

A = "content/articles/process/a.md"
SOURCES = "content/data/sources.yml"
CONFIG = "site_config.yml"
OVERLAY = ".yuqi-overlay"
WAIT = PATIENCE * 1000


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site.create(tmp_path)


@pytest.fixture
def desk(chromium: Browser, site: Site) -> Iterator[Desk]:
    with sitting(chromium, site) as place:
        yield place


def shows(page: Page, text: str) -> None:
    """Wait until `text` can be seen; nobody presses reload."""
    expect(page.get_by_text(text).first).to_be_visible(timeout=WAIT)


def is_clear(page: Page) -> None:
    """Wait until no finding is shown."""
    expect(page.locator(OVERLAY)).to_have_count(0, timeout=WAIT)


# -- edits ------------------------------------------------------------------------------


def test_an_edited_article_shows_by_itself(site: Site, desk: Desk) -> None:
    page = desk.open("a/")
    site.replace(A, "正文。", "改过一次。")
    shows(page, "改过一次。")
    site.replace(A, "改过一次。", "改过两次。")
    shows(page, "改过两次。")
    is_clear(page)


def test_an_edited_template_shows_by_itself(site: Site, desk: Desk) -> None:
    page = desk.open("a/")
    site.replace("templates/article.html", "大家还在看", "接下来看")
    shows(page, "接下来看")


def test_an_edited_style_shows_by_itself(site: Site, desk: Desk) -> None:
    page = desk.open("a/")
    site.replace("templates/base.css", "--paper: #fcfbf8", "--paper: #fff")
    expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)", timeout=WAIT)


def test_an_edited_source_shows_by_itself(site: Site, desk: Desk) -> None:
    page = desk.open("a/")
    site.replace(SOURCES, "title: 某法", "title: 改名法")
    shows(page, "改名法")


def test_an_edited_setting_shows_by_itself(site: Site, desk: Desk) -> None:
    page = desk.open("a/")
    for before, after in (("测试站", "改名站"), ("改名站", "再改站")):
        site.replace(CONFIG, f"site_name: {before}", f"site_name: {after}")
        expect(page.locator(".header__name")).to_have_text(after, timeout=WAIT)


@pytest.mark.parametrize("path", [A, CONFIG])
def test_files_that_an_editor_replaces_whole_are_followed(
    site: Site, desk: Desk, path: str
) -> None:
    """Many editors write a new file and rename it over the old one, at every save."""
    page = desk.open("a/")
    word = {A: "正文。", CONFIG: "测试站"}[path]
    for new in ("换了一次", "换了两次", "换了三次"):
        beside = site.root.parent / "beside"
        beside.write_text(site.read(path).replace(word, new), "utf-8")
        os.replace(beside, site.root / path)
        shows(page, new)
        word = new


def test_a_new_article_appears_and_a_deleted_one_goes(site: Site, desk: Desk) -> None:
    page = desk.open("category/process/")
    site.write("content/articles/process/c.md", article("丙的钱还不上怎么办？"))
    shows(page, "丙的钱还不上怎么办？")
    site.delete("content/articles/process/c.md")
    expect(page.get_by_text("丙的钱还不上怎么办？")).to_have_count(0, timeout=WAIT)


def test_every_open_page_follows(site: Site, desk: Desk) -> None:
    pages = [desk.open("a/"), desk.open("")]
    site.replace(A, "甲逾期了怎么办？", "甲改了标题怎么办？")
    for page in pages:
        shows(page, "甲改了标题怎么办？")


def test_an_edit_while_the_page_loads_is_not_missed(site: Site, desk: Desk) -> None:
    page = desk.blank()
    edited: list[str] = []

    def late(route: Route) -> None:
        """The page has come; before its script runs, the site is another one already."""
        if not edited:
            edited.append(route.request.url)
            site.replace(A, "正文。", "刚改的。")
            desk.preview.wait_for_page("/a/", "刚改的。")
        route.continue_()

    page.route("**/__yuqi__/overlay.js*", late)
    page.goto(f"{desk.preview.address}a/")
    shows(page, "刚改的。")
    assert edited


def test_a_page_follows_a_preview_that_was_started_again(site: Site, chromium: Browser) -> None:
    with previewing(site) as first:
        page = chromium.new_page()
        page.goto(f"{first.address}a/")
        port = str(first.port)
        first.interrupt()
    site.replace(A, "正文。", "停下时改的。")
    with previewing(site, "--port", port):
        shows(page, "停下时改的。")
        page.close()


# -- mistakes ---------------------------------------------------------------------------

Break = Callable[[Site], None]


def misspell_key(site: Site) -> None:
    site.replace(A, "summary:", "summery:")


def cite_unknown(site: Site) -> None:
    site.replace(A, "[@law-1]", "[@law-9]")


def break_link(site: Site) -> None:
    site.replace(A, "正文。", "[没有这一页](/nowhere/)。")


def misspell_setting(site: Site) -> None:
    site.replace(CONFIG, "site_name:", "site_nam:")


def break_sources(site: Site) -> None:
    site.replace(SOURCES, "status: 现行", "status: 随便")


def delete_template(site: Site) -> None:
    site.delete("templates/components/notes/macro.html")


def delete_needed_template(site: Site) -> None:
    site.delete("templates/not-found.html")


def break_template_syntax(site: Site) -> None:
    site.replace("templates/article.html", "{% block main %}", "{% block main")


def name_unknown_value(site: Site) -> None:
    site.replace("templates/article.html", "{{ page.summary |", "{{ page.sumary |")


def break_style(site: Site) -> None:
    site.replace("templates/base.css", "body {", "body {{{ ]")


BREAKS: dict[Break, tuple[str, str]] = {
    misspell_key: (f"{A}:3:1", "summary"),
    cite_unknown: (f"{A}:15:6", "law-1"),
    break_link: (f"{A}:15:9", "/slug/"),
    misspell_setting: (f"{CONFIG}:1:1", "site_name"),
    break_sources: (f"{SOURCES}:7:11", "现行"),
    delete_template: ("templates/", "改法"),
    delete_needed_template: ("templates/not-found.html", "从版本库里恢复"),
    break_template_syntax: ("templates/article.html:", "模板"),
    name_unknown_value: ("templates/article.html", "模板"),
    break_style: ("templates/base.css", "base.css:"),
}


def restored(site: Site, mistake: Break) -> Callable[[], None]:
    """Make the mistake; what is returned mends it."""
    paths = [path for path in site.root.rglob("*") if path.is_file() and ".cache" not in path.parts]
    before = {path: path.read_bytes() for path in paths}
    mistake(site)

    def mend() -> None:
        for path, content in before.items():
            if not path.exists() or path.read_bytes() != content:
                path.write_bytes(content)

    return mend


@pytest.mark.parametrize("mistake", BREAKS)
def test_a_mistake_is_shown_over_the_last_good_page_until_it_is_mended(
    site: Site, desk: Desk, mistake: Break
) -> None:
    place, fix = BREAKS[mistake]
    page = desk.open("a/")
    mend = restored(site, mistake)
    overlay = page.locator(OVERLAY)
    expect(overlay).to_be_visible(timeout=WAIT)
    expect(overlay).to_contain_text(place)
    expect(overlay.locator(".yuqi-overlay__hint").first).to_contain_text("改法：")
    expect(overlay).to_contain_text(fix)
    expect(page.locator("h1")).to_have_text("甲逾期了怎么办？")
    desk.preview.wait_for_output(place)
    mend()
    is_clear(page)
    site.replace(A, "正文。", "又能改了。")
    shows(page, "又能改了。")


def test_all_mistakes_are_listed_and_the_list_follows(site: Site, desk: Desk) -> None:
    page = desk.open("a/")
    site.replace(A, "summary:", "summery:")
    places = page.locator(".yuqi-overlay__place")
    expect(places.first).to_be_visible(timeout=WAIT)
    listed = places.count()
    site.replace(CONFIG, "site_description:", "site_descripton:")
    expect(places.filter(has_text=CONFIG).first).to_be_visible(timeout=WAIT)
    site.replace(CONFIG, "site_descripton:", "site_description:")
    expect(places).to_have_count(listed, timeout=WAIT)


def test_what_an_editor_wrote_is_shown_as_text(site: Site, desk: Desk) -> None:
    page = desk.open("a/")
    site.replace(A, "正文。", "<img src=x onerror=alert(1)>")
    overlay = page.locator(OVERLAY)
    expect(overlay).to_contain_text("<img src=x onerror=alert(1)>", timeout=WAIT)
    expect(overlay.locator("img")).to_have_count(0)


def test_a_page_opened_while_there_are_mistakes_shows_them(site: Site, desk: Desk) -> None:
    desk.open("a/")
    cite_unknown(site)
    shows(desk.open("b/"), "law-9")


def test_reminders_alone_do_not_cover_the_page(site: Site, desk: Desk) -> None:
    page = desk.open("a/")
    site.write("content/articles/process/c.md", article("丙的钱还不上怎么办？"))
    site.replace(A, "正文。", "见[丙](/c/)。")
    shows(page, "见丙。")
    is_clear(page)


@pytest.mark.parametrize(
    "mistake",
    [
        misspell_setting,
        break_sources,
        break_template_syntax,
    ],
)
def test_a_project_that_starts_with_mistakes_shows_them_and_recovers(
    chromium: Browser, site: Site, mistake: Break
) -> None:
    place, fix = BREAKS[mistake]
    mend = restored(site, mistake)
    with sitting(chromium, site) as desk:
        page = nothing_yet(desk)
        expect(page.locator(OVERLAY)).to_contain_text(place, timeout=WAIT)
        expect(page.locator(OVERLAY)).to_contain_text(fix)
        mend()
        shows(page, "甲逾期了怎么办？")
        is_clear(page)


@pytest.mark.parametrize("missing", [CONFIG, "content", "templates"])
def test_a_project_that_starts_incomplete_is_followed_until_it_is_whole(
    chromium: Browser, site: Site, missing: str
) -> None:
    (site.root / missing).rename(site.root.parent / "kept")
    with sitting(chromium, site) as desk:
        page = nothing_yet(desk)
        expect(page.locator(OVERLAY)).to_contain_text(missing, timeout=WAIT)
        (site.root.parent / "kept").rename(site.root / missing)
        shows(page, "甲逾期了怎么办？")
        is_clear(page)


def nothing_yet(desk: Desk) -> Page:
    """The home page of a preview that could build nothing: there is no such page, and no icon."""
    desk.recorder.expect_miss(desk.preview.address)
    desk.recorder.expect_miss(f"{desk.preview.address}favicon.ico")
    return desk.open()


# -- what a build leaves out ------------------------------------------------------------


def test_drafts_and_future_articles_are_shown_with_a_mark_and_never_built(
    site: Site, desk: Desk
) -> None:
    future = {"published": "2027-01-02", "reviewed": "2027-01-02", "review_due": "2027-05-20"}
    site.write("content/articles/process/c.md", article("丙还是草稿怎么办？", draft="true"))
    site.write("content/articles/process/d.md", article("丁要等到哪天发？", **future))
    page = desk.open("category/process/")
    shows(page, "丁要等到哪天发？")
    page.get_by_role("link", name="丙还是草稿怎么办？").click()
    expect(page.locator(".article__mark")).to_have_text("草稿：不会发布")
    page.goto(f"{desk.preview.address}d/")
    expect(page.locator(".article__mark")).to_have_text("定时：2027-01-02 起发布")
    page.goto(f"{desk.preview.address}a/")
    expect(page.locator(".article__mark")).to_have_count(0)
    site.build(as_of=TODAY)
    texts = (text for name, text in site.published().items() if not name.endswith(".gz"))
    published = b"".join(texts).decode()
    assert [name for name in site.published() if name.startswith(("c/", "d/"))] == []
    assert [text for text in ("丙还是草稿", "丁要等到", "__yuqi__") if text in published] == []
