"""Markdown with everything that is needed to render it and to find its places again."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct, field

from generator import hotlines
from generator.article import Fence, Heading, Scan
from generator.citations import CitedSource, cited_source
from generator.examples import Worked
from generator.facts import Facts
from generator.glossary import Explained, Use, explained
from generator.hotlines import ListedHotline
from generator.pictures import Picture


class Prose(Struct, frozen=True):
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
    hotlines: tuple[tuple[ListedHotline, ...], ...] = ()
    """For each fence the help lines it shows; nothing at all where no fence shows any."""
    uses: tuple[Use, ...] = ()
    terms: tuple[Explained, ...] = ()
    """Where a term is used for the first time, and its explanation."""
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    """Those the text names, by the address it writes."""


def prose(
    path: str,
    text: str,
    offset: int,
    scan: Scan,
    facts: Facts,
    examples: tuple[Worked | None, ...] = (),
    uses: tuple[Use, ...] = (),
    pictures: Mapping[str, Picture] = MappingProxyType({}),
) -> Prose:
    lines = _hotlines(path, scan, facts)
    cited = dict.fromkeys(citation.source_id for citation in scan.citations)
    cited |= dict.fromkeys(line.source for shown in lines for line in shown)
    return Prose(
        path=path,
        text=text,
        offset=offset,
        headings=scan.headings,
        fences=scan.fences,
        targets=tuple(dict.fromkeys(link.target for link in scan.links)),
        sources=tuple(cited_source(facts.sources[source_id]) for source_id in cited),
        examples=examples,
        hotlines=lines,
        uses=uses,
        terms=explained(uses, facts.terms),
        pictures={
            link.target: pictures[link.target] for link in scan.links if link.target in pictures
        },
    )


def _hotlines(path: str, scan: Scan, facts: Facts) -> tuple[tuple[ListedHotline, ...], ...]:
    shown = tuple(
        hotlines.listed(fence, path, facts.hotlines) if fence.name == hotlines.FENCE else ()
        for fence in scan.fences
    )
    return shown if any(shown) else ()
