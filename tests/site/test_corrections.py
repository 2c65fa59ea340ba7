"""Changes noted in the front matter: printed in the article, collected in bounded pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.harness import Site, article

PAGE = (
    "---\ntitle: 更正记录\nsummary: 哪篇文章哪一天改了什么，最近的在前面。\n"
    "reviewed: 2026-11-20\nreview_due: 2027-05-20\nlisting: corrections\n---\n\n我们会写下来。\n"
)
A = "content/articles/process/a.md"


def noted(*notes: tuple[str, str, str]) -> str:
    """Front matter for changes: day, kind, text."""
    rows = "".join(
        f"\n  - {{date: {day}, kind: {kind}, text: {text}}}" for day, kind, text in notes
    )
    return article("甲逾期了怎么办？", related="[b]", changes=rows)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site.create(tmp_path)
    site.write("content/pages/corrections.md", PAGE)
    urls = "content/published-urls.txt"
    site.write(
        urls, "".join(sorted([*site.read(urls).splitlines(keepends=True), "/corrections/\n"]))
    )
    return site


def entries(page: str) -> list[str]:
    found = re.findall(r'<li class="changes__entry">(.*?)</li>', page)
    return [re.sub(r"<[^>]+>", "", entry) for entry in found]


def test_an_article_prints_its_changes_the_newest_first(site: Site) -> None:
    site.write(
        A, noted(("2026-11-21", "更正", "改了一个数字"), ("2026-11-23", "更新", "补了新条号"))
    )
    assert site.findings() == []
    site.build()
    assert entries(site.page("a/index.html")) == [
        "2026-11-23 更新 补了新条号",
        "2026-11-21 更正 改了一个数字",
    ]
    assert entries(site.page("b/index.html")) == []


def test_the_page_of_corrections_names_article_day_and_kind(site: Site) -> None:
    site.write(A, noted(("2026-11-21", "更正", "改了一个数字")))
    site.build()
    page = site.page("corrections/index.html")
    assert entries(page) == ["2026-11-21 更正 改了一个数字（甲逾期了怎么办？）"]
    assert '<a href="/a/">甲逾期了怎么办？</a>' in page


def test_without_changes_the_page_says_so(site: Site) -> None:
    site.build()
    assert "到现在还没有要记的改动。" in site.page("corrections/index.html")


def test_pages_are_bounded_hold_everything_once_and_one_more_changes_few(site: Site) -> None:
    for number in range(30):
        rows = "".join(
            f"\n  - {{date: 2026-11-{day:02}, kind: 更新, text: 第 {number}-{day} 处}}"
            for day in range(20, 25)
        )
        path = f"content/articles/process/n{number}.md"
        site.write(path, article(f"第 {number} 种情况怎么办？", changes=rows, related="[a]"))
    site.build()
    before = {name: data for name, data in site.published().items() if "corrections" in name}
    listed = [entries(data.decode()) for data in before.values()]
    assert len(before) > 1
    assert max(map(len, listed)) <= 60
    every = [entry for page in listed for entry in page]
    assert len(every) == len(set(every)) == 150
    site.write(A, noted(("2026-11-24", "更正", "改了一个数字")))
    site.build()
    after = {name: data for name, data in site.published().items() if "corrections" in name}
    assert sum(before.get(name) != after.get(name) for name in {*before, *after}) <= 4


def test_the_page_about_privacy_prints_what_the_settings_say_of_host_and_logs(site: Site) -> None:
    site.write("content/pages/corrections.md", PAGE.replace("corrections", "privacy"))
    options = "      privacy: {host: 某云北京机房, log_kept: 6 个月}\n"
    site.replace("site_config.yml", "      stages:\n", f"{options}      stages:\n")
    site.build()
    page = site.page("corrections/index.html")
    assert "<li>网站放在哪里：某云北京机房</li>" in page
    assert "<li>访问日志留多久：6 个月</li>" in page
    assert "<li>访问日志记什么：（未填写）</li>" in page
