"""From the parsed YAML of the two data files to ``Tables``, or everything that is wrong with it.

Rows of a table must follow each other without gap or overlap; only the last may be open. A value
that cannot be read, an unknown key or a missing word is a problem named with its place.
"""

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import TypeVar

from msgspec import Struct

from .dates import format_date, parse_date
from .rates import Rate, parse_percent, parse_rate
from .tables import DatedRow, DatedTable, Stage, Tables

Value = TypeVar("Value")

ROW_KEYS = ("from", "to", "value", "source", "checked")
STAGE_KEYS = ("first", "last", "label", "source")
WORD_GROUPS = ("labels", "messages", "choices", "texts", "shown", "hints")


class Problem(Struct, frozen=True):
    """``place`` such as ``lpr.rows.3.to`` and what is wrong there, in Chinese."""

    place: str
    message: str


class _Reader:
    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def problem(self, place: str, message: str) -> None:
        self.problems.append(Problem(place, message))

    def mapping(self, data: object, place: str) -> Mapping[str, object]:
        if isinstance(data, Mapping):
            return data
        self.problem(place, "要是一组“栏目：内容”")
        return {}

    def sequence(self, data: object, place: str) -> list[object]:
        if isinstance(data, list) and data:
            return data
        self.problem(place, "要是至少有一条的列表")
        return []

    def keys(self, data: Mapping[str, object], known: tuple[str, ...], place: str) -> None:
        for key in data:
            if key not in known:
                self.problem(f"{place}.{key}", "不认识这个栏目")
        for key in known:
            if key not in data:
                self.problem(f"{place}.{key}", "缺少这个栏目")

    def day(self, data: Mapping[str, object], key: str, place: str) -> int:
        value = data.get(key)
        day = parse_date(value) if isinstance(value, str) else "date_format"
        if isinstance(day, int):
            return day
        if key in data:
            self.problem(f"{place}.{key}", "要写成带引号的日期，例如 '2026-09-20'")
        return 0

    def text(self, data: Mapping[str, object], key: str, place: str) -> str:
        value = data.get(key)
        if isinstance(value, str) and value:
            return value
        if key in data:
            self.problem(f"{place}.{key}", "要写成文字")
        return ""

    def table(
        self, data: object, place: str, parse: Callable[[str], Value | str]
    ) -> DatedTable[Value]:
        fields = self.mapping(data, place)
        self.keys(fields, ("verified_through", "rows"), place)
        through = self.day(fields, "verified_through", place)
        rows = []
        for index, item in enumerate(self.sequence(fields.get("rows"), f"{place}.rows")):
            rows.append(self.row(item, f"{place}.rows.{index}", parse))
        whole = tuple(row for row in rows if row is not None)
        if len(whole) == len(rows):
            self.continuity(whole, place, through)
        return DatedTable(through, whole)

    def row(
        self, data: object, place: str, parse: Callable[[str], Value | str]
    ) -> DatedRow[Value] | None:
        before = len(self.problems)
        fields = self.mapping(data, place)
        self.keys(fields, ROW_KEYS, place)
        start, checked = self.day(fields, "from", place), self.day(fields, "checked", place)
        end = None if fields.get("to") is None else self.day(fields, "to", place)
        written = self.text(fields, "value", place)
        value = parse(written)
        if isinstance(value, str):
            if written:
                self.problem(f"{place}.value", f"读不懂“{written}”")
            return None
        source = self.text(fields, "source", place)
        if end is not None and end < start:
            self.problem(f"{place}.to", "不能早于 from")
        if len(self.problems) > before:
            return None
        return DatedRow(start, end, value, written, source, checked)

    def continuity(self, rows: tuple[DatedRow[Value], ...], place: str, through: int) -> None:
        for index, (one, following) in enumerate(pairwise(rows)):
            at = f"{place}.rows.{index}.to"
            if one.end is None:
                self.problem(at, "后面还有一行，要写到哪天为止")
            elif one.end + 1 < following.start:
                self.problem(at, f"{format_date(one.end + 1)} 起有空缺")
            elif one.end >= following.start:
                self.problem(at, f"和下一行在 {format_date(following.start)} 重叠")
        if rows and rows[-1].end is not None and rows[-1].end < through:
            self.problem(f"{place}.verified_through", "晚于最后一行的结束日")

    def stages(self, data: object) -> tuple[Stage, ...]:
        found: list[Stage] = []
        for index, item in enumerate(self.sequence(data, "calculator.stages")):
            place = f"calculator.stages.{index}"
            fields = self.mapping(item, place)
            self.keys(fields, STAGE_KEYS, place)
            first, last = fields.get("first"), fields.get("last")
            label, source = self.text(fields, "label", place), self.text(fields, "source", place)
            if not isinstance(first, int) or not (last is None or isinstance(last, int)):
                self.problem(place, "first、last 要是整数，last 可以是 null")
                continue
            if found and found[-1].last != first - 1:
                self.problem(f"{place}.first", "要紧接上一行的 last")
            found.append(Stage(first, last, label, source))
        return tuple(found)

    def wording(self, data: object) -> dict[str, dict[str, str]]:
        fields = self.mapping(data, "calculator.wording")
        self.keys(fields, WORD_GROUPS, "calculator.wording")
        found: dict[str, dict[str, str]] = {}
        for group in WORD_GROUPS:
            place = f"calculator.wording.{group}"
            words = self.mapping(fields.get(group, {}), place)
            found[group] = {key: self.text(words, key, place) for key in words}
        return found


def read_tables(lpr: object, calculator: object) -> tuple[Tables | None, tuple[Problem, ...]]:
    """The tables, or None and all problems of both files at once.

    ``lpr`` and ``calculator`` are what a YAML reader makes of ``content/data/lpr.yml`` and
    ``content/data/calculator.yml``.
    """
    reader = _Reader()
    fields = reader.mapping(calculator, "calculator")
    known = ("private_cap", "delayed_interest", "guidance", "late_fee", "stages", "wording")
    reader.keys(fields, known, "calculator")
    tables = Tables(
        lpr=reader.table(lpr, "lpr", _yearly),
        private_cap=reader.table(fields.get("private_cap"), "calculator.private_cap", _multiple),
        delayed_interest=reader.table(
            fields.get("delayed_interest"), "calculator.delayed_interest", parse_rate
        ),
        guidance=reader.table(fields.get("guidance"), "calculator.guidance", _yearly),
        late_fee=reader.table(fields.get("late_fee"), "calculator.late_fee", parse_percent),
        stages=reader.stages(fields.get("stages")),
        wording=reader.wording(fields.get("wording")),
    )
    return (None if reader.problems else tables), tuple(reader.problems)


def _yearly(text: str) -> Rate | str:
    rate = parse_rate(text)
    return rate if isinstance(rate, str) or rate.unit == "year" else "rate_format"


def _multiple(text: str) -> int | str:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else "count_format"
