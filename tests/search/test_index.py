"""What the build makes of the pages: which files, from what, and what stays when one changes."""

from __future__ import annotations

import json
import re
from array import array
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.search import entry, index, packed_terms, postings
from tests.harness import Site, article
from tests.publish.observe import changed, cold_bytes

A = "content/articles/process/a.md"
_TEXT = """\
## 先做什么

**正文**[@law-1]，看[乙](/b/)。

```fact-check
claim: 某说法
verdict: 无依据
basis: 没有依据。[@guide-1]
```
"""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site.create(tmp_path)
    site.write(A, article("甲逾期了怎么办？", _TEXT, aliases="[换个说法问甲]", related="[b]"))
    for number in range(20):
        page = article(f"第{number}种情况怎么办？", published="2026-01-01")
        site.write(f"content/articles/process/n{number}.md", page)
    site.build()
    return site


FOLDERS = {"terms": ("t", "txt"), "rests": ("x", "txt"), "cards": ("p", "json")}


def manifest(site: Site) -> dict[str, Any]:
    return dict(json.loads(site.page(index.MANIFEST)))


def searched(names: set[str]) -> set[str]:
    """Those of the index, by kind."""
    kinds = (re.match(r"search/(?:([txpd]|sounds|simplified|index)\b)", name) for name in names)
    return {kind[1] for kind in kinds if kind}


def card_of(site: Site, path: str) -> list[Any]:
    """What is told of one page without its text, and the name of the file with its text."""
    files = (json.loads(p.read_text("utf-8")) for p in (site.target / "search/p").iterdir())
    return next(card for cards in files for card in cards if card[0] == path)


def text_name(card: list[Any]) -> str:
    return f"search/d/{card[-1]}.json"


def test_the_text_is_what_readers_see_and_a_claim_keeps_its_verdict(site: Site) -> None:
    card = card_of(site, "/a/")
    _, title, summary, aliases, _ = card
    path, sections = json.loads(site.page(text_name(card)))
    assert path == "/a/"
    assert (title, aliases) == ("甲逾期了怎么办？", ["换个说法问甲"])
    assert summary.endswith("到期没还足就是逾期，先看清自己欠多少。")
    claim = "有人说：“某说法” 结论：无依据。 依据 没有依据。"
    assert sections == [["先做什么", "先做什么", f"正文，看乙。 {claim}"]]


def test_every_file_the_manifest_names_is_there_and_no_other(site: Site) -> None:
    fields = manifest(site)
    expected = {"search/index.html", index.MANIFEST}
    expected |= {f"search/{fields[name]}" for name in ("readings", "simplified")}
    for kind, (folder, ending) in FOLDERS.items():
        names = enumerate(re.findall("......", fields[kind]))
        expected |= {f"search/{folder}/{at}.{name}.{ending}" for at, name in names}
    cards = [json.loads(site.page(name)) for name in expected if name.startswith("search/p/")]
    texts = {text_name(card) for row in cards for card in row}
    assert len(texts) == fields["pages"] == 22
    expected |= texts
    assert {name for name in site.published() if name.startswith("search/")} == expected


def test_an_unchanged_site_makes_nothing_and_a_lost_text_is_made_again(site: Site) -> None:
    before = site.published()
    assert site.build().fresh == 0
    lost = next((site.target / "search/d").iterdir())
    lost.unlink()
    site.build()
    assert site.published() == before


def test_an_alias_changes_the_index_and_no_page(site: Site) -> None:
    before = site.published()
    site.replace(A, "换个说法问甲", "再换个说法问甲")
    site.build()
    names = changed(before, site.published())
    assert searched(names) == {"t", "p", "index"}
    assert not {name for name in names if name.endswith(".html")}
    assert site.published() == cold_bytes(site)


def test_an_edited_text_makes_the_index_a_cold_build_makes(site: Site) -> None:
    for old, new in (
        ("**正文**", "完全不同的一句话，12368"),
        ("完全不同的", "又是别的"),
        ("，看", "。看"),
    ):
        site.replace(A, old, new)
        site.build()
        assert site.published() == cold_bytes(site)


def test_a_new_article_changes_no_text_of_another(site: Site) -> None:
    site.build()
    before = site.published()
    site.write("content/articles/process/new.md", article("新的一问怎么办？"))
    site.build()
    added = changed(before, site.published())
    assert len([name for name in added if name.startswith("search/d/")]) == 1
    assert site.published() == cold_bytes(site)


def test_words_of_the_vocabulary_are_judged_at_their_place(tmp_path: Path) -> None:
    site = Site.create(tmp_path)
    path = "content/data/synonyms.yml"
    rows = "- {words: [要账, 催收], means: [催收], reason: 口语}\n"
    site.write(path, f"synonyms:\n  {rows}  {rows}tail: []\n")
    assert site.findings() == [f"{path}:4:1 data-unknown-key"]
    site.write(path, f"synonyms:\n  {rows}  {rows}tails: [吗, 吗]\ncrisis: [死]\n")
    assert site.findings() == [f"{path}:5:10 data-value"]
    site.write(path, f"synonyms:\n  {rows}  {rows}tails: [吗, 吗]\n")
    assert sorted(site.findings()) == [
        f"{path}:2:18 synonym-itself",
        f"{path}:3:14 synonym-repeated",
        f"{path}:3:18 synonym-itself",
        f"{path}:3:18 synonym-repeated",
        f"{path}:4:12 synonym-repeated",
    ]


def test_levels_grow_with_the_weight_of_the_field() -> None:
    listing = entry.Listing("0", "/x/", "征信", "罚息", ("催收",))
    made = entry.described(listing, [entry.Section("", "", "协商")], "0")
    level = packed_terms.levels(made.terms)
    assert level["征信"] > level["催收"] > level["罚息"] >= level["协商"]
    assert len(packed_terms.unpack(made.terms)) == packed_terms.LEVELS


def lines(told: list[bytes], pages: int) -> tuple[list[bytes], list[bytes]]:
    """The shards of terms and of their rests."""
    whole, rests = postings.written(postings.gathered(told, pages), pages)
    count = postings.shard_count(pages)
    return postings.shards(whole, count), postings.shards(rests, postings.rest_count(pages))


def told(said: str, at: int) -> bytes:
    """The terms of a page: `said` at one level, none at the others."""
    lines = (said.split() if level == at else [] for level in range(packed_terms.LEVELS))
    return packed_terms.pack(lines)


def test_a_line_names_those_that_say_a_term_most_and_its_rest_all_others() -> None:
    count = 3 * postings.kept(0)
    pages = [told("逾期", 5 if at % 3 == 0 else 0 if at % 3 == 1 else 1) for at in range(count)]
    whole, rests = postings.written(postings.gathered(pages, count), count)
    named, left = postings.read(whole["逾期"]), postings.read(rests["逾期"])
    assert set(named.values()) == {5}
    assert named | left == {at: [5, 0, 1][at % 3] for at in range(count)}
    title = [told("逾期", packed_terms.LEVELS - 1)] * count
    assert not postings.written(postings.gathered(title, count), count)[1]


@pytest.mark.parametrize("new", ["", "逾期 新词", "新词"])
def test_a_change_of_one_page_makes_the_lines_a_new_index_has(new: str) -> None:
    count = postings.kept(0) + 1
    pages = [told("逾期 常说", at % 3) for at in range(count)]
    changed = [*pages]
    changed[7] = told(new, 2)
    changed.append(told("逾期 常说", 4))
    shards, rests = lines(pages, count + 1)
    news = [
        *postings.changes(7, pages[7], changed[7]),
        *postings.changes(count, None, changed[count]),
    ]
    own, others = postings.revised(shards, rests, news, count + 1)
    made = (postings.exchanged(shards, own), postings.exchanged(rests, others))
    assert made == lines(changed, count + 1)


@settings(max_examples=200, deadline=None)
@given(st.sets(st.integers(0, 40_000), min_size=1, max_size=60), st.booleans())
def test_codes_are_the_same_however_they_are_made(numbers: set[int], last: bool) -> None:
    """One by one from numbers of four bytes, at once from many of two."""
    told = sorted(numbers | ({54_000} if last else set()))
    short, long = (
        postings.written([{"逾期": array(kind, told)}, *({} for _ in range(7))], 54_001)
        for kind in "HI"
    )
    assert short == long
    assert postings.read(short[0]["逾期"]) | postings.read(short[1].get("逾期", "")) == (
        dict.fromkeys(told, 0)
    )


def test_shards_grow_in_powers_of_two_within_bounds() -> None:
    counts = [postings.shard_count(pages) for pages in (0, 1, 60, 1000, 10_000, 1_000_000)]
    assert counts == [32, 32, 128, 1024, 4096, 4096]
