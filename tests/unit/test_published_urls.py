"""The list of published addresses only grows, and what is on it is never lost."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from generator import published_urls
from generator.published_urls import HEADER

_PARTS = st.sampled_from(["a", "b-1", "category", "process", "x2", "y"])
_ADDRESSES = st.lists(_PARTS, max_size=2).map(lambda parts: "/".join(["", *parts, ""]))
_LISTS = st.lists(_ADDRESSES, max_size=8, unique=True)


def _codes(text: str, present: list[str], excused: tuple[str, ...] = ()) -> list[str]:
    return [finding.code for finding in published_urls.check(text, present, excused)]


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(_LISTS, _LISTS)
def test_updating_keeps_everything_adds_what_is_there_and_sorts(
    recorded: list[str], present: list[str]
) -> None:
    text = HEADER + "".join(f"{address}\n" for address in recorded)
    updated = published_urls.updated(text, present)
    lines = updated.removeprefix(HEADER).split("\n")
    assert lines == [*sorted({*recorded, *present}), ""]
    assert published_urls.updated(updated, present) == updated
    assert "url-unrecorded" not in _codes(updated, present)
    assert "url-list-line" not in _codes(updated, present)


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(_LISTS, _LISTS, _LISTS)
def test_exactly_what_is_recorded_absent_and_not_excused_is_lost(
    recorded: list[str], present: list[str], excused: list[str]
) -> None:
    text = "".join(f"{address}\n" for address in recorded)
    findings = published_urls.check(text, present, excused)
    lost = [
        text[finding.span.start : finding.span.end]
        for finding in findings
        if finding.code == "url-lost" and finding.span
    ]
    assert lost == [each for each in recorded if each not in {*present, *excused}]


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(st.text(max_size=60))
def test_any_text_is_read_and_spans_are_its_lines(text: str) -> None:
    lines = text.split("\n")
    for finding in published_urls.check(text, [], []):
        if finding.span:
            assert text[finding.span.start : finding.span.end] in lines


def test_new_addresses_are_one_reminder_with_their_number() -> None:
    (finding,) = published_urls.check("", [f"/{at}/" for at in range(5)], [])
    assert finding.code == "url-unrecorded"
    assert "5" in finding.message
    assert "/0/、/1/、/2/…" in finding.message


def test_comments_and_empty_lines_are_no_addresses() -> None:
    assert _codes("# /gone/\n\n/a/\n", ["/a/"]) == []


def test_lines_that_are_no_addresses_are_told_and_not_lost() -> None:
    text = "a\n/a\n a/\n/甲/\n//\nhttps://x.example/a/\n/../\n/a/?b\n"
    assert _codes(text, []) == ["url-list-line"] * 8


def test_address_written_twice_is_told_once_and_lost_once() -> None:
    assert _codes("/a/\n/a/\n", ["/a/"]) == ["url-list-line"]
    assert sorted(_codes("/a/\n/a/\n", [])) == ["url-list-line", "url-lost"]
