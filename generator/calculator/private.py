"""A loan between private parties, as agreed and at the one cap.

The principal is what arrived (民间借贷规定 第二十六条). Interest, overdue interest, penalty and
fees together may not exceed four times the one-year LPR in force when the contract was formed
(第二十五、二十八、二十九条); between individuals it is formed when the money arrives (第九条).
"""

from msgspec import Struct
from msgspec.structs import replace

from .account import absorbed
from .ledger import Row, merged, row, weight
from .money import SCALE
from .payments import Payment, by_day, settle
from .rates import Rate


class PrivateLoan(Struct, frozen=True):
    """``principal`` and ``fee`` in 分, three quoted rates and the basis of the yearly ones.

    ``term`` runs from the day the money arrived to ``due`` (None: no day agreed), ``overdue``
    after it, ``cap`` is the limit on everything.
    """

    principal: int
    arrived_on: int
    as_of: int
    term: Rate
    overdue: Rate
    cap: Rate
    basis: int
    due: int | None
    fee: int
    payments: tuple[Payment, ...]
    allocation: str
    end_points: str

    @property
    def late(self) -> bool:
        """Is the loan overdue on the as-of day?"""
        return self.due is not None and self.as_of > self.due

    @property
    def overdue_fee(self) -> int:
        """The fee once the loan is overdue (分)."""
        return self.fee if self.late else 0


class Owed(Struct, frozen=True):
    """``parts`` exact in 1/SCALE 分."""

    parts: dict[str, int]
    rows: tuple[Row, ...]
    per_day: int
    surplus: int

    @property
    def total(self) -> int:
        """Exact sum of the parts."""
        return sum(self.parts.values())


class _Run:
    def __init__(self, loan: PrivateLoan) -> None:
        self.loan = loan
        self.owed = {
            "principal": loan.principal * SCALE,
            "interest": 0,
            "overdue_interest": 0,
            "fee": loan.overdue_fee * SCALE,
        }
        self.paid = by_day(loan.payments)
        self.rows: list[Row] = []
        self.credit = 0
        self.day = loan.arrived_on - (1 if loan.end_points == "both_ends" else 0)
        days = {loan.arrived_on, loan.as_of, loan.as_of if loan.due is None else loan.due}
        for day in sorted(day for day in days | set(self.paid) if day <= loan.as_of):
            self._charge(day)
            self._pay(self.credit + self.paid.get(day, 0))

    def _charge(self, until: int) -> None:
        # Both ends of nothing are nothing: a loan settled on the day it arrived costs no day.
        if until > self.day and self.loan.as_of > self.loan.arrived_on:
            item = self.next_row(until - self.day)
            self.owed[item.kind] += item.amount
            self.rows.append(item)
        self.day = until

    def next_row(self, days: int) -> Row:
        """Charge of the ``days`` days after the current one."""
        loan = self.loan
        late = loan.due is not None and self.day >= loan.due
        kind, rate = ("overdue_interest", loan.overdue) if late else ("interest", loan.term)
        base = self.owed["principal"] // SCALE
        return row(kind, self.day + 1, days, base, rate.per_day(loan.basis))

    def _pay(self, pool: int) -> None:
        """A fee is no cost of enforcement: it is settled last, and a payment never waits for it."""
        order = ["interest", "overdue_interest", "principal"]
        if self.loan.allocation == "principal_first":
            order = ["principal", "interest", "overdue_interest"]
        self.credit, _ = settle(self.owed, order, pool)


def run(loan: PrivateLoan) -> Owed:
    """What the loan comes to at its own rates at the end of its as-of day."""
    done = _Run(loan)
    rows = [item for item in done.rows if item.amount]
    left, _ = settle(done.owed, ("fee",), done.credit)
    parts = dict(done.owed)
    return Owed(parts, merged(rows), done.next_row(1).amount, absorbed(parts, left))


def at_cap(loan: PrivateLoan) -> PrivateLoan:
    """The same loan with the cap for every rate and no fee beside it."""
    return replace(loan, term=loan.cap, overdue=loan.cap, fee=0)


def each_period_capped(loan: PrivateLoan) -> PrivateLoan:
    """The loan with its term and its overdue time held to the cap each on its own.

    A low rate during the term does not make room for a higher one afterwards: 第二十八条 and
    第二十九条 limit what is claimed for the overdue time by itself.
    """
    overdue = _lower(loan, loan.overdue)
    held = replace(loan, term=_lower(loan, loan.term), overdue=overdue, fee=0)
    spread = loan.cap.per_day(loan.basis) - overdue.per_day(loan.basis)
    late = [item for item in _Run(held).rows if item.kind == "overdue_interest"]
    return replace(held, fee=min(loan.overdue_fee, weight(late) * spread // SCALE))


def _lower(loan: PrivateLoan, rate: Rate) -> Rate:
    return rate if rate.per_day(loan.basis) <= loan.cap.per_day(loan.basis) else loan.cap
