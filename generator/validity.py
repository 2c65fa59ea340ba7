"""Whether what a text rests on may be used: known, checked, and holding on the build's day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from generator import hotlines, renumbering
from generator.article import Citation, Scan
from generator.diagnostics import Diagnostic, Span
from generator.facts import EXPIRED, NO_LAWS, REPEALED, Facts, SourceRow
from generator.messages import did_you_mean, finding


def findings(path: str, scan: Scan, facts: Facts, as_of: date) -> Iterator[Diagnostic]:
    """What is wrong with the sources and help lines of the file `path` on the day `as_of`."""
    expired = False
    for citation in scan.citations:
        row = facts.sources.get(citation.source_id)
        if row is None:
            fix = did_you_mean(
                citation.source_id, facts.sources, otherwise="先在来源表里加上它，或改成已有的编号"
            )
            yield finding("citation-unknown", path, citation.span, id=citation.source_id, fix=fix)
        elif row.verified == "memory":
            yield finding("citation-memory", path, citation.span, id=row.id)
        elif row.status in REPEALED:
            yield repealed(path, citation.span, row)
        elif row.status == EXPIRED:
            expired = True
        else:
            yield from _out_of_time(row, path, citation, as_of)
    yield from _numbers(path, scan, facts)
    yield from _no_laws(path, scan, facts)
    if expired:
        yield from _expired(path, scan.citations, facts)
    yield from renumbering.findings(path, scan.provisions, facts.renumbered.values(), as_of)


def _numbers(path: str, scan: Scan, facts: Facts) -> Iterator[Diagnostic]:
    """Telephone numbers that are not in the table, shown by a fence or named in the text."""
    for fence in scan.fences:
        if fence.name == hotlines.FENCE:
            yield from hotlines.fence_findings(fence, path, facts.hotlines)
    for placed in scan.phones if facts.hotlines else ():
        if placed.value not in facts.hotlines:
            yield hotlines.unknown(path, placed.span, placed.value, facts.hotlines)


def _no_laws(path: str, scan: Scan, facts: Facts) -> Iterator[Diagnostic]:
    """Standards and what an industry agreed upon, told as if the law demanded it."""
    for attribution in scan.attributions:
        rows = [facts.sources[name] for name in attribution.cited if name in facts.sources]
        if rows and all(row.kind in NO_LAWS for row in rows):
            kinds = "、".join(dict.fromkeys(row.kind for row in rows))
            span, said = attribution.span, attribution.said
            yield finding("standard-as-law", path, span, said=said, kinds=kinds)


def repealed(path: str, span: Span | None, row: SourceRow) -> Diagnostic:
    """Something rests on a source that holds no more."""
    instead = f"改成 {row.superseded_by}" if row.superseded_by else "换成现行的规定"
    return finding("citation-repealed", path, span, id=row.id, status=row.status, instead=instead)


def _expired(path: str, citations: Sequence[Citation], facts: Facts) -> Iterator[Diagnostic]:
    """A policy that is over may be told of, as long as the page says somewhere that it is over."""
    over = [citation for citation in citations if _is_over(citation, facts)]
    if not any(citation.past for citation in over):
        yield finding("citation-expired", path, over[0].span, id=over[0].source_id)


def _out_of_time(
    row: SourceRow, path: str, citation: Citation, as_of: date
) -> Iterator[Diagnostic]:
    """The calendar has passed, or not yet reached, the days the table gives for the source.

    Warnings: no build may fail because a day went by.
    """
    if row.until is not None and row.until < as_of:
        yield finding(
            "citation-lapsed", path, citation.span, id=row.id, until=row.until.isoformat()
        )
    elif row.since is not None and as_of < row.since:
        yield finding("citation-early", path, citation.span, id=row.id, since=row.since.isoformat())


def _is_over(citation: Citation, facts: Facts) -> bool:
    row = facts.sources.get(citation.source_id)
    return row is not None and row.status == EXPIRED
