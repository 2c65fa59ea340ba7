"""Terms of a credit card account in arrears.

Sources: calc_rules 信用卡循环利息 and 违约金; 银发〔2016〕111号 (no interest on fees); the 2013
pact of the banks (容时 days, 容差 amount). Everything else is the contract of the bank.
"""

from msgspec import Struct

from .dates import add_months
from .payments import Payment

INTEREST_ON: tuple[str, ...] = ("full", "unpaid")
COMPOUNDING: tuple[str, ...] = ("monthly", "none")
ALLOCATION: tuple[str, ...] = ("interest_first", "principal_first_after_90")


class Lot(Struct, frozen=True):
    """A purchase or cash advance of ``amount`` 分 posted on day ``posted``."""

    posted: int
    amount: int
    cash: bool = False


class Statement(Struct, frozen=True):
    """A bill drawn on ``day``, payable by ``due``; ``minimum`` 分, None where it is not known."""

    day: int
    due: int
    minimum: int | None = None


class Card(Struct, frozen=True):
    """``daily`` and ``fee_rate`` over SCALE; ``fee_min``, ``fee_max`` and ``tolerance`` in 分.

    ``fee_on`` ``balance`` takes the late fee on everything owed, a known mistake that only the
    gap finder sets.
    """

    lots: tuple[Lot, ...]
    statements: tuple[Statement, ...]
    as_of: int
    daily: int
    payments: tuple[Payment, ...]
    fee_rate: int
    fee_min: int
    fee_max: int | None
    tolerance_days: int
    tolerance: int
    statement_day_counted: bool
    interest_on: str
    compounding: str
    allocation: str
    fee_on: str = "minimum"

    def bills(self, through: int) -> tuple[Statement, ...]:
        """The statements given and, after the last, one each month up to the first ≥ through."""
        found = list(self.statements)
        last, months = found[-1], 1
        while found[-1].day < through:
            found.append(Statement(add_months(last.day, months), add_months(last.due, months)))
            months += 1
        return tuple(found)
