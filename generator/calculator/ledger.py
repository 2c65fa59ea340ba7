"""The ledger: one row for each stretch of days with one base and one rate."""

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from .dates import format_date
from .money import SCALE, format_amount, half_up, yuan
from .rates import daily_percent

Json = dict[str, object]


class Row(Struct, frozen=True):
    """``days`` counted days from ``first``; ``base`` in 分, ``rate`` per day over SCALE.

    ``amount`` is the exact charge in 1/SCALE 分. Both ends of a row are counted days, so
    ``last`` is ``first + days - 1``.
    """

    kind: str
    first: int
    days: int
    base: int
    rate: int
    amount: int

    @property
    def last(self) -> int:
        return self.first + self.days - 1


def row(kind: str, first: int, days: int, base: int, rate: int, rounding: str = "exact") -> Row:
    """Charge ``base`` for ``days`` days.

    ``rounding``: ``exact``; ``daily`` rounds the amount of one day to 分 first, and
    ``daily_truncated`` cuts it off, as some lenders do (calc_rules 舍入).
    """
    one_day = base * rate
    if rounding == "daily":
        one_day = half_up(one_day) * SCALE
    elif rounding == "daily_truncated":
        one_day = one_day // SCALE * SCALE
    return Row(kind, first, days, base, rate, one_day * days)


def merged(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Rows in order of their days, neighbours with the same base and rate joined."""
    done: list[Row] = []
    ends: dict[int, list[int]] = {}
    for item in sorted(rows, key=lambda r: (r.first, KINDS.index(r.kind), r.days, r.base)):
        before = ends.get(item.first, [])
        index = next((at for at in sorted(before) if _alike(done[at], item)), len(done))
        if index == len(done):
            done.append(item)
        else:
            before.remove(index)
            done[index] = _joined(done[index], item)
        ends.setdefault(done[index].last + 1, []).append(index)
    return tuple(done)


def _alike(one: Row, other: Row) -> bool:
    return (one.kind, one.base, one.rate) == (other.kind, other.base, other.rate)


def _joined(before: Row, item: Row) -> Row:
    return replace(before, days=before.days + item.days, amount=before.amount + item.amount)


KINDS = ("interest", "penalty", "compound", "overdue_interest", "doubled")
"""What a row charges for, in the order rows of one day are shown."""


def weight(rows: Iterable[Row]) -> int:
    """Base times days over the rows that charge for money lent (分·days); compound rows do not."""
    return sum(item.base * item.days for item in rows if item.kind != "compound")


def charged(rows: Iterable[Row]) -> int:
    """Sum of the rows, exact."""
    return sum(item.amount for item in rows)


def shown(rows: Iterable[Row]) -> list[Json]:
    """The ledger as JSON: dates included at both ends, each amount rounded when shown."""
    return [
        {
            "kind": item.kind,
            "from": format_date(item.first),
            "to": format_date(item.last),
            "days": item.days,
            "base": format_amount(item.base),
            "rate": daily_percent(item.rate),
            "amount": yuan(item.amount),
        }
        for item in rows
    ]
