"""The catalogue of findings: every code is used, every use is catalogued, every fix says something."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

import generator
from generator.messages import CATALOGUE, did_you_mean, finding

_PACKAGE = Path(generator.__file__).parent
_HAN = re.compile(r"[一-鿿]")
# Made by `validate()` from a kind and one of these endings.
_ENDINGS = ("missing-key", "unknown-key", "value")


@cache
def _trees() -> dict[str, ast.Module]:
    return {
        path.relative_to(_PACKAGE).as_posix(): ast.parse(path.read_text("utf-8"))
        for path in sorted(_PACKAGE.rglob("*.py"))
        if path.name != "messages.py"
    }


def _calls() -> list[tuple[str, ast.Call, int]]:
    """Every call of `finding(code, path, span, …)` or `report(code, …)` with the code as a word."""
    return [
        (f"{name}:{node.lineno}", node, {"finding": 3, "report": 3}[called])
        for name, tree in _trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for called in [_name(node.func)]
        if called in ("finding", "report") and node.args and _word(node.args[0])
    ]


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _word(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_code_reported_in_the_source_is_catalogued() -> None:
    calls = _calls()
    assert len(calls) > 50
    assert {f"{where} {_word(node.args[0])}" for where, node, _ in calls} == {
        f"{where} {_word(node.args[0])}"
        for where, node, _ in calls
        if _word(node.args[0]) in CATALOGUE
    }


def test_every_call_gives_the_values_its_message_prints() -> None:
    wrong = []
    for where, node, _ in _calls():
        message = CATALOGUE[_word(node.args[0])]
        needed = _fields(message.reason) | _fields(message.fix)
        given = {keyword.arg for keyword in node.keywords}
        if None not in given and not needed <= given:
            wrong.append(f"{where} lacks {sorted(needed - given)}")
    assert wrong == []


def test_every_catalogued_code_is_used_somewhere() -> None:
    words = {
        node.value
        for tree in _trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    kinds = {
        _word(keyword.value)
        for tree in _trees().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "kind" and _word(keyword.value)
    }
    made = {f"{kind}-{ending}" for kind in kinds for ending in _ENDINGS}
    assert set(CATALOGUE) - words - made == set()
    assert made <= set(CATALOGUE)


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_every_code_has_a_reason_and_a_fix_in_chinese(code: str) -> None:
    message = CATALOGUE[code]
    values = dict.fromkeys(_fields(message.reason) | _fields(message.fix), "某值")
    made = finding(code, "a.md", **values)
    assert made.severity is message.severity
    for text in (made.message, made.hint):
        assert _HAN.search(text)
        assert text == text.strip()
        assert not re.search(r"[。.!]$", text), "the printer sets the end of a sentence"
    assert made.message != made.hint


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_codes_are_small_words_joined_by_hyphens(code: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", code)


def test_values_are_printed_as_they_are() -> None:
    made = finding("related-unknown", "a.md", slug="{x} {0} %s", fix="{fix}")
    assert "{x} {0} %s" in made.message
    assert made.hint == "{fix}"


def test_unknown_code_cannot_be_reported() -> None:
    with pytest.raises(KeyError):
        finding("no-such-code", "a.md")


def test_nearest_word_is_suggested_only_when_it_is_near() -> None:
    assert did_you_mean("sumary", ["title", "summary"], otherwise="甲") == "是不是想写“summary”？"
    assert did_you_mean("colour", ["title", "summary"], otherwise="甲") == "甲"
    assert did_you_mean("x", [], otherwise="甲") == "甲"
