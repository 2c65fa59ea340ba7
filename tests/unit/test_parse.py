"""From bytes to an article: what is no text, what is hidden, how much is found at once."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.article import Source
from generator.diagnostics import Span
from generator.fingerprint import digest
from generator.parse import decode, parse_article
from tests.harness import article
from tests.unit.samples import PATH, accepted, parsed, source


def _raw(content: bytes) -> Source:
    return Source(PATH, content, digest(content))


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(st.binary(max_size=80))
def test_any_bytes_are_an_article_or_findings_inside_the_file(content: bytes) -> None:
    outcome = parse_article(_raw(content))
    assert (outcome.article is None) == bool(outcome.findings)
    length = len(content.decode(errors="replace").replace("\r\n", "\n"))
    for finding in outcome.findings:
        assert finding.span is not None
        assert 0 <= finding.span.start <= max(length, 0)


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(st.text(max_size=80), st.text(max_size=40), st.text(max_size=40))
def test_any_text_in_any_part_is_an_article_or_findings(
    body: str, title: str, summary: str
) -> None:
    value, codes = parsed(body, title=title.strip() or "甲", summary=summary)
    assert (value is None) == bool(codes)


@pytest.mark.parametrize(
    "char",
    [
        *"\x00\x01\x08\x0b\x0c\r\x0e\x1f\x7f\x80\x85\x9f\u2028\u2029\ufeff\ufdd0\ufffe\uffff",
        "\U0001fffe",
        "\U0010ffff",
    ],
)
def test_characters_nobody_sees_are_found_at_their_place(char: str) -> None:
    text, (finding,) = decode(source(f"甲\n乙{char}丙"))
    assert text is not None
    assert finding.code == "file-control"
    assert finding.span == Span(3, 4)
    assert f"U+{ord(char):04X}" in finding.message


@pytest.mark.parametrize("char", ["\ue000", "\ue001", "\uf8ff", "\U000f0000", "\U0010fffd"])
def test_private_characters_are_found_at_their_place(char: str) -> None:
    _, (finding,) = decode(source(f"甲\n乙{char}丙"))
    assert (finding.code, finding.span) == ("file-reserved-char", Span(3, 4))


@pytest.mark.parametrize("char", [*"\t\n 　—…“”①²½℃㎡🙂𠮷\u0301\u200d\ufe0f"])
def test_ordinary_characters_pass(char: str) -> None:
    assert decode(source(f"甲{char}乙")) == (f"甲{char}乙", ())


@pytest.mark.parametrize("entity", ["&#57344;", "&#xE000;", "&#XE000;", "&#0;", "&#x1;", "&#57344"])
def test_forbidden_characters_are_no_better_as_entities(entity: str) -> None:
    assert parsed(f"甲{entity}乙\n")[1]


@pytest.mark.parametrize("entity", ["&amp;", "&nbsp;", "&#8212;", "&lt;", "&#x1F642;", "AT&T", "&"])
def test_ordinary_entities_pass(entity: str) -> None:
    accepted(f"甲{entity}乙\n")


def test_faults_of_front_matter_and_body_are_found_together() -> None:
    _, codes = parsed("# 甲\n\n[乙](b)\n", title="短", tags="[]")
    assert sorted(codes) == [
        "front-matter-value",
        "front-matter-value",
        "heading-level-1",
        "link-relative",
    ]


def test_faults_behind_a_yaml_syntax_fault_are_still_found() -> None:
    _, codes = parsed("# 甲\n", title="逾期: 怎么办")
    assert sorted(codes) == ["heading-level-1", "yaml-syntax"]


def test_body_is_what_stands_behind_the_front_matter() -> None:
    value = accepted("## 甲\n\n乙\n")
    assert value.body(source(article(body="## 甲\n\n乙\n"))).strip() == "## 甲\n\n乙"


@pytest.mark.parametrize(
    "fence", ["---", "--- ", "---\t"], ids=["plain", "behind it a space", "behind it a tab"]
)
def test_front_matter_may_be_closed_with_space_behind(fence: str) -> None:
    text = article().replace("---\n\n", f"{fence}\n\n")
    assert parse_article(source(text)).findings == ()


def test_values_are_typed_and_trimmed() -> None:
    value = accepted("甲\n", title='"  逾期了怎么办呢？  "', stages="[sued]", draft="true")
    assert value.title == "逾期了怎么办呢？"
    assert value.stages == ("sued",)
    assert value.draft
    assert value.published.isoformat() == "2026-11-20"
