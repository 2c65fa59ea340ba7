"""A finding is data: what is wrong, where, why and how to mend it.

Where a finding is printed (terminal, JSON, annotation, browser) is decided in
`generator.shell.report`; this module knows no format.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from enum import StrEnum
from itertools import accumulate

from msgspec import Struct


class Severity(StrEnum):
    """`ERROR` forbids publishing, `WARNING` does not."""

    ERROR = "error"
    WARNING = "warning"


class Message(Struct, frozen=True):
    """What a code means. `reason` and `fix` are format strings."""

    severity: Severity
    reason: str
    fix: str


class Span(Struct, frozen=True, order=True, gc=False):
    """Half-open range of character offsets in the decoded text of a file."""

    start: int
    end: int

    def shifted(self, by: int) -> Span:
        return Span(self.start + by, self.end + by)


class Diagnostic(Struct, frozen=True, order=True):
    """One finding. `path` is relative to the project, with forward slashes.

    `span` is `None` when the finding is about the file as a whole.
    """

    path: str
    span: Span | None
    code: str
    severity: Severity
    message: str
    hint: str


def has_errors(findings: Iterable[Diagnostic]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)


def sort_key(finding: Diagnostic) -> tuple[str, int, int, str, str]:
    """Order of printing: by file, then by place, then by code."""
    span = finding.span or Span(0, 0)
    return (finding.path, span.start, span.end, finding.code, finding.message)


class LineIndex:
    """Turns offsets of one text into 1-based (line, column), both in characters."""

    def __init__(self, text: str) -> None:
        lengths = (len(line) + 1 for line in text.split("\n")[:-1])
        self._starts = list(accumulate(lengths, initial=0))

    def position(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def start_of(self, line: int) -> int:
        """Offset of the first character of a 1-based line."""
        return self._starts[line - 1]
