"""`build()`: the one function that makes every byte of a site.

    sources → articles → catalogue → cards → pages → rendered → verified → outputs

It is pure: it reads no disk and no clock. Outputs and findings come as they are
made, so a shell can write while it works and throw all away on the first error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from msgspec.structs import replace

from generator import fact_files, pictures, products, published_urls, review, unused
from generator.article import Article, Parsed, Source, Standing
from generator.catalogue import Catalogue, Edition, assemble
from generator.diagnostics import Diagnostic
from generator.emitter import Emitter, Tools
from generator.fingerprint import digest
from generator.messages import did_you_mean, finding
from generator.output import Memory, Output, Previous, Run, SiteSources, serial
from generator.parse import decode
from generator.render.minifier import ScriptError
from generator.render.scripts import scripts
from generator.render.stylesheet import StyleError
from generator.rules import summaries
from generator.rules.duplicates import near_duplicates
from generator.rules.phrases import PHRASES_PATH, Phrasebook
from generator.rules.reading import read_article, read_standing
from generator.settings import Settings
from generator.workshop import Workshop
from generator.yaml_document import parse

_FILE = re.compile(r"\.[a-z]+$")


def build(
    settings: Settings,
    sources: SiteSources,
    edition: Edition,
    previous: Previous,
    memory: Memory,
    run: Run = serial,
) -> Iterator[Output | Diagnostic]:
    """Every output and every finding; with an error among these nothing may be published."""
    known, learnt = previous.learnt, memory.learnt
    book, unread = fact_files.read_phrases(sources)
    reading = _Reading(sources, book, known.parsed, learnt.parsed, run)
    # While other processes may be reading the articles.
    standing, failed, further = reading.standing()
    facts, misfits = fact_files.read(sources)
    tools, faults = _tools(settings, sources, edition, previous, at_once=reading.is_anew)
    articles, unreadable, findings = reading.articles()
    yield from (*unread, *findings, *further, *misfits)
    unreadable |= failed | {path.rsplit("/", 1)[-1].removesuffix(".md") for path in sources.refused}
    catalogue, misfits = assemble(articles, standing, unreadable, facts, settings, edition)
    yield from (*misfits, *faults)
    shown, learnt.pictures = pictures.read(sources.images, known.pictures, sources.generator, run)
    yield from (entry for seen in learnt.pictures.values() for entry in seen.findings)
    catalogue = replace(catalogue, pictures=shown.by_target)
    emitter: Emitter | None = None
    if facts.complete and tools is not None:  # pages cite the tables and need styles and scripts
        emitter = Emitter(settings, sources, catalogue, shown, tools, previous, learnt, run)
    # While other processes may be looking for neighbours.
    yield from _side_by_side(settings, sources, catalogue, articles, standing)
    repeated = _repeated(sources, catalogue, previous, memory)
    if not edition.drafts or emitter is None:
        yield from repeated
    if emitter is None:
        return
    memory.catalogue = catalogue
    yield from emitter.outputs()
    yield from (*repeated, *emitter.verification())
    yield from unused.terms(catalogue, learnt.uses.values())
    memory.addresses = emitter.addresses()
    yield from _lost_addresses(sources, catalogue, memory.addresses)


def _repeated(
    sources: SiteSources, catalogue: Catalogue, previous: Previous, memory: Memory
) -> Iterator[Diagnostic]:
    """Articles that say nearly the same; which do not is remembered.

    All are looked at, so in a preview this can wait until the page an editor waits for is made.
    """
    found, memory.learnt.unlike = near_duplicates(
        catalogue.articles.values(), previous.learnt.unlike, sources.generator
    )
    yield from found


def _side_by_side(
    settings: Settings,
    sources: SiteSources,
    catalogue: Catalogue,
    articles: Sequence[Article],
    standing: Sequence[Standing],
) -> Iterator[Diagnostic]:
    """What only shows when articles, tables and settings are seen together."""
    yield from _question_findings(settings, sources, catalogue)
    yield from products.unread(catalogue.facts.products, catalogue.articles, catalogue.failed)
    by_path = {source.path: source for source in sources.articles}
    yield from summaries.repeated(catalogue.articles.values(), by_path)
    pages: tuple[Article | Standing, ...] = (*articles, *standing)
    dues = review.everything(pages, catalogue.facts, settings.options.review_after)
    yield from review.overdue(dues, catalogue.edition.as_of, sources.data)
    yield from unused.sources_and_lines(pages, catalogue, settings)


def _tools(
    settings: Settings,
    sources: SiteSources,
    edition: Edition,
    previous: Previous,
    *,
    at_once: bool,
) -> tuple[Tools | None, tuple[Diagnostic, ...]]:
    """Styles, scripts and templates, ready for use if it is `at_once`, or why there are none."""
    try:
        code = scripts(sources.scripts)
        workshop = Workshop(
            settings, sources, previous.learnt.compiled, code.before_paint, drafts=edition.drafts
        )
    except (StyleError, ScriptError) as error:
        span = error.span if isinstance(error, StyleError) else None
        path = f"templates/{error.name}"
        return None, (finding("template-error", path, span, detail=error.detail),)
    if at_once:
        workshop.prepare()
    return Tools(code, workshop), ()


class _Reading:
    """The files of articles and pages, read anew or remembered.

    What has to be read anew of the articles is begun at once, where processes are there for it.
    """

    def __init__(
        self,
        sources: SiteSources,
        book: Phrasebook,
        known: Mapping[str, Parsed],
        learnt: dict[str, Parsed],
        run: Run,
    ) -> None:
        """`known` is what an earlier build read, `learnt` is filled; both by key."""
        self._sources = sources
        self._book = book
        self._known = known
        self._learnt = learnt
        phrases = sources.data.get(PHRASES_PATH)
        self._reader = digest(sources.generator, phrases.digest if phrases else "")
        self._keyed = [(self._key(source), source) for source in sources.articles]
        missing = [source for key, source in self._keyed if key not in known]
        self._fresh = run(lambda: partial(read_article, book=book), missing)
        self.is_anew = len(missing) == len(self._keyed)

    def _key(self, source: Source) -> str:
        """Under which a file that was read is kept between builds."""
        return digest(source.path, source.digest, self._reader)

    def articles(self) -> tuple[list[Article], frozenset[str], tuple[Diagnostic, ...]]:
        """Every article that can be read, the slugs of those that cannot, and all findings."""
        articles: list[Article] = []
        unreadable: set[str] = set()
        findings: list[Diagnostic] = []
        for key, source in self._keyed:
            parsed = self._known.get(key) or next(self._fresh)
            self._learnt[key] = parsed
            findings.extend(parsed.findings)
            if parsed.article is None:
                unreadable.add(source.stem)
            else:
                articles.append(parsed.article)
        return articles, frozenset(unreadable), tuple(findings)

    def standing(self) -> tuple[list[Standing], frozenset[str], tuple[Diagnostic, ...]]:
        """The same for the standing pages."""
        pages: list[Standing] = []
        failed: set[str] = set()
        findings: list[Diagnostic] = []
        for source in self._sources.standing:
            key = self._key(source)
            read = self._known.get(key) or read_standing(source, self._book)
            self._learnt[key] = read
            findings.extend(read.findings)
            if read.standing is None:
                failed.add(source.stem)
            else:
                pages.append(read.standing)
        return pages, frozenset(failed), tuple(findings)


def _question_findings(
    settings: Settings, sources: SiteSources, catalogue: Catalogue
) -> Iterator[Diagnostic]:
    """Questions of the front page that no article answers."""
    known = catalogue.articles.keys() | catalogue.failed
    document = None
    for at, slug in enumerate(settings.options.questions):
        if slug not in known:
            document = document or parse(sources.config.text(), sources.config.path)
            span = document.span(("plugins", 0, "yuqi", "questions", at))
            fix = did_you_mean(slug, catalogue.articles, otherwise="核对文章的文件名（不带 .md）")
            yield finding("related-unknown", sources.config.path, span, slug=slug, fix=fix)


def _lost_addresses(
    sources: SiteSources, catalogue: Catalogue, addresses: tuple[str, ...]
) -> Iterator[Diagnostic]:
    """Against the committed list; pages that failed on their own, or a folder of them, are excused."""
    if catalogue.edition.drafts or not addresses:
        return  # a preview is not published, or nothing could be made
    if any(path.startswith("content") and not _FILE.search(path) for path in sources.refused):
        return
    source = sources.data.get(published_urls.LIST_PATH)
    text, findings = decode(source) if source is not None else ("", ())
    yield from findings
    if text is not None:
        excused = frozenset(f"/{slug}/" for slug in catalogue.failed)
        yield from published_urls.check(text, addresses, excused)
