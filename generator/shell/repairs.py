"""Carries out what `generator.rules.mending` found: every file or none, each change told."""

from __future__ import annotations

from collections.abc import Iterator

from generator.article import Source
from generator.diagnostics import LineIndex
from generator.edit import applied
from generator.rules.mending import Mending, mending
from generator.shell.edits import EditSet
from generator.shell.project import Project

_CONTEXT = 6


def repair(project: Project) -> tuple[str, ...]:
    """Mend the articles and standing pages on disk; one line for each change, in Chinese."""
    told: list[str] = []
    with EditSet(project.root) as changes:
        for source in (*project.sources.articles, *project.sources.standing):
            mended = mending(source)
            if mended.edits:
                changes.write_bytes(source.path, applied(source, mended.edits))
                told.extend(_told(source, mended))
    return tuple(told)


def _told(source: Source, mended: Mending) -> Iterator[str]:
    text = source.text()
    index = LineIndex(text)
    for span, better in mended.typography:
        line, column = index.position(span.start)
        start = max(index.start_of(line), span.start - _CONTEXT)
        before, was = text[start : span.start], text[span.start : span.end]
        after = text[span.end : span.end + _CONTEXT].partition("\n")[0]
        place = f"{source.path}:{line}:{column}"
        yield f"{place} 改好 “{before}{was}{after}” → “{before}{better}{after}”"
    if mended.moved:
        yield f"{source.path}:2:1 改好 信息区按固定顺序排：{'、'.join(mended.moved)}"
