"""The facts a calculation rests on, as one frozen value.

Rows come from ``content/data/lpr.yml`` and ``content/data/calculator.yml``; the engine never
reads them itself. A rate is found for a day only inside a row and only up to the table's
``verified_through``: after it the engine refuses instead of extrapolating.
"""

import re
from collections.abc import Mapping
from typing import Generic, TypeVar

from msgspec import Struct

from .dates import format_date
from .money import grouped
from .rates import Rate
from .spec import FIGURES, MODES

Value = TypeVar("Value")
_PART = re.compile(r"\{(\w+)\}", re.ASCII)


class DatedRow(Struct, Generic[Value], frozen=True):
    """``value`` holds from day ``start`` to day ``end`` included; ``end`` None: until replaced.

    ``written`` is the value as the data file has it, ``source`` the id of its source.
    """

    start: int
    end: int | None
    value: Value
    written: str
    source: str
    checked: int

    def to_json(self) -> dict[str, object]:
        """The row as the data file has it."""
        return {
            "from": format_date(self.start),
            "to": None if self.end is None else format_date(self.end),
            "value": self.written,
            "source": self.source,
            "checked": format_date(self.checked),
        }


class DatedTable(Struct, Generic[Value], frozen=True):
    """Rows in order, without gap or overlap, checked up to ``verified_through``."""

    verified_through: int
    rows: tuple[DatedRow[Value], ...]

    def on(self, day: int) -> DatedRow[Value] | None:
        """The row in force on a day, None before the first row or past what was verified."""
        if day > self.verified_through:
            return None
        for item in reversed(self.rows):
            if item.start <= day:
                return item if item.end is None or day <= item.end else None
        return None

    def to_json(self) -> dict[str, object]:
        """What the JavaScript engine and the tables on the site read."""
        return {
            "verified_through": format_date(self.verified_through),
            "rows": [item.to_json() for item in self.rows],
        }


class Stage(Struct, frozen=True):
    """A name the trade uses for a number of days overdue; ``last`` None: no end."""

    first: int
    last: int | None
    label: str
    source: str


class Tables(Struct, frozen=True):
    """Everything the engine is told: rate tables, stages, and the words it answers with.

    ``private_cap`` holds multiples of the LPR, ``late_fee`` shares over RATE_ONE.
    ``wording`` has groups of strings by key: ``labels`` (fields), ``messages`` (errors),
    ``choices`` (``field.value``), ``texts`` (notes, questions), ``shown`` (how an answer is
    presented) and ``hints`` (where a number stands), all simplified Chinese.
    """

    lpr: DatedTable[Rate]
    private_cap: DatedTable[int]
    delayed_interest: DatedTable[Rate]
    guidance: DatedTable[Rate]
    late_fee: DatedTable[int]
    stages: tuple[Stage, ...]
    wording: Mapping[str, Mapping[str, str]]

    def words(self, group: str, key: str, **parts: object) -> str:
        """A string of the wording with its ``{names}`` filled in, amounts in groups of three
        digits; the key itself if unknown.
        """
        text = self.wording[group].get(key, key)
        return _PART.sub(lambda it: grouped(str(parts[it[1]])) if it[1] in parts else it[0], text)

    def stage(self, days: int) -> Stage | None:
        """The stage a number of days overdue falls into."""
        for item in self.stages:
            if item.first <= days and (item.last is None or days <= item.last):
                return item
        return None

    def to_json(self) -> dict[str, object]:
        """The whole value for the JavaScript engine, with the fields it reads requests by."""
        return {
            "fields": {
                mode: [field.to_json() for field in fields] for mode, fields in MODES.items()
            },
            "figures": {mode: list(keys) for mode, keys in FIGURES.items()},
            "lpr": self.lpr.to_json(),
            "private_cap": self.private_cap.to_json(),
            "delayed_interest": self.delayed_interest.to_json(),
            "guidance": self.guidance.to_json(),
            "late_fee": self.late_fee.to_json(),
            "stages": [
                {"first": s.first, "last": s.last, "label": s.label, "source": s.source}
                for s in self.stages
            ],
            "wording": {group: dict(words) for group, words in self.wording.items()},
        }
