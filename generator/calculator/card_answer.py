"""``card`` 信用卡: from the fields of a request to the answer."""

from .answer import compared, notes, sums
from .card import ALLOCATION, COMPOUNDING, INTEREST_ON, Card, Lot, Statement
from .dates import format_date
from .fields import Fields
from .ledger import Json, charged, shown
from .money import DAY_FACTOR, MULTIPLIER_ONE, SCALE, format_amount, yuan
from .payments import read_payments
from .rates import annual_percent, daily_percent
from .reference import reference
from .revolving import Balance, next_statement, run
from .tables import Tables

TOLERANCE_DAYS_LIMIT = 31


def read_card(fields: Fields, tables: Tables) -> Card | None:
    """The terms; None, with the faults noted, if they do not suffice.

    One amount without a posting day is taken as posted on the statement day; ``posting_known``
    tells the answer that interest cannot be computed from it.
    """
    statements = _statements(fields)
    lots = _lots(fields, statements)
    as_of = fields.date("as_of", required=True)
    rate = fields.rate("daily_rate", required=True)
    if rate is not None and rate.unit != "day":
        fields.fault("daily_rate", "rate_daily")
    fee_rate = fields.percent("late_fee_rate")
    fee_min = fields.amount("late_fee_min", zero=True)
    fee_max = fields.amount("late_fee_max") or None
    days = fields.count("tolerance_days", TOLERANCE_DAYS_LIMIT)
    tolerance = fields.amount("tolerance_amount", zero=True)
    counted = fields.flag("statement_day_counted", True)
    interest_on = fields.choice("interest_on", INTEREST_ON, "full")
    compounding = fields.choice("compounding", COMPOUNDING, "monthly")
    allocation = fields.choice("allocation", ALLOCATION, "interest_first")
    payments = read_payments(fields, lots[0].posted if lots else None, as_of)
    if fee_max is not None and fee_max < fee_min:
        fields.fault("late_fee_max", "fee_order")
    if as_of is None or rate is None or not lots or not statements:
        return None
    fee = tables.late_fee.rows[-1].value if fee_rate is None else fee_rate
    _check(fields, lots, statements, as_of)
    return Card(
        lots, statements, as_of, rate.per_day(365), payments,
        fee * MULTIPLIER_ONE * DAY_FACTOR, fee_min, fee_max, days, tolerance, counted,
        interest_on, compounding, allocation,
    )  # fmt: skip


def _statements(fields: Fields) -> tuple[Statement, ...]:
    """The list of bills, or the one-bill form as a list of one; faults in their order."""
    found = []
    for item in fields.items("statements"):
        found.append(_statement(item))
        item.finish()
    if fields.given("statements"):
        for name in ("statement_date", "due", "minimum_due"):
            if fields.given(name):
                fields.fault(name, "either_form")
            fields.skip(name)
    else:
        found = [_statement(fields)]
    known = sorted((item for item in found if item is not None), key=lambda item: item.day)
    for before, after in zip(known, known[1:], strict=False):
        if after.day <= before.due:
            day = format_date(after.day)
            fields.fault("statements", "statements_overlap", day=day)
    return tuple(known)


def _statement(fields: Fields) -> Statement | None:
    day = fields.date("statement_date", required=True)
    due = fields.date("due", required=True)
    minimum = fields.amount("minimum_due", zero=True) if fields.given("minimum_due") else None
    fields.skip("minimum_due")
    if day is None or due is None:
        return None
    if due <= day:
        fields.fault("due", "due_before_statement", day=format_date(day))
    return Statement(day, due, minimum)


def _lots(fields: Fields, statements: tuple[Statement, ...]) -> tuple[Lot, ...]:
    found = []
    for name in ("purchases", "cash_advances"):
        for item in fields.items(name):
            amount, posted = (
                item.amount("amount", required=True),
                item.date("posted", required=True),
            )
            item.finish()
            if posted is not None:
                found.append(Lot(posted, amount, name == "cash_advances"))
    if fields.given("amount"):
        found += _one_amount(fields, statements)
    elif not fields.given("purchases") and not fields.given("cash_advances"):
        fields.fault("amount", "missing")
    fields.skip("amount")
    fields.skip("posted")
    return tuple(sorted(found, key=lambda lot: lot.posted))


def _one_amount(fields: Fields, statements: tuple[Statement, ...]) -> list[Lot]:
    amount, posted = fields.amount("amount", required=True), fields.date("posted")
    if fields.given("purchases"):
        fields.fault("amount", "either_form")
    if posted is None and statements:
        posted = statements[0].day
    return [] if posted is None else [Lot(posted, amount)]


def _check(
    fields: Fields, lots: tuple[Lot, ...], statements: tuple[Statement, ...], as_of: int
) -> None:
    if lots[0].posted > statements[0].day:
        fields.fault("statement_date", "statement_early", first=format_date(lots[0].posted))
    if as_of < lots[-1].posted:
        fields.fault("as_of", "as_of_early", due=format_date(lots[-1].posted))


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
        **compared(card, tables, claimed),
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
    found: list[tuple[str, dict[str, object]]] = [("card_fee_once", {})]
    if free is not None:
        found.append(("card_free", {"until": free}))
    if card.interest_on == "unpaid":
        found.append(("card_unpaid_only", {}))
    if card.allocation != "interest_first":
        found.append(("card_order", {}))
    if now.surplus:
        found.append(("surplus", {"amount": format_amount(now.surplus)}))
    return notes(tables, *found)
