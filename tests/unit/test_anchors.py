"""Anchors: readable, the same however a heading is typed, untouched by other headings."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import anchors
from tests.unit.samples import scanned


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("逾期 3 天，会怎样？", "逾期-3-天-会怎样"),
        ("今天先做三件事", "今天先做三件事"),
        ("“砍头息”怎么算（举例）", "砍头息-怎么算-举例"),
        ("24% 是上限吗", "24-是上限吗"),
        ("Ａｐｐ １２ 号", "app-12-号"),
        ("① 先看合同", "1-先看合同"),
        ("LPR 的 **四倍**", "lpr-的-四倍"),
        ("看 [合同](/b/) 怎么写", "看-合同-怎么写"),
        ("有出处 [@law-1]", "有出处"),
        ("`a_b` 是什么", "a-b-是什么"),
        ("a -- b__c", "a-b-c"),
        ("？！", ""),
        ("", ""),
    ],
)
def test_examples(heading: str, anchor: str) -> None:
    assert anchors.anchor(heading) == anchor


_HEADINGS = st.text(
    st.characters(categories=["Lu", "Ll", "Lo", "Nd", "Po", "Zs"]), min_size=1, max_size=20
)


@settings(max_examples=400, deadline=None, derandomize=True, database=None)
@given(st.text(max_size=60))
def test_an_anchor_is_clean_whatever_the_heading(heading: str) -> None:
    anchor = anchors.anchor(heading)
    assert not re.search(r"[\s#&<>\"'/?%.:]", anchor)
    assert "--" not in anchor
    assert anchor.strip("-") == anchor
    assert anchors.anchor(anchor) == anchor


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(_HEADINGS)
def test_full_width_and_half_width_typing_give_one_anchor(heading: str) -> None:
    typed = unicodedata.normalize("NFKC", heading)
    assert anchors.anchor(heading) == anchors.anchor(typed)


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(st.lists(_HEADINGS.map(str.strip).filter(anchors.anchor), max_size=6), st.data())
def test_inserting_a_heading_moves_no_other_anchor(
    headings: list[str], data: st.DataObject
) -> None:
    def found(titles: list[str]) -> list[tuple[str, str]]:
        scan, _ = scanned("".join(f"## {title}\n\n甲\n\n" for title in titles))
        return [(heading.text, heading.anchor) for heading in scan.headings]

    before = found(headings)
    at = data.draw(st.integers(0, len(headings)))
    after = found([*headings[:at], "新的一节", *headings[at:]])
    assert after[:at] + after[at + 1 :] == before
    assert after[at] == ("新的一节", "新的一节")


def test_explicit_anchor_replaces_the_words() -> None:
    scan, findings = scanned("## 怎么还 {#pay}\n\n## 怎么还\n\n### 逾期 {#late-1} ###\n")
    assert findings == ()
    assert [(heading.text, heading.anchor) for heading in scan.headings] == [
        ("怎么还", "pay"),
        ("怎么还", "怎么还"),
        ("逾期", "late-1"),
    ]


@pytest.mark.parametrize("anchor", ["a", "a-b", "2026-rules", "a1"])
def test_explicit_anchors_of_small_letters_and_digits_are_valid(anchor: str) -> None:
    assert anchors.is_valid_explicit(anchor)


@pytest.mark.parametrize("anchor", ["", "A", "甲", "a_b", "-a", "a-", "a--b", "yq-a", "a b"])
def test_other_explicit_anchors_are_not(anchor: str) -> None:
    assert not anchors.is_valid_explicit(anchor)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("## 甲 `乙` **丙**", "甲 乙 丙"),
        ("## [甲](/b/) 乙", "甲 乙"),
        ("## 甲 \\* 乙", "甲 * 乙"),
        ("## 甲 [@law-1]", "甲"),
        ("## 甲 ##", "甲"),
        ("###### 甲", "甲"),
    ],
)
def test_text_of_a_heading_has_no_marks(line: str, text: str) -> None:
    scan, _ = scanned(f"{line}\n")
    assert [heading.text for heading in scan.headings] == [text]
