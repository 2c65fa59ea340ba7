"""Runs a loan from its first due day to the as-of day, event by event.

A day is counted at its end. On one day the order is: charge the days up to it, let what falls
due fall due, take payments, decide what stayed unpaid past its grace, capitalise.
"""

from msgspec import Struct, field

from .dates import add_months
from .ledger import Row, charged, merged, row
from .loan import Instalment, Loan
from .money import SCALE
from .payments import by_day, settle


class Outcome(Struct, frozen=True):
    """What is owed at the end of a run, every part exact in 1/SCALE 分.

    ``ahead``: principal not yet due and the interest run up on it (also in 1/SCALE 分).
    ``fee_charged``: 分 of fixed fee that came to be owed.

    ``per_day``: charge of the next day as things stand. ``days``: since the oldest unpaid due
    day. ``grace_until``: last day on which something due can still be paid without a charge.
    ``surplus``: 分 paid beyond everything owed.
    """

    parts: dict[str, int]
    rows: tuple[Row, ...]
    per_day: int
    days: int
    grace_until: int | None
    surplus: int
    ahead: int
    fee_charged: int

    @property
    def total(self) -> int:
        """Exact sum of the parts."""
        return sum(self.parts.values())


class _Line(Struct):
    """An instalment while the account runs; ``decided`` once its grace is over."""

    due: int
    principal: int
    interest: int
    start: int
    decision: int
    decided: bool = False
    held: list[Row] = field(default_factory=list)

    @property
    def open(self) -> bool:
        return self.principal + self.interest > 0


class _Account:
    def __init__(self, loan: Loan) -> None:
        self.loan = loan
        self.lines: list[_Line] = []
        self.waiting = [self._line(i) for i in loan.instalments]
        self.owed = dict.fromkeys(("fee", "penalty", "compound", "running", "remaining"), 0)
        self.owed["remaining"] = loan.remaining * SCALE
        self.runs_from = loan.instalments[-1].due
        self.anniversaries = self._anniversaries()
        self.paid = by_day(loan.payments)
        self.capitalised = 0
        self.fee_due = loan.fee
        self.credit = 0
        self.rows: list[Row] = []
        self.day = loan.first_due - 1

    def _line(self, instalment: Instalment) -> _Line:
        loan, due = self.loan, instalment.due
        start = due if loan.grace_retroactive else due + loan.grace_days
        if loan.end_points == "both_ends":
            start -= 1
        decision = due + loan.grace_days
        return _Line(due, instalment.principal, instalment.interest, start, decision)

    def run(self) -> Outcome:
        for day in self._event_days():
            self._charge(day)
            self._fall_due(day)
            self.credit = self._pay(self.credit + self.paid.get(day, 0))
            if day < self.loan.as_of:
                self._decide(day)
            self._capitalise(day)
        return self._outcome()

    def _event_days(self) -> list[int]:
        loan = self.loan
        days = {loan.as_of, self.runs_from} | self.anniversaries
        for line in self.waiting:
            days |= {line.start, line.due, line.decision}
        days |= set(self.paid)
        if loan.called_on is not None:
            days |= {loan.called_on, loan.called_on + loan.grace_days}
        return sorted(day for day in days if self.day < day <= loan.as_of)

    def _anniversaries(self) -> set[int]:
        found: set[int] = set()
        if self.loan.compounding == "monthly":
            months = 1
            while (day := add_months(self.loan.first_due, months)) <= self.loan.as_of:
                found.add(day)
                months += 1
        return found

    def _charge(self, until: int) -> None:
        days = until - self.day
        live = [line for line in self.lines if line.decided]
        self._post(self._penal_rows(live, days))
        for line in self.lines + self.waiting:
            if not line.decided and line.start <= self.day:
                line.held += self._penal_rows([line], days)
        self._post(self._running_rows(days))
        self.day = until

    def _penal_rows(self, lines: list[_Line], days: int) -> list[Row]:
        loan, rate = self.loan, self.loan.penalty_per_day
        principal = sum(line.principal for line in lines)
        interest = sum(line.interest for line in lines)
        base = principal + (interest if loan.base == "overdue_with_interest" else 0)
        compound = interest if loan.compounding == "on_interest" else 0
        if loan.compounding == "monthly" and any(line.decided for line in lines):
            compound = self.capitalised
        return [
            row(kind, self.day + 1, days, amount, rate, loan.rounding)
            for kind, amount in (("penalty", base), ("compound", compound))
            if amount > 0
        ]

    def _running_rows(self, days: int) -> list[Row]:
        base = self.owed["remaining"] // SCALE
        if base == 0 or self.day < self.runs_from:
            return []
        rate = self.loan.contract_per_day
        return [row("interest", self.day + 1, days, base, rate, self.loan.rounding)]

    def _post(self, rows: list[Row]) -> None:
        for item in rows:
            self.owed["running" if item.kind == "interest" else item.kind] += item.amount
        self.rows += rows

    def _fall_due(self, day: int) -> None:
        self.lines += [line for line in self.waiting if line.due <= day]
        self.waiting = [line for line in self.waiting if line.due > day]
        if day == self.loan.called_on:
            self._call(day)

    def _call(self, day: int) -> None:
        """All outstanding principal falls due, with the whole 分 of interest run up on it."""
        interest = self.owed["running"] // SCALE
        principal = self.owed["remaining"] // SCALE
        self.owed["running"] -= interest * SCALE
        self.owed["remaining"] = 0
        line = self._line(Instalment(day, principal, interest))
        # Counting both ends adds one day to what fell due first, not a second one to this.
        line.start = max(line.start, day)
        self.lines.append(line)

    def _pay(self, pool: int) -> int:
        """Settle what is due; what is left waits for the next instalment."""
        steps = [self._pay_charges, self._pay_principal]
        if self.loan.allocation == "principal_first":
            steps.reverse()
        for step in steps:
            pool = step(pool)
        if not self.waiting:
            pool, taken = settle(self.owed, ("running", "remaining"), pool)
            self._release(taken["running"])
        return pool

    def _pay_charges(self, pool: int) -> int:
        pool, _ = settle(self.owed, ("fee",), pool)
        for line in self.lines:
            part = min(pool, line.interest)
            line.interest -= part
            pool -= part
            if line.decided and self.loan.base != "overdue_with_interest":
                self._release(part)
        pool, taken = settle(self.owed, ("penalty", "compound"), pool)
        self._release(taken["penalty"] + taken["compound"])
        return pool

    def _pay_principal(self, pool: int) -> int:
        for line in self.lines:
            part = min(pool, line.principal)
            line.principal -= part
            pool -= part
        return pool

    def _release(self, settled: int) -> None:
        """Interest that is paid no longer bears interest, the oldest first."""
        self.capitalised = max(0, self.capitalised - settled)

    def _decide(self, day: int) -> None:
        """After the last day of grace: what is unpaid is charged, what was paid never was."""
        for line in self.lines:
            if line.decided or line.decision > day:
                continue
            line.decided = True
            if line.open:
                self._post(line.held)
                self.owed["fee"] += self.fee_due * SCALE
                self.fee_due = 0

    def _capitalise(self, day: int) -> None:
        """On each monthly day all unpaid interest, in whole 分, joins the base."""
        if day not in self.anniversaries:
            return
        unpaid = self.owed["running"] + self.owed["penalty"] + self.owed["compound"]
        if self.loan.base != "overdue_with_interest":
            unpaid += SCALE * sum(line.interest for line in self.lines if line.decided)
        self.capitalised = unpaid // SCALE

    def _outcome(self) -> Outcome:
        as_of, owed = self.loan.as_of, self.owed
        parts = {
            "principal": SCALE * sum(line.principal for line in self.lines),
            "remaining": owed["remaining"],
            "interest": SCALE * sum(line.interest for line in self.lines) + owed["running"],
            "penalty": owed["penalty"],
            "compound": owed["compound"],
            "fee": owed["fee"],
        }
        due = [line for line in self.lines if line.open]
        in_grace = [line.decision for line in due if not line.decided and line.decision > line.due]
        tomorrow = [x for x in self.lines if x.decided or (x.open and x.decision <= as_of)]
        for line in tomorrow:
            line.decided = True
        next_day = self._penal_rows(tomorrow, 1) + self._running_rows(1)
        return Outcome(
            parts,
            merged(self.rows),
            charged(next_day),
            as_of - due[0].due if due else 0,
            min(in_grace, default=None),
            absorbed(parts, self.credit),
            owed["remaining"] + owed["running"],
            self.loan.fee - self.fee_due,
        )


def absorbed(parts: dict[str, int], credit: int) -> int:
    """Let money paid too much cover fractions of a 分 still owed; 分 left over."""
    left = credit * SCALE
    for name, owed in parts.items():
        part = min(left, owed)
        parts[name] -= part
        left -= part
    return left // SCALE


def run(loan: Loan) -> Outcome:
    """What the loan comes to at the end of its as-of day."""
    return _Account(loan).run()
