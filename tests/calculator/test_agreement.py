"""Python and JavaScript give the same answer to the same request, to the 分 and the word."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.calculator import Tables, calculate, request_schema

from .engines import JavaScript, both, script, served
from .requests import MODES, Json

SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture)
EVERY_DAY = settings(max_examples=300, deadline=None, suppress_health_check=SLOW)
SPOILT = settings(EVERY_DAY, max_examples=150)
SOAK = settings(max_examples=5000, deadline=None, suppress_health_check=SLOW)


def agree(javascript: JavaScript, data: st.DataObject, mode: str) -> None:
    answer = both(javascript, data.draw(MODES[mode]))
    assert answer["ok"], answer


@pytest.mark.parametrize("mode", MODES)
@EVERY_DAY
@given(data=st.data())
def test_valid_requests_get_the_same_answer(
    javascript: JavaScript, mode: str, data: st.DataObject
) -> None:
    agree(javascript, data, mode)


@pytest.mark.soak
@pytest.mark.parametrize("mode", MODES)
@SOAK
@given(data=st.data())
def test_thousands_of_valid_requests_get_the_same_answer(
    javascript: JavaScript, mode: str, data: st.DataObject
) -> None:
    agree(javascript, data, mode)


texts = st.text(max_size=12) | st.sampled_from(
    [
        "",
        "0",
        "-1",
        "1.234",
        "1e9",
        "NaN",
        "2026-02-30",
        "0000-01-01",
        "0050-01-01",
        "2100-01-01",
        "日 5%",
        "年 101%",
        "1\n",
        "2026-01-01\n",
        "true",
        "１００",
        "{label}",
        "__proto__",
        "\ud800",
    ]
)
leaves = st.none() | st.booleans() | st.integers(-5, 5) | texts
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)


def broken(data: st.DataObject, mode: str) -> Json:
    """A valid request with some of its fields, or of the fields of an item, spoilt."""
    request: Json = json.loads(json.dumps(data.draw(MODES[mode])))
    known = next(
        schema["properties"]
        for schema in request_schema()["oneOf"]  # type: ignore[attr-defined]  # known shape
        if schema["properties"]["mode"]["const"] == mode
    )
    for _ in range(data.draw(st.integers(1, 4))):
        target: Any = request
        lists: list[Any] = [
            value
            for value in request.values()
            if isinstance(value, list) and value and isinstance(value[0], dict)
        ]
        inside = data.draw(st.booleans())
        if lists and inside:
            chosen: list[Any] = data.draw(st.sampled_from(lists))
            target = data.draw(st.sampled_from(chosen))
        if not isinstance(target, dict):
            continue
        name = data.draw(st.sampled_from(sorted({*known, *target})) | texts)
        if data.draw(st.integers(0, 3)):
            target[name] = data.draw(values | texts)
        else:
            target.pop(name, None)
    return request


@pytest.mark.parametrize("mode", MODES)
@SPOILT
@given(data=st.data())
def test_any_value_in_any_field_gives_an_answer_or_named_faults(
    javascript: JavaScript, mode: str, data: st.DataObject
) -> None:
    answer = both(javascript, broken(data, mode))
    if not answer["ok"]:
        fields = [error["field"] for error in answer["errors"]]
        assert fields and len(fields) == len(set(fields))
        assert all(error["message"] and error["code"] for error in answer["errors"])
    assert "NaN" not in json.dumps({k: v for k, v in answer.items() if k != "errors"})


@SPOILT
@given(value=values)
def test_anything_at_all_is_answered(javascript: JavaScript, value: Any) -> None:
    both(javascript, value)


def test_no_words_are_missing(tables: Tables) -> None:
    """Every code the engine can answer with has its words."""
    source = script("engine.js")[0] + script("reading.js")[0]
    for group in ("messages", "texts"):
        for code in tables.wording[group]:
            assert code in source or code.startswith(
                ("ask_", "gap_", "compounding_", "guidance_", "rate_")
            )
    answer = calculate({"mode": "loan", "principal": 1}, tables)
    assert answer["ok"] is False


def test_the_script_needs_no_newer_browser() -> None:
    """Chrome 86 and Safari 14 read it: no syntax or method that came later."""
    for name in ("engine.js", "reading.js", "report.js"):
        source = served(name)
        for newer in (
            "?.=",
            "??=",
            "||=",
            "&&=",
            ".at(",
            "replaceAll",
            "static {",
            "#private",
            "structuredClone",
            "Object.hasOwn(",
            "findLast",
            "import ",
            "await ",
        ):
            assert newer not in source, (name, newer)
