"""Rows of the tables that no page uses: each is one more thing to check for nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator import hotlines
from generator.article import Article, Standing
from generator.catalogue import Catalogue
from generator.diagnostics import Diagnostic
from generator.facts import REPEALED
from generator.glossary import USES
from generator.messages import finding
from generator.settings import Settings
from generator.table import AnyRow, Table


def sources_and_lines(
    pages: Iterable[Article | Standing], catalogue: Catalogue, settings: Settings
) -> Iterator[Diagnostic]:
    """Sources nothing rests on and help lines nothing shows; `pages` are drafts and all.

    A source that may not be cited is kept as a warning to whoever would cite it.
    """
    facts = catalogue.facts
    if catalogue.failed or not facts.complete:
        return  # what was not read may use anything
    used = {line.source for line in facts.hotlines.values()}
    used |= {row.source for row in facts.renumbered.values()}
    used |= {source for term in facts.terms.values() for source in term.sources}
    used |= {row.superseded_by for row in facts.sources.values() if row.superseded_by}
    shown = set(hotlines.numbers(settings.options.footer.crisis))
    for page in pages:
        used.update(page.cited)
        shown.update(page.lines)
    for row in facts.sources.values():
        if row.id not in used and row.verified != "memory" and row.status not in REPEALED:
            yield _unused(facts.sources, row.id)
    for line in facts.hotlines.values():
        if line.id not in shown:
            yield _unused(facts.hotlines, line.id)


def terms(catalogue: Catalogue, uses: Iterable[bytes]) -> Iterator[Diagnostic]:
    """Terms no article and no stage has; `uses` are those of all of them, packed."""
    facts = catalogue.facts
    if catalogue.failed:
        return
    used = {use.id for found in uses for use in USES.unpack(found)}
    for identifier in facts.terms:
        if identifier not in used:
            yield _unused(facts.terms, identifier)


def _unused(table: Table[AnyRow], identifier: str) -> Diagnostic:
    return finding("data-unused", table.path, table.place(identifier), id=identifier)
