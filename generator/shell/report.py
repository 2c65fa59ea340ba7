"""Findings as text for people, JSON for tools, annotations for continuous integration."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from generator.diagnostics import Diagnostic, LineIndex, Severity, sort_key

_LABEL = {Severity.ERROR: "错误", Severity.WARNING: "提醒"}
_EXCERPT_LIMIT = 72


class Located(Struct, frozen=True):
    """A finding with 1-based line and column (characters), and the line it stands on."""

    finding: Diagnostic
    line: int | None
    column: int | None
    end_line: int | None
    end_column: int | None
    excerpt: str

    @property
    def place(self) -> str:
        if self.line is None:
            return self.finding.path
        return f"{self.finding.path}:{self.line}:{self.column}"


def locate(findings: Iterable[Diagnostic], texts: Mapping[str, bytes]) -> list[Located]:
    """In order of file and place; each finding once."""
    indexes: dict[str, tuple[str, LineIndex]] = {}
    located = []
    for finding in sorted(dict.fromkeys(findings), key=sort_key):
        if finding.path not in indexes:
            content = texts.get(finding.path, b"")
            text = content.decode("utf-8", errors="replace").replace("\r\n", "\n")
            indexes[finding.path] = text, LineIndex(text)
        located.append(_locate(finding, *indexes[finding.path]))
    return located


def _locate(finding: Diagnostic, text: str, index: LineIndex) -> Located:
    if finding.span is None:
        return Located(finding, None, None, None, None, "")
    line, column = index.position(min(finding.span.start, len(text)))
    end_line, end_column = index.position(min(finding.span.end, len(text)))
    start = index.start_of(line)
    excerpt = text[start:].split("\n", 1)[0]
    return Located(finding, line, column, end_line, end_column, excerpt)


def as_text(located: Iterable[Located]) -> Iterator[str]:
    """Several lines a finding: place, reason, the source line, the fix."""
    for entry in located:
        finding = entry.finding
        yield f"{entry.place} {_LABEL[finding.severity]} {finding.message} [{finding.code}]"
        if entry.excerpt.strip() and entry.column is not None:
            yield f"    │ {_window(entry.excerpt, entry.column)}"
        yield f"    └ 改法：{finding.hint}"


def _window(excerpt: str, column: int) -> str:
    """The part of a long line around the column."""
    start = max(0, column - 1 - _EXCERPT_LIMIT // 3)
    part = excerpt[start : start + _EXCERPT_LIMIT]
    return ("…" if start else "") + part + ("…" if start + len(part) < len(excerpt) else "")


def as_json(located: Iterable[Located]) -> str:
    return json.dumps(
        [
            {
                "code": entry.finding.code,
                "severity": entry.finding.severity.value,
                "path": entry.finding.path,
                "line": entry.line,
                "column": entry.column,
                "end_line": entry.end_line,
                "end_column": entry.end_column,
                "message": entry.finding.message,
                "hint": entry.finding.hint,
            }
            for entry in located
        ],
        ensure_ascii=False,
        indent=2,
    )


def as_annotations(located: Iterable[Located]) -> Iterator[str]:
    """Workflow commands, one line a finding."""
    for entry in located:
        finding = entry.finding
        properties = {"file": finding.path, "title": finding.code}
        if entry.line is not None:
            properties |= {"line": str(entry.line), "col": str(entry.column)}
        head = ",".join(f"{key}={_escaped(value, ':,')}" for key, value in properties.items())
        yield f"::{finding.severity.value} {head}::{_escaped(f'{finding.message}。{finding.hint}')}"


def _escaped(text: str, also: str = "") -> str:
    for char in ("%", "\r", "\n", *also):
        text = text.replace(char, f"%{ord(char):02X}")
    return text


def summary(findings: Iterable[Diagnostic]) -> str:
    severities = [finding.severity for finding in dict.fromkeys(findings)]
    errors = severities.count(Severity.ERROR)
    return f"{errors} 处错误，{len(severities) - errors} 处提醒"
