"""What a title promises: its words find the article, and no other article takes its place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.search import entry, index, postings, tokens
from generator.search.entry import Listing, Section
from generator.search.index import Listed
from generator.search.vocabulary import Vocabulary
from tests.browser.conftest import Published
from tests.search.javascript import Desk, Engine

_FIND = """(() => {
  const lists = new Map(lines.map((line) => line.split(' ')).map(([term, codes]) => [term, decode(codes)]));
  const words = { ...manifest, simplified: {} };
  const lost = [];
  for (const [page, part] of parts) {
    const found = (slots) => ranked(slots, lists, manifest.pages).some((hit) => hit.page === page);
    const whole = (slots) => slots.every((slot) => (lists.get(slot.pair) || { numbers: [] }).numbers.some((number) => number >> 3 === page));
    if (!read(part, words).some(found) || !read(part, words, true).some(whole)) lost.push([page, part]);
  }
  return lost;
})()"""
_HAN = re.compile("[\u4e00-\u9fff]{2,}")

# Few words, so that titles are made of each other's parts.
TITLES = st.lists(
    st.sampled_from(["征信", "逾期", "怎么办", "三千", "会", "3", "贷", "，", "微粒贷", "上", "还款", "lpr"]),
    min_size=1,
    max_size=6,
).map("".join)  # fmt: skip


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    desk = Desk()
    yield desk
    desk.close()


def files(titles: Sequence[str], said: Sequence[str] = ()) -> dict[str, bytes]:
    """The index of pages that have these titles and say each other's words, or what is `said`."""
    vocabulary = Vocabulary(tails=("怎么办", "会"))
    texts: dict[str, bytes] = {}
    pages = []
    for at, title in enumerate(titles):
        listing = Listing(f"{at:04}", f"/{at}/", title, "一句话。", tuple(titles[:at:3]))
        parts = [Section("", "", said[at] if said else "。".join(titles))]
        content = entry.document(listing, parts)
        made = entry.described(listing, parts, f"{at:012}")
        texts[index.text_path(made)] = content
        pages.append(Listed(listing, made))
    return texts | dict(index.made(pages, vocabulary, "", None, ()).contents)


def parts(title: str) -> list[str]:
    """Every two or more Han characters that stand together in a title."""
    runs = _HAN.findall(title)
    return [
        run[start:end]
        for run in runs
        for start in range(len(run) - 1)
        for end in range(start + 2, len(run) + 1)
    ]


def test_any_two_or_more_han_characters_of_a_title_find_it(published: Published) -> None:
    files = {name: text for name, text in published.files.items() if name.startswith("search/")}
    cards = sorted(
        (int(name.split("/")[2].partition(".")[0]), json.loads(text))
        for name, text in files.items()
        if name.startswith("search/p/")
    )
    titles = [card[1] for _, row in cards for card in row]
    lines = [
        line
        for name, text in files.items()
        if name.startswith("search/t/")
        for line in text.decode().split("\n")[:-1]
    ]
    asked = [(at, part) for at, title in enumerate(titles) for part in parts(title)]
    assert len(asked) > 30 * len(titles)
    engine = Engine()
    manifest = json.loads(files[index.MANIFEST])
    assert engine.call(_FIND, manifest=manifest, lines=lines, parts=asked) == []
    engine.close()


def mark(title: str) -> int:
    """Two titles with one mark are the same to readers."""
    return tokens.mark(tokens.canonical(tokens.folded(title)))


@settings(max_examples=30, deadline=None)
@given(st.lists(TITLES, min_size=1, max_size=16, unique_by=mark), st.integers(1, 8))
def test_new_articles_never_remove_another_from_the_results_of_its_own_title(
    desk: Desk, titles: list[str], before: int
) -> None:
    for known in (titles[:before], titles):
        desk.open(files(known))
        found = desk.ask(*titles[:before])
        assert [at for at, urls in enumerate(found) if f"/{at}/" not in urls] == []


def test_of_two_pages_with_the_same_words_the_one_that_says_them_in_a_row_is_first(
    desk: Desk,
) -> None:
    said = ["上门催收，催收电话", "上门催收电话，催收", "别的"]
    desk.open(files(["甲问", "乙问", "丙问"], said))
    assert desk.ask("上门催收电话怎么办") == [["/1/", "/0/"]]


def test_what_very_many_pages_say_is_found_in_all_of_them_if_it_is_to_be_exact(desk: Desk) -> None:
    count = 2 * postings.kept(0)
    said = [f"{'大家都' if at % 2 else '大家全都'}说这句话，共{at}次" for at in range(count)]
    desk.open(files([f"问题{at}号" for at in range(count)], said))
    found = desk.ask("大家", "都说", "全都说", "大家都说", exact=True)
    odd, even = ([f"/{at}/" for at in range(first, count, 2)] for first in (1, 0))
    assert [sorted(urls) for urls in found] == [*map(sorted, (odd + even, odd + even, even, odd))]
    assert desk.ask(f"大家都说{count - 1}次")[0][:1] == [f"/{count - 1}/"]


@pytest.mark.parametrize("query", ["货款", "折讼", "正信", "zhengxin", "徵信"])
def test_what_sounds_or_looks_like_a_word_of_a_title_finds_it(desk: Desk, query: str) -> None:
    desk.open(files(["征信和诉讼，贷款还不上", "还款以后", "别的"], ["甲", "乙", "丙"]))
    assert desk.ask(query)[0][:1] == ["/0/"]
