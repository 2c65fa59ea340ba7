"""Reads a request by the list of its fields and collects what is wrong with it.

Every field is read, so that all faults are reported at once; each has at most one message, in
the order missing → wrong form → out of range → relation between fields.
"""

from collections.abc import Callable, Iterable

from msgspec import Struct

from .dates import parse_date
from .money import parse_amount
from .rates import Rate, parse_multiplier, parse_percent, parse_rate
from .spec import Field, Json
from .tables import Tables

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


class Place(Struct, frozen=True):
    """Where an object stands: its path (``payments.0.``) and owner (第 1 笔还款的)."""

    faults: Faults
    path: str = ""
    owner: str = ""


class Values:
    """What was read of one object. None: empty, or wrong and noted as a fault."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._read: dict[str, object] = {}

    def fault(self, name: str, code: str, **parts: object) -> None:
        """Note an error of a field."""
        place = self._place
        label = place.owner + place.faults.tables.words("labels", name)
        place.faults.add(place.path + name, code, label, **parts)

    def __setitem__(self, name: str, value: object) -> None:
        self._read[name] = value

    def amount(self, name: str) -> int | None:
        """分."""
        value = self._read[name]
        return value if isinstance(value, int) else None

    def day(self, name: str) -> int | None:
        """Day number."""
        return self.amount(name)

    def number(self, name: str) -> int:
        """A count of days, 0 if empty."""
        return self.amount(name) or 0

    def rate(self, name: str) -> Rate | None:
        """Quoted rate."""
        value = self._read[name]
        return value if isinstance(value, Rate) else None

    def code(self, name: str) -> str:
        """The choice made, or the default."""
        return str(self._read[name])

    def flag(self, name: str) -> bool:
        """The truth value given, or the default."""
        return bool(self._read[name])

    def items(self, name: str) -> list["Values"]:
        """The objects of a list."""
        value = self._read[name]
        assert isinstance(value, list)
        return value


def read(data: Json, fields: Iterable[Field], place: Place) -> Values:
    """Read an object; a key that is no field is a fault, so a misspelt one is never ignored."""
    values = Values(place)
    known = {"mode"} if not place.path else set()
    for field in fields:
        values[field.name] = _value(field, data, values, place)
        known.add(field.name)
    extra = [key for key in data if key not in known]
    for key in sorted(extra, key=lambda k: str(k).encode("utf-16-be", "surrogatepass")):
        place.faults.add(f"{place.path}{key}", "unknown", str(key))
    return values


def _value(field: Field, data: Json, values: Values, place: Place) -> object:
    value = data.get(field.name)
    empty: object = [] if field.kind == "list" else field.default
    if field.unless and _given(data.get(field.unless)):
        if _given(value):
            values.fault(field.name, "either_form")
        return empty
    if value is None or value == "":
        if field.required:
            values.fault(field.name, "missing")
        return empty
    if field.kind == "list":
        return _items(field, value, values, place)
    found, code = _parsed(field, value)
    if code:
        values.fault(field.name, code, limit=field.limit, options="、".join(field.options))
        return empty
    return found


def _given(value: object) -> bool:
    return value not in (None, "", [])


def _parsed(field: Field, value: object) -> tuple[object, str]:
    """What was written, and the code of what is wrong with it (empty: nothing)."""
    if field.kind == "flag":
        return value, "" if isinstance(value, bool) else "flag"
    if not isinstance(value, str):
        return None, "type"
    if field.kind == "choice":
        return value, "" if value in field.options else "choice"
    found = _count(value, field.limit) if field.kind == "count" else _PARSERS[field.kind](value)
    if field.kind == "amount" and found == 0:
        return None, "amount_zero"
    return (None, found) if isinstance(found, str) else (found, "")


def _count(text: str, limit: int) -> int | str:
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        return "count_format"
    return int(text) if int(text) <= limit else "count_range"


_PARSERS: dict[str, Callable[[str], object]] = {
    "amount": parse_amount,
    "amount0": parse_amount,
    "date": parse_date,
    "rate": parse_rate,
    "multiplier": parse_multiplier,
    "percent": parse_percent,
}


def _items(field: Field, value: object, values: Values, place: Place) -> list[Values]:
    if not isinstance(value, list):
        values.fault(field.name, "list")
        return []
    if len(value) > MAX_ITEMS:
        values.fault(field.name, "list_long", limit=MAX_ITEMS)
        return []
    found = []
    for index, item in enumerate(value):
        owner = place.faults.tables.words("labels", field.name + ".item", n=index + 1)
        path = f"{place.path}{field.name}.{index}"
        if isinstance(item, dict):
            found.append(read(item, field.fields, Place(place.faults, path + ".", owner)))
        else:
            place.faults.add(path, "object", owner)
    return found
