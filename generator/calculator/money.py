"""Money as integer 分, and the one denominator every charge is counted in.

A charge is an integer number of 1/SCALE 分. SCALE is a multiple of every denominator a request
can bring in (percent with six decimals, ÷30, ÷360, ÷365, a multiplier with four decimals), so
sums never need a common denominator and nothing is rounded before it is shown.
"""

import re

RATE_ONE = 10**8
"""Denominator of a quoted rate: a percentage with at most six decimals."""
MULTIPLIER_ONE = 10**4
"""Denominator of a penalty multiplier: at most four decimals."""
DAY_FACTOR = 26280
"""Least common multiple of 360, 365 and 30: what a yearly or monthly rate is divided by."""
SCALE = RATE_ONE * MULTIPLIER_ONE * DAY_FACTOR

AMOUNT_LIMIT = 10**10
"""First amount refused: 100,000,000 元, in 分."""

_AMOUNT = re.compile(r"([0-9]{1,15})(?:\.([0-9]{1,15}))?")

_SHOWN = re.compile(r"-?[0-9]+\.[0-9]{2}")
_THOUSANDS = re.compile(r"\B(?=([0-9]{3})+\.)")


def parse_amount(text: str) -> int | str:
    """分 of a plain decimal such as ``12000.50``, or the code of what is wrong with it."""
    found = _AMOUNT.fullmatch(text)
    if found is None:
        return "amount_format"
    decimals = found[2] or ""
    if len(decimals) > 2:
        return "amount_decimals"
    fen = int(found[1]) * 100 + int(decimals.ljust(2, "0"))
    return fen if fen < AMOUNT_LIMIT else "amount_big"


def format_amount(fen: int) -> str:
    """``1200050`` → ``12000.50``; the sign is kept."""
    sign = "-" if fen < 0 else ""
    whole, cents = divmod(abs(fen), 100)
    return f"{sign}{whole}.{cents:02d}"


def is_amount(text: str) -> bool:
    """Is this an amount as answers have it?"""
    return _SHOWN.fullmatch(text) is not None


def grouped(text: str) -> str:
    """``10225.00`` → ``10,225.00``; what is no amount stays as it is."""
    return _THOUSANDS.sub(",", text) if is_amount(text) else text


def half_up(exact: int, unit: int = SCALE) -> int:
    """Nearest multiple of ``unit``, halves away from zero: 1/SCALE 分 → 分."""
    rounded = (2 * abs(exact) + unit) // (2 * unit)
    return rounded if exact >= 0 else -rounded


def yuan(exact: int) -> str:
    """An exact charge as it is shown: rounded once, two decimals."""
    return format_amount(half_up(exact))
