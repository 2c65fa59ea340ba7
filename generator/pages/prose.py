"""Markdown with everything that is needed to render it and to find its places again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.article import Fence, Heading, Scan
from generator.citations import CitedSource, cited_source
from generator.examples import Worked
from generator.facts import SourceRow


@dataclass(frozen=True, slots=True)
class Prose:
    """`text` begins at character `offset` of the file `path`.

    `examples` has an entry for each fence, or none at all where no fence is a worked example.
    """

    path: str
    text: str
    offset: int
    headings: tuple[Heading, ...]
    fences: tuple[Fence, ...]
    sources: tuple[CitedSource, ...]
    targets: tuple[str, ...]
    """Every local link and picture the scan saw; rendering may make no other."""
    examples: tuple[Worked | None, ...] = ()


def prose(
    path: str,
    text: str,
    offset: int,
    scan: Scan,
    rows: Mapping[str, SourceRow],
    examples: tuple[Worked | None, ...] = (),
) -> Prose:
    cited = dict.fromkeys(citation.source_id for citation in scan.citations)
    return Prose(
        path=path,
        text=text,
        offset=offset,
        headings=scan.headings,
        fences=scan.fences,
        targets=tuple(dict.fromkeys(link.target for link in scan.links)),
        sources=tuple(cited_source(rows[source_id]) for source_id in cited),
        examples=examples,
    )
