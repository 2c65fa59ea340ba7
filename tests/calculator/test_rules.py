"""Rules that hold whatever the numbers are, checked on the Python engine (JavaScript equals it)."""

import copy
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from generator.calculator import calculate
from generator.calculator.account import run as run_loan
from generator.calculator.dates import add_months, format_date, parse_date
from generator.calculator.fields import Faults, Place, read
from generator.calculator.judgment import run as run_judgment
from generator.calculator.judgment_answer import read_judgment
from generator.calculator.ledger import charged, merged
from generator.calculator.loan_answer import read_loan
from generator.calculator.money import SCALE, format_amount, half_up
from generator.calculator.private import at_cap
from generator.calculator.private import run as run_private
from generator.calculator.private_answer import read_private
from generator.calculator.spec import MODES as FIELDS

from .engines import load_tables
from .requests import MODES, Json, after, amounts, payments

TABLES = load_tables()
PROPERTY = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
DEAR = settings(PROPERTY, max_examples=40)
"""For the gap finder, which computes hundreds of times."""
READERS = {"loan": read_loan, "private": read_private, "judgment": read_judgment}
RUNS: Any = {"loan": run_loan, "private": run_private, "judgment": run_judgment}


def answer(request: Json) -> Json:
    found: Json = calculate(request, TABLES)
    assert found["ok"], found
    return found


def terms(request: Json) -> Any:
    """The frozen terms of a valid request."""
    mode = request["mode"]
    values = read(request, FIELDS[mode], Place(Faults(TABLES)))
    found = READERS[mode](values, TABLES)
    assert found is not None
    return found


def outcome(request: Json) -> Any:
    return RUNS[request["mode"]](terms(request))


def fen(amount: str) -> int:
    """分 of an amount of any size and sign."""
    whole, _, part = amount.partition(".")
    return int(whole + part.ljust(2, "0"))


def quiet(request: Json) -> Json:
    """Without a claim: the gap finder is not what these rules are about."""
    request = copy.deepcopy(request)
    request.pop("claimed", None)
    return request


def on_day(request: Json, day: str) -> Json:
    """The same request as of another day, without payments after it."""
    request = quiet(request) | {"as_of": day}
    request["payments"] = [p for p in request.get("payments", []) if p["date"] <= day]
    return request


def first_day(request: Json) -> str:
    if request["mode"] == "private":
        return str(request["arrived_on"])
    if "instalments" in request:
        name = "due" if request["mode"] == "loan" else "last_day"
        return str(min(item[name] for item in request["instalments"]))
    return str(request["due" if request["mode"] == "loan" else "last_day"])


simple = st.sampled_from(["loan", "private", "judgment"]).flatmap(lambda mode: MODES[mode])


@PROPERTY
@given(request=simple)
def test_no_days_cost_nothing(request: Json) -> None:
    day = first_day(request)
    request = on_day(request, day)
    if request["mode"] == "loan" and "instalments" in request:
        request["instalments"] = [i for i in request["instalments"] if i["due"] == day]
    request.pop("accelerated_on", None)
    if request.get("base") == "accelerated":
        del request["base"]
    if request.get("running_from", day) < day:
        request["running_from"] = day
    found = outcome(request)
    assert found.rows == ()
    assert not any(
        found.parts[part]
        for part in ("penalty", "compound", "fee", "doubled")
        if part in found.parts
    )


@PROPERTY
@given(request=simple, more=st.integers(1, 400))
def test_a_later_day_never_costs_less(request: Json, more: int) -> None:
    assume(request["mode"] != "judgment" or after(request["as_of"], more) <= "2026-11-24")
    assume(request["mode"] != "private" or request.get("due", "") < "2026-09-20")
    before, later = quiet(request), on_day(quiet(request), after(request["as_of"], more))
    assert outcome(later).total >= outcome(before).total


def larger(request: Json, field: str, extra: int) -> Json | None:
    """The request with more of one thing, or None if it has none of it."""
    request = quiet(request)
    if field == "multiplier" and request["mode"] == "loan" and "penalty_rate" not in request:
        given_ = request.get("multiplier", "1.5")
        return request | {"multiplier": {"1": "1.3", "1.3": "1.5"}.get(given_, "3")}
    targets = [request, *request.get("instalments", [])]
    names = {
        "amount": ("principal", "judged_sum", "amount_arrived", "amount"),
        "rate": ("rate", "overdue_rate", "running_rate"),
    }.get(field, ())
    for target in targets:
        for name in names:
            if name not in target:
                continue
            if field == "amount":
                value = fen(target[name]) + extra
                if value >= 10**10:
                    return None
                target[name] = format_amount(value)
            elif target[name].startswith("年"):
                number = target[name][2:-1].split(".")[0]
                target[name] = f"年 {min(int(number) + 1, 100)}%"
            else:
                return None
            return request
    return None


@PROPERTY
@given(
    request=simple,
    field=st.sampled_from(["amount", "rate", "multiplier"]),
    extra=st.integers(1, 10**6),
)
def test_more_of_anything_never_costs_less(request: Json, field: str, extra: int) -> None:
    other = larger(request, field, extra)
    assume(other is not None)
    assert other is not None
    assert outcome(other).total >= outcome(quiet(request)).total


@PROPERTY
@given(data=st.data(), request=simple)
def test_a_payment_never_raises_the_total(data: st.DataObject, request: Json) -> None:
    length = (date.fromisoformat(request["as_of"]) - date.fromisoformat(first_day(request))).days
    extra = data.draw(payments(first_day(request), length))
    request = quiet(request)
    more = request | {"payments": request.get("payments", []) + extra}
    assert outcome(more).total <= outcome(request).total


@PROPERTY
@given(request=simple)
def test_money_is_neither_made_nor_lost(request: Json) -> None:
    """What was owed plus what was charged is what is left plus what was paid, to the last part."""
    request = quiet(request)
    found, owed = outcome(request), terms(request)
    paid = sum(payment.amount for payment in owed.payments)
    if request["mode"] == "loan":
        start = sum(i.principal + i.interest for i in owed.instalments) + owed.remaining
        start += found.fee_charged
    elif request["mode"] == "private":
        start = owed.principal + owed.overdue_fee
    else:
        start = sum(item.amount for item in owed.sums) + owed.ordinary
    charges = charged(found.rows)
    left = found.total + (paid - found.surplus) * SCALE
    difference = start * SCALE + charges - left
    # Only where more was paid than is owed is the last part of a 分 given back in whole 分.
    assert (
        difference == 0
        or (found.surplus > 0 and abs(difference) < SCALE)
        or (found.total == 0 and 0 <= -difference < SCALE)
    )


@PROPERTY
@given(data=st.data(), request=MODES["loan"])
def test_splitting_a_stretch_without_payment_changes_nothing(
    data: st.DataObject, request: Json
) -> None:
    """Settling on a day in between and going on from there is the whole way at once."""
    request = quiet(request) | {"compounding": "none"}
    for name in ("payments", "remaining", "accelerated_on", "grace_days", "instalments", "base"):
        request.pop(name, None)
    request |= {"principal": "1234.56", "due": "2024-02-28"}
    request["as_of"] = after("2024-02-28", data.draw(st.integers(2, 900)))
    whole = outcome(request)
    length = (date.fromisoformat(request["as_of"]) - date(2024, 2, 28)).days
    middle = after("2024-02-28", data.draw(st.integers(1, length - 1)))
    first = outcome(request | {"as_of": middle})
    rest = outcome(request | {"due": middle, "end_points": "difference"})
    assert charged(first.rows) + charged(rest.rows) == charged(whole.rows)
    tiny = request | {
        "payments": [{"date": middle, "amount": "0.01"}],
        "allocation": "interest_first",
    }
    if not request.get("fee") and charged(first.rows) >= SCALE and not request.get("interest"):
        assert outcome(tiny).total == whole.total - SCALE


@PROPERTY
@given(request=simple)
def test_both_ends_is_exactly_one_day_more(request: Json) -> None:
    request = quiet(request)
    for name in (
        "payments",
        "compounding",
        "excluded",
        "running_rate",
        "running_from",
        "running_base",
        "basis",
        "accelerated_on",
        "remaining",
        "allocation",
    ):
        request.pop(name, None)
    request["basis"] = "365"
    if request.get("base") == "accelerated":
        del request["base"]
    owed = terms(request)
    plain = outcome(request | {"end_points": "difference"})
    both = outcome(request | {"end_points": "both_ends"})
    one_day = charged(both.rows) - charged(plain.rows)
    if request["mode"] == "judgment":
        late = [item for item in owed.sums if item.due < owed.as_of]
        assert one_day == sum(item.amount for item in late) * owed.daily
    elif request["mode"] == "private":
        # The day the money arrived is the one added, at the rate of the term.
        own = owed.principal * owed.term.per_day(owed.basis)
        assert one_day == (own if owed.as_of > owed.arrived_on else 0)
    elif len(request.get("instalments", [1])) == 1:
        assert {one_day} == {row.amount // row.days for row in plain.rows} or not plain.rows
    else:
        assert one_day >= 0


@PROPERTY
@given(request=MODES["private"])
def test_the_lower_is_never_above_either(request: Json) -> None:
    found = answer(quiet(request))
    lower, agreed, cap = (fen(found[name]) for name in ("lower", "agreed", "at_cap"))
    assert lower == min(agreed, cap)
    assert fen(found["difference"]) == agreed - lower
    assert fen(found["each_period"]) <= lower
    owed = terms(quiet(request))
    assert cap == half_up(run_private(at_cap(owed)).total)


@PROPERTY
@given(request=st.sampled_from(sorted(FIELDS)).flatmap(lambda mode: MODES[mode]))
def test_shown_figures_add_up(request: Json) -> None:
    """The total is the parts and the gap of rounding; a ledger's rows are whole days in order."""
    found = answer(quiet(request))
    if found["total"] is None:
        return
    parts = sum(fen(part) for part in found["parts"].values())
    assert fen(found["total"]) == parts + fen(found["rounding_gap"])
    assert abs(fen(found["rounding_gap"])) <= len(found["parts"])
    for row in found["ledger"]:
        first, last = date.fromisoformat(row["from"]), date.fromisoformat(row["to"])
        assert (last - first).days + 1 == row["days"] >= 1
    starts = [row["from"] for row in found["ledger"]]
    assert starts == sorted(starts)


@DEAR
@given(request=st.sampled_from(sorted(FIELDS)).flatmap(lambda mode: MODES[mode]))
def test_a_claim_of_our_own_total_is_the_same(request: Json) -> None:
    request = quiet(request)
    own = answer(request)["total"]
    assume(own is not None and own != "0.00" and fen(own) < 10**10)
    gap = answer(request | {"claimed": own})["gap"]
    assert gap["status"] == "same" and gap["difference"] == "0.00"


@DEAR
@given(data=st.data(), request=st.sampled_from(sorted(FIELDS)).flatmap(lambda mode: MODES[mode]))
def test_a_claim_by_any_listed_convention_is_found(data: st.DataObject, request: Json) -> None:
    request = quiet(request)
    worth = answer(request)
    assume(worth["conventions"])
    other = data.draw(st.sampled_from(worth["conventions"]))
    assume(other["field"] not in ("allocation", "grace_retroactive"))
    assume(0 < fen(other["total"]) < 10**10)
    gap = answer(request | {"claimed": other["total"]})["gap"]
    assert gap["status"] in ("same", "explained")
    for found in gap["answers"]:
        assert found["difference"] == "0.00"
        assert found["total"] == other["total"]


@PROPERTY
@given(request=MODES["card"])
def test_a_card_paid_in_full_in_time_costs_nothing(request: Json) -> None:
    request = quiet(request)
    for name in ("cash_advances", "statements", "payments", "amount", "posted"):
        request.pop(name, None)
    request |= {"statement_date": "2026-03-16", "due": "2026-04-05", "minimum_due": "10"}
    request["purchases"] = [{"amount": "333.33", "posted": "2026-03-01"}]
    request["payments"] = [{"date": "2026-04-05", "amount": "333.33"}]
    request["as_of"] = "2026-07-01"
    found = answer(request)
    assert found["total"] == found["interest"] == found["late_fee"] == "0.00"
    assert found["next_statement"]["total"] == "0.00" and found["ledger"] == []


@PROPERTY
@given(request=MODES["card"], extra=amounts)
def test_a_card_payment_never_raises_the_total(request: Json, extra: str) -> None:
    request = quiet(request)
    before = answer(request)
    assume(before["total"] is not None)
    last = request["as_of"]
    more = request | {"payments": [*request.get("payments", []), {"date": last, "amount": extra}]}
    assert fen(answer(more)["total"]) <= fen(before["total"])


@given(day=st.dates(date(1980, 1, 1), date(2098, 12, 31)), months=st.integers(0, 1400))
def test_months_keep_their_day_or_clamp_to_the_last(day: date, months: int) -> None:
    assume(day.year * 12 + months < 9000 * 12)
    found = date.fromordinal(add_months(day.toordinal(), months))
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    last = (found.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    assert found.day == min(day.day, last.day)


@pytest.mark.parametrize(
    ("due", "as_of", "days"),
    [
        ("2024-02-28", "2024-03-01", 2),
        ("2024-02-29", "2025-02-28", 365),
        ("2025-12-31", "2026-01-01", 1),
        ("2026-03-05", "2026-03-05", 0),
        ("2020-02-29", "2024-02-29", 1461),
        ("2023-02-28", "2023-03-01", 1),
    ],
)
def test_days_are_differences_of_the_calendar(due: str, as_of: str, days: int) -> None:
    request: Json = {"mode": "loan", "principal": "10000", "rate": "日 0.05%", "multiplier": "1"}
    found = answer(request | {"due": due, "as_of": as_of})
    assert found["days"] == days
    assert found["parts"]["penalty"] == f"{5 * days}.00"


def test_a_day_before_the_due_day_is_refused() -> None:
    request: Json = {"mode": "loan", "principal": "10000", "rate": "日 0.05%", "due": "2026-03-05"}
    found: Any = calculate(request | {"as_of": "2026-03-04"}, TABLES)
    assert found["errors"] == [
        {"field": "as_of", "code": "as_of_early", "message": "计算截止日要等于或晚于 2026-03-05"}
    ]


def test_all_faults_are_named_at_once_and_once() -> None:
    request = {
        "mode": "loan",
        "principal": "12.345",
        "rate": "日 5%",
        "due": "2026-02-30",
        "as_of": 7,
        "multiplier": "9",
        "grace_days": "x",
        "base": "all",
        "fee": "-1",
        "colour": "red",
        "payments": [{"date": "2026-03-01"}, 5],
    }
    found: Any = calculate(request, TABLES)
    assert [(e["field"], e["code"]) for e in found["errors"]] == [
        ("principal", "amount_decimals"),
        ("due", "date_real"),
        ("as_of", "type"),
        ("rate", "rate_day_high"),
        ("base", "choice"),
        ("multiplier", "multiplier_range"),
        ("grace_days", "count_format"),
        ("fee", "amount_format"),
        ("payments.0.amount", "missing"),
        ("payments.1", "object"),
        ("colour", "unknown"),
    ]
    assert found["errors"][8]["message"] == "填写第 1 笔还款的金额"
    assert "{" not in "".join(error["message"] for error in found["errors"])


def test_rows_of_equal_base_are_joined() -> None:
    found = outcome(
        {
            "mode": "loan",
            "principal": "1000",
            "rate": "日 0.05%",
            "due": "2026-01-31",
            "as_of": "2026-06-30",
            "compounding": "monthly",
            "multiplier": "1",
        }
    )
    assert [(r.days, r.base) for r in found.rows if r.kind == "penalty"] == [(150, 100_000)]
    assert merged(found.rows) == found.rows
    assert format_date(found.rows[0].first) == "2026-02-01"
    assert parse_date("2026-06-30") == found.rows[0].last


def test_what_the_reader_chose_is_among_what_the_gap_finder_tries() -> None:
    """Interest on interest: no instalment has any, but the loan called in brings its own."""
    request = {
        "mode": "loan", "principal": "1000", "rate": "日 0.0034%", "due": "2020-08-20",
        "as_of": "2021-01-17", "base": "accelerated", "remaining": "10000",
        "accelerated_on": "2020-08-21", "compounding": "on_interest",
    }  # fmt: skip
    (other,) = (it for it in answer(request)["conventions"] if it["value"] == "both_ends")
    gap = answer(request | {"claimed": other["total"]})["gap"]
    assert [[it["value"] for it in found["choices"]] for found in gap["answers"]] == [["both_ends"]]
