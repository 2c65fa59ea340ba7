"""What goes stale and when: pages by their own date, tables and rows by their age.

`day` is the last day on which something still counts as checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from msgspec import Struct

from generator.article import Article, Source, Standing
from generator.calculator import Tables
from generator.calculator.dates import format_date
from generator.calculator.tables import DatedTable
from generator.diagnostics import Diagnostic, Span
from generator.facts import Facts
from generator.messages import finding
from generator.rate_tables import LPR_PATH, RULES_PATH
from generator.settings import ReviewAfter
from generator.table import Table
from generator.yaml_document import parse

TABLES = ("lpr", "private_cap", "delayed_interest", "guidance", "late_fee")
_TITLES = {
    "lpr": "一年期 LPR",
    "private_cap": "民间借贷上限",
    "delayed_interest": "判决后加倍部分的日利率",
    "guidance": "24% 对照线",
    "late_fee": "信用卡违约金",
}
MODES = {
    "loan": ("guidance",),
    "card": ("guidance", "late_fee"),
    "private": ("lpr", "private_cap"),
    "judgment": ("delayed_interest",),
}
"""The tables a calculation of each mode rests on."""


class Due(Struct, frozen=True):
    """Something to be checked again by `day`. `row` names a table of rates or a row of facts."""

    day: date
    path: str
    kind: str
    name: str
    why: str
    span: Span | None = None
    row: str = ""


def everything(
    pages: Sequence[Article | Standing], facts: Facts, after: ReviewAfter
) -> tuple[Due, ...]:
    """All there is, the most urgent first."""
    found = [*map(_page, pages), *_rows(facts, after)]
    if facts.tables is not None:
        found.extend(table_due(name, facts.tables, after) for name in TABLES)
    return tuple(sorted(found, key=lambda due: (due.day, due.path, due.row)))


def _page(page: Article | Standing) -> Due:
    kind = "文章" if isinstance(page, Article) else "页面"
    why = f"上次核对于 {page.reviewed.isoformat()}"
    return Due(page.review_due, page.path, kind, page.title, why, page.review_due_span)


def table_due(name: str, tables: Tables, after: ReviewAfter) -> Due:
    """When a table of rates has to be checked again."""
    table: DatedTable[Any] = getattr(tables, name)
    through = format_date(table.verified_through)
    day = date.fromisoformat(through) + timedelta(days=after.tables)
    path = LPR_PATH if name == "lpr" else RULES_PATH
    return Due(day, path, "数据表", _TITLES[name], f"只核对到 {through}", row=name)


def _rows(facts: Facts, after: ReviewAfter) -> Iterator[Due]:
    tables: tuple[tuple[str, Table[Any], int], ...] = (
        ("来源", facts.sources, after.sources),
        ("产品", facts.products, after.products),
        ("求助电话", facts.hotlines, after.hotlines),
    )
    for kind, table, days in tables:
        for row in table.values():
            day = row.checked + timedelta(days=days)
            why = f"核对于 {row.checked.isoformat()}，{days} 天以内有效"
            span = table.place(row.id, "checked")
            yield Due(day, table.path, kind, row.title, why, span, row.id)


def overdue(dues: Sequence[Due], as_of: date, data: Mapping[str, Source]) -> Iterator[Diagnostic]:
    """A reminder for everything whose day is over; `data` are the data files by path."""
    for due in dues:
        if due.day >= as_of:
            return
        span = due.span or _table_span(due, data)
        yield finding(
            "review-overdue",
            due.path,
            span,
            kind=due.kind,
            name=due.name,
            why=due.why,
            day=due.day.isoformat(),
        )


def _table_span(due: Due, data: Mapping[str, Source]) -> Span | None:
    source = data.get(due.path)
    if source is None:
        return None
    key = ("verified_through",) if due.path == LPR_PATH else (due.row, "verified_through")
    return parse(source.text(), due.path).span(key)
