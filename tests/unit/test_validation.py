"""What is said of a wrong value: in Chinese, at its place, with what is expected instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from generator import components
from generator.article import Fence
from generator.diagnostics import Diagnostic, Span
from generator.facts import SourceRow
from generator.front_matter import FrontMatter, StandingFrontMatter, parse_front_matter
from generator.products import Product
from generator.settings import Settings, parse_settings
from generator.table import Row, parse_table
from tests.harness import CONFIG, PRODUCTS, SOURCES, article

_HAN = re.compile(r"[一-鿿]")
# Two English words in a row, or the words lists and grammars of libraries are joined with.
_ENGLISH = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}|['\"”」] or ['\"“「]|, '")
_MODELS: tuple[type[BaseModel], ...] = (
    FrontMatter,
    StandingFrontMatter,
    Settings,
    SourceRow,
    Product,
    *components.COMPONENTS.values(),
)
_WRONG = [
    "",
    "~",
    "''",
    "' '",
    "[]",
    "{}",
    "[[]]",
    "[{}]",
    "[~]",
    "{a: b}",
    "x",
    "X Y",
    "-1",
    "999999",
    "1.5",
    "true",
    "2026-02-30",
    "2026-13-01",
    "0000-00-00",
    "2026-1-1",
    "20261124",
    "2026-11-24T00:00:00",
    "２０２６-11-24",
    '"2026-11-24\\n"',
    '"a\\nb"',
    "长" * 200,
    f"[{', '.join(['x'] * 30)}]",
    f"[{'长' * 200}]",
    "[X Y]",
    "//x.example/",
    "https://x.example",
    "https://[x/",
]


def _nested(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _nested(argument)


def _fields(model: type[BaseModel], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, info in model.model_fields.items():
        place = f"{prefix}{name}"
        yield place, info
        for inner in _nested(info.annotation):
            yield from _fields(inner, f"{place}.")


_ALL = [(model, place, info) for model in _MODELS for place, info in _fields(model)]


@pytest.mark.parametrize(
    ("model", "place", "info"), _ALL, ids=[f"{model.__name__}.{place}" for model, place, _ in _ALL]
)
def test_every_field_says_in_chinese_what_it_expects(
    model: type[BaseModel], place: str, info: Any
) -> None:
    assert info.description, f"{model.__name__}.{place}"
    assert _HAN.search(info.description)


def _assert_plain(findings: tuple[Diagnostic, ...], text: str) -> None:
    for finding in findings:
        words = f"{finding.message}\n{finding.hint}"
        assert _HAN.search(finding.message)
        assert _HAN.search(finding.hint)
        assert not _ENGLISH.search(words), f"{words} ← {text!r}"
        assert finding.span is not None, f"{words} ← {text!r}"
        assert 0 <= finding.span.start <= finding.span.end <= len(text)


@pytest.mark.parametrize("key", [*FrontMatter.model_fields, "unknown"])
def test_any_value_of_any_front_matter_key_is_explained_in_chinese(key: str) -> None:
    for value in _WRONG:
        text = article(**{key: value}).split("---\n")[1]
        front, _, findings = parse_front_matter(FrontMatter, text, 0, "a.md")
        assert (front is None) == bool(findings)
        _assert_plain(findings, text)


@pytest.mark.parametrize(
    "line",
    [
        "site_name: 测试站",
        "site_url: https://test.example/",
        "  name: material",
        "  font: false",
        "markdown_extensions: [tables,",
        "        scam: 先收费的是骗局。",
        "        - {id: safety, title: 防骗, summary: 认出骗局。}",
        "        - {id: sued, title: 被起诉}",
    ],
)
def test_any_value_of_any_setting_is_explained_in_chinese(line: str) -> None:
    (whole,) = [each for each in CONFIG.split("\n") if each.startswith(line)]
    mark = "- " if "- {" in whole else ": "
    for value in _WRONG:
        text = CONFIG.replace(whole, f"{whole.split(mark, maxsplit=1)[0]}{mark}{value}")
        assert text != CONFIG
        settings, findings = parse_settings(text)
        assert (settings is None) == bool(findings)
        _assert_plain(findings, text)


def _row(table: str, key: str, value: str) -> str:
    """A table of one row, the first one of `table`, with another value."""
    lines = table.removeprefix("- ").split("\n- ", maxsplit=1)[0].strip().split("\n")
    entries = dict(line.strip().split(": ", 1) for line in lines) | {key: value}
    return "- " + "\n  ".join(f"{name}: {entry}" for name, entry in entries.items()) + "\n"


@pytest.mark.parametrize(
    ("row", "table", "key"),
    [(SourceRow, SOURCES, key) for key in [*SourceRow.model_fields, "unknown"]]
    + [(Product, PRODUCTS, key) for key in [*Product.model_fields, "unknown"]],
)
def test_any_value_of_any_table_is_explained_in_chinese(
    row: type[Row], table: str, key: str
) -> None:
    for value in _WRONG:
        text = _row(table, key, value)
        read, findings = parse_table(row, text, "table.yml")
        assert (read is None) == bool(findings)
        _assert_plain(findings, text)


@pytest.mark.parametrize("key", [*components.FactCheck.model_fields, "unknown"])
def test_any_value_in_a_component_is_explained_in_chinese(key: str) -> None:
    good = {"claim": "说法", "verdict": "错误", "basis": "依据"}
    for value in _WRONG:
        text = "".join(f"{name}: {entry}\n" for name, entry in (good | {key: value}).items())
        fence = f"```fact-check\n{text}```"
        end = len(fence)
        read, findings = components.read(
            Fence("fact-check", text, Span(0, end), Span(end - len(text) - 3, end - 3)), "a.md"
        )
        assert (read is None) == bool(findings)
        _assert_plain(findings, fence)


@pytest.mark.parametrize("text", ["", "x", "[]", "- x", "{}", "~", "1", "- - x", "# 甲\n"])
def test_documents_of_the_wrong_shape_are_explained_in_chinese(text: str) -> None:
    for findings in (
        parse_settings(text)[1],
        parse_front_matter(FrontMatter, text, 0, "a.md")[2],
        parse_table(SourceRow, text, "sources.yml")[1] if text != "[]" else (),
    ):
        for finding in findings:
            assert _HAN.search(finding.message)
            assert not _ENGLISH.search(f"{finding.message}\n{finding.hint}")


def test_key_is_named_as_an_editor_wrote_it() -> None:
    text = SOURCES.replace("status: 自律", "status: 大概")
    (finding,) = parse_table(SourceRow, text, "sources.yml")[1]
    assert "rows" not in finding.message
    assert "status" in finding.message


def test_all_misfits_of_a_document_are_found_at_once() -> None:
    text = "title: 短\nsumary: 摘要摘要摘要摘要摘要\ncategory: Bad Slug\ntags: []\npublished: x\n"
    _, _, findings = parse_front_matter(FrontMatter, text, 0, "a.md")
    codes = sorted(finding.code for finding in findings)
    assert codes == [
        "front-matter-missing-key",
        "front-matter-missing-key",
        "front-matter-missing-key",
        "front-matter-unknown-key",
        "front-matter-value",
        "front-matter-value",
        "front-matter-value",
        "front-matter-value",
    ]
