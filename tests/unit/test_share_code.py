"""The code for another phone: the very places a known library darkens, for every size we draw."""

from __future__ import annotations

import json

import pytest
import segno
from py_mini_racer import MiniRacer

from tests.harness import REPOSITORY

MATRIX = (REPOSITORY / "templates/components/share/matrix.js").read_text("utf-8")
# The embedded engine has no TextEncoder; addresses are ASCII.
ENCODER = (
    "class TextEncoder { encode(text) { return Uint8Array.from(text, (x) => x.charCodeAt(0)); } }"
)
# How many bytes fill each version: padding, which no reader looks at, differs between libraries.
FULL = (17, 32, 53, 78, 106, 134, 154, 192, 230)


@pytest.fixture(scope="module")
def engine() -> MiniRacer:
    context = MiniRacer()
    context.eval(ENCODER + MATRIX[: MATRIX.rindex("export {")])
    return context


def drawn(engine: MiniRacer, text: str) -> list[list[bool]] | None:
    cells = json.loads(str(engine.eval(f"JSON.stringify(matrix({json.dumps(text)}))")))
    assert cells is None or isinstance(cells, list)
    return cells


def address(length: int) -> str:
    return ("https://example.org/" + "a-long-name/" * 30)[:length]


@pytest.mark.parametrize("length", FULL)
def test_every_version_is_drawn_as_it_should_be(engine: MiniRacer, length: int) -> None:
    text = address(length)
    wanted = segno.make(text, error="l", boost_error=False, micro=False, mask=0, mode="byte")
    assert drawn(engine, text) == [[bool(place) for place in row] for row in wanted.matrix]


@pytest.mark.parametrize("length", [1, 16, 18, 79, 135, 193])
def test_a_text_takes_the_smallest_version_that_holds_it(engine: MiniRacer, length: int) -> None:
    version = 1 + next(at for at, most in enumerate(FULL) if most >= length)
    cells = drawn(engine, address(length))
    assert cells is not None
    assert {len(row) for row in cells} == {len(cells)} == {17 + 4 * version}


def test_a_text_that_is_too_long_is_not_drawn(engine: MiniRacer) -> None:
    assert drawn(engine, address(231)) is None
