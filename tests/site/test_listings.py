"""The lists of sources and of fact-checks: complete, bounded, and changed by few articles."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.pages import checks, source_lists
from tests.harness import Site, article
from tests.site.broken import SOURCES, recorded, swap

_PAGE = """\
---
title: {}
summary: 这一页自动列出全站的这一种内容。
reviewed: 2026-11-24
review_due: 2027-02-24
listing: {}
---

正文。
"""
_FACT = "```fact-check\nclaim: 第{}种说法\nverdict: 误导\nbasis: 依据。[@law-1]\n```\n"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A site of many articles for its lists: pages of about three articles."""
    monkeypatch.setattr(source_lists, "_ARTICLES", 3)
    monkeypatch.setattr(checks, "_ARTICLES", 3)
    site = Site.create(tmp_path)
    site.write("content/pages/sources.md", _PAGE.format("法规与来源", "sources"))
    site.write("content/pages/claims.md", _PAGE.format("说法核查", "fact-checks"))
    recorded("sources", "claims")(site)
    for number in range(12):
        site.write(f"content/articles/process/p{number:02}.md", _article(number))
    recorded(*(f"p{number:02}" for number in range(12)))(site)
    return site


def _article(number: int) -> str:
    body = _FACT.format(number) + ("\n丙。[@guide-1]\n" if number % 2 else "")
    return article(f"第{number}问怎么办？", body)


def _pages(site: Site, start: str) -> list[str]:
    """A list from its first page on, following the way on."""
    found, address = [], start
    while address:
        found.append(site.page(f"{address.strip('/')}/index.html"))
        onward = re.search(r'rel="next" href="([^"]*)"', found[-1])
        address = onward[1] if onward else ""
    return found


def _links(page: str) -> list[str]:
    main = page[page.index("<main") : page.index("</main>")]
    return re.findall(r'<a href="/([pab]\d*)/">', main)


def test_every_article_is_listed_once_under_each_source_it_cites(site: Site) -> None:
    site.build()
    law, guide = (_pages(site, f"/sources/{key}/") for key in ("law", "self-regulation"))
    assert len(law) > 2
    everywhere = sorted(["a", "b", *(f"p{number:02}" for number in range(12))])
    assert [link for page in law for link in _links(page)] == everywhere
    assert [link for page in guide for link in _links(page)] == everywhere[3::2]
    assert max(len(_links(page)) for page in law) <= 6


def test_overview_names_every_document_with_its_day_and_level(site: Site) -> None:
    swap(SOURCES, "  kind: 法律\n", "  kind: 法律\n  document: one-law\n")(site)
    site.build()
    overview = site.page("sources/index.html")
    assert '<a href="/sources/one-law/">某法</a>' in overview
    assert '施行：<span class="unbroken">2021-01-01</span> ·&nbsp;读过条文' in overview
    assert '<a href="/sources/self-regulation/">行业自律</a>' in overview
    assert "某指引 ·&nbsp;据公开报道和转载" in overview
    assert "记得的规定" not in overview
    assert "某法" in site.page("sources/one-law/index.html")


def test_first_page_has_every_source_of_its_list(site: Site) -> None:
    row = site.read(SOURCES).split("- id: ")[1]
    extra = "".join(f"- id: {name}\n" + row.partition("\n")[2] for name in ("law-2", "law-3"))
    site.write(SOURCES, site.read(SOURCES) + extra)
    site.write("content/articles/process/zz.md", article("最后一问怎么办？", "丁。[@law-2]\n"))
    recorded("zz")(site)
    site.build()
    first, *others = _pages(site, "/sources/law/")
    assert first.count('class="listed__entry"') == 3
    assert first.count("引用它的文章在后面的页上。") == first.count("还没有文章引用它。") == 1
    assert others[-1].count('class="listed__entry"') <= 2


def test_every_check_is_listed_with_its_article(site: Site) -> None:
    site.build()
    pages = _pages(site, "/claims/")
    assert len(pages) > 2
    claims = [claim for page in pages for claim in re.findall(r"第\d+种说法", page)]
    assert claims == [f"第{number}种说法" for number in range(12)]
    assert all("误导" in page and 'href="/p' in page for page in pages)


def test_article_more_changes_one_page_of_each_list_it_appears_in(site: Site) -> None:
    site.build()
    before = site.published()
    site.write("content/articles/process/p055.md", _article(55))
    recorded("p055")(site)
    site.build()
    now = site.published()
    changed = {name for name in now if before.get(name) != now[name]}
    for path in ("sources/law/", "sources/self-regulation/", "claims/"):
        assert 1 <= len([name for name in changed if name.startswith(path)]) <= 3
    assert "sources/index.html" not in changed


def test_source_of_a_shown_help_line_counts_as_cited(site: Site) -> None:
    site.write(
        "content/data/hotlines.yml",
        "- {id: '12356', title: 心理援助, purpose: 有困扰时打。, hours: —, source: guide-1,"
        " checked: '2026-11-24'}\n",
    )
    site.write(
        "content/articles/process/a.md",
        article("甲逾期了怎么办？", "甲。[@law-1]\n\n```hotlines\nshow: [12356]\n```\n"),
    )
    site.build()
    assert "a" in _links(_pages(site, "/sources/self-regulation/")[0])
