"""Digests: what differs, differs; where parts begin and end counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.fingerprint import digest, value_digest

_PARTS = st.lists(st.text("ab\0", max_size=4), max_size=4)


@dataclass(frozen=True)
class _Value:
    words: tuple[str, ...]
    day: date
    more: str | None = None


@settings(max_examples=500, deadline=None, derandomize=True, database=None)
@given(_PARTS, _PARTS)
def test_boundaries_of_parts_count(one: list[str], other: list[str]) -> None:
    assert (digest(*one) == digest(*other)) == (one == other)


def test_text_and_its_bytes_are_the_same_part() -> None:
    assert digest("逾期") == digest("逾期".encode())


def test_digest_is_short_hexadecimal_and_does_not_change_with_the_release() -> None:
    assert digest() == "cae66941d9efbd404e4d88758ea67670"
    assert digest("a") != digest("A")
    assert len(digest("a")) == 32


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("ab", "c"), ("a", "bc")),
        (("a",), ("a", "")),
        ((1,), ("1",)),
        ((None,), ("",)),
        ((True,), (1,)),
        ((("a",), "b"), ("a", ("b",))),
        (_Value(("a", "b"), date(2026, 1, 1)), _Value(("ab",), date(2026, 1, 1))),
        (_Value(("a",), date(2026, 1, 1)), _Value(("a",), date(2026, 1, 2))),
        (_Value(("a",), date(2026, 1, 1)), _Value(("a",), date(2026, 1, 1), "")),
        (_Value((), date(2026, 1, 1)), _Value(("",), date(2026, 1, 1))),
    ],
)
def test_values_that_differ_have_other_digests(one: object, other: object) -> None:
    assert value_digest(one) != value_digest(other)


def test_parts_beside_a_value_count_and_do_not_run_into_it() -> None:
    assert value_digest("a", "b") != value_digest("ab")
    assert value_digest("a", "b", "c") != value_digest("a", "bc")
    assert value_digest(("a", "b"), "c") != value_digest(("a",), "b", "c")


def test_equal_values_have_equal_digests() -> None:
    made = [_Value(tuple("ab"), date(2026, 1, 1), "c") for _ in range(2)]
    assert value_digest(made[0], "d") == value_digest(made[1], "d")
