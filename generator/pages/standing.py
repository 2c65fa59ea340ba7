"""The site's own pages: text by an editor, and below it what the data says."""

from __future__ import annotations

from msgspec import Struct

from generator.article import Source, Standing
from generator.catalogue import Catalogue
from generator.citations import CitedSource, cited_source
from generator.pages import checks, corrections, source_lists, stale
from generator.pages.checks import CheckPart
from generator.pages.corrections import CorrectionPart
from generator.pages.frame import Frame, article_path, canonical
from generator.pages.prose import Prose, prose
from generator.pages.source_lists import ListedKind, overview
from generator.pages.stale import Stale
from generator.settings import Settings

TEMPLATE = "standing.html"


class ListedTerm(Struct, frozen=True):
    """A term with all its names and what its sentence rests on."""

    id: str
    term: str
    aliases: str
    sentence: str
    sources: tuple[CitedSource, ...]


class Told(Struct, frozen=True):
    """What the settings say of operator and host: names and values, `""` where nothing is said."""

    title: str
    rows: tuple[tuple[str, str], ...]


class StandingPage(Struct, frozen=True):
    """All a standing page depends on."""

    frame: Frame
    canonical: str
    title: str
    summary: str
    reviewed: str
    stale: tuple[Stale, ...]
    prose: Prose
    sources: tuple[ListedKind, ...]
    checks: CheckPart | None
    terms: tuple[ListedTerm, ...]
    corrections: CorrectionPart | None
    told: Told | None


def standing_page(
    page: Standing, source: Source, catalogue: Catalogue, frame: Frame, settings: Settings
) -> StandingPage:
    return StandingPage(
        frame=frame,
        canonical=canonical(settings, article_path(settings.base_path, page.slug)),
        title=page.title,
        summary=page.summary,
        reviewed=page.reviewed.isoformat(),
        stale=stale.of_page(page, catalogue, settings),
        prose=prose(
            page.path,
            page.body(source),
            page.body_offset,
            page.scan,
            catalogue.facts,
            catalogue.examples.get(page.path, ()),
            pictures=catalogue.pictures,
        ),
        sources=_sources(catalogue, settings) if page.listing == source_lists.LISTING else (),
        checks=_checks(page, catalogue, settings) if page.listing == checks.LISTING else None,
        terms=_terms(catalogue) if page.listing == "glossary" else (),
        corrections=_corrections(page, catalogue, settings)
        if page.listing == corrections.LISTING
        else None,
        told=_told(page, settings),
    )


def _sources(catalogue: Catalogue, settings: Settings) -> tuple[ListedKind, ...]:
    parent = source_lists.home(catalogue, settings.base_path)
    return overview(catalogue, parent) if parent else ()


def _checks(page: Standing, catalogue: Catalogue, settings: Settings) -> CheckPart:
    """The first page of the list."""
    return next(checks.parts(catalogue, settings, article_path(settings.base_path, page.slug)))


def _corrections(page: Standing, catalogue: Catalogue, settings: Settings) -> CorrectionPart:
    """The first page of the list."""
    address = article_path(settings.base_path, page.slug)
    return next(corrections.parts(catalogue, settings, address))


def _told(page: Standing, settings: Settings) -> Told | None:
    own, operator = settings.options.privacy, settings.options.operator
    if page.listing == "privacy":
        hosting = (
            ("处理者", operator.name),
            ("怎么联系", operator.contact),
            ("网站放在哪里", own.host),
            ("访问日志记什么", own.log_fields),
            ("访问日志留多久", own.log_kept),
        )
        return Told("运营者和主机", hosting)
    if page.listing == "operator":
        answering = (
            ("谁在运营", operator.name),
            ("怎么联系", operator.contact),
            ("ICP 备案号", operator.icp),
            ("谁核对资料", operator.reviewer),
        )
        return Told("运营者和联系方式", answering)
    return None


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
