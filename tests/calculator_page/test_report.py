"""The report and the fragment are the same in Python and in JavaScript."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.calculator import calculate, fragment, report
from tests.calculator.engines import JavaScript, Json, load_tables
from tests.calculator.requests import MODES

FEW = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=(HealthCheck.too_slow, HealthCheck.data_too_large),
)
_CONTEXT: list[JavaScript] = []


def browser() -> JavaScript:
    if not _CONTEXT:
        _CONTEXT.append(JavaScript.of("engine.js", "report.js"))
    return _CONTEXT[0]


def call(name: str, *arguments: Any) -> Any:
    return browser().run(f"{name}(...JSON.parse({json.dumps(json.dumps(arguments))}), TABLES)")


@pytest.mark.parametrize("mode", MODES)
@FEW
@given(data=st.data())
def test_both_languages_tell_the_same(mode: str, data: st.DataObject) -> None:
    request, tables = data.draw(MODES[mode]), load_tables()
    request.pop("claimed", None)
    answer = calculate(request, tables)
    assert call("report", request, answer) == report(request, answer, tables)


@pytest.mark.parametrize("mode", MODES)
@FEW
@given(data=st.data())
def test_a_request_survives_the_address(mode: str, data: st.DataObject) -> None:
    request = data.draw(MODES[mode])
    written = fragment(request)
    assert call("fragmentOf", request) == written
    assert call("requestFrom", written) == {"request": request}


GOOD: Json = {"mode": "loan", "principal": "10000", "due": "2026-03-05", "rate": "日 0.05%"}


def carried(request: object) -> str:
    return "v=2&" + quote(json.dumps(request))


@pytest.mark.parametrize(
    "hostile",
    [
        "v=1&mode=loan",
        "v=2",
        "v=2&",
        "v=2&mode=loan",
        "v=2&%",
        "v=2&%FF",
        "v=3&" + carried(GOOD)[4:],
        carried(GOOD)[:-3],
        carried(None),
        carried([]),
        carried("loan"),
        carried({}),
        carried({"principal": "3"}),
        carried({"mode": "nothing"}),
        carried({"mode": "constructor"}),
        carried({"mode": ["loan"]}),
        carried(GOOD | {"__proto__": "1"}),
        carried(GOOD | {"constructor": "1"}),
        carried(GOOD | {"unknown": "1"}),
        carried(GOOD | {"": "3"}),
        carried(GOOD | {"principal": 10000}),
        carried(GOOD | {"principal": ["10000"]}),
        carried(GOOD | {"fee": {"toString": "1"}}),
        carried(GOOD | {"payments": "1"}),
        carried(GOOD | {"payments": {"0": {"amount": "1"}}}),
        carried(GOOD | {"payments": ["1"]}),
        carried(GOOD | {"payments": [{"__proto__": "1"}]}),
        carried(GOOD | {"payments": [{"amount": {"x": "1"}}]}),
        carried(GOOD | {"payments": [{"amount": "1", "date": "2026-04-01"}] * 401}),
        carried(GOOD | {"grace_retroactive": "true"}),
        carried(GOOD | {"base": "nothing"}),
        carried(GOOD | {"fee": "9" * 20000}),
    ],
)
def test_a_fragment_that_is_not_ours_carries_nothing(hostile: str) -> None:
    assert call("requestFrom", hostile) == {"request": None}


@pytest.mark.parametrize("value", ["", "x", "-1", "2026-02-30", "__proto__", "9" * 61])
def test_a_value_nobody_can_read_is_left_to_the_form(value: str) -> None:
    request = GOOD | {"fee": value}
    assert call("requestFrom", carried(request)) == {"request": request}


@pytest.mark.parametrize("other", ["", "yq-main", "逾期", "version=1"])
def test_another_fragment_is_left_alone(other: str) -> None:
    assert call("requestFrom", other) is None


@FEW
@given(
    st.text(max_size=80),
    st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)),
)
def test_no_fragment_raises(text: str, value: object) -> None:
    for hostile in ("v=2&" + text, carried(GOOD | {"fee": value})):
        assert set(call("requestFrom", hostile)) == {"request"}


def test_amounts_are_grouped() -> None:
    js = browser()
    for amount in ("0.00", "999.99", "1000.00", "-1234567.80", "99999999.99"):
        assert js.call("grouped", amount) == f"{float(amount):,.2f}"


def test_the_csv_can_be_summed() -> None:
    request = {"mode": "loan", "principal": "1234567", "rate": "日 0.05%"}
    request |= {"due": "2026-03-05", "as_of": "2026-04-04"}
    made = call("report", request, calculate(request, load_tables()))
    text = browser().call("csvOf", made)
    assert text.startswith("\ufeff")
    lines = text.removeprefix("\ufeff").split("\r\n")
    assert lines[1] == '"从","到（含）","天数","项目","基数（元）","日利率","金额（元）"'
    assert lines[2] == '"2026-03-06","2026-04-04","30","罚息","1234567.00","0.075%","27777.76"'
