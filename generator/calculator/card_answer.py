"""``card`` 信用卡: from the fields of a request to the answer."""

from itertools import pairwise

from .answer import compared, notes, read_payments, sums
from .card import Card, Lot, Statement
from .dates import format_date
from .fields import Values
from .ledger import Json, charged, shown
from .money import DAY_FACTOR, MULTIPLIER_ONE, SCALE, format_amount, yuan
from .rates import annual_percent, daily_percent
from .reference import reference
from .revolving import Balance, next_statement, run
from .tables import Tables


def read_card(values: Values, tables: Tables) -> Card | None:
    """The terms; None, with the faults noted, if they do not suffice.

    One amount without a posting day is taken as posted on the statement day; the answer is
    told, because interest cannot be computed from it.
    """
    statements = _statements(values)
    lots = _lots(values, statements)
    as_of, rate = values.day("as_of"), values.rate("daily_rate")
    if rate is not None and rate.unit != "day":
        values.fault("daily_rate", "rate_daily")
    payments = read_payments(values, lots[0].posted if lots else None, as_of)
    fee_rate, fee_max = values.amount("late_fee_rate"), values.amount("late_fee_max")
    if fee_max is not None and fee_max < values.number("late_fee_min"):
        values.fault("late_fee_max", "fee_order")
    if as_of is None or rate is None or not lots or not statements:
        return None
    _check(values, lots, statements, as_of)
    usual = tables.late_fee.rows[-1].value
    return Card(
        lots,
        statements,
        as_of,
        rate.per_day(365),
        payments,
        (usual if fee_rate is None else fee_rate) * MULTIPLIER_ONE * DAY_FACTOR,
        values.number("late_fee_min"),
        fee_max,
        values.number("tolerance_days"),
        values.number("tolerance_amount"),
        values.flag("statement_day_counted"),
        values.code("interest_on"),
        values.code("compounding"),
        values.code("allocation"),
    )


def _statements(values: Values) -> tuple[Statement, ...]:
    """The bills; the one-bill form is a list of one."""
    found = []
    for item in values.items("statements") or [values]:
        day, due = item.day("statement_date"), item.day("due")
        if day is None or due is None:
            continue
        if due <= day:
            item.fault("due", "due_before_statement", day=format_date(day))
        found.append(Statement(day, due, item.amount("minimum_due")))
    found.sort(key=lambda item: item.day)
    for before, after in pairwise(found):
        if after.day <= before.due:
            values.fault("statements", "statements_overlap", day=format_date(after.day))
    return tuple(found)


def _lots(values: Values, statements: tuple[Statement, ...]) -> tuple[Lot, ...]:
    found = []
    for name in ("purchases", "cash_advances"):
        for item in values.items(name):
            amount, posted = item.amount("amount"), item.day("posted")
            if amount is not None and posted is not None:
                found.append(Lot(posted, amount, name == "cash_advances"))
    amount, posted = values.amount("amount"), values.day("posted")
    listed = values.items("purchases") or values.items("cash_advances")
    if amount is not None and statements:
        found.append(Lot(statements[0].day if posted is None else posted, amount))
    elif amount is None and (posted is not None or not listed):
        values.fault("amount", "missing")
    return tuple(sorted(found, key=lambda lot: lot.posted))


def _check(
    values: Values, lots: tuple[Lot, ...], statements: tuple[Statement, ...], as_of: int
) -> None:
    if lots[0].posted > statements[0].day:
        first = format_date(lots[0].posted)
        values.fault("statement_date", "statement_early", first=first)
    if as_of < lots[-1].posted:
        values.fault("as_of", "as_of_early", due=format_date(lots[-1].posted))


def answer_card(card: Card, posting_known: bool, claimed: int | None, tables: Tables) -> Json:
    """The whole answer; without posting days no interest and no total are given."""
    now, bill = run(card), run(card, at_statement=True)
    charges = charged(now.rows) + now.fees * SCALE
    free = None if now.free_until is None else format_date(now.free_until)
    answer = {
        **sums(now.parts),
        "as_of": format_date(card.as_of),
        "days": now.days,
        "interest": format_amount(now.interest),
        "late_fee": format_amount(now.fees),
        "next_statement": {
            "date": format_date(next_statement(card)),
            **sums(bill.parts),
            "interest": format_amount(bill.interest),
            "late_fee": format_amount(bill.fees),
            "ledger": shown(bill.rows),
        },
        "per_day": yuan(now.per_day),
        "rates": {"daily": daily_percent(card.daily), "annual": annual_percent(card.daily)},
        "ledger": shown(now.rows),
        "reference": reference(now.rows, charges, "card", card.as_of, tables),
        "free_until": free,
        "surplus": format_amount(now.surplus),
        "missing": _missing(now, bill, posting_known, tables),
        **compared(card, tables, claimed, 0),
        "notes": _notes(card, now, free, tables),
    }
    return answer if posting_known else {**answer, **_unknown(answer)}


def _missing(now: Balance, bill: Balance, posting_known: bool, tables: Tables) -> list[Json]:
    """What the reader would have to add, named instead of guessed."""
    found: list[Json] = []
    if not posting_known:
        found.append({"field": "posted", "text": tables.words("texts", "missing_posted")})
    if bill.undecided or now.undecided:
        days = "、".join(format_date(day) for day in bill.undecided or now.undecided)
        text = tables.words("texts", "missing_minimum", days=days)
        found.append({"field": "minimum_due", "text": text})
    return found


def _unknown(answer: Json) -> Json:
    """Without a posting day only the late fee, the cost of a day and what is missing remain."""
    known = ("as_of", "days", "late_fee", "per_day", "rates", "free_until", "surplus")
    lists = ("ledger", "conventions")
    kept = (*known, "missing", "notes")
    return {name: [] if name in lists else None for name in answer if name not in kept}


def _notes(card: Card, now: Balance, free: str | None, tables: Tables) -> list[Json]:
    return notes(
        tables,
        sums(now.parts),
        now.surplus,
        (True, "card_fee_once", {}),
        (free, "card_free", {"until": free}),
        (card.interest_on == "unpaid", "card_unpaid_only", {}),
        (card.allocation != "interest_first", "card_order", {}),
    )
