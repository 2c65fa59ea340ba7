"""Interest for late performance of a judgment: 法释〔2014〕8号 第一条至第四条.

The doubled part is counted on the judged money without ordinary interest, at the daily rate of
the table, from the last day to perform. It is never multiplied by two, and never runs on
ordinary interest. Payments settle the judged debt first, then the doubled part.
"""

from msgspec import Struct

from .account import absorbed
from .ledger import Row, charged, merged, row
from .money import SCALE
from .payments import Payment, by_day, settle
from .rates import Rate


class Sum(Struct, frozen=True):
    """``amount`` 分 of judged money (without ordinary interest) to be paid by day ``due``."""

    due: int
    amount: int


class RunningInterest(Struct, frozen=True):
    """Ordinary interest the judgment lets run on: after day ``start``, on ``base`` 分 at most."""

    rate: Rate
    start: int
    base: int


class Judgment(Struct, frozen=True):
    """A judgment that has become final; ``sums`` in order of their days, amounts in 分.

    ``daily`` is the rate of the doubled part over SCALE; ``excluded`` are first and last days,
    both included, on which the doubled part does not run (第三条). ``on_everything`` counts it
    on ordinary interest too, a known mistake that only the gap finder sets.
    """

    sums: tuple[Sum, ...]
    as_of: int
    daily: int
    ordinary: int
    running: RunningInterest | None
    basis: int
    excluded: tuple[tuple[int, int], ...]
    payments: tuple[Payment, ...]
    allocation: str
    end_points: str
    on_everything: bool = False


class Judged(Struct, frozen=True):
    """``parts`` exact in 1/SCALE 分; ``per_day`` all parts, ``doubled_per_day`` the doubled."""

    parts: dict[str, int]
    rows: tuple[Row, ...]
    per_day: int
    doubled_per_day: int
    days: int
    surplus: int

    @property
    def total(self) -> int:
        """Exact sum of the parts."""
        return sum(self.parts.values())


class _Run:
    def __init__(self, judgment: Judgment) -> None:
        self.terms = judgment
        self.shift = 1 if judgment.end_points == "both_ends" else 0
        self.left = [item.amount for item in judgment.sums]
        self.owed = {"ordinary": judgment.ordinary * SCALE, "running": 0, "doubled": 0}
        self.paid = by_day(judgment.payments)
        self.rows: list[Row] = []
        self.credit = 0
        # A sum whose last day is the as-of day is late from tomorrow, even if both ends count.
        self.late_before = judgment.as_of
        days = self._event_days()
        self.day = days[0]
        for day in days:
            self._charge(day)
            self._pay(self.credit + self.paid.get(day, 0))

    def _event_days(self) -> list[int]:
        terms = self.terms
        days = {terms.as_of} | set(self.paid)
        days |= {item.due - self.shift for item in terms.sums}
        days |= {first - 1 for first, _ in terms.excluded} | {last for _, last in terms.excluded}
        if terms.running is not None:
            days.add(terms.running.start)
        return sorted(day for day in days if day <= terms.as_of)

    def _charge(self, until: int) -> None:
        days = until - self.day
        rows = self.next_rows(days)
        for item in rows:
            self.owed["running" if item.kind == "interest" else "doubled"] += item.amount
        self.rows += rows
        self.day = until

    def next_rows(self, days: int) -> list[Row]:
        """Charges of the ``days`` days after the current one."""
        if days == 0:
            return []
        terms, first, found = self.terms, self.day + 1, []
        running = terms.running
        if running is not None and running.start <= self.day:
            base = min(running.base, sum(self.left))
            found.append(row("interest", first, days, base, running.rate.per_day(terms.basis)))
        late = sum(
            left
            for left, item in zip(self.left, terms.sums, strict=True)
            if item.due - self.shift <= self.day and item.due < self.late_before
        )
        if late and terms.on_everything:
            late += self.owed["ordinary"] // SCALE
        if not any(start <= first <= end for start, end in terms.excluded):
            found.append(row("doubled", first, days, late, terms.daily))
        return [item for item in found if item.base > 0]

    def _pay(self, pool: int) -> None:
        if self.terms.allocation == "principal_first":
            pool = self._pay_sums(pool)
        pool, _ = settle(self.owed, ("ordinary", "running"), pool)
        pool = self._pay_sums(pool)
        self.credit, _ = settle(self.owed, ("doubled",), pool)

    def _pay_sums(self, pool: int) -> int:
        for index, left in enumerate(self.left):
            part = min(pool, left)
            self.left[index] -= part
            pool -= part
        return pool


def run(judgment: Judgment) -> Judged:
    """What the judgment comes to at the end of its as-of day."""
    done = _Run(judgment)
    parts = {
        "judged": SCALE * sum(done.left),
        "ordinary": done.owed["ordinary"] + done.owed["running"],
        "doubled": done.owed["doubled"],
    }
    done.late_before += 1
    tomorrow = done.next_rows(1)
    unpaid = [item.due for item, left in zip(judgment.sums, done.left, strict=True) if left]
    return Judged(
        parts,
        merged(done.rows),
        charged(tomorrow),
        charged(item for item in tomorrow if item.kind == "doubled"),
        max(0, judgment.as_of - unpaid[0]) if unpaid else 0,
        absorbed(parts, done.credit),
    )
