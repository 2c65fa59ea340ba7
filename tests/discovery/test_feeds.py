"""Feeds: valid, readable by others, true to the pages, bounded."""

from __future__ import annotations

import html
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

import feedparser  # type: ignore[import-untyped]  # it has no types
import pytest
from lxml import etree
from pydantic import AwareDatetime, BaseModel, ConfigDict, HttpUrl

from tests.discovery.conftest import Files, made
from tests.harness import BASE, Site, article

_ATOM = Path(__file__).parent / "schemas" / "atom.rng"
_CATEGORIES = ("process", "consequences", "remedies", "credit", "safety")
_PLACES = ("", *(f"category/{name}/" for name in _CATEGORIES))


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Author(_Strict):
    name: str


class _Item(_Strict):
    id: HttpUrl
    url: HttpUrl
    title: str
    content_text: str
    date_published: AwareDatetime
    date_modified: AwareDatetime
    tags: list[str]


class _JsonFeed(_Strict):
    """JSON Feed 1.1, the members we use."""

    version: Literal["https://jsonfeed.org/version/1.1"]
    title: str
    home_page_url: HttpUrl
    feed_url: HttpUrl
    description: str
    language: Literal["zh-CN"]
    authors: list[_Author]
    items: list[_Item]


@pytest.mark.parametrize("place", _PLACES)
def test_both_formats_are_valid_and_say_the_same(real: Files, place: str) -> None:
    atom, plain = real[f"{place}feed.xml"], real[f"{place}feed.json"]
    etree.RelaxNG(etree.parse(_ATOM)).assertValid(etree.fromstring(atom))
    fed = _JsonFeed.model_validate_json(plain)
    parsed = feedparser.parse(atom)
    assert not parsed.bozo
    assert str(fed.home_page_url) == f"https://example.org/{place}" == parsed.feed.link
    assert [(e.link, e.title, e.summary, e.published) for e in parsed.entries] == [
        (item["url"], item["title"], item["content_text"], item["date_published"])
        for item in json.loads(plain)["items"]
    ]
    assert 0 < len(parsed.entries) <= 20


def test_every_entry_says_what_its_page_says(real: Files) -> None:
    for entry in feedparser.parse(real["feed.xml"]).entries:
        page = real[f"{entry.link.removeprefix('https://example.org/')}index.html"].decode()
        for words in (entry.title, entry.summary, entry.tags[0].term):
            assert html.escape(words).replace("&#x27;", "&#39;") in page
        for moment in (entry.published, entry.updated):
            assert f'<time datetime="{moment[:10]}">' in page
            assert moment.endswith("T00:00:00+08:00")


def test_the_pages_lead_to_their_feed(real: Files) -> None:
    site, own = b'href="/feed.xml"', b'href="/category/credit/feed.xml"'
    assert site in real["index.html"]
    assert own in real["category/credit/index.html"]
    article_page = real["jail-or-not/index.html"]
    assert b'type="text/plain" href="/jail-or-not/index.txt"' in article_page
    assert site not in article_page, "every page would pay for what few readers use"


def test_a_feed_is_bounded_newest_first_and_as_new_as_its_newest_entry(tmp_path: Path) -> None:
    site = Site.create(tmp_path)
    site.replace("site_config.yml", "      footer:", "      page_sizes: {feed: 3}\n      footer:")
    slugs = [f"n{at}" for at in range(6)]
    for at, slug in enumerate(slugs):
        day = (date(2026, 1, 1) + timedelta(days=at)).isoformat()
        text = article(f"第 {at} 问怎么办？", related="[a]", published=day, reviewed=day)
        site.write(f"content/articles/process/{slug}.md", text)
    site.delete("content/articles/safety/b.md")
    site.write(
        "content/articles/process/a.md",
        BASE["content/articles/process/a.md"].replace("[b]", "[n0]"),
    )
    files = made(site.root)
    parsed = feedparser.parse(files["feed.xml"])
    assert [entry.link.split("/")[-2] for entry in parsed.entries] == ["a", "n5", "n4"]
    assert parsed.feed.updated == "2026-11-20T00:00:00+08:00"
    empty = feedparser.parse(files["category/safety/feed.xml"])
    assert empty.entries == []
    etree.RelaxNG(etree.parse(_ATOM)).assertValid(
        etree.fromstring(files["category/safety/feed.xml"])
    )


def test_signs_of_xml_in_a_title_are_words(tmp_path: Path) -> None:
    site = Site.create(tmp_path)
    title = "A&B <公司> 说“要起诉”怎么办？"
    site.write("content/articles/process/c.md", article(f"'{title}'", related="[a]"))
    files = made(site.root)
    assert title in [entry.title for entry in feedparser.parse(files["feed.xml"]).entries]
    assert title in [item["title"] for item in json.loads(files["feed.json"])["items"]]
