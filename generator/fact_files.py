"""The data files → the tables of facts, each row held against the rows it names."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from generator import glossary, hotlines, products, rate_tables, renumbering
from generator.diagnostics import Diagnostic, Span
from generator.facts import REPEALED, SOURCES_PATH, Facts, SourceRow
from generator.glossary import Term
from generator.hotlines import Hotline
from generator.messages import did_you_mean, finding
from generator.output import SiteSources
from generator.parse import decode
from generator.products import Product
from generator.renumbering import Renumbered
from generator.rules.phrases import PHRASES_PATH, Phrase, Phrasebook, phrasebook
from generator.search import vocabulary
from generator.search.vocabulary import Vocabulary
from generator.table import AnyRow, Table, parse_table
from generator.validity import repealed


def read(sources: SiteSources) -> tuple[Facts, tuple[Diagnostic, ...]]:
    """All tables and every finding about them. Only sources and products must be there."""
    read = _Reader(sources)
    rows = read.table(SourceRow, SOURCES_PATH)
    sold = read.table(Product, products.PATH)
    lines = read.table(Hotline, hotlines.PATH, needed=False)
    terms = read.table(Term, glossary.PATH, needed=False)
    renumbered = read.table(Renumbered, renumbering.PATH, needed=False)
    rates, unread, problems = rate_tables.read(sources)
    words, wordless = vocabulary.read(sources.data.get(vocabulary.PATH))
    whole = None not in (rows, sold, lines, terms, renumbered, words)
    facts = Facts(
        rows or Table(),
        sold or Table(),
        whole and not unread,
        rates,
        lines or Table(),
        terms or Table(),
        renumbered or Table(),
        words or Vocabulary(),
    )
    misfits = _misfits(facts) if whole else ()
    return facts, (*read.findings, *problems, *wordless, *misfits)


def read_phrases(sources: SiteSources) -> tuple[Phrasebook, tuple[Diagnostic, ...]]:
    """What may not be said; a site without the table forbids nothing."""
    read = _Reader(sources)
    rows = read.table(Phrase, PHRASES_PATH, needed=False)
    return phrasebook(rows or {}), tuple(read.findings)


class _Reader:
    """Reads one table after the other and keeps what was wrong."""

    def __init__(self, sources: SiteSources) -> None:
        self._sources = sources
        self.findings: list[Diagnostic] = []

    def table(self, row: type[AnyRow], path: str, *, needed: bool = True) -> Table[AnyRow] | None:
        """`None` for a table that cannot be trusted; one that need not be there is then empty."""
        source = self._sources.data.get(path)
        if source is None:
            refused = self._sources.is_refused(path)
            if needed and not refused:
                self.findings.append(finding("file-missing", path))
            return None if needed or refused else Table()
        text, findings = decode(source)
        self.findings.extend(findings)
        if text is None or findings:
            return None
        table, findings = parse_table(row, text, path)
        self.findings.extend(findings)
        return table


def _misfits(facts: Facts) -> Iterator[Diagnostic]:
    """What only shows when the tables lie side by side."""
    yield from _validity(facts.sources)
    for line in facts.hotlines.values():
        yield from _source(line.source, facts, facts.hotlines, line.id, "source")
    for row in facts.renumbered.values():
        yield from _source(row.source, facts, facts.renumbered, row.id, "source")
    for term in facts.terms.values():
        for at, source in enumerate(term.sources):
            yield from _source(source, facts, facts.terms, term.id, "sources", at)
    yield from _doubled_words(facts.terms)


def _source(
    source: str, facts: Facts, table: Table[AnyRow], identifier: str, *keys: str | int
) -> Iterator[Diagnostic]:
    """A row of `table` rests on a source: it must be there, checked and not repealed."""
    span = table.place(identifier, *keys)
    row = facts.sources.get(source)
    if row is None:
        yield _unknown(table.path, span, source, facts.sources)
    elif row.verified == "memory":
        yield finding("citation-memory", table.path, span, id=source)
    elif row.status in REPEALED:
        yield repealed(table.path, span, row)


def _unknown(
    path: str, span: Span | None, source: str, rows: Mapping[str, SourceRow]
) -> Diagnostic:
    fix = did_you_mean(source, rows, otherwise="先在来源表里加上它，或改成已有的编号")
    return finding("citation-unknown", path, span, id=source, fix=fix)


def _validity(sources: Table[SourceRow]) -> Iterator[Diagnostic]:
    """Status, days and successor of every source must agree."""
    for row in sources.values():
        if row.since and row.until and row.until < row.since:
            detail, expected = "早于 since", SourceRow.model_fields["until"].description
            span = sources.place(row.id, "until")
            yield finding(
                "data-value", SOURCES_PATH, span, key="until", detail=detail, expected=expected
            )
        if (row.status == "已被取代") != (row.superseded_by is not None):
            yield finding("source-successor", SOURCES_PATH, sources.place(row.id, "status"))
        if row.superseded_by and row.superseded_by not in sources:
            span = sources.place(row.id, "superseded_by")
            yield _unknown(SOURCES_PATH, span, row.superseded_by, sources)


def _doubled_words(terms: Table[Term]) -> Iterator[Diagnostic]:
    """A word that two terms claim would be explained by either."""
    owners: dict[str, str] = {}
    for row in terms.values():
        words: Collection[str] = (*row.names, *row.not_in)
        for word in words:
            if owners.setdefault(word, row.id) != row.id or list(words).count(word) > 1:
                span = terms.place(row.id)
                yield finding("term-twice", terms.path, span, word=word, other=owners[word])
                break
