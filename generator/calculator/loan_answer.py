"""``loan`` 网贷、银行贷款逾期: from the fields of a request to the answer."""

from msgspec.structs import replace

from .account import Outcome, run
from .answer import compared, notes, read_payments, sums
from .dates import format_date
from .fields import Values
from .ledger import Json, charged, shown, weight
from .loan import (
    USUAL_MULTIPLIER,
    Instalment,
    Loan,
)
from .money import SCALE, format_amount, half_up, yuan
from .rates import annual_percent, daily_percent
from .reference import reference
from .tables import Tables

AHEAD = (30, 90, 365)
"""Days ahead for which the total is also given."""


def read_loan(values: Values, tables: Tables) -> Loan | None:
    """The terms; None, with the faults noted, if they do not suffice."""
    instalments = _instalments(values)
    as_of, contract = values.day("as_of"), values.rate("rate")
    multiplier, penalty = values.amount("multiplier"), values.rate("penalty_rate")
    if multiplier is not None and penalty is not None:
        values.fault("penalty_rate", "one_penalty")
    payments = read_payments(values, instalments[0].due if instalments else None, as_of)
    if as_of is None or contract is None or not instalments:
        return None
    loan = Loan(
        instalments,
        as_of,
        contract,
        int(values.code("basis") or 365),
        multiplier or USUAL_MULTIPLIER,
        penalty,
        base=values.code("base"),
        compounding=values.code("compounding"),
        rounding=values.code("rounding"),
        end_points=values.code("end_points"),
        allocation=values.code("allocation"),
        grace_days=values.number("grace_days"),
        grace_retroactive=values.flag("grace_retroactive"),
        remaining=values.number("remaining"),
        accelerated_on=values.day("accelerated_on"),
        fee=values.number("fee"),
        payments=payments,
    )
    if loan.needs_basis and not values.code("basis"):
        values.fault("basis", "basis_missing")
    _check(values, loan)
    return loan


def _instalments(values: Values) -> tuple[Instalment, ...]:
    """The list of instalments; the one-line form is a list of one."""
    found = []
    for item in values.items("instalments") or [values]:
        due, principal = item.day("due"), item.amount("principal")
        if due is not None and principal is not None:
            found.append(Instalment(due, principal, item.number("interest")))
    return tuple(sorted(found, key=lambda item: item.due))


def _check(values: Values, loan: Loan) -> None:
    """Relations between fields that each are right on their own."""
    last = loan.instalments[-1].due
    if loan.as_of < last:
        values.fault("as_of", "as_of_early", due=format_date(last))
    if loan.base == "overdue_with_interest" and loan.compounding == "on_interest":
        values.fault("compounding", "interest_twice")
    if loan.base == "accelerated":
        if not loan.remaining:
            values.fault("remaining", "call_needs_remaining")
        if loan.accelerated_on is None:
            values.fault("accelerated_on", "call_needs_day")
    elif loan.accelerated_on is not None:
        values.fault("base", "call_needs_base")
    called = loan.accelerated_on
    if called is not None and not last <= called <= loan.as_of:
        first, until = format_date(last), format_date(loan.as_of)
        values.fault("accelerated_on", "call_outside", first=first, last=until)


def answer_loan(loan: Loan, claimed: int | None, assumed: bool, tables: Tables) -> Json:
    """The whole answer; ``assumed``: the reader gave neither multiplier nor penalty rate."""
    outcome = run(loan)
    charges = charged(outcome.rows) + outcome.fee_charged * SCALE
    return {
        **sums(outcome.parts),
        "as_of": format_date(loan.as_of),
        "days": outcome.days,
        "stage": _stage(outcome.days, tables),
        "arrears": _arrears(loan, outcome),
        "per_day": yuan(outcome.per_day),
        "later": [_later(loan, days) for days in AHEAD],
        "rates": {
            "contract_daily": daily_percent(loan.contract_per_day),
            "penalty_daily": daily_percent(loan.penalty_per_day),
            "penalty_annual": annual_percent(loan.penalty_per_day),
        },
        "annual_cost": annual_cost(outcome),
        "instalments": [_shown(item, loan) for item in loan.instalments],
        "ledger": shown(outcome.rows),
        "reference": reference(outcome.rows, charges, "loan", loan.as_of, tables),
        "grace_until": None if outcome.grace_until is None else format_date(outcome.grace_until),
        "surplus": format_amount(outcome.surplus),
        **compared(loan, tables, claimed, 0),
        "notes": _notes(loan, outcome, assumed, tables),
    }


def _stage(days: int, tables: Tables) -> Json | None:
    found = tables.stage(days)
    return None if found is None else {"label": found.label, "source": found.source}


def _arrears(loan: Loan, outcome: Outcome) -> str | None:
    """What brings the loan up to date, where principal not yet due is part of the total."""
    if not loan.remaining or loan.called_on is not None:
        return None
    return yuan(max(0, outcome.total - outcome.ahead))


def _later(loan: Loan, days: int) -> Json:
    later = run(replace(loan, as_of=loan.as_of + days))
    return {"days": days, "as_of": format_date(loan.as_of + days), "total": yuan(later.total)}


def annual_cost(outcome: Outcome) -> str | None:
    """Daily rate weighted by the base, × 365, in percent; fixed fees are not in it."""
    weighted = weight(outcome.rows)
    if not weighted:
        return None
    hundredths = half_up(charged(outcome.rows) * 365 * 10**4, weighted * SCALE)
    return format_amount(hundredths) + "%"


def _shown(item: Instalment, loan: Loan) -> Json:
    return {
        "due": format_date(item.due),
        "days": loan.as_of - item.due,
        "principal": format_amount(item.principal),
        "interest": format_amount(item.interest),
    }


def _notes(loan: Loan, outcome: Outcome, assumed: bool, tables: Tables) -> list[Json]:
    until = None if outcome.grace_until is None else format_date(outcome.grace_until)
    return notes(
        tables,
        sums(outcome.parts),
        outcome.surplus,
        (assumed, "multiplier_assumed", {}),
        (loan.compounding != "none", "compounding_" + loan.compounding, {}),
        (until, "in_grace", {"until": until}),
    )
