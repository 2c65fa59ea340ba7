"""What a reader would check by hand, and rules that hold whatever the numbers."""

import json
from typing import Any

import pytest

from .engines import JavaScript, both
from .requests import Json, after

INSTALMENTS = [
    {"due": "2026-03-05", "principal": "1000.00", "interest": "30.00"},
    {"due": "2026-04-05", "principal": "1000.00", "interest": "20.00"},
    {"due": "2026-05-05", "principal": "1000.00", "interest": "10.00"},
]


def test_three_missed_instalments_equal_the_sum_by_hand(javascript: JavaScript) -> None:
    """92, 61 and 31 days at 0.075 % a day on 1,000 元 each, and 60 元 of interest."""
    request: Json = {"mode": "loan", "rate": "日 0.05%", "multiplier": "1.5", "as_of": "2026-06-05"}
    answer = both(javascript, request | {"instalments": INSTALMENTS})
    assert [item["days"] for item in answer["instalments"]] == [92, 61, 31]
    assert answer["parts"]["penalty"] == "138.00"  # 69.00 + 45.75 + 23.25
    assert answer["total"] == "3198.00"
    assert [(row["days"], row["base"]) for row in answer["ledger"]] == [
        (31, "1000.00"), (30, "2000.00"), (31, "3000.00"),
    ]  # fmt: skip
    assert answer["per_day"] == "2.25"
    assert answer["rates"]["penalty_daily"] == "0.075%"
    assert answer["rates"]["penalty_annual"] == "27.375%"


def test_ordinary_interest_is_not_doubled(javascript: JavaScript) -> None:
    """10,000 plus 2,000 of ordinary interest: 1.75 a day, not 2.10."""
    request: Json = {"mode": "judgment", "judged_sum": "10000", "ordinary_interest": "2000"}
    request |= {"last_day": "2026-03-05", "as_of": "2026-04-04"}
    answer = both(javascript, request)
    assert answer["doubled_per_day"] == "1.75"
    assert answer["parts"] == {"judged": "10000.00", "ordinary": "2000.00", "doubled": "52.50"}
    wrong = both(javascript, request | {"claimed": "12063.00"})
    assert wrong["gap"]["answers"][0]["choices"][0]["value"] == "on_everything"


CARD: Json = {
    "mode": "card", "daily_rate": "日 0.05%", "statement_date": "2026-03-16", "due": "2026-04-05",
    "minimum_due": "100", "as_of": "2026-04-12",
    "purchases": [{"amount": "1000.00", "posted": "2026-03-06"}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("paid", "day", "free"),
    [("992", 0, True), ("990", 0, True), ("989.99", 0, False), ("992", 3, True),
     ("992", 4, False), ("1000", 3, True), ("1000", 4, False)],
)  # fmt: skip
def test_a_small_gap_or_a_few_days_cost_nothing(
    javascript: JavaScript, paid: str, day: int, free: bool
) -> None:
    """8 元 short with 10 元 of tolerance, 3 days late with 3 days of it: charged nothing."""
    request = CARD | {"payments": [{"date": after(CARD["due"], day), "amount": paid}]}
    answer = both(javascript, request | {"tolerance_amount": "10", "tolerance_days": "3"})
    nothing = answer["interest"] == "0.00" and answer["late_fee"] == "0.00"
    assert nothing is free
    if free:
        left = f"{1000 - int(paid)}.00"
        assert answer["total"] == left


def test_a_claim_of_5_percent_of_everything_is_named(javascript: JavaScript) -> None:
    request: Json = {"mode": "loan", "principal": "10000", "rate": "日 0.05%", "due": "2026-03-05"}
    request |= {"as_of": "2026-04-04", "claimed": "10650"}
    for multiplier in ({}, {"multiplier": "1"}):
        gap = both(javascript, request | multiplier)["gap"]
        assert gap["status"] == "explained"
        values = [choice["value"] for choice in gap["answers"][0]["choices"]]
        assert "on_balance" in values
        assert "不等于合同这样约定" in gap["text"] and gap["paper"]


def test_stacked_rates_are_named(javascript: JavaScript) -> None:
    request: Json = {"mode": "loan", "principal": "10000", "rate": "日 0.05%", "due": "2026-03-05"}
    request |= {"as_of": "2026-04-04", "multiplier": "1.5", "claimed": "10375"}
    gap = both(javascript, request)["gap"]
    assert [[c["value"] for c in a["choices"]] for a in gap["answers"]] == [["stacked"]]


def test_an_unexplained_claim_gets_the_nearest_three(javascript: JavaScript) -> None:
    request: Json = {"mode": "loan", "principal": "10000", "rate": "日 0.05%", "due": "2026-03-05"}
    request |= {"as_of": "2026-04-04", "claimed": "12345.67"}
    gap = both(javascript, request)["gap"]
    assert gap["status"] == "nearest" and len(gap["answers"]) == 3
    assert gap["difference"] == "2120.67"
    same = both(javascript, request | {"claimed": "10225.00"})["gap"]
    assert same["status"] == "same" and same["answers"] == []


def test_the_gap_finder_works_in_pieces(javascript: JavaScript) -> None:
    request: Json = {"mode": "loan", "principal": "10000", "rate": "日 0.05%", "due": "2026-03-05"}
    request |= {"as_of": "2026-04-04", "claimed": "10650"}
    whole = both(javascript, request)["gap"]
    javascript.context.eval(f"const work = gapSearch({request!r}, TABLES); let rounds = 1;")
    javascript.context.eval("while (!work.step(7)) rounds += 1;")
    assert javascript.run("work.answer()") == whole
    assert javascript.run("[rounds, work.size]") == [-(-whole["tried"] // 7), whole["tried"]]
    broken: list[Any] = [
        {"mode": "loan"},
        {"mode": "toString"},
        None,
        [],
        request | {"claimed": "x"},
    ]
    for wrong in broken:
        text = json.dumps(wrong)
        assert javascript.run(f"gapSearch({text}, TABLES)") is None
    del request["claimed"]
    assert javascript.run(f"gapSearch({json.dumps(request)}, TABLES)") is None


def private(**fields: Any) -> Json:
    request: Json = {"mode": "private", "amount_arrived": "9500", "arrived_on": "2025-06-01"}
    request |= {"due": "2026-06-01", "as_of": "2026-06-01"}
    return request | fields


def test_a_private_loan_is_held_to_four_times_the_lpr(javascript: JavaScript) -> None:
    """3.00 % when the money arrived: 12 % a year on the 9,500 元 that did arrive."""
    answer = both(javascript, private(agreed_rate="年 24%", amount_written="10000"))
    assert answer["rates"]["cap"] == "年 12%"
    assert (answer["agreed"], answer["at_cap"], answer["lower"], answer["difference"]) == (
        "11780.00", "10640.00", "10640.00", "1140.00",
    )  # fmt: skip
    assert any("500.00" in note["text"] for note in answer["notes"])
    written = both(
        javascript, private(agreed_rate="年 24%", amount_written="10000", claimed="12400")
    )
    assert written["gap"]["answers"][0]["choices"][0]["value"] == "on_written"


def test_a_low_rate_in_the_term_makes_no_room_after_it(javascript: JavaScript) -> None:
    answer = both(javascript, private(overdue_rate="年 36%", as_of="2027-06-01"))
    assert (answer["agreed"], answer["at_cap"]) == ("12920.00", "11780.00")
    assert answer["each_period"] == "10640.00"
    assert any(note["code"] == "private_periods" for note in answer["notes"])


def test_nothing_agreed_means_the_lpr_of_the_day(javascript: JavaScript) -> None:
    answer = both(javascript, private(as_of="2027-06-01"))
    assert answer["parts"]["interest"] == "0.00"
    assert answer["parts"]["overdue_interest"] == "285.00"


@pytest.mark.parametrize(
    ("request_", "field", "code"),
    [
        (private(arrived_on="2020-08-19"), "arrived_on", "private_old"),
        (private(arrived_on="2026-09-21", due="2026-10-01", as_of="2026-10-01"), "arrived_on",
         "lpr_stale"),
        (private(due="2026-09-20", as_of="2026-10-01"), "due", "lpr_stale"),
        ({"mode": "judgment", "judged_sum": "1", "last_day": "2014-07-31", "as_of": "2015-01-01"},
         "last_day", "judgment_old"),
        ({"mode": "judgment", "judged_sum": "1", "last_day": "2026-07-31", "as_of": "2026-11-25"},
         "as_of", "judgment_stale"),
    ],
)  # fmt: skip
def test_other_rules_and_unchecked_days_stop_with_the_reason(
    javascript: JavaScript, request_: Json, field: str, code: str
) -> None:
    answer = both(javascript, request_)
    assert [(e["field"], e["code"]) for e in answer["errors"]] == [(field, code)]


def test_first_and_last_days_of_the_tables_are_taken(javascript: JavaScript) -> None:
    day = {"arrived_on": "2020-08-20", "due": "2021-08-20", "as_of": "2021-08-20"}
    assert both(javascript, private(**day))["rates"]["cap"] == "年 15.4%"
    last = {"arrived_on": "2026-09-20", "due": "2026-10-01", "as_of": "2026-10-01"}
    assert both(javascript, private(**last))["ok"]
    request: Json = {"mode": "judgment", "judged_sum": "1", "last_day": "2014-08-01"}
    assert both(javascript, request | {"as_of": "2026-11-24"})["ok"]


def test_payments_after_a_judgment_settle_the_judged_debt_first(javascript: JavaScript) -> None:
    request: Json = {"mode": "judgment", "judged_sum": "10000", "last_day": "2026-03-05"}
    request |= {"as_of": "2026-05-04", "payments": [{"date": "2026-04-04", "amount": "4000"}]}
    answer = both(javascript, request)
    assert answer["parts"] == {"judged": "6000.00", "ordinary": "0.00", "doubled": "84.00"}
    paid = both(javascript, request | {"payments": [{"date": "2026-04-04", "amount": "10060"}]})
    assert paid["parts"]["doubled"] == "0.00" and paid["surplus"] == "7.50"


def test_excluded_days_stop_only_the_doubled_part(javascript: JavaScript) -> None:
    request: Json = {"mode": "judgment", "judged_sum": "10000", "last_day": "2026-03-05"}
    request |= {"as_of": "2026-04-04", "running_rate": "日 0.05%", "running_from": "2026-03-05"}
    request["excluded"] = [{"from": "2026-03-06", "to": "2026-03-15"},
                           {"from": "2026-03-10", "to": "2026-03-20"}]  # fmt: skip
    answer = both(javascript, request)
    assert answer["parts"]["doubled"] == "26.25"  # 15 of 30 days
    assert answer["parts"]["ordinary"] == "150.00"


def test_each_part_of_a_judgment_has_its_own_day(javascript: JavaScript) -> None:
    request: Json = {"mode": "judgment", "as_of": "2026-04-04"}
    request["instalments"] = [{"last_day": "2026-03-05", "amount": "10000"},
                              {"last_day": "2026-03-25", "amount": "5000"},
                              {"last_day": "2026-05-05", "amount": "5000"}]  # fmt: skip
    answer = both(javascript, request)
    assert answer["parts"] == {"judged": "20000.00", "ordinary": "0.00", "doubled": "61.25"}
    assert answer["doubled_per_day"] == "2.63"


def loan(**fields: Any) -> Json:
    request: Json = {"mode": "loan", "principal": "10000", "rate": "日 0.05%", "multiplier": "1"}
    return request | {"due": "2026-03-05", "as_of": "2026-04-04"} | fields


def test_acceleration_penalises_the_rest_only_from_its_day(javascript: JavaScript) -> None:
    called = loan(remaining="20000", accelerated_on="2026-03-25", base="accelerated",
                  multiplier="1.5")  # fmt: skip
    answer = both(javascript, called)
    # 20 days at the contract rate on 20,000 first: 200; then 10 days of penalty on it: 150.
    assert answer["parts"]["interest"] == "200.00"
    assert answer["parts"]["penalty"] == "375.00"
    assert answer["parts"]["principal"] == "30000.00" and answer["arrears"] is None
    plain = both(javascript, loan(remaining="20000", multiplier="1.5"))
    assert plain["parts"]["interest"] == "300.00" and plain["parts"]["penalty"] == "225.00"
    assert plain["arrears"] == "10225.00" and plain["total"] == "30525.00"


def test_interest_on_interest_is_on_the_interest_only(javascript: JavaScript) -> None:
    answer = both(javascript, loan(interest="100", compounding="on_interest"))
    assert answer["parts"]["compound"] == "1.50" and answer["parts"]["penalty"] == "150.00"
    based = both(javascript, loan(interest="100", base="overdue_with_interest"))
    assert based["parts"]["penalty"] == "151.50"
    twice = loan(interest="100", base="overdue_with_interest", compounding="on_interest")
    assert both(javascript, twice)["errors"][0]["code"] == "interest_twice"


def test_monthly_compounding_clamps_to_the_end_of_the_month(javascript: JavaScript) -> None:
    """Due on 31 January: capitalised on 28 February and 31 March, not on the 3rd."""
    request = loan(due="2026-01-31", as_of="2026-04-01", compounding="monthly")
    answer = both(javascript, request)
    rows = [(r["from"], r["base"]) for r in answer["ledger"] if r["kind"] == "compound"]
    assert rows == [("2026-03-01", "140.00"), ("2026-04-01", "297.17")]
    assert answer["parts"]["compound"] == "2.32"  # 31 × 0.07 + 0.148585


def test_payments_follow_the_order_of_the_law_or_the_contract(javascript: JavaScript) -> None:
    paid = [{"date": "2026-03-25", "amount": "1000"}]
    request = loan(interest="50", fee="20", payments=paid)
    first = both(javascript, request)
    # 20 fee, 50 interest, 100 penalty, 830 principal.
    assert first["parts"]["principal"] == "9170.00" and first["parts"]["fee"] == "0.00"
    assert first["parts"]["penalty"] == "45.85"
    other = both(javascript, request | {"allocation": "principal_first"})
    assert other["parts"]["principal"] == "9000.00" and other["parts"]["penalty"] == "145.00"
    worth = {(c["field"], c["value"]): c["difference"] for c in first["conventions"]}
    assert worth["allocation", "principal_first"] == "-0.85"


def test_too_much_paid_is_shown(javascript: JavaScript) -> None:
    answer = both(javascript, loan(payments=[{"date": "2026-03-15", "amount": "10060"}]))
    assert answer["total"] == "0.00" and answer["surplus"] == "10.00" and answer["days"] == 0


def test_within_grace_nothing_is_charged(javascript: JavaScript) -> None:
    inside = loan(grace_days="3", as_of="2026-03-08", fee="20")
    answer = both(javascript, inside)
    assert answer["total"] == "10000.00" and answer["grace_until"] == "2026-03-08"
    assert answer["per_day"] == "5.00"
    outside = both(javascript, inside | {"as_of": "2026-03-09"})
    assert outside["total"] == "10040.00" and outside["grace_until"] is None
    later = both(javascript, inside | {"as_of": "2026-03-09", "grace_retroactive": False})
    assert later["total"] == "10025.00"
    paid = [{"date": "2026-03-08", "amount": "10000"}]
    settled = both(javascript, inside | {"as_of": "2026-04-04", "payments": paid})
    assert settled["total"] == "0.00" and settled["ledger"] == []
    part = [{"date": "2026-03-08", "amount": "4000"}]
    rest = both(javascript, inside | {"as_of": "2026-03-10", "payments": part})
    assert rest["parts"]["penalty"] == "21.00"  # 3 days on 10,000, 2 on 6,000


def test_the_reference_line_is_24_percent_over_365(javascript: JavaScript) -> None:
    answer = both(javascript, loan(multiplier="1.5", fee="30"))
    line = answer["reference"]
    assert (line["amount"], line["charged"], line["over"]) == ("197.26", "255.00", "57.74")
    assert "请求法院调减" in line["text"] and line["basis"] == "365"
    stale = both(javascript, loan(as_of="2026-11-25"))["reference"]
    assert stale["amount"] is None and "2026-11-24" in stale["text"]
    assert "没有 24%" in both(javascript, CARD)["reference"]["text"]


def test_rounding_of_parts_is_explained_when_it_shows(javascript: JavaScript) -> None:
    request = loan(
        principal="10.10", interest="9.90", compounding="on_interest", as_of="2026-03-06"
    )
    answer = both(javascript, request)
    assert answer["parts"]["penalty"] == "0.01" and answer["parts"]["compound"] == "0.00"
    assert answer["rounding_gap"] == "0.00"
    request["principal"] = "9.90"
    answer = both(javascript, request)
    assert answer["total"] == "19.81" and answer["rounding_gap"] == "0.01"
    assert any(note["code"] == "rounding_gap" for note in answer["notes"])


def test_the_claim_may_be_only_what_is_due(javascript: JavaScript) -> None:
    """Bringing the loan up to date, or 5 % of everything that is still owed."""
    request = loan(remaining="20000", multiplier="1.5", claimed="10225.00")
    gap = both(javascript, request)["gap"]
    assert [[c["value"] for c in a["choices"]] for a in gap["answers"]] == [["arrears"]]
    whole = both(javascript, request | {"claimed": "32025.00"})["gap"]
    assert [[c["value"] for c in a["choices"]] for a in whole["answers"]] == [["on_balance"]]
    settled = loan(remaining="20000", payments=[{"date": "2026-03-05", "amount": "30000"}])
    answer = both(javascript, settled | {"claimed": "5"})
    assert answer["total"] == answer["arrears"] == "0.00"
    assert answer["gap"]["answers"][0]["total"] == "0.00"


def test_a_capped_fee_fills_only_the_room_that_is_left(javascript: JavaScript) -> None:
    """10 % agreed under a cap of 12 %: of a fee of 500 the overdue year has room for 190."""
    request = private(overdue_rate="年 10%", overdue_fee="500", as_of="2027-06-01")
    answer = both(javascript, request)
    assert (answer["agreed"], answer["at_cap"]) == ("10950.00", "11780.00")
    assert answer["each_period"] == "10640.00"
    little = both(javascript, request | {"overdue_fee": "100"})
    assert little["each_period"] == little["agreed"] == "10550.00"


def test_the_first_of_several_days_of_grace_counts(javascript: JavaScript) -> None:
    request: Json = {"mode": "loan", "rate": "日 0.05%", "as_of": "2026-04-06", "grace_days": "9"}
    request["instalments"] = [{"due": "2026-04-01", "principal": "1000.00"},
                              {"due": "2026-04-05", "principal": "1000.00"}]  # fmt: skip
    assert both(javascript, request)["grace_until"] == "2026-04-10"


def test_paid_interest_no_longer_bears_interest(javascript: JavaScript) -> None:
    """Due on 5 January; on 5 March 25.65 元 is unpaid and capitalised, 25.65 of it then paid."""
    request = loan(principal="1000", due="2026-01-05", as_of="2026-04-05", compounding="monthly")
    request["payments"] = [{"date": "2026-03-05", "amount": "20.00"}]
    answer = both(javascript, request)
    rows = [(r["from"], r["base"], r["days"]) for r in answer["ledger"] if r["kind"] == "compound"]
    assert rows == [("2026-02-06", "15.50", 28), ("2026-03-06", "9.71", 31)]
    later = both(javascript, request | {"payments": [{"date": "2026-03-15", "amount": "29.00"}]})
    bases = [r["base"] for r in later["ledger"] if r["kind"] == "compound"]
    assert bases == ["15.50", "29.71", "0.71"]


def test_interest_in_its_grace_bears_none_and_releases_none(javascript: JavaScript) -> None:
    request: Json = {"mode": "loan", "rate": "日 0.05%", "multiplier": "1", "grace_days": "5",
                     "compounding": "monthly", "as_of": "2026-03-20"}  # fmt: skip
    request["instalments"] = [
        {"due": "2026-01-05", "principal": "1000.00"},
        {"due": "2026-03-04", "principal": "1000.00", "interest": "50.00"},
    ]
    request["payments"] = [{"date": "2026-03-06", "amount": "40.00"}]
    rows = [(r["from"], r["base"]) for r in both(javascript, request)["ledger"]
            if r["kind"] == "compound"]  # fmt: skip
    assert rows == [("2026-02-06", "15.50"), ("2026-03-06", "29.71")]


@pytest.mark.parametrize(
    ("day", "principal"), [("2026-07-04", "0.00"), ("2026-07-05", "99.99")],
)  # fmt: skip
def test_from_day_91_principal_first_explains_a_bill(
    javascript: JavaScript, day: str, principal: str
) -> None:
    request = CARD | {
        "as_of": "2026-07-10",
        "compounding": "none",
        "allocation": "principal_first_after_90",
    }
    answer = both(javascript, request | {"payments": [{"date": day, "amount": "900.01"}]})
    paid_interest = answer["parts"]["interest"] != answer["interest"]
    assert paid_interest is (day == "2026-07-04")
    if not paid_interest:
        assert answer["parts"]["principal"] == principal


def test_what_is_paid_off_leaves_no_empty_rows(javascript: JavaScript) -> None:
    request = CARD | {"payments": [{"date": "2026-03-20", "amount": "100"}]}
    request["purchases"] = [{"amount": "100", "posted": "2026-03-06"},
                            {"amount": "1000", "posted": "2026-03-07"}]  # fmt: skip
    answer = both(javascript, request)
    assert answer["interest"] != "0.00"
    assert all(row["base"] != "0.00" for row in answer["ledger"])


def test_a_bill_still_open_on_the_next_statement_is_not_decided_by_it(
    javascript: JavaScript,
) -> None:
    request: Json = {"mode": "card", "daily_rate": "日 0.05%", "as_of": "2026-04-06",
                     "tolerance_days": "1", "late_fee_rate": "5%"}  # fmt: skip
    request["statements"] = [
        {"statement_date": "2026-03-16", "due": "2026-04-05", "minimum_due": "100"},
        {"statement_date": "2026-04-06", "due": "2026-04-25", "minimum_due": "100"},
    ]
    request["purchases"] = CARD["purchases"]
    answer = both(javascript, request)
    assert answer["next_statement"]["date"] == "2026-04-06"
    assert answer["next_statement"]["interest"] == "0.00"
    assert both(javascript, request | {"as_of": "2026-04-07"})["late_fee"] == "5.00"


@pytest.mark.parametrize(
    ("paid", "free"), [("989.99", "2026-04-05"), ("990", None), ("1000", None)],
)  # fmt: skip
def test_the_last_free_day_is_named_while_the_bill_is_open(
    javascript: JavaScript, paid: str, free: str | None
) -> None:
    request = CARD | {"as_of": "2026-04-01", "tolerance_amount": "10"}
    assert both(javascript, request)["free_until"] == "2026-04-05"
    answer = both(javascript, request | {"payments": [{"date": "2026-03-20", "amount": paid}]})
    assert answer["free_until"] == free


@pytest.mark.parametrize(
    ("change", "free"),
    [
        ({}, None),
        ({"purchases": [*CARD["purchases"], {"amount": "50", "posted": "2026-04-20"}]}, "2026-06-05"),
        ({"purchases": [*CARD["purchases"], {"amount": "50", "posted": "2026-05-16"}]}, "2026-06-05"),
        ({"purchases": [*CARD["purchases"], {"amount": "50", "posted": "2026-05-16"}],
          "as_of": "2026-05-16", "statement_day_counted": False}, "2026-06-05"),
        ({"purchases": [*CARD["purchases"], {"amount": "50", "posted": "2026-05-18"}]}, None),
    ],
)  # fmt: skip
def test_no_day_is_called_free_once_all_of_a_bill_bears_interest(
    javascript: JavaScript, change: Json, free: str | None
) -> None:
    """The next bill has interest in it; to pay that in time keeps no interest away."""
    answer = both(javascript, CARD | {"as_of": "2026-05-20"} | change)
    assert answer["free_until"] == free
    assert any(note["code"] == "card_free" for note in answer["notes"]) == (free is not None)


def test_a_part_due_tomorrow_is_not_late_tomorrow(javascript: JavaScript) -> None:
    request: Json = {"mode": "judgment", "as_of": "2026-04-04", "end_points": "both_ends"}
    request["instalments"] = [{"last_day": "2026-03-05", "amount": "10000"},
                              {"last_day": "2026-04-05", "amount": "10000"}]  # fmt: skip
    assert both(javascript, request)["doubled_per_day"] == "1.75"
    assert both(javascript, request | {"as_of": "2026-04-05"})["doubled_per_day"] == "3.50"


def test_paid_compound_interest_no_longer_bears_interest_either(javascript: JavaScript) -> None:
    request = loan(principal="1000", due="2025-01-05", as_of="2026-02-05", compounding="monthly")
    request["payments"] = [{"date": "2026-01-06", "amount": "187.50"}]
    rows = [row for row in both(javascript, request)["ledger"] if row["kind"] == "compound"]
    before, after_ = (int(row["base"].replace(".", "")) for row in rows[-2:])
    assert rows[-1]["from"] == "2026-01-07"
    assert before - after_ == 18750


def test_a_note_of_what_arrived_is_no_mistake_to_try(javascript: JavaScript) -> None:
    """Only a note above what arrived can have been computed with instead."""
    request: Json = {"mode": "private", "amount_arrived": "9000", "arrived_on": "2025-06-01"}
    request |= {"as_of": "2026-08-01", "agreed_rate": "年 12%", "claimed": "12345.67"}
    tried = both(javascript, request)["gap"]["tried"]
    assert both(javascript, request | {"amount_written": "9000"})["gap"]["tried"] == tried
    assert both(javascript, request | {"amount_written": "9000.01"})["gap"]["tried"] > tried
