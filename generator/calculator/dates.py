"""Civil days as integers: differences are days, and no clock or time zone takes part."""

import re
from calendar import monthrange
from datetime import date

FIRST_DAY = date(1980, 1, 1).toordinal()
LAST_DAY = date(2099, 12, 31).toordinal()

_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def parse_date(text: str) -> int | str:
    """Day number of an ISO date, or the code of what is wrong with it."""
    found = _DATE.fullmatch(text)
    if found is None:
        return "date_format"
    # Years below 100 are nobody's; JavaScript takes them for 19xx, so neither engine reads them.
    if found[1] < "0100":
        return "date_real"
    try:
        day = date(int(found[1]), int(found[2]), int(found[3])).toordinal()
    except ValueError:
        return "date_real"
    return day if FIRST_DAY <= day <= LAST_DAY else "date_range"


def format_date(day: int) -> str:
    """ISO form of a day number."""
    return date.fromordinal(day).isoformat()


def add_months(day: int, months: int) -> int:
    """Same day of a later month, clamped to that month's last day (31 → 30, 29 → 28)."""
    start = date.fromordinal(day)
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last)).toordinal()
