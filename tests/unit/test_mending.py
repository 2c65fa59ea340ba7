"""Mending: typography and the order of keys; twice is once, and nothing else moves by a byte."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.article import Source
from generator.edit import applied
from generator.front_matter import FrontMatter, split
from generator.rules.mending import mending
from generator.yaml_document import parse
from tests.unit.test_typography import TEXTS

KEYS = {
    "title": "甲逾期了怎么办？",
    "summary": "到期没还足就是逾期,先看清自己欠3笔。",
    "category": "process",
    "stages": "[sued]",
    "tags": "\n  - 逾期\n  - 催收",
    "aliases": "[欠钱,还不上]",
    "published": "2026-11-20",
    "reviewed": "2026-11-20",
    "review_due": "2027-05-20",
    "related": "[b]  # 一起看",
    "draft": "true",
}


def source(text: str) -> Source:
    return Source("content/articles/process/a.md", text.encode(), "")


def mended(text: str) -> str:
    return applied(source(text), mending(source(text)).edits).decode()


@st.composite
def articles(draw: st.DrawFn) -> str:
    """Keys in any order, some with a comment above, either kind of line ends."""
    keys = draw(st.permutations(list(KEYS)))
    notes = draw(st.sets(st.sampled_from(list(KEYS)), max_size=3))
    front = "".join(
        f"{'# 说明' + key + chr(10) if key in notes else ''}{key}: {KEYS[key]}\n" for key in keys
    )
    text = f"---\n{front}---\n\n## 先看\n\n{draw(TEXTS)}\n"
    return text.replace("\n", "\r\n") if draw(st.booleans()) else text


@settings(deadline=None, max_examples=40)
@given(articles())
def test_mending_twice_changes_nothing(text: str) -> None:
    once = mended(text)
    assert mended(once) == once


@settings(deadline=None, max_examples=40)
@given(articles())
def test_every_value_and_comment_stays_and_only_the_order_changes(text: str) -> None:
    before, after = (split(each.replace("\r\n", "\n"), "a.md")[0] for each in (text, mended(text)))
    assert parse(before, "a.md").value == parse(after, "a.md").value
    assert sorted(before.splitlines()) == sorted(after.splitlines())
    for note in re.findall(r"^# 说明\w+\n\w+", before, re.MULTILINE):
        assert note in after


@settings(deadline=None, max_examples=40)
@given(articles())
def test_a_file_keeps_its_line_ends(text: str) -> None:
    assert ("\r\n" in mended(text)) == ("\r\n" in text)
    assert not re.search(r"(?<!\r)\n", mended(text)) or "\r\n" not in text


def test_keys_stand_in_the_order_of_the_guide() -> None:
    front = "".join(f"{key}: {KEYS[key]}\n" for key in reversed(KEYS))
    found = mending(source(f"---\n{front}---\n\n正文。\n"))
    assert found.order is not None
    keys = re.findall(r"^(\w+):", found.order[1], re.MULTILINE)
    assert keys == [name for name in FrontMatter.model_fields if name in KEYS]


def test_a_file_with_an_error_is_left_alone() -> None:
    assert mending(source("---\ntags: [a]\ntitle: 甲\n---\n\n过了3天\n")).edits == ()


def test_values_of_the_front_matter_are_never_corrected() -> None:
    front = "".join(f"{key}: {value}\n" for key, value in KEYS.items())
    assert mending(source(f"---\n{front}---\n\n正文。\n")).edits == ()
