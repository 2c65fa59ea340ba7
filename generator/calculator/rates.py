"""Rates as they are quoted, and what they come to per day.

Written form: ``日 0.05%``, ``日 万分之5``, ``月 1.5%``, ``年 18%``. A yearly rate needs a basis
(360 or 365); a monthly one is divided by 30 (calc_rules 年基).
"""

import re

from msgspec import Struct

from .money import DAY_FACTOR, MULTIPLIER_ONE, RATE_ONE, SCALE, half_up

UNITS = {"日": "day", "月": "month", "年": "year"}
LIMITS = {"day": RATE_ONE // 100, "month": RATE_ONE * 3 // 10, "year": RATE_ONE}
"""Highest rate taken: 1 % a day, 30 % a month, 100 % a year; above it is a slip of units."""

_PERCENT = re.compile(r"([日月年]) ?([0-9]{1,4})(?:\.([0-9]{1,6}))?%")
_MYRIAD = re.compile(r"日 ?万分之([0-9]{1,4})(?:\.([0-9]{1,4}))?")
_SHARE = re.compile(r"([0-9]{1,4})(?:\.([0-9]{1,6}))?%")
_DECIMAL = re.compile(r"([0-9]{1,4})(?:\.([0-9]{1,4}))?")


class Rate(Struct, frozen=True):
    """A rate in its own unit: ``value`` over RATE_ONE per day, month or year."""

    unit: str
    value: int

    def per_day(self, basis: int, multiplier: int = MULTIPLIER_ONE) -> int:
        """Daily rate over SCALE; ``basis`` counts only for a yearly rate."""
        divisor = {"day": 1, "month": 30, "year": basis, "year_by_month": 12}[self.unit]
        return self.value * (DAY_FACTOR // divisor) * multiplier

    @property
    def month_taken_for_day(self) -> "Rate":
        """The monthly rate used as a daily one: the mistake of multiplying it by days."""
        return Rate("year_by_month" if self.unit == "year" else "day", self.value)


def parse_rate(text: str) -> Rate | str:
    """The quoted rate, or the code of what is wrong with it."""
    found = _MYRIAD.fullmatch(text)
    if found is not None:
        return _limited("day", int(found[1] + (found[2] or "").ljust(4, "0")))
    found = _PERCENT.fullmatch(text)
    if found is None:
        return "rate_format"
    return _limited(UNITS[found[1]], int(found[2] + (found[3] or "").ljust(6, "0")))


def _limited(unit: str, value: int) -> Rate | str:
    return Rate(unit, value) if value <= LIMITS[unit] else f"rate_{unit}_high"


def parse_multiplier(text: str) -> int | str:
    """A penalty multiplier over MULTIPLIER_ONE, from 1 to 5, or a code."""
    found = _DECIMAL.fullmatch(text)
    if found is None:
        return "multiplier_format"
    value = int(found[1] + (found[2] or "").ljust(4, "0"))
    return value if MULTIPLIER_ONE <= value <= 5 * MULTIPLIER_ONE else "multiplier_range"


def parse_percent(text: str) -> int | str:
    """A share such as ``5%`` over RATE_ONE, up to 100 %, or a code."""
    found = _SHARE.fullmatch(text)
    if found is None:
        return "percent_format"
    value = int(found[1] + (found[2] or "").ljust(6, "0"))
    return value if value <= RATE_ONE else "percent_range"


def format_multiplier(value: int) -> str:
    """``15000`` → ``1.5``."""
    return _trimmed(value, 4)


def format_rate(rate: Rate) -> str:
    """The written form that ``parse_rate`` reads."""
    sign = {"day": "日", "month": "月", "year": "年"}[rate.unit]
    return f"{sign} {_trimmed(rate.value, 6)}%"


def daily_percent(per_day: int) -> str:
    """A daily rate for showing, as a percentage with at most six decimals: ``0.075%``."""
    return _trimmed(half_up(per_day, SCALE // RATE_ONE), 6) + "%"


def annual_percent(per_day: int) -> str:
    """The same rate over 365 days, at most four decimals: ``27.375%``."""
    return _trimmed(half_up(per_day * 365, SCALE // 10**6), 4) + "%"


def _trimmed(value: int, decimals: int) -> str:
    whole, rest = divmod(value, 10**decimals)
    digits = f"{rest:0{decimals}d}".rstrip("0")
    return f"{whole}.{digits}" if digits else str(whole)
