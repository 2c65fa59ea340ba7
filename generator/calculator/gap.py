"""The gap finder: which conventions or known mistakes lead to the sum the other side names.

It explains, it does not accuse: several matches are possible coincidences, and a sum that can be
computed is not for that reason what the contract says. The work is cut into tries so that a page
can do some at a time and stop: ``tries`` → ``evaluate`` each → ``report``.
"""

from msgspec import Struct

from .conventions import label
from .money import format_amount, half_up
from .tables import Tables
from .variants import Terms, Variant, changed, combinations, total

Json = dict[str, object]
NEAREST = 3


class Found(Struct, frozen=True):
    """A try and its total in 分; ``changes`` are the options that differ from the reader's."""

    changes: Variant
    total: int


def tries(terms: Terms, written: int) -> list[Variant]:
    """Every combination to evaluate; the reader's own is one of them."""
    return combinations(terms, written)


def evaluate(terms: Terms, variant: Variant) -> Found:
    """Total of one try."""
    return Found(changed(terms, variant), half_up(total(terms, variant)))


def report(found: list[Found], claimed: int, own: int, tables: Tables) -> Json:
    """All simplest tries that give the claim to the 分, else the nearest three.

    ``claimed`` and ``own`` (the reader's own total) are 分.
    """
    matches = _simplest([item for item in found if item.total == claimed])
    status = "explained" if matches else "nearest"
    if own == claimed:
        matches, status = [], "same"
    nearest = matches or ([] if status == "same" else _nearest(found, claimed))
    return {
        "status": status,
        "claimed": format_amount(claimed),
        "own": format_amount(own),
        "difference": format_amount(claimed - own),
        "tried": len(found),
        "answers": [_answer(item, claimed, tables) for item in nearest],
        "text": tables.words("texts", "gap_" + status),
        "paper": tables.words("texts", "gap_paper"),
    }


def _simplest(found: list[Found]) -> list[Found]:
    """Without those that only add choices to another match: they prove nothing more."""
    kept: list[Found] = []
    for item in sorted(found, key=lambda f: len(f.changes)):
        keys = _keys(item)
        if not any(_keys(other) <= keys for other in kept):
            kept.append(item)
    return kept


def _keys(item: Found) -> set[tuple[str, str]]:
    return {(change.field, change.code) for change in item.changes}


def _nearest(found: list[Found], claimed: int) -> list[Found]:
    """The nearest three totals, each by its simplest try."""
    kept: dict[int, Found] = {}
    for item in sorted(found, key=lambda f: (abs(f.total - claimed), len(f.changes))):
        kept.setdefault(item.total, item)
        if len(kept) == NEAREST:
            break
    return list(kept.values())


def _answer(item: Found, claimed: int, tables: Tables) -> Json:
    return {
        "total": format_amount(item.total),
        "difference": format_amount(claimed - item.total),
        "choices": [
            {
                "field": change.field,
                "value": change.code,
                "label": label(change, tables),
                "ask": tables.words("texts", _question(change.field, change.code)),
            }
            for change in item.changes
        ],
    }


def _question(field: str, code: str) -> str:
    return f"ask_{code}" if field == "mistake" else f"ask_{field}"
