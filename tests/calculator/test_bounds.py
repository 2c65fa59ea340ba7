"""The edges of what is taken, in both engines: the last value taken and the first refused."""

from typing import Any

import pytest

from generator.calculator.dates import LAST_DAY, format_date, parse_date
from generator.calculator.money import SCALE, half_up, parse_amount, yuan
from generator.calculator.rates import Rate, parse_multiplier, parse_percent, parse_rate

from .engines import JavaScript, both
from .requests import Json


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("99999999.99", 9_999_999_999),
        ("100000000", "amount_big"),
        ("1.5", 150),
        ("1.05", 105),
        ("1.005", "amount_decimals"),
        ("1.000", "amount_decimals"),
        ("1.00000", "amount_decimals"),
        ("", "amount_format"),
        (".5", "amount_format"),
        ("1.", "amount_format"),
        ("1,000", "amount_format"),
        ("-1", "amount_format"),
        ("１", "amount_format"),
        ("1\n", "amount_format"),
        ("9" * 16, "amount_format"),
    ],
)
def test_amounts(javascript: JavaScript, text: str, value: int | str) -> None:
    assert parse_amount(text) == value
    found = javascript.context.eval(f"String(parseAmount({text!r}))")
    assert found == str(value)


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("1980-01-01", True),
        ("1979-12-31", "date_range"),
        ("2099-12-31", True),
        ("2100-01-01", "date_range"),
        ("2000-02-29", True),
        ("2100-02-29", "date_real"),
        ("1999-02-29", "date_real"),
        ("2026-04-31", "date_real"),
        ("2026-00-01", "date_real"),
        ("2026-13-01", "date_real"),
        ("2026-01-00", "date_real"),
        ("2026-01-32", "date_real"),
        ("0099-01-01", "date_real"),
        ("0100-01-01", "date_range"),
        ("2026-1-1", "date_format"),
        ("20260101", "date_format"),
        ("2026-01-01 ", "date_format"),
    ],
)
def test_days(javascript: JavaScript, text: str, taken: bool | str) -> None:
    found = parse_date(text)
    script = javascript.call("parseDate", text)
    if taken is True:
        assert isinstance(found, int) and format_date(found) == text
        assert javascript.call("formatDate", script) == text
    else:
        assert found == script == taken


def test_the_last_day_is_the_end_of_2099() -> None:
    assert format_date(LAST_DAY) == "2099-12-31"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("日 1%", 1_000_000),
        ("日 1.000001%", "rate_day_high"),
        ("月 30%", 30_000_000),
        ("月 30.000001%", "rate_month_high"),
        ("年 100%", 100_000_000),
        ("年 100.000001%", "rate_year_high"),
        ("日 万分之100", 1_000_000),
        ("日 万分之100.0001", "rate_day_high"),
        ("日万分之1.75", 17_500),
        ("日0.05%", 50_000),
        ("年 0%", 0),
        ("0.05%", "rate_format"),
        ("年 18", "rate_format"),
        ("年 1.1234567%", "rate_format"),
        ("周 1%", "rate_format"),
        ("年万分之5", "rate_format"),
    ],
)
def test_rates(javascript: JavaScript, text: str, value: int | str) -> None:
    found = parse_rate(text)
    assert (found.value if isinstance(found, Rate) else found) == value
    script = javascript.context.eval(
        f"{{ const r = parseRate({text!r}); String(typeof r === 'string' ? r : r.value) }}"
    )
    assert script == str(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 10_000),
        ("0.9999", "multiplier_range"),
        ("5", 50_000),
        ("5.0001", "multiplier_range"),
        ("5.5", "multiplier_range"),
        ("1.23456", "multiplier_format"),
        ("x", "multiplier_format"),
    ],
)
def test_multipliers(text: str, value: int | str) -> None:
    assert parse_multiplier(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5%", 5_000_000),
        ("100%", 100_000_000),
        ("100.000001%", "percent_range"),
        ("5", "percent_format"),
        ("0%", 0),
        ("4.5%", 4_500_000),
    ],
)
def test_shares(text: str, value: int | str) -> None:
    assert parse_percent(text) == value


@pytest.mark.parametrize(
    ("exact", "shown"),
    [
        (0, "0.00"),
        (SCALE // 2, "0.01"),
        (SCALE // 2 - 1, "0.00"),
        (SCALE * 149 // 100, "0.01"),
        (-SCALE // 2, "-0.01"),
        (-(SCALE // 2) + 1, "0.00"),
        (-SCALE * 3 // 2, "-0.02"),
    ],
)
def test_halves_go_away_from_zero(exact: int, shown: str) -> None:
    assert yuan(exact) == shown
    assert half_up(7, 2) == 4 and half_up(-7, 2) == -4


LOAN: Json = {"mode": "loan", "principal": "1000", "rate": "日 0.05%", "due": "2026-03-05"}
CARD: Json = {
    "mode": "card",
    "daily_rate": "日 0.05%",
    "statement_date": "2026-03-16",
    "due": "2026-04-05",
    "purchases": [{"amount": "1000", "posted": "2026-03-06"}],
}


@pytest.mark.parametrize(
    ("base", "name", "good", "bad", "code"),
    [
        (LOAN, "grace_days", "90", "91", "count_range"),
        (LOAN, "multiplier", "5", "5.0001", "multiplier_range"),
        (CARD, "tolerance_days", "31", "32", "count_range"),
        (CARD, "late_fee_rate", "100%", "100.01%", "percent_range"),
        (CARD, "late_fee_max", "500", "0", "amount_zero"),
    ],
)
def test_limits_of_fields(
    javascript: JavaScript, base: Json, name: str, good: str, bad: str, code: str
) -> None:
    request = base | {"as_of": "2026-06-05"}
    assert both(javascript, request | {name: good})["ok"]
    errors = both(javascript, request | {name: bad})["errors"]
    assert [(error["field"], error["code"]) for error in errors] == [(name, code)]


def test_lists_have_a_longest_length(javascript: JavaScript) -> None:
    payment = {"date": "2026-03-06", "amount": "0.01"}
    request = LOAN | {"as_of": "2026-06-05"}
    assert both(javascript, request | {"payments": [payment] * 400})["ok"]
    errors = both(javascript, request | {"payments": [payment] * 401})["errors"]
    assert errors[0]["code"] == "list_long" and "400" in errors[0]["message"]


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"as_of": "2026-03-04"}, "as_of", "as_of_early"),
        ({"payments": [{"date": "2026-03-04", "amount": "1"}]}, "payments.0.date", "payment_early"),
        ({"payments": [{"date": "2026-06-06", "amount": "1"}]}, "payments.0.date", "payment_late"),
        ({"multiplier": "1.5", "penalty_rate": "日 0.1%"}, "penalty_rate", "one_penalty"),
        ({"rate": "年 18%"}, "basis", "basis_missing"),
        ({"penalty_rate": "年 18%"}, "basis", "basis_missing"),
        (
            {"base": "accelerated", "accelerated_on": "2026-04-01"},
            "remaining",
            "call_needs_remaining",
        ),
        ({"base": "accelerated", "remaining": "5"}, "accelerated_on", "call_needs_day"),
        ({"accelerated_on": "2026-04-01", "remaining": "5"}, "base", "call_needs_base"),
        (
            {"base": "accelerated", "remaining": "5", "accelerated_on": "2026-03-04"},
            "accelerated_on",
            "call_outside",
        ),
        (
            {"base": "accelerated", "remaining": "5", "accelerated_on": "2026-06-06"},
            "accelerated_on",
            "call_outside",
        ),
        ({"instalments": [{"principal": "1", "due": "2026-03-05"}]}, "principal", "either_form"),
    ],
)
def test_relations_of_a_loan(javascript: JavaScript, change: Json, field: str, code: str) -> None:
    errors = both(javascript, LOAN | {"as_of": "2026-06-05"} | change)["errors"]
    assert (errors[0]["field"], errors[0]["code"]) == (field, code)


def test_edges_of_a_call_are_taken(javascript: JavaScript) -> None:
    for day in ("2026-03-05", "2026-06-05"):
        change = {"base": "accelerated", "remaining": "5", "accelerated_on": day}
        assert both(javascript, LOAN | {"as_of": "2026-06-05"} | change)["ok"]


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"due": "2026-03-16"}, "due", "due_before_statement"),
        ({"daily_rate": "年 18%"}, "daily_rate", "rate_daily"),
        ({"statement_date": "2026-03-05"}, "statement_date", "statement_early"),
        ({"as_of": "2026-03-05"}, "as_of", "as_of_early"),
        ({"late_fee_min": "10", "late_fee_max": "9.99"}, "late_fee_max", "fee_order"),
        ({"purchases": []}, "amount", "missing"),
        ({"amount": "5"}, "amount", "either_form"),
        ({"purchases": [], "posted": "2026-03-06"}, "amount", "missing"),
        (
            {
                "cash_advances": [{"amount": "5", "posted": "2026-03-07"}],
                "purchases": [],
                "posted": "2026-03-06",
            },
            "amount",
            "missing",
        ),
    ],
)
def test_relations_of_a_card(javascript: JavaScript, change: Json, field: str, code: str) -> None:
    errors = both(javascript, CARD | {"as_of": "2026-06-05"} | change)["errors"]
    assert (errors[0]["field"], errors[0]["code"]) == (field, code)


def test_bills_follow_each_other(javascript: JavaScript) -> None:
    first = {"statement_date": "2026-03-16", "due": "2026-04-05"}
    request: Json = {k: v for k, v in CARD.items() if k not in first} | {"as_of": "2026-06-05"}
    for day, ok in (("2026-04-05", False), ("2026-04-06", True)):
        bills = [first, {"statement_date": day, "due": "2026-05-05"}]
        answer = both(javascript, request | {"statements": bills})
        assert answer["ok"] is ok
        if not ok:
            assert answer["errors"][0]["code"] == "statements_overlap"


JUDGMENT: Json = {"mode": "judgment", "judged_sum": "1000", "last_day": "2026-03-05"}


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"as_of": "2026-03-04"}, "as_of", "as_of_early"),
        ({"running_from": "2026-03-05"}, "running_rate", "running_needs_rate"),
        ({"running_base": "5"}, "running_rate", "running_needs_rate"),
        ({"running_rate": "日 0.05%"}, "running_from", "missing"),
        ({"running_rate": "年 5%", "running_from": "2026-03-05"}, "basis", "basis_missing"),
        ({"running_rate": "日 0.05%", "running_from": "2026-06-06"}, "running_from", "after_as_of"),
        (
            {"excluded": [{"from": "2026-04-02", "to": "2026-04-01"}]},
            "excluded.0.to",
            "excluded_order",
        ),
        ({"payments": [{"date": "2026-06-06", "amount": "1"}]}, "payments.0.date", "payment_late"),
    ],
)
def test_relations_of_a_judgment(
    javascript: JavaScript, change: Json, field: str, code: str
) -> None:
    errors = both(javascript, JUDGMENT | {"as_of": "2026-06-05"} | change)["errors"]
    assert [(error["field"], error["code"]) for error in errors] == [(field, code)]


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"as_of": "2025-05-31"}, "as_of", "as_of_early"),
        ({"due": "2025-05-31"}, "due", "due_early"),
        ({"payments": [{"date": "2025-05-31", "amount": "1"}]}, "payments.0.date", "payment_early"),
    ],
)
def test_relations_of_a_private_loan(
    javascript: JavaScript, change: Json, field: str, code: str
) -> None:
    request: Any = {"mode": "private", "amount_arrived": "1000", "arrived_on": "2025-06-01"}
    request |= {"as_of": "2026-06-01", "agreed_rate": "年 10%"}
    assert both(javascript, request | {"due": "2025-06-01"})["ok"]
    errors = both(javascript, request | change)["errors"]
    assert [(error["field"], error["code"]) for error in errors] == [(field, code)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("0", None),
        ("90", None),
        ("000000090", None),
        ("0000000090", "count_format"),
        ("x", "count_format"),
        ("²", "count_format"),
        ("３", "count_format"),
        ("1.5", "count_format"),
        ("-1", "count_format"),
        ("999999999", "count_range"),
    ],
)
def test_counts_of_days(javascript: JavaScript, text: str, code: str | None) -> None:
    answer = both(javascript, LOAN | {"as_of": "2026-06-05", "grace_days": text})
    assert [error["code"] for error in answer.get("errors", [])] == ([code] if code else [])


@pytest.mark.parametrize(
    ("base", "name", "item"),
    [
        (LOAN, "instalments", {"principal": "5", "due": "2026-03-05"}),
        (LOAN, "payments", {"date": "2026-03-05", "amount": "5"}),
        (CARD, "purchases", {"posted": "2026-03-06", "amount": "5"}),
        (CARD, "cash_advances", {"posted": "2026-03-06", "amount": "5"}),
        (CARD, "statements", {"statement_date": "2026-03-16", "due": "2026-04-05"}),
        (JUDGMENT, "instalments", {"last_day": "2026-03-05", "amount": "5"}),
        (JUDGMENT, "excluded", {"from": "2026-03-06", "to": "2026-03-07"}),
    ],
)
def test_half_of_an_item_is_named_not_computed_with(
    javascript: JavaScript, base: Json, name: str, item: Json
) -> None:
    """One part of a pair missing or wrong, in an item beside a whole one and alone."""
    single = ("principal", "due", "statement_date", "judged_sum", "last_day")
    request = {k: v for k, v in base.items() if name not in ("instalments", "statements")
               or k not in single} | {"as_of": "2026-06-05"}  # fmt: skip
    assert both(javascript, request | {name: [item]})["ok"]
    for field in item:
        for wrong in ({k: v for k, v in item.items() if k != field}, item | {field: "x"}):
            for items in ([wrong], [item, wrong]):
                errors = both(javascript, request | {name: items})["errors"]
                where = f"{name}.{len(items) - 1}.{field}"
                assert where in [error["field"] for error in errors]


def test_faults_name_the_day_they_are_about(javascript: JavaScript) -> None:
    """With several purchases the first one bounds the bill and the last one the as-of day."""
    purchases = [
        {"amount": "5", "posted": day} for day in ("2026-03-06", "2026-03-10", "2026-03-12")
    ]
    request = CARD | {"purchases": purchases, "as_of": "2026-03-11", "statement_date": "2026-03-05"}
    messages = {e["field"]: e["message"] for e in both(javascript, request)["errors"]}
    assert messages["statement_date"].endswith("2026-03-06")
    assert messages["as_of"].endswith("2026-03-12")


@pytest.mark.parametrize("mode", ["loan", "card", "private", "judgment"])
def test_no_field_alone_is_computed_with(javascript: JavaScript, mode: str) -> None:
    """Any one field of a whole request missing: an answer without it, or faults, no failure."""
    whole: dict[str, Json] = {
        "loan": LOAN | {"as_of": "2026-06-05"},
        "card": CARD | {"as_of": "2026-06-05"},
        "judgment": JUDGMENT | {"as_of": "2026-06-05"},
        "private": {"mode": "private", "amount_arrived": "5", "arrived_on": "2025-06-01",
                    "due": "2026-06-01", "as_of": "2026-06-05"},
    }  # fmt: skip
    assert both(javascript, whole[mode])["ok"]
    for name in whole[mode]:
        answer = both(javascript, {k: v for k, v in whole[mode].items() if k != name})
        assert answer["ok"] is (mode == "private" and name == "due")
        if not answer["ok"]:
            assert answer["errors"][0]["code"] == "missing"


@pytest.mark.parametrize("mode", [None, "", "bank", 5, [], "Loan"])
def test_without_a_mode_that_is_the_one_fault(javascript: JavaScript, mode: Any) -> None:
    answer = both(javascript, LOAN | {"mode": mode, "colour": "red"})
    assert [error["field"] for error in answer["errors"]] == ["mode"]
    assert both(javascript, {})["errors"][0]["code"] == "missing"
