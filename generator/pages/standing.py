"""The site's own pages: text by an editor, and below it what the data says."""

from __future__ import annotations

from dataclasses import dataclass

from generator import components
from generator.article import Source, Standing
from generator.catalogue import Catalogue
from generator.citations import CitedSource, cited_source
from generator.components import FactCheck
from generator.pages.frame import Frame, NavLink, article_path, canonical
from generator.pages.prose import Prose, prose
from generator.settings import Settings

TEMPLATE = "standing.html"


@dataclass(frozen=True, slots=True)
class ListedSource:
    """A source and the articles that cite it."""

    source: CitedSource
    articles: tuple[NavLink, ...]


@dataclass(frozen=True, slots=True)
class ListedCheck:
    """A fact-check as its own list shows it; the basis is read in the article."""

    claim: str
    verdict: str
    article: NavLink


@dataclass(frozen=True, slots=True)
class ListedTerm:
    """A term with all its names and what its sentence rests on."""

    id: str
    term: str
    aliases: str
    sentence: str
    sources: tuple[CitedSource, ...]


@dataclass(frozen=True, slots=True)
class StandingPage:
    """All a standing page depends on."""

    frame: Frame
    canonical: str
    title: str
    summary: str
    reviewed: str
    prose: Prose
    sources: tuple[ListedSource, ...]
    checks: tuple[ListedCheck, ...]
    terms: tuple[ListedTerm, ...]


def standing_page(
    page: Standing, source: Source, catalogue: Catalogue, frame: Frame, settings: Settings
) -> StandingPage:
    return StandingPage(
        frame=frame,
        canonical=canonical(settings, article_path(settings.base_path, page.slug)),
        title=page.title,
        summary=page.summary,
        reviewed=page.reviewed.isoformat(),
        prose=prose(
            page.path,
            page.body(source),
            page.body_offset,
            page.scan,
            catalogue.facts,
            catalogue.examples.get(page.path, ()),
            pictures=catalogue.pictures,
        ),
        sources=_sources(catalogue, settings) if page.listing == "sources" else (),
        checks=_checks(catalogue, settings) if page.listing == "fact-checks" else (),
        terms=_terms(catalogue) if page.listing == "glossary" else (),
    )


def _sources(catalogue: Catalogue, settings: Settings) -> tuple[ListedSource, ...]:
    """Every source an article cites, in the order of the table."""
    citing: dict[str, dict[str, NavLink]] = {}
    for article in catalogue.articles.values():
        link = NavLink(article_path(settings.base_path, article.slug), article.title)
        for citation in article.scan.citations:
            citing.setdefault(citation.source_id, {})[article.slug] = link
    return tuple(
        ListedSource(cited_source(row), tuple(citing[row.id].values()))
        for row in catalogue.facts.sources.values()
        if row.id in citing
    )


def _checks(catalogue: Catalogue, settings: Settings) -> tuple[ListedCheck, ...]:
    listed = []
    for article in catalogue.articles.values():
        link = NavLink(article_path(settings.base_path, article.slug), article.title)
        for fence in article.scan.fences:
            component, _ = components.read(fence, article.path)
            if isinstance(component, FactCheck):
                listed.append(ListedCheck(component.claim, component.verdict, link))
    return tuple(listed)


def _terms(catalogue: Catalogue) -> tuple[ListedTerm, ...]:
    """All terms in the order of the table, which goes from borrowing to enforcement."""
    sources = catalogue.facts.sources
    return tuple(
        ListedTerm(
            id=row.id,
            term=row.term,
            aliases="、".join(row.aliases),
            sentence=row.sentence,
            sources=tuple(cited_source(sources[source]) for source in row.sources),
        )
        for row in catalogue.facts.terms.values()
    )
