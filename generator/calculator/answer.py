"""What every mode shares: reading payments, showing parts, notes, the gap finder's report."""

from collections.abc import Mapping

from .conventions import conventions
from .dates import format_date
from .fields import Values
from .gap import evaluate, report, tries
from .ledger import Json
from .money import format_amount, half_up, yuan
from .payments import Payment
from .tables import Tables
from .variants import Terms, total


def read_payments(values: Values, first: int | None, last: int | None) -> tuple[Payment, ...]:
    """The ``payments`` in order of days; days outside ``first``–``last`` are faults."""
    found = []
    for item in values.items("payments"):
        day, amount = item.day("date"), item.amount("amount")
        if day is None or amount is None:
            continue
        if first is not None and day < first:
            item.fault("date", "payment_early", first=format_date(first))
        elif last is not None and day > last:
            item.fault("date", "payment_late", last=format_date(last))
        else:
            found.append(Payment(day, amount))
    return tuple(sorted(found, key=lambda payment: payment.day))


def sums(parts: Mapping[str, int]) -> Json:
    """Total and parts as shown; ``rounding_gap`` is the total less the sum of the parts shown.

    Each part is rounded half-up when shown, the total once from the exact sum.
    """
    whole = half_up(sum(parts.values()))
    return {
        "total": format_amount(whole),
        "parts": {name: yuan(part) for name, part in parts.items()},
        "rounding_gap": format_amount(whole - sum(half_up(part) for part in parts.values())),
    }


def notes(
    tables: Tables, whole: Json, surplus: int, *found: tuple[object, str, Mapping[str, object]]
) -> list[Json]:
    """Notes whose condition holds, with their words: (condition, code, what fills it in).

    Every mode ends with what was paid too much (``surplus`` in 分) and, where the parts shown do
    not add up to the total of ``whole``, why.
    """
    amount = {"amount": format_amount(surplus)}
    gap = whole["rounding_gap"] != "0.00"
    ends: tuple[tuple[object, str, Mapping[str, object]], ...] = (
        (surplus, "surplus", amount),
        (gap, "rounding_gap", {}),
    )
    return [
        {"code": code, "text": tables.words("texts", code, **parts)}
        for holds, code, parts in (*found, *ends)
        if holds
    ]


def compared(terms: Terms, tables: Tables, claimed: int | None, written: int) -> Json:
    """The conventions table and, if a sum is claimed (分), what leads to it."""
    gap = None
    if claimed is not None:
        found = [evaluate(terms, variant) for variant in tries(terms, written)]
        gap = report(found, claimed, half_up(total(terms)), tables)
    return {"conventions": conventions(terms, tables), "gap": gap}
