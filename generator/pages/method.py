"""How the calculator calculates: its rules, and the tables they rest on, from the same rows."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from generator.calculator import Tables
from generator.calculator.dates import format_date
from generator.calculator.spec import MODES
from generator.calculator.tables import DatedTable
from generator.catalogue import Catalogue
from generator.citations import CitedSource, cited_source
from generator.examples import work
from generator.pages import stale
from generator.pages.calculator import EXAMPLES, Example
from generator.pages.frame import (
    CALCULATOR,
    METHOD,
    Frame,
    NavLink,
    article_path,
    calculator_link,
    canonical,
)
from generator.pages.stale import Stale
from generator.review import TABLES
from generator.settings import Settings

TEMPLATE = "calculator-method.html"
TITLE = "逾期计算器是怎么算的"
SUMMARY = "每个公式、每种口径、怎样舍入，用到的利率表、出处和核对日期，都在这里。"


class TableRow(Struct, frozen=True):
    """A dated value; `source` is empty where the table of sources has no such row."""

    start: str
    end: str
    value: str
    source: CitedSource | None
    checked: str


class RateTable(Struct, frozen=True):
    """A table as readers see it, the newest row first."""

    title: str
    through: str
    rows: tuple[TableRow, ...]


class Convention(Struct, frozen=True):
    """A choice that is open, its usual answer first."""

    name: str
    modes: str
    choices: tuple[str, ...]


class MethodPage(Struct, frozen=True):
    """All the page depends on."""

    frame: Frame
    canonical: str
    title: str
    summary: str
    stale: tuple[Stale, ...]
    calculator: NavLink
    example: Example
    conventions: tuple[Convention, ...]
    tables: tuple[RateTable, ...]
    stages: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...]


_REMARKS = (
    "compounding_on_interest",
    "compounding_monthly",
    "private_scope",
    "judgment_base",
    "judgment_excluded",
    "card_fee_once",
    "card_unpaid_only",
    "card_order",
)


def method_page(
    catalogue: Catalogue, tables: Tables, frame: Frame, settings: Settings
) -> MethodPage:
    base = settings.base_path
    title, request = EXAMPLES[0]
    worked = work(request, tables, title)
    return MethodPage(
        frame=frame,
        canonical=canonical(settings, article_path(base, METHOD)),
        title=TITLE,
        summary=SUMMARY,
        stale=stale.of_tables(TABLES, catalogue, settings),
        calculator=NavLink(article_path(base, CALCULATOR), "逾期计算器"),
        example=Example(worked, calculator_link(base, worked.mode, worked.fragment)),
        conventions=conventions(tables),
        tables=(
            _table("一年期贷款市场报价利率（LPR）", tables.lpr, catalogue),
            _table("民间借贷上限：一年期 LPR 的几倍", tables.private_cap, catalogue),
            _table("判决后加倍部分的日利率", tables.delayed_interest, catalogue),
            _table("24% 对照线", tables.guidance, catalogue),
            _table("信用卡违约金的常见比例", tables.late_fee, catalogue),
        ),
        stages=tuple((_span(stage.first, stage.last), stage.label) for stage in tables.stages),
        remarks=tuple(tables.words("texts", key) for key in _REMARKS),
    )


def _span(first: int, last: int | None) -> str:
    return f"{first} 天以上" if last is None else f"{first}—{last} 天"


def _table(title: str, table: DatedTable[Any], catalogue: Catalogue) -> RateTable:
    rows = [
        TableRow(
            format_date(row.start),
            "" if row.end is None else format_date(row.end),
            row.written,
            _source(row.source, catalogue),
            format_date(row.checked),
        )
        for row in reversed(table.rows)
    ]
    return RateTable(title, format_date(table.verified_through), tuple(rows))


def _source(identifier: str, catalogue: Catalogue) -> CitedSource | None:
    row = catalogue.facts.sources.get(identifier)
    return None if row is None else cited_source(row)


def conventions(tables: Tables) -> tuple[Convention, ...]:
    """Every open choice of every mode, once."""
    modes: dict[str, list[str]] = {}
    choices: dict[str, dict[str, None]] = {}
    for mode, fields in MODES.items():
        for field in fields:
            if not field.vary:
                continue
            modes.setdefault(field.name, []).append(tables.words("shown", f"mode.{mode}"))
            usual = str(field.default).lower()
            ordered = sorted(field.vary, key=lambda code: code != usual)
            labels = [tables.words("choices", f"{field.name}.{code}") for code in ordered]
            choices.setdefault(field.name, {}).update(dict.fromkeys(labels))
    return tuple(
        Convention(tables.words("labels", name), "、".join(modes[name]), tuple(choices[name]))
        for name in modes
    )
