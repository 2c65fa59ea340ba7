"""`exact` returns the pages that contain a text, all of them and no other."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
import yaml
from playwright.sync_api import Browser

from tests.browser.conftest import built
from tests.browser.static_server import served
from tests.harness import REPOSITORY, Site, article
from tests.search.conftest import Searcher

CORPUS = yaml.safe_load((REPOSITORY / "tests/search/corpus.yml").read_text("utf-8"))


def drawn() -> dict[str, str]:
    """Slug → the text of a page."""
    rng = random.Random(7)
    return {f"p{at}": "".join(rng.sample(CORPUS["sentences"], 8)) for at in range(200)}


@pytest.fixture(scope="module")
def asked(
    chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, list[str]]]:
    """Query → the slugs of an exact search for it."""
    site = Site.create(tmp_path_factory.mktemp("exact"))
    for slug, text in drawn().items():
        page = article(
            f"第{slug[1:]}页的问答？",
            f"{text}\n",
            summary="这一页是从句子里随便取出来的。",
            tags="[问答]",
        )
        site.write(f"content/articles/process/{slug}.md", page)
    with served(built(site)) as origin:
        tab = chromium.new_page()
        searcher = Searcher(tab, origin)
        queries = CORPUS["queries"]
        answers = searcher.ask(*queries, exact=True)
        yield {
            query: [entry["url"].strip("/") for entry in answer["results"]]
            for query, answer in zip(queries, answers, strict=True)
        }
        tab.close()


@pytest.mark.parametrize("query", CORPUS["queries"])
def test_recall_and_precision_are_one(asked: dict[str, list[str]], query: str) -> None:
    pages = drawn()
    expected = sorted(slug for slug, text in pages.items() if query in text)
    assert sorted(slug for slug in asked[query] if slug in pages) == expected


def test_no_other_page_of_the_site_is_returned(asked: dict[str, list[str]]) -> None:
    others = {slug for found in asked.values() for slug in found} - drawn().keys()
    assert others <= {"a", "b"}  # whose summary says 逾期
    assert not asked["征信修复"]
    assert not asked["黑名单"]


def test_exact_takes_every_way_to_write_and_no_part_of_a_number(searcher: Searcher) -> None:
    simplified = searcher.slugs("失信被执行人", exact=True)
    assert simplified
    assert searcher.slugs("失信被執行人", exact=True) == simplified
    ways = [sorted(searcher.slugs(query, exact=True)) for query in ("15 日", "十五日")]
    assert ways[0] == ways[1] != []
    for place in searcher.ask("5日", exact=True)[0]["results"]:
        assert "15 日" not in str(place["titlePieces"])
