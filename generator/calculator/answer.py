"""Pieces every mode's answer has: parts, notes, the gap finder's report."""

from collections.abc import Mapping

from .conventions import conventions
from .gap import evaluate, report, tries
from .ledger import Json
from .money import format_amount, half_up, yuan
from .tables import Tables
from .variants import Terms, total


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


def notes(tables: Tables, *found: tuple[str, Mapping[str, object]]) -> list[Json]:
    """Notes with their words; each is a code of the wording's ``texts`` and what fills it in."""
    return [{"code": code, "text": tables.words("texts", code, **parts)} for code, parts in found]


def compared(terms: Terms, tables: Tables, claimed: int | None, written: int = 0) -> Json:
    """The conventions table and, if a sum is claimed (分), what leads to it."""
    gap = None
    if claimed is not None:
        found = [evaluate(terms, variant) for variant in tries(terms, written)]
        gap = report(found, claimed, half_up(total(terms)), tables)
    return {"conventions": conventions(terms, tables), "gap": gap}
