"""The calculator's two data files → its frozen tables, or findings at their lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.article import Source
from generator.calculator import Problem, Tables, read_tables
from generator.diagnostics import Diagnostic, Span
from generator.messages import finding
from generator.output import SiteSources
from generator.parse import decode
from generator.yaml_document import Path, Value, YamlDocument, parse

LPR_PATH = "content/data/lpr.yml"
RULES_PATH = "content/data/calculator.yml"
PATHS = (LPR_PATH, RULES_PATH)
_NAMES = ("lpr", "calculator")
"""What the engine calls the two files, in the order of `PATHS`."""


def read(sources: SiteSources) -> tuple[Tables | None, bool, tuple[Diagnostic, ...]]:
    """The tables, whether they should be there and are not, and every finding about them.

    A site that has neither file has no calculator; one file without the other is an error.
    """
    refused = [path for path in PATHS if sources.is_refused(path)]
    if not refused and not any(path in sources.data for path in PATHS):
        return None, False, ()
    tables, findings = read_files(sources.data)
    told = tuple(entry for entry in findings if entry.path not in refused)
    return tables, tables is None, told


def read_files(files: Mapping[str, Source]) -> tuple[Tables | None, tuple[Diagnostic, ...]]:
    """The tables of the two files among `files`, or every finding about them."""
    documents: dict[str, YamlDocument] = {}
    findings: list[Diagnostic] = []
    for name, path in zip(_NAMES, PATHS, strict=True):
        document, misfits = _document(files.get(path), path)
        findings.extend(misfits)
        if document is not None:
            documents[name] = document
    if findings or len(documents) < len(PATHS):
        return None, tuple(findings)
    rules = documents["calculator"].value
    tables, problems = read_tables(documents["lpr"].value, _with_numbers(rules))
    return tables, tuple(_located(problems, documents))


def _document(
    source: Source | None, path: str
) -> tuple[YamlDocument | None, tuple[Diagnostic, ...]]:
    if source is None:
        return None, (finding("file-missing", path),)
    text, findings = decode(source)
    if text is None or findings:
        return None, findings
    document = parse(text, path)
    return document, document.findings


def _with_numbers(rules: Value) -> object:
    """Our YAML keeps every scalar as text; the stages alone count in numbers."""
    stages = rules.get("stages") if isinstance(rules, dict) else None
    if not isinstance(rules, dict) or not isinstance(stages, list):
        return rules
    return {**rules, "stages": [_counted(stage) for stage in stages]}


def _counted(stage: Value) -> object:
    if not isinstance(stage, dict):
        return stage
    return {
        key: _number(value) if key in ("first", "last") else value for key, value in stage.items()
    }


def _number(value: Value) -> object:
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else value


def _located(
    problems: tuple[Problem, ...], documents: dict[str, YamlDocument]
) -> Iterator[Diagnostic]:
    for problem in problems:
        name, _, rest = problem.place.partition(".")
        document = documents[name]
        place = location(document, rest)
        span = document.keys.get(place) if "不认识" in problem.message else document.span(place)
        where = problem.place.removeprefix("calculator.")
        path = PATHS[_NAMES.index(name)]
        yield finding("data-table", path, span or Span(0, 1), place=where, detail=problem.message)


def location(document: YamlDocument, place: str) -> Path:
    """The YAML path of a dotted place, as far as it exists. Keys may hold dots themselves."""
    found: Path = ()
    value = document.value
    parts = place.split(".") if place else []
    while parts:
        if isinstance(value, list) and parts[0].isdigit() and int(parts[0]) < len(value):
            index = int(parts.pop(0))
            found, value = (*found, index), value[index]
            continue
        lengths = range(len(parts), 0, -1)
        known = (n for n in lengths if isinstance(value, dict) and ".".join(parts[:n]) in value)
        taken = next(known, 0)
        if not taken or not isinstance(value, dict):
            return found
        key = ".".join(parts[:taken])
        parts = parts[taken:]
        found, value = (*found, key), value[key]
    return found
