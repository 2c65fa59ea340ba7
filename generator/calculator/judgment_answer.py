"""``judgment`` 判决后: from the fields of a request to the answer."""

from .answer import compared, notes, read_payments, sums
from .dates import format_date
from .fields import Values
from .judgment import Judged, Judgment, RunningInterest, Sum, run
from .ledger import Json, shown
from .money import format_amount, yuan
from .rates import Rate, annual_percent, daily_percent
from .tables import DatedRow, Tables


def read_judgment(values: Values, tables: Tables) -> Judgment | None:
    """The terms; None, with the faults noted, if they do not suffice."""
    sums_due, as_of = _sums(values), values.day("as_of")
    running = _running(values, sum(item.amount for item in sums_due))
    excluded = _excluded(values)
    payments = read_payments(values, None, as_of)
    if running is not None and running.rate.unit == "year" and not values.code("basis"):
        values.fault("basis", "basis_missing")
    if as_of is None or not sums_due:
        return None
    if running is not None and running.start > as_of:
        values.fault("running_from", "after_as_of", as_of=format_date(as_of))
    found = _daily(values, sums_due[0].due, as_of, tables)
    if found is None:
        return None
    return Judgment(
        sums_due,
        as_of,
        found.value.per_day(365),
        values.number("ordinary_interest"),
        running,
        int(values.code("basis") or 365),
        excluded,
        payments,
        values.code("allocation"),
        values.code("end_points"),
    )


def _sums(values: Values) -> tuple[Sum, ...]:
    """The parts of the judged sum; the one-line form is a list of one."""
    if values.items("instalments"):
        pairs = [(i.day("last_day"), i.amount("amount")) for i in values.items("instalments")]
    else:
        pairs = [(values.day("last_day"), values.amount("judged_sum"))]
    known = [Sum(due, amount) for due, amount in pairs if due is not None and amount is not None]
    return tuple(sorted(known, key=lambda item: item.due))


def _running(values: Values, judged: int) -> RunningInterest | None:
    """Ordinary interest that runs on: its rate and the day it runs from go together."""
    rate, start = values.rate("running_rate"), values.day("running_from")
    base = values.amount("running_base")
    if rate is None:
        if start is not None or base is not None:
            values.fault("running_rate", "running_needs_rate")
        return None
    if start is None:
        values.fault("running_from", "missing")
        return None
    return RunningInterest(rate, start, base or judged)


def _excluded(values: Values) -> tuple[tuple[int, int], ...]:
    found = []
    for item in values.items("excluded"):
        first, last = item.day("from"), item.day("to")
        if first is not None and last is not None:
            if last < first:
                item.fault("to", "excluded_order", first=format_date(first))
            found.append((first, last))
    return tuple(found)


def _daily(values: Values, first: int, as_of: int, tables: Tables) -> DatedRow[Rate] | None:
    """The row of the doubled part; a fault where other rules or no checked row apply."""
    table = tables.delayed_interest
    start = table.rows[0].start
    if as_of < first:
        values.fault("as_of", "as_of_early", due=format_date(first))
    elif first < start:
        name = "instalments" if values.items("instalments") else "last_day"
        values.fault(name, "judgment_old", start=format_date(start))
    elif as_of > table.verified_through:
        values.fault("as_of", "judgment_stale", through=format_date(table.verified_through))
    elif table.on(first) != table.on(as_of):
        values.fault("as_of", "judgment_rate_changed")
    return table.on(as_of)


def answer_judgment(terms: Judgment, claimed: int | None, tables: Tables) -> Json:
    """The whole answer."""
    judged = run(terms)
    return {
        **sums(judged.parts),
        "as_of": format_date(terms.as_of),
        "days": judged.days,
        "per_day": yuan(judged.per_day),
        "doubled_per_day": yuan(judged.doubled_per_day),
        "rates": {
            "doubled_daily": daily_percent(terms.daily),
            "doubled_annual": annual_percent(terms.daily),
        },
        "ledger": shown(judged.rows),
        "surplus": format_amount(judged.surplus),
        **compared(terms, tables, claimed, 0),
        "notes": _notes(terms, judged, tables),
    }


def _notes(terms: Judgment, judged: Judged, tables: Tables) -> list[Json]:
    return notes(
        tables,
        sums(judged.parts),
        judged.surplus,
        (True, "judgment_base", {}),
        (terms.excluded, "judgment_excluded", {}),
    )
