"""Payments, and the order in which one settles what is owed."""

from collections.abc import Iterable

from msgspec import Struct

from .money import SCALE


class Payment(Struct, frozen=True):
    """``amount`` 分 paid on ``day``."""

    day: int
    amount: int


def by_day(payments: Iterable[Payment]) -> dict[int, int]:
    """分 paid on each day that has a payment."""
    paid: dict[int, int] = {}
    for payment in payments:
        paid[payment.day] = paid.get(payment.day, 0) + payment.amount
    return paid


def settle(owed: dict[str, int], order: Iterable[str], pool: int) -> tuple[int, dict[str, int]]:
    """Let ``pool`` 分 settle buckets in order; gives what is left and 分 taken from each.

    Buckets hold 1/SCALE 分 and lose whole 分 only, so that principal stays whole and the
    fraction of a 分 of interest stays owed: nothing is rounded away, the sum is conserved.
    """
    taken: dict[str, int] = {}
    for name in order:
        part = min(pool, owed[name] // SCALE)
        owed[name] -= part * SCALE
        pool -= part
        taken[name] = part
    return pool, taken
