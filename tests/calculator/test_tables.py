"""The data rows: gaps, overlaps and slips are named with their place, all at once."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from generator.calculator import Problem, Tables, calculate, read_tables, request_schema
from generator.calculator.dates import format_date, parse_date

from .engines import JavaScript, data_file
from .requests import after

LPR, CALCULATOR = data_file("lpr.yml"), data_file("calculator.yml")

HISTORY = """2019-08-20 4.25；2019-09-20 4.20；2019-11-20 4.15；2020-02-20 4.05；2020-04-20 3.85；
2021-12-20 3.80；2022-01-20 3.70；2022-08-22 3.65；2023-06-20 3.55；2023-08-21 3.45；
2024-07-22 3.35；2024-10-21 3.10；2025-05-20 3.00"""
"""lpr-history of the collected law, word for word."""


def day(text: str) -> int:
    found = parse_date(text)
    assert isinstance(found, int)
    return found


def test_the_lpr_is_the_collected_history(tables: Tables) -> None:
    listed = [line.split() for line in HISTORY.replace("\n", "").split("；")]
    found = [(format_date(r.start), r.value.value) for r in tables.lpr.rows]
    assert found == [(start, int(rate.replace(".", "")) * 10_000) for start, rate in listed]
    assert format_date(tables.lpr.verified_through) == "2026-09-20"
    assert tables.lpr.rows[-1].end is None


def test_a_row_is_found_by_its_days(tables: Tables) -> None:
    for row in tables.lpr.rows:
        assert tables.lpr.on(row.start) == row
        if row.end is not None:
            assert tables.lpr.on(row.end) == row
    assert tables.lpr.on(tables.lpr.rows[0].start - 1) is None
    assert tables.lpr.on(day("2026-09-20")) == tables.lpr.rows[-1]
    assert tables.lpr.on(day("2026-09-21")) is None


def test_every_source_is_one_of_the_collected_ids(tables: Tables) -> None:
    law = {"lpr-history", "lpr-latest", "private-lending-31", "delayed-interest-2014-8",
           "spc-2017-22-24pct", "card-2016-111"}  # fmt: skip
    dated: list[Any] = [tables.lpr, tables.private_cap, tables.delayed_interest, tables.guidance]
    assert {row.source for table in [*dated, tables.late_fee] for row in table.rows} == law
    assert {stage.source for stage in tables.stages} == {"collection_general"}


@pytest.mark.parametrize(
    ("days", "label"), [(0, None), (1, "M1"), (30, "M1"), (31, "M2"), (60, "M2"), (61, "M3"),
                        (90, "M3"), (91, "逾期超过"), (4000, "逾期超过")],
)  # fmt: skip
def test_stages_by_days(tables: Tables, days: int, label: str | None) -> None:
    found = tables.stage(days)
    assert (found is None) if label is None else (found is not None and label in found.label)


def problems(change: Callable[[Any, Any], object]) -> dict[str, str]:
    lpr, calculator = copy.deepcopy(LPR), copy.deepcopy(CALCULATOR)
    change(lpr, calculator)
    tables, found = read_tables(lpr, calculator)
    assert (tables is None) is bool(found)
    assert all(isinstance(item, Problem) for item in found)
    return {item.place: item.message for item in found}


def test_the_files_of_the_site_have_no_problem() -> None:
    assert problems(lambda lpr, calculator: None) == {}


def put(*path: Any, value: Any) -> Callable[[Any, Any], None]:
    """A change of one place; ``lpr`` or ``calculator`` first."""

    def change(lpr: Any, calculator: Any) -> None:
        target = {"lpr": lpr, "calculator": calculator}[path[0]]
        for step in path[1:-1]:
            target = target[step]
        target[path[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "place", "part"),
    [
        (put("lpr", "rows", 2, "to", value="2020-02-18"), "lpr.rows.2.to", "2020-02-19 起有空缺"),
        (put("lpr", "rows", 2, "to", value="2020-02-20"), "lpr.rows.2.to", "2020-02-20 重叠"),
        (put("lpr", "rows", 2, "to", value=None), "lpr.rows.2.to", "写到哪天为止"),
        (put("lpr", "rows", 12, "to", value="2026-09-19"), "lpr.verified_through", "晚于最后一行"),
        (put("lpr", "rows", 1, "to", value="2019-09-19"), "lpr.rows.1.to", "不能早于"),
        (put("lpr", "rows", 1, "value", value="月 1%"), "lpr.rows.1.value", "月 1%"),
        (put("lpr", "rows", 1, "value", value="3%"), "lpr.rows.1.value", "3%"),
        (put("lpr", "rows", 1, "value", value=3), "lpr.rows.1.value", "文字"),
        (put("lpr", "rows", 1, "source", value=""), "lpr.rows.1.source", "文字"),
        (put("lpr", "rows", 1, "from", value="2019-02-30"), "lpr.rows.1.from", "日期"),
        (put("lpr", "rows", 1, value=7), "lpr.rows.1", "一组"),
        (put("lpr", "rows", 1, "note", value="x"), "lpr.rows.1.note", "不认识"),
        (put("lpr", "rows", value=[]), "lpr.rows", "至少有一条"),
        (put("lpr", "verified_through", value=20260920), "lpr.verified_through", "日期"),
        (put("calculator", "private_cap", "rows", 0, "value", value="four"),
         "calculator.private_cap.rows.0.value", "four"),
        (put("calculator", "late_fee", "rows", 0, "value", value="500%"),
         "calculator.late_fee.rows.0.value", "500%"),
        (put("calculator", "guidance", value=None), "calculator.guidance", "一组"),
        (put("calculator", "stages", 1, "first", value=32), "calculator.stages.1.first", "紧接"),
        (put("calculator", "stages", 1, "last", value="x"), "calculator.stages.1", "整数"),
        (put("calculator", "wording", "labels", "due", value=5), "calculator.wording.labels.due",
         "文字"),
        (put("calculator", "extra", value=5), "calculator.extra", "不认识"),
    ],
)  # fmt: skip
def test_a_slip_is_named_with_its_place(
    change: Callable[[Any, Any], object], place: str, part: str
) -> None:
    assert part in problems(change)[place]


def test_all_slips_are_named_at_once() -> None:
    def change(lpr: Any, calculator: Any) -> None:
        del lpr["verified_through"]
        del lpr["rows"][3]["checked"]
        del calculator["wording"]["texts"]
        calculator["guidance"]["rows"][0]["value"] = "?"

    assert set(problems(change)) == {
        "lpr.verified_through", "lpr.rows.3.checked", "calculator.wording.texts",
        "calculator.guidance.rows.0.value",
    }  # fmt: skip


@pytest.mark.parametrize("data", [None, [], "text", 5])
def test_files_that_are_no_mapping_are_named(data: Any) -> None:
    tables, found = read_tables(data, data)
    assert tables is None and {"lpr", "calculator"} <= {item.place for item in found}


def test_every_code_has_words_and_every_field_a_label(tables: Tables) -> None:
    schema: Any = request_schema()
    labels = tables.wording["labels"]
    for mode in schema["oneOf"]:
        for name, value in mode["properties"].items():
            assert name in labels
            if value.get("type") == "array":
                assert name == "instalments" or f"{name}.item" in labels
                assert set(value["items"]["properties"]) <= set(labels)
    for group in ("messages", "choices", "texts"):
        assert all(tables.wording[group].values())


def test_the_schema_takes_what_the_engine_takes() -> None:
    schema: Any = request_schema()
    modes = {mode["properties"]["mode"]["const"]: mode for mode in schema["oneOf"]}
    assert list(modes) == ["loan", "card", "private", "judgment"]
    loan = modes["loan"]
    assert loan["required"] == ["mode", "as_of", "rate"]
    assert loan["additionalProperties"] is False
    assert loan["properties"]["base"]["enum"] == ["overdue", "overdue_with_interest", "accelerated"]
    assert loan["properties"]["payments"]["items"]["required"] == ["date", "amount"]


def test_a_rate_that_changes_on_the_way_is_refused() -> None:
    calculator = copy.deepcopy(CALCULATOR)
    rows = calculator["delayed_interest"]["rows"]
    rows[0]["to"] = "2025-12-31"
    rows.append(rows[0] | {"from": "2026-01-01", "to": None, "value": "日 万分之2"})
    tables, _ = read_tables(LPR, calculator)
    assert tables is not None
    request = {"mode": "judgment", "judged_sum": "10000", "last_day": "2025-12-31"}
    found: Any = calculate(request | {"as_of": "2026-01-01"}, tables)
    assert [error["code"] for error in found["errors"]] == ["judgment_rate_changed"]
    later: Any = calculate(request | {"last_day": "2026-01-01", "as_of": "2026-01-11"}, tables)
    assert later["parts"]["doubled"] == "20.00"
    found = JavaScript.of("engine.js", tables=tables).calculate(request | {"as_of": "2026-01-01"})
    assert [error["code"] for error in found["errors"]] == ["judgment_rate_changed"]


def test_ten_years_with_a_hundred_payments_are_the_same_in_both(
    javascript: JavaScript, tables: Tables
) -> None:
    request: Any = {"mode": "loan", "principal": "100000", "interest": "500", "rate": "年 18%"}
    request |= {"basis": "360", "due": "2016-01-31", "as_of": "2026-01-30"}
    request["payments"] = [
        {"date": after("2016-02-10", 36 * n), "amount": "123.45"} for n in range(100)
    ]
    found = calculate(request, tables)
    assert found["ok"] and javascript.calculate(request) == found


def test_edges_of_rows_are_taken() -> None:
    """A row of one day, a last row that ends with what was verified; no multiple of a hundred."""

    def one_day(lpr: Any, calculator: Any) -> None:
        lpr["rows"][1]["to"] = "2019-09-20"
        lpr["rows"][2]["from"] = "2019-09-21"

    assert problems(one_day) == {}
    assert problems(put("lpr", "rows", 12, "to", value="2026-09-20")) == {}
    assert problems(put("calculator", "private_cap", "rows", 0, "value", value="99")) == {}
    assert problems(put("calculator", "private_cap", "rows", 0, "value", value="100"))


def test_the_schema_names_defaults_where_there_are_any() -> None:
    schema: Any = request_schema()
    loan = schema["oneOf"][0]["properties"]
    assert loan["end_points"]["default"] == "difference" and "default" not in loan["basis"]
    assert loan["grace_retroactive"]["default"] is True
