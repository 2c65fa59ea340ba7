"""``judgment`` 判决后: from the fields of a request to the answer."""

from .answer import compared, notes, sums
from .dates import format_date
from .fields import Fields
from .judgment import ALLOCATION, Judged, Judgment, RunningInterest, Sum, run
from .ledger import Json, shown
from .loan import END_POINTS
from .money import format_amount, yuan
from .payments import read_payments
from .rates import Rate, annual_percent, daily_percent
from .tables import DatedRow, Tables


def read_judgment(fields: Fields, tables: Tables) -> Judgment | None:
    """The terms; None, with the faults noted, if they do not suffice."""
    sums_due = _sums(fields)
    as_of = fields.date("as_of", required=True)
    ordinary = fields.amount("ordinary_interest", zero=True)
    running = _running(fields, sum(item.amount for item in sums_due))
    basis = fields.choice("basis", ("360", "365"), "")
    excluded = _excluded(fields)
    allocation = fields.choice("allocation", ALLOCATION, "interest_first")
    end_points = fields.choice("end_points", END_POINTS, "difference")
    payments = read_payments(fields, None, as_of)
    if running is not None and running.rate.unit == "year" and not basis:
        fields.fault("basis", "basis_missing")
    if as_of is None or not sums_due:
        return None
    if running is not None and running.start > as_of:
        fields.fault("running_from", "after_as_of", as_of=format_date(as_of))
    found = _daily(fields, sums_due, as_of, tables)
    if found is None:
        return None
    return Judgment(
        sums_due, as_of, found.value.per_day(365), ordinary, running, int(basis or 365),
        excluded, payments, allocation, end_points,
    )  # fmt: skip


def _sums(fields: Fields) -> tuple[Sum, ...]:
    listed = list(fields.items("instalments"))
    found = []
    for item in listed:
        found.append((item.date("last_day", required=True), item.amount("amount", required=True)))
        item.finish()
    if fields.given("instalments"):
        for name in ("judged_sum", "last_day"):
            if fields.given(name):
                fields.fault(name, "either_form")
            fields.skip(name)
    else:
        amount = fields.amount("judged_sum", required=True)
        found.append((fields.date("last_day", required=True), amount))
    known = [Sum(due, amount) for due, amount in found if due is not None]
    return tuple(sorted(known, key=lambda item: item.due))


def _running(fields: Fields, judged: int) -> RunningInterest | None:
    """Ordinary interest that runs on: its rate and the day it runs from go together."""
    rate = fields.rate("running_rate")
    start = fields.date("running_from")
    base = fields.amount("running_base")
    if rate is None and not fields.given("running_rate"):
        for name in ("running_from", "running_base"):
            if fields.given(name):
                fields.fault("running_rate", "running_needs_rate")
        return None
    if start is None:
        fields.fault("running_from", "missing")
    if rate is None or start is None:
        return None
    return RunningInterest(rate, start, base or judged)


def _excluded(fields: Fields) -> tuple[tuple[int, int], ...]:
    found = []
    for item in fields.items("excluded"):
        first, last = item.date("from", required=True), item.date("to", required=True)
        item.finish()
        if first is not None and last is not None:
            if last < first:
                item.fault("to", "excluded_order", first=format_date(first))
            found.append((first, last))
    return tuple(sorted(found))


def _daily(
    fields: Fields, sums_due: tuple[Sum, ...], as_of: int, tables: Tables
) -> DatedRow[Rate] | None:
    """The row of the doubled part; noted as a fault where other rules or no checked row apply."""
    table, first = tables.delayed_interest, sums_due[0].due
    name = "instalments" if fields.given("instalments") else "last_day"
    if as_of < first:
        fields.fault("as_of", "as_of_early", due=format_date(first))
    elif first < table.rows[0].start:
        fields.fault(name, "judgment_old", start=format_date(table.rows[0].start))
    elif as_of > table.verified_through:
        fields.fault("as_of", "judgment_stale", through=format_date(table.verified_through))
    elif table.on(first) != table.on(as_of):
        fields.fault("as_of", "judgment_rate_changed")
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
        **compared(terms, tables, claimed),
        "notes": _notes(terms, judged, tables),
    }


def _notes(terms: Judgment, judged: Judged, tables: Tables) -> list[Json]:
    found: list[tuple[str, dict[str, object]]] = [("judgment_base", {})]
    if terms.excluded:
        found.append(("judgment_excluded", {}))
    if judged.surplus:
        found.append(("surplus", {"amount": format_amount(judged.surplus)}))
    if sums(judged.parts)["rounding_gap"] != "0.00":
        found.append(("rounding_gap", {}))
    return notes(tables, *found)
