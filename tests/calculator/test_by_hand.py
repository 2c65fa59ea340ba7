"""The engine against arithmetic done another way: closed formulas and a day-by-day count."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.calculator import calculate
from generator.calculator.money import SCALE

from .engines import load_tables
from .requests import MODES, Json, after, amounts
from .test_rules import fen, outcome, quiet, terms

TABLES = load_tables()
PROPERTY = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))


def rate(text: str, basis: str) -> Fraction:
    """A written rate per day, read without the engine."""
    if "万分之" in text:
        return Fraction(text.split("之")[1]) / 10_000
    per = {"日": 1, "月": 30, "年": int(basis)}[text[0]]
    return Fraction(text[2:-1]) / 100 / per


def days(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


@PROPERTY
@given(request=MODES["loan"])
def test_a_loan_without_payments_is_a_sum_of_products(request: Json) -> None:
    """Each instalment: principal × rate × its own days, from the day after its due day."""
    request = quiet(request) | {"compounding": "none", "rounding": "exact"}
    for name in ("payments", "remaining", "accelerated_on"):
        request.pop(name, None)
    if request.get("base") == "accelerated":
        del request["base"]
    lines = request.get("instalments") or [request]
    daily = rate(request["rate"], request["basis"]) * Fraction(request.get("multiplier", "1.5"))
    if "penalty_rate" in request:
        daily = rate(request["penalty_rate"], request["basis"])
    expected, late = Fraction(0), False
    for line in lines:
        count = days(line["due"], request["as_of"])
        grace = int(request.get("grace_days", "0"))
        if count <= grace:
            continue
        late = True
        if not request.get("grace_retroactive", True):
            count -= grace
        count += request.get("end_points") == "both_ends"
        base = fen(line["principal"])
        if request.get("base") == "overdue_with_interest":
            base += fen(line.get("interest", "0"))
        expected += base * daily * count
    found = outcome(request)
    assert Fraction(found.parts["penalty"], SCALE) == expected
    assert found.parts["fee"] == (fen(request.get("fee", "0")) * SCALE if late else 0)
    owed = sum(fen(line["principal"]) + fen(line.get("interest", "0")) for line in lines)
    assert found.parts["principal"] + found.parts["interest"] == owed * SCALE


@PROPERTY
@given(
    principal=amounts,
    length=st.integers(1, 800),
    start=st.dates(date(2015, 1, 1), date(2024, 1, 1)),
)
def test_monthly_compounding_is_a_count_day_by_day(
    principal: str, length: int, start: date
) -> None:
    """Every day: base × rate; on the monthly day the whole 分 of unpaid interest join the base."""
    daily = Fraction(5, 10_000)
    due = start.isoformat()
    request = {"mode": "loan", "principal": principal, "rate": "日 0.05%", "multiplier": "1"}
    request |= {"due": due, "as_of": after(due, length), "compounding": "monthly"}
    penalty, compound, joined = Fraction(0), Fraction(0), 0
    for number in range(1, length + 1):
        day = start + timedelta(days=number)
        penalty += fen(principal) * daily
        compound += joined * daily
        last = (day + timedelta(days=1)).month != day.month
        if day.day == start.day or (last and day.day < start.day):
            joined = int(penalty + compound)
    found = outcome(request)
    assert Fraction(found.parts["penalty"], SCALE) == penalty
    assert Fraction(found.parts["compound"], SCALE) == compound


@PROPERTY
@given(request=MODES["private"])
def test_a_private_loan_is_two_products(request: Json) -> None:
    request = quiet(request)
    for name in ("payments", "end_points"):
        request.pop(name, None)
    owed, found = terms(request), outcome(request)
    due = min(request.get("due", request["as_of"]), request["as_of"])
    first, second = days(request["arrived_on"], due), days(due, request["as_of"])
    principal, basis = fen(request["amount_arrived"]), request.get("basis", "365")
    agreed = request.get("agreed_rate")
    interest = rate(agreed, basis) * principal * first if agreed else Fraction(0)
    assert Fraction(found.parts["interest"], SCALE) == interest
    if text := request.get("overdue_rate", agreed):
        overdue = rate(text, basis) * principal * second
        assert Fraction(found.parts["overdue_interest"], SCALE) == overdue
    lpr = [row["value"] for row in TABLES.lpr.to_json()["rows"]  # type: ignore[attr-defined]
           if row["from"] <= request["arrived_on"]][-1]  # fmt: skip
    assert Fraction(owed.cap.value, 10**8) == 4 * Fraction(lpr[2:-1]) / 100


@PROPERTY
@given(request=MODES["judgment"])
def test_a_judgment_without_payments_counts_its_days(request: Json) -> None:
    """Each sum × 0.0175 % × the days after its last day that are not excluded."""
    request = quiet(request)
    for name in ("payments", "end_points", "running_rate", "running_from", "running_base"):
        request.pop(name, None)
    parts = request.get("instalments") or [
        {"last_day": request["last_day"], "amount": request["judged_sum"]}
    ]
    expected = Fraction(0)
    for part in parts:
        for number in range(1, days(part["last_day"], request["as_of"]) + 1):
            day = after(part["last_day"], number)
            spans = request.get("excluded", [])
            if not any(span["from"] <= day <= span["to"] for span in spans):
                expected += fen(part["amount"]) * Fraction(175, 1_000_000)
    assert Fraction(outcome(request).parts["doubled"], SCALE) == expected


@PROPERTY
@given(
    lots=st.lists(st.tuples(st.integers(0, 15), amounts), min_size=1, max_size=3),
    paid=st.lists(st.tuples(st.integers(16, 40), amounts), max_size=3),
    counted=st.booleans(),
    tolerance=st.sampled_from(["0", "10"]),
)
def test_a_bill_of_a_card_is_a_count_day_by_day(
    lots: list[tuple[int, str]], paid: list[tuple[int, str]], counted: bool, tolerance: str
) -> None:
    """Day 0 is the first posting, 16 the statement, 36 the last day to pay, 47 the next statement.

    A payment lowers the base of its own day, the oldest purchase first; if the bill was not paid
    by day 36 every purchase bears interest from its posting.
    """
    start = "2026-01-05"
    lots = sorted([(0, "100.00"), *lots])
    request: Any = {"mode": "card", "daily_rate": "日 0.05%", "late_fee_rate": "0%"}
    request |= {"statement_date": after(start, 16), "due": after(start, 36), "minimum_due": "1"}
    request |= {"as_of": after(start, 41), "tolerance_amount": tolerance}
    request["statement_day_counted"] = counted
    request["purchases"] = [{"amount": a, "posted": after(start, d)} for d, a in lots]
    request["payments"] = [{"amount": a, "date": after(start, d)} for d, a in paid]
    billed = sum(fen(amount) for _, amount in lots)
    in_time = sum(fen(amount) for day, amount in paid if day <= 36)
    expected = Fraction(0)
    if billed - in_time > fen(tolerance):
        for day in range(47 + counted):
            posted = sum(fen(amount) for at, amount in lots if at <= day)
            settled = sum(fen(amount) for at, amount in paid if at <= day)
            expected += max(0, posted - settled) * Fraction(5, 10_000)
    request["statements"] = [
        {name: request.pop(name) for name in ("statement_date", "due", "minimum_due")},
        {"statement_date": after(start, 47), "due": after(start, 60), "minimum_due": "1"},
    ]
    answer: Any = calculate(request, TABLES)
    assert answer["ok"], answer
    bill = answer["next_statement"]
    assert bill["date"] == after(start, 47)
    assert fen(bill["interest"]) == int(expected + Fraction(1, 2))
