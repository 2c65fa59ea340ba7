"""``private`` 民间借贷: from the fields of a request to the answer."""

from .answer import compared, notes, sums
from .dates import format_date
from .fields import Fields
from .ledger import Json, shown
from .loan import END_POINTS
from .money import format_amount, half_up, yuan
from .payments import read_payments
from .private import PrivateLoan, at_cap, each_period_capped, run
from .rates import Rate, annual_percent, format_rate
from .tables import Tables

ALLOCATION = ("interest_first", "principal_first")
NO_INTEREST = Rate("year", 0)


def read_private(fields: Fields, tables: Tables) -> PrivateLoan | None:
    """The terms; None, with the faults noted, if they do not suffice."""
    principal = fields.amount("amount_arrived", required=True)
    arrived = fields.date("arrived_on", required=True)
    due = fields.date("due")
    as_of = fields.date("as_of", required=True)
    agreed, overdue = fields.rate("agreed_rate"), fields.rate("overdue_rate")
    fee = fields.amount("overdue_fee", zero=True)
    basis = fields.choice("basis", ("360", "365"), "365")
    allocation = fields.choice("allocation", ALLOCATION, "interest_first")
    end_points = fields.choice("end_points", END_POINTS, "difference")
    payments = read_payments(fields, arrived, as_of)
    if arrived is None or as_of is None:
        return None
    cap = _cap(fields, arrived, tables)
    if as_of < arrived:
        fields.fault("as_of", "as_of_early", due=format_date(arrived))
    if due is not None and due < arrived:
        fields.fault("due", "due_early", first=format_date(arrived))
    if overdue is None:
        overdue = agreed or _rate_of_the_day(fields, due, as_of, tables)
    if cap is None or overdue is None:
        return None
    return PrivateLoan(
        principal, arrived, as_of, agreed or NO_INTEREST, overdue, cap, int(basis), due, fee,
        payments, allocation, end_points,
    )  # fmt: skip


def _cap(fields: Fields, arrived: int, tables: Tables) -> Rate | None:
    """Four times the LPR of the day of formation; before 2020-08-20 other rules apply."""
    start = tables.private_cap.rows[0].start
    if arrived < start:
        fields.fault("arrived_on", "private_old", start=format_date(start))
        return None
    multiple, lpr = tables.private_cap.on(arrived), tables.lpr.on(arrived)
    if multiple is None or lpr is None:
        checked = min(tables.private_cap.verified_through, tables.lpr.verified_through)
        fields.fault("arrived_on", "lpr_stale", through=format_date(checked))
        return None
    return Rate("year", multiple.value * lpr.value.value)


def _rate_of_the_day(fields: Fields, due: int | None, as_of: int, tables: Tables) -> Rate | None:
    """With nothing agreed: one-year LPR of the first overdue day (第二十八条)."""
    if due is None or as_of <= due:
        return NO_INTEREST
    found = tables.lpr.on(due + 1)
    if found is None:
        fields.fault("due", "lpr_stale", through=format_date(tables.lpr.verified_through))
        return None
    return found.value


def read_written(fields: Fields) -> int:
    """Amount on the note, where interest was deducted before the money arrived (分, 0 if none)."""
    return fields.amount("amount_written")


def answer_private(
    loan: PrivateLoan, written: int, claimed: int | None, nothing_agreed: bool, tables: Tables
) -> Json:
    """The whole answer: as agreed, at the cap, the lower, the difference."""
    agreed, cap = run(loan), run(at_cap(loan))
    lower = min(half_up(agreed.total), half_up(cap.total))
    periods = half_up(run(each_period_capped(loan)).total)
    found: list[tuple[str, dict[str, object]]] = [("private_scope", {})]
    if written > loan.principal:
        deducted = format_amount(written - loan.principal)
        found.append(("private_deducted", {"amount": deducted}))
    if nothing_agreed:
        found.append(("private_nothing_agreed", {"rate": format_rate(loan.overdue)}))
    if periods < lower:
        found.append(("private_periods", {"amount": format_amount(periods)}))
    if agreed.surplus:
        found.append(("surplus", {"amount": format_amount(agreed.surplus)}))
    return {
        **sums(agreed.parts),
        "as_of": format_date(loan.as_of),
        "days": 0 if loan.due is None else max(0, loan.as_of - loan.due),
        "agreed": yuan(agreed.total),
        "at_cap": yuan(cap.total),
        "lower": format_amount(lower),
        "difference": format_amount(half_up(agreed.total) - lower),
        "each_period": format_amount(min(periods, lower)),
        "per_day": yuan(agreed.per_day),
        "per_day_at_cap": yuan(cap.per_day),
        "rates": {
            "cap": format_rate(loan.cap),
            "term_annual": annual_percent(loan.term.per_day(loan.basis)),
            "overdue_annual": annual_percent(loan.overdue.per_day(loan.basis)),
        },
        "ledger": shown(agreed.rows),
        "ledger_at_cap": shown(cap.rows),
        "surplus": format_amount(agreed.surplus),
        **compared(loan, tables, claimed, written),
        "notes": notes(tables, *found),
    }
