"""Hypothesis strategies for valid requests of every mode, and requests by hand."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

Json = dict[str, Any]
START = date(2020, 8, 20)


def iso(day: date) -> str:
    return day.isoformat()


def after(day: str, days: int) -> str:
    return iso(date.fromisoformat(day) + timedelta(days=days))


def written(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def optional(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Json]:
    """Any part of the fields, each with its strategy."""
    return st.fixed_dictionaries({}, optional=fields)


amounts = st.integers(1, 2_000_000).map(written) | st.sampled_from(
    ["0.01", "10000", "99999999.99", "1000", "333.33"]
)
days = st.dates(START, date(2026, 9, 20)).map(iso)
spans = st.integers(0, 400) | st.sampled_from([0, 1, 28, 29, 30, 31, 365, 366, 1500])


@st.composite
def rates(draw: st.DrawFn, units: str = "日月年") -> str:
    unit = draw(st.sampled_from(units))
    if unit == "日" and draw(st.booleans()):
        return f"日 万分之{draw(st.integers(0, 60))}.{draw(st.integers(0, 99)):02d}"
    top = {"日": 9_000, "月": 200_000, "年": 990_000}[unit]
    value = draw(st.integers(0, top))
    return f"{unit} {value // 10_000}.{value % 10_000:04d}%"


@st.composite
def payments(draw: st.DrawFn, first: str, length: int) -> list[Json]:
    found = draw(st.lists(st.tuples(st.integers(0, length), amounts), max_size=4))
    return [{"date": after(first, day), "amount": amount} for day, amount in found]


@st.composite
def loans(draw: st.DrawFn) -> Json:
    """A valid loan request with any of its options."""
    due, length = draw(days), draw(spans)
    request: Json = {"mode": "loan", "rate": draw(rates())}
    dues = [due]
    if draw(st.booleans()):
        request |= {"principal": draw(amounts), "due": due}
        request |= draw(optional(interest=amounts))
    else:
        gaps = draw(st.lists(st.integers(0, 62), min_size=1, max_size=4))
        for gap in gaps:
            dues.append(after(dues[-1], gap))
        request["instalments"] = [
            {"due": day, "principal": draw(amounts), **draw(optional(interest=amounts))}
            for day in dues
        ]
    as_of = after(dues[-1], length)
    whole = (date.fromisoformat(as_of) - date.fromisoformat(due)).days
    request |= {"as_of": as_of, "basis": draw(st.sampled_from(["360", "365"]))}
    request |= draw(_loan_options)
    if draw(st.booleans()):
        request["payments"] = draw(payments(due, whole))
    if draw(st.booleans()):
        request["remaining"] = draw(amounts)
        if draw(st.booleans()):
            request["accelerated_on"] = after(dues[-1], draw(st.integers(0, length)))
            request["base"] = "accelerated"
    if (
        request.get("base") == "overdue_with_interest"
        and request.get("compounding") == "on_interest"
    ):
        del request["compounding"]
    if "multiplier" in request:
        request.pop("penalty_rate", None)
    return request


_loan_options = optional(
    multiplier=st.sampled_from(["1", "1.3", "1.5", "1.50", "2.25"]),
    penalty_rate=rates(),
    base=st.sampled_from(["overdue", "overdue_with_interest"]),
    compounding=st.sampled_from(["none", "on_interest", "monthly"]),
    rounding=st.sampled_from(["exact", "daily", "daily_truncated"]),
    end_points=st.sampled_from(["difference", "both_ends"]),
    allocation=st.sampled_from(["interest_first", "principal_first"]),
    grace_days=st.integers(0, 12).map(str),
    grace_retroactive=st.booleans(),
    fee=amounts,
)


@st.composite
def cards(draw: st.DrawFn) -> Json:
    """A valid card request: one or several bills, purchases, cash advances, payments."""
    statement = draw(days)
    due = after(statement, draw(st.integers(1, 25)))
    length = draw(spans)
    first = after(statement, -draw(st.integers(0, 40)))
    as_of = after(statement, length)
    bill: Json = {"statement_date": statement, "due": due} | draw(optional(minimum_due=amounts))
    request: Json = {"mode": "card", "daily_rate": draw(rates("日")), "as_of": as_of}
    if draw(st.booleans()):
        request |= bill
    else:
        later = after(due, draw(st.integers(1, 12)))
        end = after(later, draw(st.integers(1, 25)))
        second = {"statement_date": later, "due": end} | draw(optional(minimum_due=amounts))
        request["statements"] = [bill, second]
    span = (date.fromisoformat(as_of) - date.fromisoformat(first)).days
    if draw(st.integers(0, 3)):
        posted = [first] + [after(first, draw(st.integers(0, span))) for _ in range(2)]
        request["purchases"] = [{"amount": draw(amounts), "posted": day} for day in posted]
        if draw(st.booleans()):
            day = after(first, draw(st.integers(0, span)))
            request["cash_advances"] = [{"amount": draw(amounts), "posted": day}]
    else:
        request |= {"amount": draw(amounts)} | draw(optional(posted=st.just(first)))
        first = request.get("posted", statement)
        span = (date.fromisoformat(as_of) - date.fromisoformat(first)).days
    if draw(st.booleans()):
        request["payments"] = draw(payments(first, span))
    return request | draw(_card_options)


_card_options = optional(
    late_fee_rate=st.sampled_from(["5%", "0%", "4.5%"]),
    late_fee_min=st.sampled_from(["0", "10", "20"]),
    late_fee_max=st.sampled_from(["500", "20"]),
    tolerance_days=st.integers(0, 4).map(str),
    tolerance_amount=st.sampled_from(["10", "0", "100"]),
    statement_day_counted=st.booleans(),
    interest_on=st.sampled_from(["full", "unpaid"]),
    compounding=st.sampled_from(["monthly", "none"]),
    allocation=st.sampled_from(["interest_first", "principal_first_after_90"]),
)


@st.composite
def private_loans(draw: st.DrawFn) -> Json:
    """A valid request of a loan between private parties."""
    arrived, length = draw(days), draw(spans)
    request: Json = {"mode": "private", "arrived_on": arrived, "amount_arrived": draw(amounts)}
    request["as_of"] = after(arrived, length)
    request |= draw(_private_options)
    if draw(st.booleans()):
        due = date.fromisoformat(after(arrived, draw(st.integers(0, length + 30))))
        # With nothing agreed the rate of the first overdue day must be in the checked table.
        request["due"] = iso(min(due, date(2026, 9, 19)))
        request["due"] = max(request["due"], arrived)
    if request.get("due", arrived) > "2026-09-19":
        request["agreed_rate"] = "年 10%"
    if draw(st.booleans()):
        request["payments"] = draw(payments(arrived, length))
    return request


_private_options = optional(
    agreed_rate=rates(),
    overdue_rate=rates(),
    overdue_fee=amounts,
    amount_written=amounts,
    basis=st.sampled_from(["360", "365"]),
    end_points=st.sampled_from(["difference", "both_ends"]),
    allocation=st.sampled_from(["interest_first", "principal_first"]),
)


@st.composite
def judgments(draw: st.DrawFn) -> Json:
    """A valid request after a judgment; days stay within the checked table."""
    last_day = iso(draw(st.dates(date(2014, 8, 1), date(2026, 9, 20))))
    room = (date(2026, 11, 24) - date.fromisoformat(last_day)).days
    length = min(draw(spans), room)
    as_of = after(last_day, length)
    request: Json = {"mode": "judgment", "as_of": as_of}
    if draw(st.booleans()):
        request |= {"judged_sum": draw(amounts), "last_day": last_day}
    else:
        later = [after(last_day, draw(st.integers(0, length + 40))) for _ in range(2)]
        request["instalments"] = [
            {"last_day": day, "amount": draw(amounts)} for day in [last_day, *later]
        ]
    if draw(st.booleans()):
        start = after(last_day, draw(st.integers(-300, length)))
        request |= {"running_rate": draw(rates()), "running_from": min(start, as_of)}
        request |= draw(optional(running_base=amounts))
        request["basis"] = draw(st.sampled_from(["360", "365"]))
    if draw(st.booleans()):
        starts = draw(st.lists(st.integers(-5, length), max_size=3))
        request["excluded"] = [
            {"from": after(last_day, day), "to": after(last_day, day + draw(st.integers(0, 40)))}
            for day in starts
        ]
    if draw(st.booleans()):
        request["payments"] = draw(payments(last_day, length))
    return request | draw(_judgment_options)


_judgment_options = optional(
    ordinary_interest=amounts,
    end_points=st.sampled_from(["difference", "both_ends"]),
    allocation=st.sampled_from(["interest_first", "principal_first"]),
)


@st.composite
def _claiming(draw: st.DrawFn, requests: st.SearchStrategy[Json]) -> Json:
    """One in eight names what the other side claims: the gap finder computes hundreds of times."""
    request = draw(requests)
    return request | {"claimed": draw(amounts)} if draw(st.integers(0, 7)) == 7 else request


MODES = {
    "loan": _claiming(loans()),
    "card": _claiming(cards()),
    "private": _claiming(private_loans()),
    "judgment": _claiming(judgments()),
}
