"""Terms of an overdue loan, and what settling it comes to.

Sources: 银发〔2003〕251号 第三项 (the penalty rate replaces the contract rate; unpaid interest
bears the penalty rate), 民法典 第五百六十一条 (order of settlement), calc_rules.
"""

from msgspec import Struct

from .payments import Payment
from .rates import Rate

BASES: tuple[str, ...] = ("overdue", "overdue_with_interest", "accelerated")
COMPOUNDING: tuple[str, ...] = ("none", "on_interest", "monthly")
ROUNDING: tuple[str, ...] = ("exact", "daily", "daily_truncated")
END_POINTS: tuple[str, ...] = ("difference", "both_ends")
ALLOCATION: tuple[str, ...] = ("interest_first", "principal_first")
USUAL_MULTIPLIER = 15000
"""1.5 times: the usual contract of an online loan (calc_rules 基本式), used when none is given."""


class Instalment(Struct, frozen=True):
    """``principal`` and ``interest`` in 分, due on day ``due``."""

    due: int
    principal: int
    interest: int


class Loan(Struct, frozen=True):
    """One overdue loan, instalments in order of their due days.

    ``contract`` and ``penalty`` are quoted rates; without ``penalty`` the contract rate times
    ``multiplier`` (over MULTIPLIER_ONE) is used. ``stacked`` adds the contract rate on top of
    the penalty rate and ``on_balance`` takes 5 % of the whole balance on top: known mistakes
    that only the gap finder sets. ``remaining`` is principal not yet due and ``fee`` a
    fixed sum owed once anything is overdue (分).
    """

    instalments: tuple[Instalment, ...]
    as_of: int
    contract: Rate
    basis: int
    multiplier: int
    penalty: Rate | None
    base: str
    compounding: str
    rounding: str
    end_points: str
    allocation: str
    grace_days: int
    grace_retroactive: bool
    remaining: int
    accelerated_on: int | None
    fee: int
    payments: tuple[Payment, ...]
    stacked: bool = False
    on_balance: bool = False

    @property
    def contract_per_day(self) -> int:
        """Contract rate per day over SCALE."""
        return self.contract.per_day(self.basis)

    @property
    def penalty_per_day(self) -> int:
        """Penalty rate per day over SCALE: it replaces the contract rate."""
        if self.penalty is not None:
            own = self.penalty.per_day(self.basis)
        else:
            own = self.contract.per_day(self.basis, self.multiplier)
        return own + (self.contract_per_day if self.stacked else 0)

    @property
    def first_due(self) -> int:
        """Due day of the oldest instalment."""
        return self.instalments[0].due

    @property
    def called_on(self) -> int | None:
        """Day on which all outstanding principal falls due, if the base says so."""
        return self.accelerated_on if self.base == "accelerated" else None

    @property
    def needs_basis(self) -> bool:
        """Does any rate depend on 360 or 365?"""
        rates = (self.contract, self.penalty)
        return any(rate is not None and rate.unit == "year" for rate in rates)
