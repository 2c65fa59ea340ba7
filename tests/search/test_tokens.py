"""One specification of terms, two implementations: Python indexes, JavaScript asks."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.search import characters, postings, tokens
from generator.search.packed_terms import LEVELS
from tests.harness import REPOSITORY
from tests.search import hanzi
from tests.search.javascript import Engine

VECTORS = yaml.safe_load((REPOSITORY / "tests/search/vectors.yml").read_text("utf-8"))
# Whatever there is, and much of what numbers and mixed text are made of.
TEXTS = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from(
            "网貸逾期還徵三二十百千零〇两万分之天第年%0123456789.,,，。 abwWＡ１②㈱İ々"
        ),
    ),
    max_size=40,
)


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    engine = Engine()
    yield engine
    engine.close()


def test_the_table_of_characters_is_what_the_libraries_say() -> None:
    assert hanzi.PATH.read_text("utf-8") == hanzi.module()


def python(text: str) -> list[Any]:
    folded = tokens.folded(text)
    canonical = tokens.canonical(folded)
    return [canonical, tokens.terms(canonical), sorted(tokens.written_terms(folded))]


def javascript(engine: Engine, text: str) -> list[Any]:
    """The same from the other side."""
    return list(
        engine.call(
            "[canonical(fold(text, TABLE)), terms(canonical(fold(text, TABLE))),"
            " writtenTerms(fold(text, TABLE)).sort()]",
            text=text,
        )
    )


@pytest.mark.parametrize("text, canonical, terms, written", VECTORS)
def test_both_agree_with_the_vectors(
    engine: Engine, text: str, canonical: str, terms: list[str], written: list[str]
) -> None:
    expected = [canonical, terms, sorted(written)]
    assert python(text) == expected
    assert javascript(engine, text) == expected


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_both_agree_on_any_text(engine: Engine, text: str) -> None:
    assert python(text) == javascript(engine, text)


@settings(max_examples=100, deadline=None)
@given(st.text(min_size=1, max_size=8).filter(lambda text: max(text) <= "\uffff"))
def test_both_look_for_a_term_in_the_same_shard(engine: Engine, term: str) -> None:
    assert engine.call("shardOf(term, 512)", term=term) == postings.shard_of(term, 512)


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.integers(0, 1 << 17), st.integers(0, 7), min_size=1))
def test_codes_read_as_they_were_written(engine: Engine, levels: dict[int, int]) -> None:
    lines: postings.Levels = [{} for _ in range(LEVELS)]
    for page, level in sorted(levels.items()):
        lines[level].setdefault("逾期", array("I")).append(page)
    codes = postings.written(lines, max(levels) + 1)[0]["逾期"]
    numbers = sorted(page * LEVELS + level for page, level in levels.items())
    held = engine.call("decode(codes)", codes=codes)
    assert (sorted(held["numbers"]), held["count"], held["whole"]) == (numbers, len(numbers), True)
    assert postings.read(codes) == levels


@pytest.mark.parametrize("count", [65, 500, 6000])
def test_a_shortened_line_says_about_how_many_pages_there_are(engine: Engine, count: int) -> None:
    lines: postings.Levels = [{} for _ in range(LEVELS)]
    lines[0]["逾期"] = array("I", range(count))
    own, rest = (told["逾期"] for told in postings.written(lines, 100))
    held, left = engine.call("[decode(own), decode(rest)]", own=own, rest=rest)
    assert not held["whole"]
    assert abs(held["count"] / count - 1) < 0.2
    assert held["numbers"] + left["numbers"] == [page * LEVELS for page in range(count)]


def test_a_word_of_pinyin_is_cut_into_the_fewest_syllables(engine: Engine) -> None:
    heard = {syllable for row in characters.readings().values() for syllable in row}
    words = {
        "weilidai": ["wei", "li", "dai"],
        "xinyongka": ["xin", "yong", "ka"],
        "lpr": [],
        "": [],
    }
    cut = "words.map((word) => spelt(word, new Set(syllables)))"
    assert engine.call(cut, words=list(words), syllables=sorted(heard)) == list(words.values())


def test_both_blur_the_same_sounds(engine: Engine) -> None:
    heard = sorted({syllable for row in characters.readings().values() for syllable in row})
    assert engine.call("heard.map(blurred)", heard=heard) == [*map(characters.blurred, heard)]


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_counting_finds_what_is_in_the_text(text: str) -> None:
    folded = tokens.folded(text)
    found = tokens.terms(tokens.canonical(folded)) + tokens.written_terms(folded)
    assert tokens.counted(folded) == Counter(found)
