"""Reads the fields of one request and collects what is wrong with them.

Every field is read, so that all faults are reported at once; each has at most one message, in
the order missing → wrong form → out of range → relation between fields.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from .dates import parse_date
from .money import parse_amount
from .rates import Rate, parse_multiplier, parse_percent, parse_rate
from .tables import Tables

Value = TypeVar("Value")
Json = dict[str, object]

MAX_ITEMS = 400
"""Longest list taken: more than thirty years of monthly payments."""


class Faults:
    """The errors found so far, one for each field, in the order they were found."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self._found: dict[str, Json] = {}

    def add(self, field: str, code: str, label: str, **parts: object) -> None:
        """Note an error unless the field already has one."""
        if field not in self._found:
            message = self.tables.words("messages", code, label=label, **parts)
            self._found[field] = {"field": field, "code": code, "message": message}

    def __bool__(self) -> bool:
        return bool(self._found)

    def listed(self) -> list[Json]:
        """The errors as JSON, in order."""
        return list(self._found.values())


class Fields:
    """One JSON object of a request: the request itself or an item of a list in it."""

    def __init__(self, data: Json, faults: Faults, path: str = "", owner: str = "") -> None:
        self._data = data
        self._faults = faults
        self._path = path
        self._owner = owner
        self._known: set[str] = set()

    def label(self, name: str) -> str:
        """What the reader calls the field, e.g. 第 2 笔还款的金额."""
        return self._owner + self._faults.tables.words("labels", name)

    def fault(self, name: str, code: str, **parts: object) -> None:
        """Note an error of a field."""
        self._faults.add(self._path + name, code, self.label(name), **parts)

    def given(self, name: str) -> bool:
        """Is there anything in the field?"""
        return self._data.get(name) not in (None, "", [])

    def skip(self, name: str) -> None:
        """The field belongs to the other form; it is known, not read."""
        self._known.add(name)

    def amount(self, name: str, *, required: bool = False, zero: bool = False) -> int:
        """分; 0 when empty or wrong (the fault is noted)."""
        value = self._parsed(name, parse_amount, required)
        if value is None:
            return 0
        if value == 0 and not zero:
            self.fault(name, "amount_zero")
        return value

    def date(self, name: str, *, required: bool = False) -> int | None:
        """Day number, None when empty or wrong."""
        return self._parsed(name, parse_date, required)

    def rate(self, name: str, *, required: bool = False) -> Rate | None:
        """Quoted rate, None when empty or wrong."""
        return self._parsed(name, parse_rate, required)

    def multiplier(self, name: str) -> int | None:
        """Multiplier over MULTIPLIER_ONE, None when empty or wrong."""
        return self._parsed(name, parse_multiplier, False)

    def percent(self, name: str) -> int | None:
        """A share over RATE_ONE, None when empty or wrong."""
        return self._parsed(name, parse_percent, False)

    def count(self, name: str, limit: int) -> int:
        """A whole number of days from 0 to ``limit``, 0 when empty."""

        def parse(text: str) -> int | str:
            if not (text.isascii() and text.isdigit() and len(text) <= 9):
                return "count_format"
            return int(text) if int(text) <= limit else "count_range"

        return self._parsed(name, parse, False, limit=limit) or 0

    def choice(self, name: str, options: Sequence[str], default: str) -> str:
        """One of the options, the default when empty."""

        text = self._text(name)
        if text is not None and text not in options:
            self.fault(name, "choice", options="、".join(options))
            return default
        return default if text is None else text

    def flag(self, name: str, default: bool) -> bool:
        """A JSON truth value."""
        self._known.add(name)
        value = self._data.get(name)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.fault(name, "flag")
            return default
        return value

    def items(self, name: str) -> Iterable["Fields"]:
        """The objects of a list, each read by its own ``Fields``."""
        self._known.add(name)
        value = self._data.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            self.fault(name, "list")
            return []
        if len(value) > MAX_ITEMS:
            self.fault(name, "list_long", limit=MAX_ITEMS)
            return []
        return self._objects(name, value)

    def _objects(self, name: str, values: list[object]) -> list["Fields"]:
        found = []
        for index, value in enumerate(values):
            owner = self._faults.tables.words("labels", name + ".item", n=index + 1)
            if isinstance(value, dict):
                found.append(Fields(value, self._faults, f"{self._path}{name}.{index}.", owner))
            else:
                self._faults.add(f"{self._path}{name}.{index}", "object", owner)
        return found

    def finish(self) -> None:
        """Name every key that was not asked for: a misspelt field is never silently ignored."""
        extra = [key for key in self._data if key not in self._known]
        for key in sorted(extra, key=lambda k: str(k).encode("utf-16-be", "surrogatepass")):
            self._faults.add(f"{self._path}{key}", "unknown", str(key))

    def _text(self, name: str) -> str | None:
        self._known.add(name)
        value = self._data.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            self.fault(name, "type")
            return None
        return value

    def _parsed(
        self,
        name: str,
        parse: Callable[[str], Value | str],
        required: bool,
        **parts: object,
    ) -> Value | None:
        text = self._text(name)
        if text is None:
            if required:
                self.fault(name, "missing")
            return None
        value = parse(text)
        if isinstance(value, str):
            self.fault(name, value, **parts)
            return None
        return value
