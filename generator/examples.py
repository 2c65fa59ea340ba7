"""Worked examples: an `overdue` fence → the engine's answer in words, or findings at its lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from generator.article import Fence
from generator.calculator import Tables, calculate, fragment, report
from generator.calculator.spec import MODES, Field, Json
from generator.diagnostics import Diagnostic, Span
from generator.messages import did_you_mean, finding
from generator.yaml_document import Value, YamlDocument, parse

NAME = "overdue"
WORDS = ("title", "label")
"""Keys that are about the example and not about the request."""

_EXPECTED: Mapping[str, str] = {
    "amount": "大于 0 的金额，例如 12000 或 12000.50",
    "amount0": "金额，可以是 0，例如 12000.50",
    "date": "真实存在的日子，例如 2026-09-27",
    "rate": "带单位的利率，例如 日 0.05%、日 万分之5、月 1.5% 或 年 18%",
    "percent": "百分数，例如 5%",
    "multiplier": "1 到 5 之间的数，例如 1.5",
    "count": "天数，例如 3",
    "flag": "true 或 false",
    "list": "列表，每项写成几行“键: 值”",
}


class Ledger(Struct, frozen=True):
    """A captioned table, one row for each stretch of days."""

    caption: str
    rows: tuple[tuple[str, ...], ...]


class Worked(Struct, frozen=True):
    """An example with its answer in words; `fragment` carries its inputs to the calculator of
    its `mode`.
    """

    title: str
    mode: str
    fragment: str
    inputs: tuple[tuple[str, str], ...]
    sentence: str
    figures: tuple[tuple[str, str], ...]
    formulas: tuple[str, ...]
    columns: tuple[str, ...]
    ledgers: tuple[Ledger, ...]
    notes: tuple[str, ...]


def work(request: Json, tables: Tables, title: str = "", label: str = "") -> Worked:
    """The example of a request the engine accepts."""
    answer = calculate(request, tables)
    assert answer["ok"], answer
    return _worked(request, answer, tables, title, label)


def _worked(request: Json, answer: Json, tables: Tables, title: str, label: str) -> Worked:
    found: dict[str, Any] = report(request, answer, tables, label)
    return Worked(
        title=title,
        mode=str(request["mode"]),
        fragment=fragment(request),
        inputs=_pairs(found["inputs"]),
        sentence=found["sentence"],
        figures=_pairs(found["figures"]),
        formulas=tuple(found["formulas"]),
        columns=tuple(found["columns"]),
        ledgers=tuple(
            Ledger(ledger["caption"], tuple(tuple(row) for row in ledger["rows"]))
            for ledger in found["ledgers"]
        ),
        notes=tuple(found["notes"]),
    )


def _pairs(lists: Sequence[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((term, value) for term, value in lists)


def read(
    fences: Sequence[Fence], path: str, tables: Tables | None
) -> tuple[tuple[Worked | None, ...], tuple[Diagnostic, ...]]:
    """For every fence its example (`None` for other components), and all findings."""
    if not any(fence.name == NAME for fence in fences):
        return (), ()
    worked: list[Worked | None] = []
    findings: list[Diagnostic] = []
    for fence in fences:
        example, misfits = _read(fence, path, tables) if fence.name == NAME else (None, ())
        worked.append(example)
        findings.extend(misfits)
    return tuple(worked), tuple(findings)


def _read(
    fence: Fence, path: str, tables: Tables | None
) -> tuple[Worked | None, tuple[Diagnostic, ...]]:
    head = Span(fence.span.start, fence.span.start + len("```") + len(fence.name))
    if tables is None:
        rules = "content/data/calculator.yml、content/data/lpr.yml"
        return None, (finding("fence-calculation", path, head, path=rules),)
    document = parse(fence.text, path, fence.text_span.start)
    value = document.value
    assert isinstance(value, dict)  # the parser accepted this very fence
    request = _request(value)
    answer = calculate(request, tables)
    if not answer["ok"]:
        errors: Any = answer["errors"]
        fields = MODES.get(str(value.get("mode")), ())
        return None, tuple(_located(errors, fields, document, path, head))
    title, label = (str(value.get(name) or "") for name in WORDS)
    return _worked(request, answer, tables, title, label), ()


def _request(value: Mapping[str, Value]) -> Json:
    """The fence's own words left out, truth values made of their texts."""
    fields = MODES.get(str(value.get("mode")), ())
    flags = {field.name for field in fields if field.kind == "flag"}
    truths = {"true": True, "false": False}
    return {
        key: truths.get(str(entry), entry) if key in flags else entry
        for key, entry in value.items()
        if key not in WORDS
    }


def _located(
    errors: Sequence[Mapping[str, str]],
    fields: Sequence[Field],
    document: YamlDocument,
    path: str,
    head: Span,
) -> Iterator[Diagnostic]:
    for error in errors:
        key = error["field"]
        place = tuple(int(part) if part.isdigit() else part for part in key.split("."))
        siblings, field = _field(fields, place)
        if error["code"] == "unknown":
            names = [sibling.name for sibling in siblings]
            fix = did_you_mean(str(place[-1]), names, otherwise=f"可用的键：{'、'.join(names)}")
            yield finding("fence-unknown-key", path, document.keys.get(place), key=key, fix=fix)
            continue
        written = place in document.values
        span = document.span(place) if written or len(place) > 1 else head
        detail, expected = error["message"], _expected(field, key)
        yield finding("fence-value", path, span, key=key, detail=detail, expected=expected)


def _field(
    fields: Sequence[Field], place: Sequence[str | int]
) -> tuple[Sequence[Field], Field | None]:
    """The fields beside the one at `place`, and that one."""
    field = None
    siblings = fields
    for part in place:
        if isinstance(part, int):
            siblings = field.fields if field else ()
            continue
        field = next((entry for entry in siblings if entry.name == part), None)
    return siblings, field


def _expected(field: Field | None, key: str) -> str:
    if key == "mode":
        return f"{'、'.join(MODES)} 之一"
    if field is None:
        return "见编辑说明"
    return "、".join(field.options) + " 之一" if field.options else _EXPECTED[field.kind]
