"""``loan`` 网贷、银行贷款逾期: from the fields of a request to the answer."""

from dataclasses import replace

from .account import Outcome, run
from .answer import compared, notes, sums
from .dates import format_date
from .fields import Fields
from .ledger import Json, charged, shown, weight
from .loan import (
    ALLOCATION,
    BASES,
    COMPOUNDING,
    END_POINTS,
    ROUNDING,
    USUAL_MULTIPLIER,
    Instalment,
    Loan,
)
from .money import SCALE, format_amount, half_up, yuan
from .payments import read_payments
from .rates import annual_percent, daily_percent
from .reference import reference
from .tables import Tables

AHEAD = (30, 90, 365)
"""Days ahead for which the total is also given."""
GRACE_LIMIT = 90


def read_loan(fields: Fields, tables: Tables) -> Loan | None:
    """The terms; None, with the faults noted, if they do not suffice."""
    instalments = _instalments(fields)
    as_of = fields.date("as_of", required=True)
    contract = fields.rate("rate", required=True)
    multiplier, penalty = fields.multiplier("multiplier"), fields.rate("penalty_rate")
    basis = fields.choice("basis", ("360", "365"), "")
    base = fields.choice("base", BASES, "overdue")
    compounding = fields.choice("compounding", COMPOUNDING, "none")
    rounding = fields.choice("rounding", ROUNDING, "exact")
    end_points = fields.choice("end_points", END_POINTS, "difference")
    allocation = fields.choice("allocation", ALLOCATION, "interest_first")
    grace_days = fields.count("grace_days", GRACE_LIMIT)
    retroactive = fields.flag("grace_retroactive", True)
    remaining = fields.amount("remaining", zero=True)
    called = fields.date("accelerated_on")
    fee = fields.amount("fee", zero=True)
    payments = read_payments(fields, instalments[0].due if instalments else None, as_of)
    if multiplier is not None and penalty is not None:
        fields.fault("penalty_rate", "one_penalty")
    if as_of is None or contract is None or not instalments:
        return None
    loan = Loan(
        instalments, as_of, contract, int(basis or 365), multiplier or USUAL_MULTIPLIER, penalty,
        base=base, compounding=compounding, rounding=rounding, end_points=end_points,
        allocation=allocation, grace_days=grace_days, grace_retroactive=retroactive,
        remaining=remaining, accelerated_on=called, fee=fee, payments=payments,
    )  # fmt: skip
    if loan.needs_basis and not basis:
        fields.fault("basis", "basis_missing")
    _check(fields, loan)
    return loan


def _instalments(fields: Fields) -> tuple[Instalment, ...]:
    """The list of instalments, or the one-line form as a list of one."""
    listed = list(fields.items("instalments"))
    found = [_instalment(item) for item in listed]
    for item in listed:
        item.finish()
    if fields.given("instalments"):
        for name in ("principal", "interest", "due"):
            if fields.given(name):
                fields.fault(name, "either_form")
            fields.skip(name)
    else:
        found = [_instalment(fields)]
    known = [item for item in found if item is not None]
    return tuple(sorted(known, key=lambda item: item.due))


def _instalment(fields: Fields) -> Instalment | None:
    principal = fields.amount("principal", required=True)
    due = fields.date("due", required=True)
    interest = fields.amount("interest", zero=True)
    return None if due is None else Instalment(due, principal, interest)


def _check(fields: Fields, loan: Loan) -> None:
    """Relations between fields that each are right on their own."""
    last = loan.instalments[-1].due
    if loan.as_of < last:
        fields.fault("as_of", "as_of_early", due=format_date(last))
    if loan.base == "overdue_with_interest" and loan.compounding == "on_interest":
        fields.fault("compounding", "interest_twice")
    if loan.base == "accelerated":
        if not loan.remaining:
            fields.fault("remaining", "call_needs_remaining")
        if loan.accelerated_on is None:
            fields.fault("accelerated_on", "call_needs_day")
    elif loan.accelerated_on is not None:
        fields.fault("base", "call_needs_base")
    called = loan.accelerated_on
    if called is not None and not last <= called <= loan.as_of:
        first, until = format_date(last), format_date(loan.as_of)
        fields.fault("accelerated_on", "call_outside", first=first, last=until)


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
        **compared(loan, tables, claimed),
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
    found: list[tuple[str, dict[str, object]]] = []
    if assumed:
        found.append(("multiplier_assumed", {}))
    if loan.compounding != "none":
        found.append(("compounding_" + loan.compounding, {}))
    if outcome.grace_until is not None:
        found.append(("in_grace", {"until": format_date(outcome.grace_until)}))
    if outcome.surplus:
        found.append(("surplus", {"amount": format_amount(outcome.surplus)}))
    if sums(outcome.parts)["rounding_gap"] != "0.00":
        found.append(("rounding_gap", {}))
    return notes(tables, *found)
