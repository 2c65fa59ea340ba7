"""``private`` 民间借贷: from the fields of a request to the answer."""

from .answer import compared, notes, read_payments, sums
from .dates import format_date
from .fields import Values
from .ledger import Json, shown
from .money import format_amount, half_up, yuan
from .private import PrivateLoan, at_cap, each_period_capped, run
from .rates import Rate, annual_percent, format_rate
from .tables import Tables

NO_INTEREST = Rate("year", 0)


def read_private(values: Values, tables: Tables) -> PrivateLoan | None:
    """The terms; None, with the faults noted, if they do not suffice."""
    arrived, as_of = values.day("arrived_on"), values.day("as_of")
    due, agreed = values.day("due"), values.rate("agreed_rate")
    payments = read_payments(values, arrived, as_of)
    if arrived is None or as_of is None:
        return None
    cap = _cap(values, arrived, tables)
    if as_of < arrived:
        values.fault("as_of", "as_of_early", due=format_date(arrived))
    if due is not None and due < arrived:
        values.fault("due", "due_early", first=format_date(arrived))
    overdue = values.rate("overdue_rate") or agreed or _rate_of_the_day(values, due, as_of, tables)
    if cap is None or overdue is None:
        return None
    return PrivateLoan(
        values.number("amount_arrived"),
        arrived,
        as_of,
        agreed or NO_INTEREST,
        overdue,
        cap,
        int(values.code("basis")),
        due,
        values.number("overdue_fee"),
        payments,
        values.code("allocation"),
        values.code("end_points"),
    )


def _cap(values: Values, arrived: int, tables: Tables) -> Rate | None:
    """Four times the LPR of the day of formation; before 2020-08-20 other rules apply."""
    start = tables.private_cap.rows[0].start
    if arrived < start:
        values.fault("arrived_on", "private_old", start=format_date(start))
        return None
    multiple, lpr = tables.private_cap.on(arrived), tables.lpr.on(arrived)
    if multiple is None or lpr is None:
        checked = min(tables.private_cap.verified_through, tables.lpr.verified_through)
        values.fault("arrived_on", "lpr_stale", through=format_date(checked))
        return None
    return Rate("year", multiple.value * lpr.value.value)


def _rate_of_the_day(values: Values, due: int | None, as_of: int, tables: Tables) -> Rate | None:
    """With nothing agreed: one-year LPR of the first overdue day (第二十八条)."""
    if due is None or as_of <= due:
        return NO_INTEREST
    found = tables.lpr.on(due + 1)
    if found is None:
        values.fault("due", "lpr_stale", through=format_date(tables.lpr.verified_through))
        return None
    return found.value


def answer_private(
    loan: PrivateLoan, written: int, claimed: int | None, nothing_agreed: bool, tables: Tables
) -> Json:
    """The whole answer: as agreed, at the cap, the lower, the difference."""
    agreed, cap = run(loan), run(at_cap(loan))
    lower = min(half_up(agreed.total), half_up(cap.total))
    periods = half_up(run(each_period_capped(loan)).total)
    deducted = format_amount(written - loan.principal)
    found = notes(
        tables,
        sums(agreed.parts),
        agreed.surplus,
        (True, "private_scope", {}),
        (written > loan.principal, "private_deducted", {"amount": deducted}),
        (nothing_agreed, "private_nothing_agreed", {"rate": format_rate(loan.overdue)}),
        (periods < lower, "private_periods", {"amount": format_amount(periods)}),
    )
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
        "notes": found,
    }
