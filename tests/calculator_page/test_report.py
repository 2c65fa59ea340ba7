"""The report and the fragment are the same in Python and in JavaScript."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.calculator import calculate, fragment, report
from tests.calculator.engines import JavaScript, load_tables
from tests.calculator.requests import MODES

FEW = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=(HealthCheck.too_slow, HealthCheck.data_too_large),
)
_CONTEXT: list[JavaScript] = []


def browser() -> JavaScript:
    if not _CONTEXT:
        _CONTEXT.append(JavaScript.of("report.js"))
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
    given_fields = {key: value for key, value in request.items() if value != []}
    assert call("requestFrom", written) == {"request": given_fields}


GOOD = "v=1&mode=loan&principal=10000&due=2026-03-05&as_of=2026-04-04&rate=%E6%97%A5%200.05%25"


@pytest.mark.parametrize(
    "hostile",
    [
        "v=2&mode=loan",
        "v=1",
        "v=1&",
        "v=1&principal=3&mode=loan",
        "v=1&mode=nothing",
        "v=1&mode=constructor",
        "v=1&mode=loan&__proto__=1",
        "v=1&mode=loan&constructor=1",
        "v=1&mode=loan&payments.0.__proto__=1",
        "v=1&mode=loan&payments=1",
        "v=1&mode=loan&payments.1.amount=1",
        "v=1&mode=loan&payments.0=1",
        "v=1&mode=loan&payments.0.amount.x=1",
        "v=1&mode=loan&payments.x.amount=1",
        "v=1&mode=loan&principal.0=1",
        GOOD + "&principal=1",
        GOOD + "&mode=card",
        GOOD + "&fee",
        GOOD + "&fee=",
        GOOD + "&=3",
        GOOD + "&fee=%",
        GOOD + "&fee=%FF",
        GOOD + "&fee=" + "9" * 61,
        GOOD + "&grace_retroactive=1",
        GOOD + "&unknown=1",
        "v=1&mode=loan" + "&fee=1" * 5000,
    ],
)
def test_a_fragment_that_is_not_ours_carries_nothing(hostile: str) -> None:
    assert call("requestFrom", hostile) == {"request": None}


@pytest.mark.parametrize("other", ["", "yq-main", "逾期", "version=1"])
def test_another_fragment_is_left_alone(other: str) -> None:
    assert call("requestFrom", other) is None


@FEW
@given(st.text(max_size=80))
def test_no_fragment_raises(text: str) -> None:
    found = call("requestFrom", "v=1&mode=loan&" + text)
    assert set(found) == {"request"}


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
