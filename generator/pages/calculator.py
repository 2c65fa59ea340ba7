"""The calculator's page: its form as data, an example of each mode, what a day costs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct

from generator.calculator import Tables, calculate
from generator.calculator.dates import format_date
from generator.calculator.report import COLUMNS, field_label
from generator.calculator.spec import MODES, Field, Json
from generator.calculator.tables import DatedTable
from generator.catalogue import Catalogue
from generator.examples import Worked, work
from generator.fingerprint import digest
from generator.pages import stale
from generator.pages.frame import (
    METHOD,
    Frame,
    NavLink,
    article_path,
    calculator_link,
    calculator_slug,
    canonical,
    hub_path,
)
from generator.pages.stale import Stale
from generator.review import MODES as RULES
from generator.settings import Settings

TEMPLATE = "calculator.html"
TITLES: dict[str, tuple[str, str]] = {
    "loan": (
        "逾期计算器：今天还清要多少，每拖一天多多少",
        "网贷、银行贷款逾期的利息、罚息和违约金，写明公式和每一段。数字只在你的设备里算。",
    ),
    "card": (
        "信用卡逾期计算器：利息、违约金和下个账单日要还多少",
        "没还清的消费和取现，从入账日一天一天算，写明公式和每一段。数字只在你的设备里算。",
    ),
    "private": (
        "民间借贷计算器：按约定算多少，按四倍 LPR 算多少",
        "按实际到手的钱，把约定的利息、违约金和上限放在一起比。数字只在你的设备里算。",
    ),
    "judgment": (
        "判决以后计算器：加倍部分和没还的判决金额",
        "过了判决给的履行期，每天多多少，哪些钱不加倍。数字只在你的设备里算。",
    ),
}
"""Title and summary of each kind's page. A page of its own: nobody loads what another kind needs."""
SCRIPT = "calculator/form.js"
"""Imports the others of its folder and starts the form."""
FIRST: dict[str, tuple[str, ...]] = {
    "loan": ("principal", "rate", "due", "as_of"),
    "card": ("amount", "posted", "statement_date", "due", "minimum_due", "daily_rate", "as_of"),
    "private": ("amount_arrived", "arrived_on", "due", "agreed_rate", "as_of"),
    "judgment": ("judged_sum", "last_day", "as_of"),
}
"""The fields of the first screen; all others wait under 「更多口径」."""

EXAMPLES: tuple[tuple[str, Json], ...] = (
    (
        "网贷：本金 10,000 元，逾期 30 天",
        {
            "mode": "loan",
            "principal": "10000",
            "rate": "日 0.05%",
            "due": "2026-03-05",
            "as_of": "2026-04-04",
        },
    ),
    (
        "信用卡：消费 5,000 元，一分没还，过了到期日 10 天",
        {
            "mode": "card",
            "amount": "5000",
            "posted": "2026-02-10",
            "statement_date": "2026-03-05",
            "due": "2026-03-25",
            "minimum_due": "500",
            "daily_rate": "日 0.05%",
            "as_of": "2026-04-04",
        },
    ),
    (
        "民间借贷：借条 10,000 元，到手 9,000 元，约定年利率 24%",
        {
            "mode": "private",
            "amount_arrived": "9000",
            "amount_written": "10000",
            "arrived_on": "2025-06-01",
            "due": "2026-06-01",
            "agreed_rate": "年 24%",
            "as_of": "2026-08-01",
        },
    ),
    (
        "判决以后：判决 10,000 元，过了履行期 149 天",
        {
            "mode": "judgment",
            "judged_sum": "10000",
            "last_day": "2026-03-05",
            "as_of": "2026-08-01",
        },
    ),
)
RATES = ("日 0.02%", "日 0.03%", "日 0.04%", "日 0.05%", "年 12%", "年 15.4%", "年 18%", "年 24%")
TIMES = ("1", "1.3", "1.5")
_LATEST = 99999
_STAGES = {"overdue-1-30": (1, 30), "overdue-31-90": (31, 90), "overdue-90-plus": (91, _LATEST)}
_MODE_STAGES = {"judgment": ("enforcement", "sued"), "private": ("sued",)}
_ARTICLES = 3
VERSION = "1"
"""Of the method; raised when the same inputs would give another figure."""


class Choice(Struct, frozen=True):
    """An entry of a list to choose from."""

    value: str
    label: str


class FormField(Struct, frozen=True):
    """One field of the form; `fields` and `item` are those of a list's rows."""

    name: str
    kind: str
    label: str
    hint: str
    required: bool
    choices: tuple[Choice, ...]
    fields: tuple[FormField, ...]


class FormMode(Struct, frozen=True):
    """A kind of debt: the fields of the first screen and the others."""

    code: str
    title: str
    first: tuple[FormField, ...]
    more: tuple[FormField, ...]


class Kind(Struct, frozen=True):
    """The page of a kind of debt, and whether it is the one it is named on."""

    code: str
    page: NavLink
    current: bool


class Example(Struct, frozen=True):
    """A worked example and the address that carries its inputs."""

    worked: Worked
    href: str


class DayCost(Struct, frozen=True):
    """What 1,000 元 cost a day at a rate: one amount for each multiplier, and the rate a year."""

    rate: str
    amounts: tuple[str, ...]
    annual: str


class Next(Struct, frozen=True):
    """Where to go on, for `first` to `last` days overdue."""

    first: int
    last: int
    links: tuple[NavLink, ...]


class Checked(Struct, frozen=True):
    """A rate table: the day it is checked up to and the title of its latest source."""

    title: str
    through: str
    source: str


class TablesFile(Struct, frozen=True):
    """What the script of a kind calculates with, as a module of its own: a page that waits for no
    table is painted sooner, and a phone keeps the tables while texts change.
    """

    mode: str
    json: str

    @property
    def destination(self) -> str:
        return f"assets/{digest(self.json)[:12]}/calculator/tables-{self.mode}.js"

    def content(self) -> bytes:
        return f"export const tables = {self.json};\n".encode()


class CalculatorPage(Struct, frozen=True):
    """All the page of one kind of debt depends on; `tables` is what its script calculates with, and
    `tables_address` where that is served.

    `kinds` are the pages of all kinds, `costs` empty where a day costs not the same for everybody,
    `columns` the titles of a ledger.
    """

    frame: Frame
    canonical: str
    title: str
    summary: str
    stale: tuple[Stale, ...]
    script: str
    tables: TablesFile
    tables_address: str
    mode: FormMode
    kinds: tuple[Kind, ...]
    examples: tuple[Example, ...]
    times: tuple[str, ...]
    costs: tuple[DayCost, ...]
    nexts: tuple[Next, ...]
    method: NavLink
    version: str
    checked: tuple[Checked, ...]
    columns: tuple[str, ...]


def program(mode: str) -> str:
    """The name of the program of a kind, as `render.scripts` has it."""
    return SCRIPT.replace(".js", f"-{mode}.js")


def calculator_page(
    mode: str,
    catalogue: Catalogue,
    tables: Tables,
    script: str,
    frame: Frame,
    settings: Settings,
) -> CalculatorPage:
    """`script` is the destination of the program of this kind."""
    base = settings.base_path
    title, summary = TITLES[mode]
    data = TablesFile(mode, _json(mode, tables))
    return CalculatorPage(
        frame=frame,
        canonical=canonical(settings, article_path(base, calculator_slug(mode))),
        title=title,
        summary=summary,
        stale=stale.of_tables(RULES[mode], catalogue, settings),
        script=f"{base}/{script}",
        tables=data,
        tables_address=f"{base}/{data.destination}",
        mode=_mode(mode, tables),
        kinds=tuple(_kinds(mode, tables, base)),
        examples=tuple(
            Example(worked, calculator_link(base, mode, worked.fragment))
            for worked in (
                work(request, tables, name) for name, request in EXAMPLES if request["mode"] == mode
            )
        ),
        times=tuple("不加收" if times == "1" else f"罚息 {times} 倍" for times in TIMES),
        costs=tuple(day_cost(rate, tables) for rate in RATES) if mode == "loan" else (),
        nexts=tuple(_nexts(mode, catalogue, settings)),
        method=NavLink(article_path(base, METHOD), "算法说明"),
        version=VERSION,
        checked=tuple(checked(RULES[mode], tables, catalogue)),
        columns=tuple(tables.words("shown", f"column.{name}") for name in COLUMNS),
    )


_NAMES = {
    "lpr": "一年期 LPR",
    "private_cap": "民间借贷上限",
    "delayed_interest": "判决后加倍部分",
    "guidance": "24% 对照线",
    "late_fee": "信用卡违约金",
}


def checked(rules: Iterable[str], tables: Tables, catalogue: Catalogue) -> Iterator[Checked]:
    """What a printed result says of the tables it rests on."""
    for name in rules:
        table: DatedTable[Any] = getattr(tables, name)
        row = catalogue.facts.sources.get(table.rows[-1].source)
        through = format_date(table.verified_through)
        yield Checked(_NAMES[name], through, "" if row is None else row.title)


def _json(mode: str, tables: Tables) -> str:
    """What the script of a kind needs: the hints stand in the form already."""
    every: dict[str, Any] = tables.to_json()
    data = {name: every[name] for name in RULES[mode]}
    if mode == "loan":
        data["stages"] = every["stages"]
    data |= {name: {mode: every[name][mode]} for name in ("fields", "figures")}
    words = {group: found for group, found in every["wording"].items() if group != "hints"}
    return json.dumps(data | {"wording": words}, ensure_ascii=False, separators=(",", ":"))


def _kinds(mode: str, tables: Tables, base: str) -> Iterator[Kind]:
    for code in MODES:
        title = tables.words("shown", f"mode.{code}")
        yield Kind(code, NavLink(article_path(base, calculator_slug(code)), title), code == mode)


def _mode(mode: str, tables: Tables) -> FormMode:
    fields = {field.name: field for field in MODES[mode]}
    first = FIRST[mode]
    rest = [name for name in fields if name not in first and name != "claimed"]
    rest.sort(key=lambda name: fields[name].kind == "list")
    return FormMode(
        code=mode,
        title=tables.words("shown", f"mode.{mode}"),
        first=tuple(_field(mode, fields[name], tables) for name in first),
        more=tuple(_field(mode, fields[name], tables) for name in ("claimed", *rest)),
    )


def _field(mode: str, field: Field, tables: Tables) -> FormField:
    hints = tables.wording["hints"]
    return FormField(
        name=field.name,
        kind=field.kind,
        label=field_label(field.name, tables),
        hint=hints.get(f"{field.name}.{mode}") or hints.get(field.name, ""),
        required=field.required,
        choices=_choices(field, tables),
        fields=tuple(_field(mode, entry, tables) for entry in field.fields),
    )


def _choices(field: Field, tables: Tables) -> tuple[Choice, ...]:
    if field.kind not in ("choice", "flag"):
        return ()
    codes = field.options or ("true", "false")
    usual = str(field.default).lower() if field.default not in (None, "") else ""
    found = [
        Choice(code, tables.words("choices", f"{field.name}.{code}"))
        for code in codes
        if code != usual
    ]
    label = tables.words("choices", f"{field.name}.{usual}") if usual else "没有选"
    return (Choice("", f"{label}（常见）" if usual else label), *found)


def day_cost(rate: str, tables: Tables) -> DayCost:
    """By the engine, for one day overdue."""
    amounts, annual = [], ""
    for times in TIMES:
        request: Json = {"mode": "loan", "principal": "1000", "rate": rate, "basis": "365"}
        request |= {"due": "2026-03-05", "as_of": "2026-03-06", "multiplier": times}
        answer = calculate(request, tables)
        rates = answer["rates"]
        assert isinstance(rates, dict)
        amounts.append(str(answer["per_day"]))
        annual = annual or str(rates["penalty_annual"])
    return DayCost(rate, tuple(amounts), annual)


def _nexts(mode: str, catalogue: Catalogue, settings: Settings) -> Iterator[Next]:
    known = {stage.id: stage.title for stage in settings.options.stages}
    wanted = [stage for stage in _MODE_STAGES.get(mode, ()) if stage in known]
    if wanted:
        yield Next(0, _LATEST, _links(wanted, known, catalogue, settings))
    for stage, (first, last) in _STAGES.items():
        if mode in _MODE_STAGES:
            return
        if stage in known:
            yield Next(first, last, _links([stage], known, catalogue, settings))


def _links(
    stages: list[str], known: dict[str, str], catalogue: Catalogue, settings: Settings
) -> tuple[NavLink, ...]:
    """The lists of the stages, then the newest articles of the first of them."""
    base = settings.base_path
    hubs = [
        NavLink(hub_path(base, "stage", stage), f"{known[stage]}：全部文章") for stage in stages
    ]
    articles = [entry for entry in catalogue.newest_first if stages[0] in entry.stages]
    return (
        *(NavLink(article_path(base, entry.slug), entry.title) for entry in articles[:_ARTICLES]),
        *hubs,
    )
