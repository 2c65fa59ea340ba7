"""What day it is: as told, else `SOURCE_DATE_EPOCH`, else the day in Beijing."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8))


def as_of(told: date | None) -> date:
    """The day a build speaks of. Raises `ValueError` for a malformed `SOURCE_DATE_EPOCH`."""
    if told is not None:
        return told
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is not None:
        try:
            return datetime.fromtimestamp(int(epoch), UTC).astimezone(BEIJING).date()
        except (OverflowError, OSError) as error:
            raise ValueError(f"no such day: {epoch}") from error
    return datetime.now(BEIJING).date()
