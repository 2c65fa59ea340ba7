"""What a page says of itself: one graph, equal to what is printed; tags for those who share it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.inspection import Inspector
from tests.discovery.conftest import Files, made
from tests.harness import Site, article

_RETIRED = ("FAQPage", "Question", "HowTo", "ClaimReview", "QAPage", "NewsArticle")


def _page(content: bytes) -> LexborHTMLParser:
    return LexborHTMLParser(content.decode())


def _graph(content: bytes) -> dict[str, Any]:
    (block,) = _page(content).css('script[type="application/ld+json"]')
    value = json.loads(block.text(strip=False))
    assert isinstance(value, dict)
    return value


def _kinds(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if "@type" in value:
            yield value["@type"]
        value = list(value.values())
    if isinstance(value, list):
        for entry in value:
            yield from _kinds(entry)


@pytest.mark.parametrize(
    ("place", "kinds"),
    [
        ("jail-or-not/", {"Article", "BreadcrumbList", "WebSite", "Organization", "Legislation"}),
        ("", {"WebSite"}),
        ("calculator/", {"WebApplication", "BreadcrumbList", "WebSite"}),
        ("category/credit/", {"CollectionPage", "BreadcrumbList", "WebSite"}),
        ("about/", {"WebPage", "BreadcrumbList", "WebSite"}),
    ],
)
def test_each_kind_of_page_has_its_own_graph(real: Files, place: str, kinds: set[str]) -> None:
    assert kinds <= set(_kinds(_graph(real[f"{place}index.html"])))


def test_every_page_to_be_found_has_one_graph_and_no_retired_kind(real: Files) -> None:
    for name, content in real.items():
        if name.endswith(".html") and b'content="noindex"' not in content:
            assert not set(_RETIRED) & set(_kinds(_graph(content))), name
    assert b"ld+json" not in real["404.html"]


def test_an_article_tells_its_dates_as_search_engines_read_them(real: Files) -> None:
    content = real["jail-or-not/index.html"]
    value = _graph(content)
    main = value["@graph"][0]
    day = re.search(rb'<time datetime="([\d-]+)"', content)
    assert day is not None
    published = day[1].decode()
    assert main["datePublished"] == published
    assert value["pubDate"] == f"{published}T00:00:00"
    assert value["upDate"][:10] == main["dateModified"]
    for name in ("article:published_time", "bytedance:published_time"):
        tag = f'<meta property="{name}" content="{published}T00:00:00+08:00">'
        assert tag.encode() in content


def test_sources_are_law_only_where_they_are(real: Files) -> None:
    cited = {
        entry["name"]: entry["@type"]
        for name, content in real.items()
        if name.endswith("index.html") and b"ld+json" in content
        for entry in _graph(content)["@graph"][0].get("citation", ())
    }
    kinds = {
        "中华人民共和国民法典": "Legislation",
        "中华人民共和国刑法": "Legislation",
        "征信业管理条例": "Legislation",
        "商业银行信用卡业务监督管理办法": "Legislation",
        "12378银行保险消费者投诉维权热线": "CreativeWork",
        "金融机构个人消费类贷款催收工作指引（试行）": "CreativeWork",
    }
    assert {name: cited[name] for name in kinds} == kinds


def test_a_law_is_cited_once_however_many_of_its_articles_are(real: Files) -> None:
    content = real["jail-or-not/index.html"]
    cited = [tuple(entry.values()) for entry in _graph(content)["@graph"][0]["citation"]]
    assert len(cited) == len(set(cited))
    titles = " ".join(node.text() for node in _page(content).css(".note__title"))
    assert titles.count("中华人民共和国刑法") > 1
    assert all(name in titles for _, name, *_ in cited)


def test_the_steps_of_the_graph_are_the_steps_of_the_page(real: Files) -> None:
    for name in ("jail-or-not/", "calculator/", "calculator-method/", "stage/sued/", "help/"):
        content = real[f"{name}index.html"]
        steps = [node.text().strip() for node in _page(content).css(".breadcrumbs li")]
        listed = _graph(content)["@graph"][-1]["itemListElement"]
        assert [step["name"] for step in listed] == steps
        assert [step["position"] for step in listed] == list(range(1, len(steps) + 1))


def test_a_title_with_signs_of_html_cannot_end_the_block(tmp_path: Path) -> None:
    site = Site.create(tmp_path)
    title = "说</script><b>“要起诉”</b>怎么办？"
    site.write("content/articles/process/c.md", article(f"'{title}'", related="[a]"))
    content = made(site.root)["c/index.html"]
    assert _graph(content)["@graph"][0]["headline"] == title


def test_the_author_is_who_runs_the_site(tmp_path: Path) -> None:
    site = Site.create(tmp_path)
    assert _graph(made(site.root)["a/index.html"])["@graph"][0]["author"]["name"] == "测试站"
    site.replace("site_config.yml", "      footer:", "      operator: {name: 某社}\n      footer:")
    assert _graph(made(site.root)["a/index.html"])["@graph"][0]["author"]["name"] == "某社"


def test_verification_tags_stand_on_the_front_page_only(tmp_path: Path) -> None:
    site = Site.create(tmp_path)
    tags = "      verification: [{name: baidu-site-verification, content: codeva-1}]\n"
    site.replace("site_config.yml", "      footer:", f"{tags}      footer:")
    files = made(site.root)
    tag = b'<meta name="baidu-site-verification" content="codeva-1">'
    assert [name for name, content in files.items() if tag in content] == ["index.html"]


@pytest.mark.parametrize(
    ("script", "allowed"),
    [
        ('<script type="application/ld+json">{}</script>', True),
        ('<script type="application/ld+json" id="x">{}</script>', False),
        ('<script type="application/json">{}</script>', False),
        ('<script type="text/javascript">{}</script>', False),
        ('<style type="application/ld+json">{}</style>', False),
    ],
)
def test_only_a_plain_block_of_data_may_stand_in_a_page(script: str, allowed: bool) -> None:
    page = f"<!doctype html><html><body><h1>题</h1>{script}</body></html>"
    findings = Inspector("").inspect("a/index.html", page.encode(), ())[1]
    assert (not findings) is allowed


def test_a_change_after_publication_is_the_date_of_an_article_everywhere(tmp_path: Path) -> None:
    site = Site.create(tmp_path)
    changes = "[{date: 2026-11-22, kind: 更正, text: 改了一个写错的天数。}]"
    site.write(
        "content/articles/process/c.md", article("丙怎么办呢？", related="[a]", changes=changes)
    )
    files = made(site.root)
    value = _graph(files["c/index.html"])
    assert (value["@graph"][0]["dateModified"], value["upDate"][:10]) == ("2026-11-22",) * 2
    assert b'"article:modified_time" content="2026-11-22T' in files["c/index.html"]
    assert b"test.example/c/</loc><lastmod>2026-11-22<" in files["sitemap.xml"]
    assert b"<updated>2026-11-22T00:00:00+08:00</updated>" in files["feed.xml"]
    assert "2026-11-22 更正：改了一个写错的天数。" in files["c/index.txt"].decode()
