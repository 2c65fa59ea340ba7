"""Examples computed by others: asserted, rejected or explained, each under its own convention.

``vectors.yml`` keeps every example of the collection. Kinds outside the calculator's modes are
listed when the tests run (-s), never dropped silently.
"""

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.calculator.rates import annual_percent, daily_percent, parse_rate

from .engines import JavaScript, both
from .requests import Json, after

VECTORS: list[Json] = yaml.safe_load(
    Path(__file__).with_name("vectors.yml").read_text(encoding="utf-8")
)
BY_ID = {vector["id"]: vector for vector in VECTORS}
DAY = "2026-03-05"

LATER = {
    "published_wrong_irr": "rate of return of a payment plan",
    "equal_principal_actual_days": "instalment schedule",
    "equal_instalment": "instalment schedule",
    "equal_instalment_30day_month": "instalment schedule",
    "court_fee": "court fees",
    "apr_flat_fee": "rate of return of a payment plan",
    "irr_irregular": "rate of return of a payment plan",
}
"""Kinds that belong to later work, and what they are."""


def percent(decimal: str) -> str:
    """``0.0005`` → ``0.05%``, exact."""
    whole, _, digits = decimal.partition(".")
    digits = digits.ljust(2, "0")
    number = f"{int(whole + digits[:2])}.{digits[2:] or '0'}"
    return number + "%"


Run = Callable[..., Json]


@pytest.fixture
def loan(javascript: JavaScript) -> Run:
    """A loan that is ``days`` late, at a rate that is not multiplied unless a test says so."""

    def run(principal: str, rate: str, days: int, start: str = DAY, **fields: Any) -> Json:
        request: Json = {"mode": "loan", "principal": principal, "rate": rate, "due": start}
        request |= {"as_of": after(start, days), "multiplier": "1", **fields}
        answer = both(javascript, request)
        assert answer["ok"], answer
        return answer

    return run


def charge(answer: Json) -> str:
    return str(answer["parts"]["penalty"])


def every(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def test_kinds_not_covered_yet_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    left = [vector for vector in VECTORS if vector["kind"] in LATER]
    with capsys.disabled():
        for vector in left:
            print(
                f"\n  not covered: {vector['id']} {vector['kind']}: {LATER[vector['kind']]}", end=""
            )
    assert {vector["id"] for vector in VECTORS} - {v["id"] for v in left} == COVERED


@pytest.mark.parametrize("name", ["CN-SIM-01", "CN-SIM-03", "CN-SIM-06", "CN-SIM-15"])
def test_simple_interest_by_the_day(loan: Run, name: str) -> None:
    inputs, expected = BY_ID[name]["inputs"], BY_ID[name]["expected"]
    wanted = every(expected.get("charge", expected.get("simple")))
    rate = "日 " + percent(inputs["daily_rate"])
    for days, result in zip(every(inputs["days"]), wanted, strict=True):
        assert charge(loan(inputs["principal"], rate, days)) == result


def test_daily_compounding_is_no_choice(loan: Run) -> None:
    """CN-SIM-15: 151.09 would be interest on interest every day."""
    answer = loan("10000.00", "日 0.05%", 30, claimed="10151.09")
    assert answer["gap"]["status"] == "nearest"


@pytest.mark.parametrize("basis", ["360", "365"])
def test_the_basis_tells_two_readings_apart(loan: Run, basis: str) -> None:
    vector = BY_ID["CN-SIM-08"]
    answer = loan("10000.00", "年 9%", 10, basis=basis)
    wanted = {"360": vector["expected"]["interest"], "365": vector["recomputed"]["interest_if_365"]}
    assert charge(answer) == wanted[basis]


def test_penalty_multiplier_replaces_the_rate(loan: Run) -> None:
    vector = BY_ID["CN-SIM-04"]
    answer = loan("10000.00", "日 0.05%", 1, multiplier=vector["inputs"]["multiplier"])
    assert charge(answer) == vector["expected"]["charge"]


def test_interest_of_a_day_on_what_is_left(loan: Run) -> None:
    inputs = BY_ID["CN-SIM-10"]["inputs"]
    found = [
        loan(balance, "日 " + percent(rate), 7)["per_day"]
        for balance, rate in zip(inputs["balances"], inputs["daily_rate"], strict=True)
    ]
    assert found == BY_ID["CN-SIM-10"]["expected"]["interest_per_day"]


@pytest.mark.parametrize(
    ("rounding", "key"),
    [("exact", "half_up"), ("daily", "half_up"), ("daily_truncated", "truncate")],
)
def test_a_cut_off_fen_is_told_from_a_rounded_one(loan: Run, rounding: str, key: str) -> None:
    """CN-SIM-12: the first published figure cuts off, the second does not tell."""
    vector = BY_ID["CN-SIM-12"]
    inputs = vector["inputs"]
    found = [
        charge(loan(inputs["base"], "年 " + percent(rate), 1, multiplier=times, basis="365",
                    rounding=rounding))
        for rate, times in zip(inputs["annual_rate"], inputs["multiplier"], strict=True)
    ]  # fmt: skip
    assert found == vector["recomputed"][key]
    if key == "truncate":
        assert found == vector["expected"]["charge"]


@pytest.mark.parametrize(
    ("name", "key"),
    [("CN-REJ-01", "correct"), ("CN-REJ-02", "correct"), ("CN-REJ-08", "correct"),
     ("CN-REJ-04", "correct_365"), ("CN-REJ-04", "correct_360"), ("CN-REJ-06", "correct")],
)  # fmt: skip
def test_a_wrong_published_figure_is_not_ours(loan: Run, name: str, key: str) -> None:
    vector = BY_ID[name]
    inputs = vector["inputs"]
    days = inputs.get("days", vector["recomputed"].get("days"))
    daily = "daily_rate" in inputs
    rate = (
        ("日 " + percent(inputs["daily_rate"])) if daily else "年 " + percent(inputs["annual_rate"])
    )
    basis = "360" if key.endswith("360") else "365"
    answer = loan(inputs["principal"], rate, days, inputs.get("start", DAY), basis=basis)
    assert charge(answer) == vector["recomputed"][key]
    assert charge(answer) != vector["expected"]["published"]


def test_a_monthly_rate_times_days_is_named(loan: Run) -> None:
    """CN-REJ-04 as its formula is written: 1,500 元."""
    answer = loan("10000.00", "年 6%", 30, basis="365", claimed="11500.00")
    found = answer["gap"]["answers"][0]["choices"]
    assert [item["value"] for item in found] == ["month_for_day"]


def test_no_convention_leads_to_an_invented_figure(javascript: JavaScript) -> None:
    """CN-REJ-11: two segments, three bases, and none gives 5,103.15."""
    vector = BY_ID["CN-REJ-11"]
    segments = vector["inputs"]["segments"]
    for basis in ("360", "365"):
        found = []
        for segment in segments:
            request: Json = {
                "mode": "loan",
                "principal": "100000.00",
                "multiplier": "1",
                "due": DAY,
            }
            request |= {"rate": "年 " + percent(segment["annual_rate"]), "basis": basis}
            request |= {"as_of": after(DAY, segment["days"])}
            found.append(charge(both(javascript, request)))
        assert found == vector["recomputed"][f"basis_{basis}"]
        assert not set(found) & set(vector["expected"]["published"])
    rate = "年 " + percent(segments[0]["annual_rate"])
    request = {
        "mode": "loan",
        "principal": "100000.00",
        "due": DAY,
        "rate": rate,
        "basis": "365",
    }
    request |= {"as_of": after(DAY, 366), "multiplier": "1", "claimed": "105103.15"}
    assert both(javascript, request)["gap"]["status"] == "nearest"


CARDS = ["CN-CARD-01", "CN-CARD-02", "CN-CARD-06", "CN-CARD-07"]


def card(inputs: Json, **fields: Any) -> Json:
    statement = after(inputs["posting"], 6)
    due = inputs.get("due", inputs["paid_on"])
    request: Json = {"mode": "card", "daily_rate": "日 " + percent(inputs["daily_rate"])}
    request |= {"statement_date": statement, "due": due, "minimum_due": inputs["paid"]}
    request |= {"as_of": after(inputs["paid_on"], 1), **fields}
    request["payments"] = [{"date": inputs["paid_on"], "amount": inputs["paid"]}]
    request["purchases"] = [{"amount": inputs["purchase"], "posted": inputs["posting"]}]
    # The bill after the payment is the one the example shows.
    second = {
        "statement_date": inputs["next_statement"],
        "due": after(inputs["next_statement"], 18),
    }
    first = {"statement_date": request.pop("statement_date"), "due": request.pop("due")}
    request["statements"] = [first | {"minimum_due": request.pop("minimum_due")}, second]
    return request


@pytest.mark.parametrize("name", CARDS)
def test_card_interest_of_the_next_bill(javascript: JavaScript, name: str) -> None:
    vector = BY_ID[name]
    counted = name != "CN-CARD-01"
    answer = both(javascript, card(vector["inputs"], statement_day_counted=counted))
    bill = answer["next_statement"]
    assert bill["date"] == vector["inputs"]["next_statement"]
    assert bill["interest"] == vector["expected"]["interest"]
    assert [row["days"] for row in bill["ledger"]] == vector["expected"]["segments"]
    assert bill["late_fee"] == "0.00"


def test_the_day_of_the_bill_is_worth_45_fen(javascript: JavaScript) -> None:
    """CN-CARD-01 and 02 differ by one day on 900 元, and the conventions table says so."""
    answer = both(javascript, card(BY_ID["CN-CARD-02"]["inputs"]))
    worth = {item["field"]: item["difference"] for item in answer["conventions"]}
    assert worth["statement_day_counted"] == "-0.45"


def test_six_months_of_a_web_page(javascript: JavaScript) -> None:
    """CN-CARD-08 keeps the first base for ever; a card account lowers it with each payment."""
    vector = BY_ID["CN-CARD-08"]
    posted, found = date(2023, 5, 30), []
    for first, left, second in vector["inputs"]["months"]:
        by_hand = 100_000 * first * 5 + int(left.replace(".", "")) * second * 5
        found.append(f"{by_hand // 1_000_000}.{by_hand // 10_000 % 100:02d}")
    assert found == vector["recomputed"]["interest"]
    assert found[:5] == vector["expected"]["interest"][:5] and found[5] != "17.50"
    dues = [date(2023, month, 25) for month in range(6, 12)]
    bills = [
        {"statement_date": due.replace(day=5).isoformat(), "due": due.isoformat(),
         "minimum_due": "0"} for due in dues
    ]  # fmt: skip
    request: Json = {"mode": "card", "daily_rate": "日 0.05%", "statements": bills}
    request["purchases"] = [{"amount": "1000.00", "posted": posted.isoformat()}]
    request["payments"] = [{"date": due.isoformat(), "amount": "100.00"} for due in dues]
    request["as_of"] = "2023-12-05"
    answer = both(javascript, request)
    assert answer["ok"]
    billed = [
        row["base"] for row in answer["next_statement"]["ledger"] if row["kind"] == "interest"
    ]
    assert all(int(a.split(".")[0]) > int(b.split(".")[0]) for a, b in pairwise(billed))


def test_interest_of_a_card_starts_before_the_due_day(javascript: JavaScript) -> None:
    """CN-SIM-14: 20.00 元 from the due day on is a loan's way, not a card's."""
    inputs, published = BY_ID["CN-SIM-14"]["inputs"], BY_ID["CN-SIM-14"]["expected"]["interest"]
    request: Json = {"mode": "card", "daily_rate": "日 0.05%", "as_of": "2026-04-09"}
    request |= {"statement_date": "2026-03-16", "due": "2026-04-05", "minimum_due": "1000"}
    request["purchases"] = [{"amount": inputs["principal"], "posted": "2026-03-06"}]
    answer = both(javascript, request)
    assert answer["interest"] == "170.00" != published
    no_posting = {"amount": inputs["principal"], **request}
    del no_posting["purchases"]
    answer = both(javascript, no_posting)
    assert answer["total"] is None and answer["interest"] is None
    assert [item["field"] for item in answer["missing"]] == ["posted"]


@pytest.mark.parametrize("minimum", ["1000.00", "500.00"])
def test_five_percent_of_the_whole_balance_is_named(javascript: JavaScript, minimum: str) -> None:
    """CN-CARD-09: 10,650 on 10,000 after 30 days; by the rule 10,200 or 10,175."""
    vector = BY_ID["CN-CARD-09"]
    request: Json = {"mode": "card", "daily_rate": "日 0.05%", "as_of": "2026-04-04"}
    request |= {"statement_date": "2026-03-10", "due": "2026-03-30", "minimum_due": minimum}
    request["purchases"] = [{"amount": "10000.00", "posted": "2026-03-05"}]
    request["claimed"] = vector["expected"]["total"]
    answer = both(javascript, request)
    key = "if_min_10pct_unpaid" if minimum == "1000.00" else "if_min_5pct_unpaid"
    assert answer["total"] == vector["recomputed"][key]
    assert answer["gap"]["status"] == "explained"
    first = answer["gap"]["answers"][0]["choices"]
    assert [item["value"] for item in first] == ["on_balance"]
    assert "5%" in first[0]["label"]


def late_fee(javascript: JavaScript, minimum: str, paid: str | None, **fields: Any) -> str:
    request: Json = {"mode": "card", "daily_rate": "日 0.05%", "as_of": "2026-04-06"}
    request |= {"statement_date": "2026-03-16", "due": "2026-04-05", "minimum_due": minimum}
    request["purchases"] = [{"amount": "10000.00", "posted": "2026-03-06"}]
    if paid:
        request["payments"] = [{"date": "2026-04-05", "amount": paid}]
    return str(both(javascript, request | fields)["late_fee"])


@pytest.mark.parametrize("name", ["CN-FEE-01", "CN-FEE-03"])
def test_late_fee_on_the_unpaid_part_of_the_minimum(javascript: JavaScript, name: str) -> None:
    inputs = BY_ID[name]["inputs"]
    assert (
        late_fee(javascript, inputs["min_due"], inputs["paid"], late_fee_rate="5%")
        == BY_ID[name]["expected"]["fee"]
    )


def test_late_fee_has_a_floor(javascript: JavaScript) -> None:
    """CN-FEE-04 appears only with its base taken for the unpaid minimum and a floor of 50 元."""
    vector = BY_ID["CN-FEE-04"]
    found = [late_fee(javascript, a, None, late_fee_min="50") for a in vector["inputs"]["overdue"]]
    assert found == vector["expected"]["fee"]
    assert late_fee(javascript, "200.00", None) == "10.00"


def judgment(javascript: JavaScript, principal: str, start: str, end: str, **fields: Any) -> Json:
    request: Json = {"mode": "judgment", "judged_sum": principal, "last_day": start, "as_of": end}
    return both(javascript, request | fields)


@pytest.mark.parametrize("index", range(3))
def test_doubled_part_of_a_judgment(javascript: JavaScript, index: int) -> None:
    vector = BY_ID["CN-COURT-01"]
    days = vector["inputs"]["days"][index]
    answer = judgment(javascript, vector["inputs"]["principal"], DAY, after(DAY, days))
    assert answer["ok"] is (days < 200 or answer["ok"])
    if not answer["ok"]:
        answer = judgment(javascript, "10000.00", "2025-01-01", after("2025-01-01", days))
    assert answer["parts"]["doubled"] == vector["expected"]["interest"][index]


def test_a_year_of_the_doubled_part_has_365_days(javascript: JavaScript) -> None:
    answer = judgment(javascript, "10000.00", "2025-01-01", "2026-01-01")
    assert answer["parts"]["doubled"] == BY_ID["CN-COURT-01"]["recomputed"]["days_365"]


def test_doubled_is_not_doubled_again(javascript: JavaScript) -> None:
    """CN-REJ-10: 105 元 a month is named as the doubled part times two."""
    vector = BY_ID["CN-REJ-10"]
    answer = judgment(javascript, "10000.00", DAY, after(DAY, 30), claimed="10105.00")
    assert answer["parts"]["doubled"] == vector["recomputed"]["correct"]
    assert answer["gap"]["answers"][0]["choices"][0]["value"] == "doubled_twice"


def test_days_of_a_judgment_are_actual_days(javascript: JavaScript) -> None:
    """CN-COURT-03: 1,641 days; 30/360 gives 1,620 and is wrong."""
    vector = BY_ID["CN-COURT-03"]
    inputs, right = vector["inputs"], vector["recomputed"]
    answer = judgment(javascript, inputs["principal"], inputs["start"], inputs["end"])
    assert answer["days"] == right["days"] != vector["expected"]["published_days"]
    assert answer["parts"]["doubled"] == right["correct"] != right["rejected_interest"]
    ends = judgment(javascript, inputs["principal"], inputs["start"], inputs["end"],
                    end_points="both_ends")  # fmt: skip
    assert ends["parts"]["doubled"] == "612055.50"


@pytest.mark.parametrize(
    ("key", "fields"),
    [("interest", {}), ("interest_both", {"end_points": "both_ends"}),
     ("interest_360", {"basis": "360"})],
)  # fmt: skip
def test_basis_and_end_points(loan: Run, key: str, fields: Json) -> None:
    vector = BY_ID["CN-COURT-04"]
    answer = loan("1000000.00", "年 3%", 100, "2026-01-01", **{"basis": "365", **fields})
    assert answer["as_of"] == vector["inputs"]["end"]
    assert charge(answer) == vector["recomputed"][key]


def test_a_leap_year_has_366_days(loan: Run) -> None:
    vector = BY_ID["CN-COURT-06"]
    answer = loan("1000000.00", "年 3.65%", 366, "2024-01-01", basis="365")
    assert (answer["as_of"], answer["days"]) == (vector["inputs"]["end"], 366)
    assert charge(answer) == vector["expected"]["interest"]


def test_annual_and_daily_rates_of_each_other() -> None:
    """CN-ANN-01 to 03, rounded as far as the page that published them."""
    shown = []
    for text, basis in (("日 0.05%", 365), ("年 23.76%", 360), ("年 3%", 360)):
        rate = parse_rate(text)
        assert not isinstance(rate, str)
        daily = rate.per_day(basis)
        shown.append(annual_percent(daily) if text[0] == "日" else daily_percent(daily))
    assert shown == ["18.25%", "0.066%", "0.008333%"]
    for annual, daily_text in zip(("年 5.475%", "年 21.9%"), ("0.015%", "0.06%"), strict=True):
        rate = parse_rate(annual)
        assert not isinstance(rate, str)
        assert daily_percent(rate.per_day(365)) == daily_text
    rate = parse_rate("日 0.0495%")
    assert not isinstance(rate, str)
    # ×360 explains the published 17.8 %; ours is always × 365.
    assert annual_percent(rate.per_day(365)) == "18.0675%"
    assert daily_percent(rate.per_day(365) * 360) == "17.82%"


@pytest.mark.parametrize("name", ["INT-US-01", "INT-US-04", "INT-UK-03", "INT-US-03"])
def test_official_examples_abroad(loan: Run, name: str) -> None:
    vector = BY_ID[name]
    inputs, right = vector["inputs"], vector["recomputed"]
    start = inputs.get("due", DAY)
    days = inputs.get("days") or vector["expected"]["days"]
    rate, basis = "年 " + percent(inputs["annual_rate"]), str(inputs["year_basis"])
    fee = {"fee": inputs["fixed_fee"]} if "fixed_fee" in inputs else {}
    answer = loan(inputs["principal"], rate, days, start, basis=basis, **fee)
    assert answer["as_of"] == inputs.get("paid", answer["as_of"])
    assert charge(answer) == right.get("interest", right.get("exact"))
    if fee:
        assert answer["total"] == right["total"]
    if name == "INT-US-03":
        assert charge(answer) != vector["expected"]["interest"]


def test_amounts_of_a_day_rounded_first(loan: Run) -> None:
    vector = BY_ID["INT-UK-01"]
    answer = loan("5000.00", "年 12.25%", 101, basis="365", rounding="daily", fee="70.00")
    assert charge(answer) == vector["expected"]["interest"]
    assert answer["total"] == "5239.68" and answer["per_day"] == vector["expected"]["per_day"]
    exact = loan("5000.00", "年 12.25%", 101, basis="365")
    assert charge(exact) == vector["recomputed"]["interest_exact"]


@pytest.mark.parametrize(
    ("rounding", "key"),
    [("daily_truncated", "truncated"), ("daily", "half_up"), ("exact", "exact")],
)
def test_three_ways_to_round(loan: Run, rounding: str, key: str) -> None:
    vector = BY_ID["INT-UK-05"]
    answer = loan("3000.00", "年 8%", 100, "1996-09-22", basis="365", rounding=rounding)
    assert answer["as_of"] == vector["inputs"]["end"]
    assert charge(answer) == vector["recomputed"][key]


@pytest.mark.parametrize("index", range(2))
def test_grace_reaches_back(javascript: JavaScript, index: int) -> None:
    vector = BY_ID["INT-ORC-01"]
    inputs, expected = vector["inputs"], vector["expected"]
    paid = inputs["pay_dates"][index]
    request: Json = {"mode": "loan", "principal": "1000.00", "rate": "日 0.05%", "multiplier": "1"}
    request |= {"due": inputs["due"], "grace_days": str(inputs["grace_days"]), "as_of": paid}
    answer = both(javascript, request)
    rows = answer["ledger"]
    assert bool(rows) is expected["penalised"][index]
    assert (rows[0]["from"] if rows else None) == expected["penalty_start"][index]
    if rows:
        assert sum(row["days"] for row in rows) == vector["recomputed"]["penalty_days_for_second"]


COVERED = {vector["id"] for vector in VECTORS} - {
    "CN-REJ-12", "CN-REJ-14", "CN-AMO-01", "CN-AMO-03", "CN-AMO-04", "CN-AMO-06", "CN-COURT-07",
    "CN-IRR-01", "CN-IRR-03",
}  # fmt: skip
