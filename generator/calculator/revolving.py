"""Runs a card account from its first posting, bill by bill.

A day is counted at its start: a payment reduces the base of its own day, the day of a statement
belongs to that statement (or to the next, if it is not counted). Interest on a purchase is held
until the bill is decided: dropped if paid in full in time, else owed from the posting day.
"""

from collections import deque

from msgspec import Struct, field

from .account import absorbed
from .card import Card, Statement
from .ledger import Row, merged, row
from .money import SCALE, half_up
from .payments import by_day, settle


class Balance(Struct, frozen=True):
    """``parts`` in 1/SCALE 分; ``interest`` and ``fees`` charged so far whether paid or not.

    ``free_until``: last day on which paying the open bill in full leaves its purchases free of
    interest. ``undecided``: days of bills whose minimum is not known, so their fee is missing.
    """

    parts: dict[str, int]
    rows: tuple[Row, ...]
    interest: int
    fees: int
    per_day: int
    days: int
    free_until: int | None
    undecided: tuple[int, ...]
    surplus: int

    @property
    def total(self) -> int:
        """Exact sum of the parts."""
        return sum(self.parts.values())


class _Lot(Struct):
    posted: int
    cash: bool
    left: int
    live: bool
    held: list[Row] = field(default_factory=list)


class _Bill(Struct):
    statement: Statement
    cut: int
    decision: int
    balance: int = 0
    paid: int = 0


class _Account:
    def __init__(self, card: Card, until: int, *, stop_at_cut: bool) -> None:
        self.card = card
        self.lots: list[_Lot] = []
        self.owed = {"fee": 0, "interest": 0}
        self.unbilled = 0
        self.charged = 0
        self.credit = 0
        self.fees = 0
        self.missed: int | None = None
        self.undecided: list[int] = []
        self.rows: list[Row] = []
        self.coming = deque(
            _Bill(s, s.day + card.statement_day_counted, s.due + card.tolerance_days + 1)
            for s in card.bills(until)
        )
        self.open: list[_Bill] = []
        self.paid = by_day(card.payments)
        self.day = min(lot.posted for lot in card.lots)
        for day in self._event_days(until):
            self._charge(day)
            if day == until and stop_at_cut and card.statement_day_counted:
                self._cut(day)
            else:
                self._happen(day)

    def _event_days(self, until: int) -> list[int]:
        days = {until} | {lot.posted for lot in self.card.lots}
        days |= set(self.paid)
        for bill in self.coming:
            days |= {bill.cut, bill.decision}
        return sorted(day for day in days if self.day <= day <= until)

    def _happen(self, day: int) -> None:
        counted = self.card.statement_day_counted
        if counted:
            self._cut(day)
        for bill in self.open:
            if bill.decision <= day:
                self._decide(bill, bill.balance - bill.paid)
        self.open = [bill for bill in self.open if bill.decision > day]
        self.lots += [
            _Lot(lot.posted, lot.cash, lot.amount, lot.cash)
            for lot in self.card.lots
            if lot.posted == day
        ]
        for bill in self.open:
            bill.paid += self.paid.get(day, 0)
        self.credit = self._settle(day, self.credit + self.paid.get(day, 0))
        if not counted:
            self._cut(day)

    def _charge(self, until: int) -> None:
        days = until - self.day
        if days > 0:
            self._post(self.live_rows(days))
            for lot in self.lots:
                if not lot.live and lot.left:
                    lot.held.append(row("interest", self.day, days, lot.left, self.card.daily))
        self.day = until

    def live_rows(self, days: int) -> list[Row]:
        """Charges of ``days`` days from the current one on what bears interest by now."""
        base = sum(lot.left for lot in self.lots if lot.live)
        billed = self.owed["interest"] // SCALE if self.card.compounding == "monthly" else 0
        return [
            row(kind, self.day, days, amount, self.card.daily)
            for kind, amount in (("interest", base), ("compound", billed))
            if amount > 0
        ]

    def _post(self, rows: list[Row]) -> None:
        self.rows += rows
        self.unbilled += sum(item.amount for item in rows)

    def _cut(self, day: int) -> None:
        """Draw up the bill of this day: interest so far is billed in whole 分."""
        while self.coming and self.coming[0].cut <= day:
            bill = self.coming.popleft()
            billed = half_up(self.unbilled)
            self.charged += billed
            self.owed["interest"] += billed * SCALE
            self.unbilled = 0
            self.credit = self._settle(day, self.credit)
            bill.balance = self._whole() - self.credit
            self.open.append(bill)

    def _whole(self) -> int:
        return (self.owed["fee"] + self.owed["interest"]) // SCALE + sum(
            lot.left for lot in self.lots
        )

    def _decide(self, bill: _Bill, unpaid: int) -> None:
        """Past its last day a bill is paid in full, or its purchases bear interest."""
        billed = [x for x in self.lots if not x.live and x.posted <= bill.statement.day]
        if unpaid <= self.card.tolerance:
            for lot in billed:
                lot.held = []
            return
        for lot in billed:
            lot.live = True
            self._post(self._activated(lot))
        self._late_fee(bill, unpaid)

    def can_be_free(self, bill: _Bill) -> bool:
        """Is there interest that paying the open bill in full would keep away?"""
        unpaid = bill.balance - bill.paid > self.card.tolerance
        day = bill.statement.day
        held = (x for x in self.lots if not x.live and x.posted <= day)
        return unpaid and any(lot.left or lot.held for lot in held)

    def _activated(self, lot: _Lot) -> list[Row]:
        if self.card.interest_on == "full":
            return lot.held
        return [row(r.kind, r.first, r.days, lot.left, r.rate) for r in lot.held if lot.left]

    def _late_fee(self, bill: _Bill, unpaid: int) -> None:
        """Once for each bill, on the unpaid part of the minimum; it never bears interest."""
        card, minimum = self.card, bill.statement.minimum
        if card.fee_on == "balance":
            short = unpaid
        elif minimum is None:
            self.undecided.append(bill.statement.day)
            return
        else:
            short = minimum - bill.paid
        if short <= 0:
            return
        if self.missed is None:
            self.missed = bill.statement.due
        fee = max(half_up(short * card.fee_rate), card.fee_min)
        fee = fee if card.fee_max is None else min(fee, card.fee_max)
        self.owed["fee"] += fee * SCALE
        self.fees += fee

    def _settle(self, day: int, pool: int) -> int:
        late = self.missed is not None and day - self.missed > 90
        if late and self.card.allocation == "principal_first_after_90":
            pool = self._pay_lots(pool)
        pool, _ = settle(self.owed, ("fee", "interest"), pool)
        return self._pay_lots(pool)

    def _pay_lots(self, pool: int) -> int:
        for lot in self.lots:
            part = min(pool, lot.left)
            lot.left -= part
            pool -= part
        return pool


def run(card: Card, *, at_statement: bool = False) -> Balance:
    """The account at the start of the as-of day, or as its next statement will show it."""
    if at_statement:
        day = next_statement(card)
        done = _Account(card, day + card.statement_day_counted, stop_at_cut=True)
    else:
        done = _Account(card, card.as_of, stop_at_cut=False)
    return _balance(card, done)


def next_statement(card: Card) -> int:
    """Day of the first statement on or after the as-of day."""
    return next(s.day for s in card.bills(card.as_of) if s.day >= card.as_of)


def _balance(card: Card, done: _Account) -> Balance:
    unbilled = half_up(done.unbilled)
    parts = {
        "principal": SCALE * sum(lot.left for lot in done.lots),
        "interest": done.owed["interest"] + unbilled * SCALE,
        "fee": done.owed["fee"],
    }
    free = [bill.decision - 1 for bill in done.open if done.can_be_free(bill)]
    return Balance(
        parts,
        merged(done.rows),
        done.charged + unbilled,
        done.fees,
        sum(item.amount for item in done.live_rows(1)),
        done.day - done.missed if done.missed is not None and _owes(parts) else 0,
        free[-1] if free else None,
        tuple(done.undecided),
        absorbed(parts, done.credit),
    )


def _owes(parts: dict[str, int]) -> bool:
    return any(parts.values())
