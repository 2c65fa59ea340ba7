"""Citations: numbered by first appearance, each with a way back, and code is left as written."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from generator import citations
from generator.render.body import Body
from tests.unit.samples import facts, parsed, rendered

_FACT = "```fact-check\nclaim: 说法\nverdict: 错误\nbasis: 依据。{}\n```\n"


def _numbers(body: Body) -> list[str]:
    return [node.text() for node in LexborHTMLParser(body.html).css("sup.cite a")]


def _places(body: Body) -> list[tuple[str, tuple[str, ...]]]:
    return [(note.source.id, note.places) for note in body.notes]


def test_notes_are_numbered_by_first_appearance() -> None:
    body = rendered("甲[@guide-1]。乙[@law-1]。丙[@guide-1]。\n")
    assert _numbers(body) == ["1", "2", "1"]
    assert [(note.number, note.source.id) for note in body.notes] == [(1, "guide-1"), (2, "law-1")]


def test_every_note_leads_back_to_every_place_that_cites_it() -> None:
    body = rendered("甲[@law-1]。\n\n乙[@guide-1][@law-1]。\n\n- 丙[@law-1]\n")
    assert _places(body) == [
        ("law-1", ("yq-cite-1-1", "yq-cite-1-2", "yq-cite-1-3")),
        ("guide-1", ("yq-cite-2-1",)),
    ]
    html = LexborHTMLParser(body.html)
    for note in body.notes:
        for place in note.places:
            (link,) = html.css(f"#{place}")
            assert link.attributes["href"] == f"#yq-note-{note.number}"


@pytest.mark.parametrize(
    "written",
    ["[@law-1; @guide-1]", "[@law-1;@guide-1]", "[@law-1][@guide-1]", "[@law-1] [@guide-1]"],
)
def test_several_sources_of_one_sentence_stand_side_by_side(written: str) -> None:
    body = rendered(f"一句话{written}。\n")
    assert _numbers(body) == ["1", "2"]
    assert re.fullmatch(r"<p>一句话(<sup class=\"cite\">.*?</sup>){2}。</p>", body.html)


def test_no_space_parts_the_number_from_its_sentence() -> None:
    assert "一句话<sup" in rendered("一句话 [@law-1]。\n").html


def test_citations_in_a_component_take_their_number_from_where_it_stands() -> None:
    body = rendered(f"甲[@guide-1]。\n\n{_FACT.format('[@law-1]')}\n乙[@law-1]。\n")
    assert _numbers(body) == ["1", "2", "2"]
    assert LexborHTMLParser(body.html).css(".fact-check #yq-cite-2-1")


def test_citation_in_a_component_alone_has_a_note() -> None:
    assert _places(rendered(_FACT.format("[@law-1]"))) == [("law-1", ("yq-cite-1-1",))]


@pytest.mark.parametrize(
    "line",
    [
        "## 标题[@law-1]",
        "> 引用[@law-1]",
        "| 甲[@law-1] | 乙 |\n| --- | --- |\n| 丙 | 丁 |",
        "**甲[@law-1]**",
        "1. 甲[@law-1]",
    ],
)
def test_citations_work_in_every_kind_of_prose(line: str) -> None:
    body = rendered(f"{line}\n")
    assert _numbers(body) == ["1"]
    assert "[@" not in body.html


@pytest.mark.parametrize(
    "code",
    ["`[@law-1]`", "`[@guide-1]`", "`[@来源编号]`", "`` `[@law-1]` ``", "`甲\n[@guide-1]`"],
)
def test_citation_in_a_code_span_is_printed_as_written(code: str) -> None:
    body = rendered(f"写成 {code} 就行。[@law-1]\n")
    (span,) = LexborHTMLParser(body.html).css("code")
    assert span.text() == code.strip("` ") if code.count("`") == 2 else "[@law-1]" in span.text()
    assert _numbers(body) == ["1"]


def test_citation_in_a_code_block_is_printed_as_written() -> None:
    body = rendered("甲[@law-1]。\n\n```text\n写成 [@guide-1]\n```\n")
    assert LexborHTMLParser(body.html).css("pre code")[0].text() == "写成 [@guide-1]\n"
    assert _places(body) == [("law-1", ("yq-cite-1-1",))]


def test_citation_in_an_indented_code_block_is_printed_as_written_or_cited() -> None:
    body = rendered("甲[@law-1]。\n\n    写成 [@guide-1]\n")
    assert "\ue000" not in body.html
    assert {note.source.id for note in body.notes} <= {"law-1", "guide-1"}


_HOSTILE = [
    "&#57344;c:nope&#57345;",
    "&#xE000;c:law-1&#xE001;",
    "<p>&#57344;f:0&#57345;</p>",
    "&#57344;f:0&#57345;",
    _FACT.format('"').replace("依据。", '"\\u005b@nope\\u005d'),
    _FACT.format('"').replace("依据。", '"\\uE000c:nope\\uE001'),
    _FACT.format('"').replace("依据。", '"\\uE000f:7\\uE001'),
    "`甲\n乙` [@law-1] `丙`\n",
    "![甲 [@law-1]](/images/x.png)",
    '[甲](/b/ "[@law-1]")',
    '<abbr title="[@law-1]">甲</abbr>',
    "[甲 [@law-1]](/b/)",
    "[@law-1](/b/)",
    "[甲][@law-1]",
    "[@law-1]: /b/",
    "`[@law-1]",
    "\\`[@law-1]\\`",
    "\\[@law-1]",
    "[@law-1\\]",
    "<https://x.example/[@law-1]>",
    "[甲](https://x.example/[@law-1])",
]


@pytest.mark.parametrize("text", _HOSTILE)
def test_no_writing_smuggles_a_mark_in_or_breaks_the_markup(text: str) -> None:
    article, codes = parsed(f"{text}\n")
    if article is None:
        assert codes
        return
    body = rendered(f"{text}\n")
    assert "\ue000" not in body.html
    assert "\ue001" not in body.html
    page = LexborHTMLParser(body.html)
    for node in page.css("*"):
        assert all("<" not in (value or "") for value in node.attributes.values()), body.html
    assert len(page.css("sup.cite a")) == sum(len(note.places) for note in body.notes)
    assert not page.css("a a")
    assert body.html.count("<a ") == len(page.css("a"))


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "甲",
                "[@law-1]",
                "[@guide-1]",
                "`",
                "``",
                "\n",
                "\n\n",
                "[",
                "](/b/)",
                "\\",
                "- ",
                "**",
                "    ",
                "```\n",
                "| ",
            ]
        ),
        max_size=14,
    ).map("".join)
)
def test_notes_and_places_agree_for_every_accepted_body(text: str) -> None:
    article, _ = parsed(f"甲{text}\n")
    if article is None:
        return
    body = rendered(f"甲{text}\n")
    numbers = _numbers(body)
    assert list(dict.fromkeys(numbers)) == [str(note.number) for note in body.notes]
    assert len(numbers) == sum(len(note.places) for note in body.notes)
    assert "\ue000" not in body.html


def test_only_official_addresses_are_printed() -> None:
    row = facts().sources["law-1"]
    for url, printed in [
        ("https://flk.npc.gov.cn/x", True),
        ("http://www.pbccrc.org.cn/x", True),
        ("https://gov.cn.evil.example/x", False),
        ("https://evilgov.cn/x", False),
        ("https://x.example/?u=.gov.cn", False),
        ("https://user@evil.example/.gov.cn", False),
        (None, False),
    ]:
        changed = row.model_copy(update={"url": url})
        assert citations.official_url(changed) == (url if printed else "")


def test_row_from_memory_cannot_become_a_note() -> None:
    with pytest.raises(KeyError):
        citations.cited_source(facts().sources["memory-1"])
