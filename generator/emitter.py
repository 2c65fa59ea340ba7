"""Planned pages → outputs: what is unchanged is kept, the rest rendered and inspected."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property, partial

from jinja2 import Environment, TemplateError
from msgspec import Struct

from generator import plan
from generator.catalogue import Catalogue
from generator.diagnostics import Diagnostic
from generator.discovery.files import PlannedFile, files, maker
from generator.fingerprint import digest, value_digest
from generator.listings import listings
from generator.messages import finding
from generator.output import Memory, Output, Previous, Run, SiteSources
from generator.pages.frame import Frame, frame
from generator.pictures import Pictures
from generator.plan import PlannedPage
from generator.render.compiled import CompiledTemplates
from generator.render.minifier import ScriptError
from generator.render.modules import Program
from generator.render.page import TEMPLATES, PageRenderer, starting, template_names
from generator.render.sanitise import AUTHORED
from generator.render.scripts import scripts
from generator.render.stylesheet import Sheets, StyleError, names_in, sheets
from generator.render.templates import Templates
from generator.search.part import Found, SearchPart, examined
from generator.settings import Settings
from generator.verify import Inspector, LinkVerifier, PageFacts, Written

_ICON = "icon.svg"
# So many pages are given to the workers at once: what is made and not yet written has a bound.
_BATCH = 4096
_NO_FACTS = PageFacts((), ())


class _Inspected(Struct, frozen=True):
    content: bytes
    facts: PageFacts
    findings: tuple[Diagnostic, ...]
    found: Found | None = None


class Emitter:
    """Makes the outputs of one catalogue and keeps the facts verification needs."""

    def __init__(
        self,
        settings: Settings,
        sources: SiteSources,
        catalogue: Catalogue,
        pictures: Pictures,
        previous: Previous,
        memory: Memory,
    ) -> None:
        self._settings = settings
        self._sources = sources
        self._catalogue = catalogue
        self._pictures = pictures
        self._previous = previous
        self._memory = memory
        self._templates = Templates(sources.templates)
        self._closures: dict[tuple[str, ...], str] = {}
        memory.compiled = previous.compiled
        self._facts: dict[str, PageFacts] = {}
        self._listings = dict(listings(catalogue, settings))
        self._search = SearchPart(
            self._listings,
            previous.entries,
            previous.index,
            previous.outputs,
            sources.generator,
        )
        self._passing: set[str] = set()
        self._broken = False
        self._unstyled = False
        self._inline: frozenset[str] = frozenset()
        self._sheets = Sheets({}, {})

    def outputs(self, run: Run) -> Iterator[Output | Diagnostic]:
        """Assets first, then every page, kept ones mostly before fresh ones, then the scripts."""
        try:
            styled = sheets(
                self._sources.styles,
                self._templates,
                starting(drafts=self._catalogue.edition.drafts),
            )
            code = scripts(self._sources.scripts)
        except (StyleError, ScriptError) as error:
            span = error.span if isinstance(error, StyleError) else None
            yield finding("template-error", f"templates/{error.name}", span, detail=error.detail)
            self._unstyled = True
            return
        self._sheets = styled
        icon = f"assets/{digest(self._sources.assets[_ICON])[:12]}/{_ICON}"
        yield self._asset(icon, self._sources.assets[_ICON])
        for destination in self._pictures.sources:
            yield self._picture(destination)
        font = digest(self._sources.font) if self._sources.font else ""
        shared = frame(self._settings, icon, code, self._catalogue, font)
        planned = list(self._planned(shared, code.addresses))
        self._inline = frozenset((code.before_paint,))
        yield from self._pages(planned, run)
        yield from self._index()
        for name, program in code.files.items():
            yield self._script(name, program)
        yield from self._files(list(files(planned, self._catalogue, shared, self._settings)), run)

    def _planned(self, shared: Frame, scripts: Mapping[str, str]) -> Iterator[PlannedPage]:
        """All pages; what is chosen for them, cards and terms to explain, is remembered."""
        catalogue, settings, previous = self._catalogue, self._settings, self._previous
        markdown = (*self._sources.articles, *self._sources.standing)
        by_path = {source.path: source for source in markdown}
        code = self._sources.generator
        dealt = plan.related_cards(catalogue, settings, previous.dealt, code)
        self._memory.dealt = dealt
        uses, self._memory.uses = plan.term_uses(catalogue, by_path, code, previous.uses)
        chosen, common = plan.Chosen(dealt.cards, uses), self._common(shared)
        yield from plan.pages(catalogue, chosen, by_path, shared, scripts, settings, common)

    def _script(self, destination: str, program: Program) -> Output | Diagnostic:
        """Made small only when it is new, and after the pages: see `minified`."""
        fingerprint = digest(program.source, self._sources.generator)
        self._facts[destination] = _NO_FACTS
        if self._previous.outputs.get(destination) == fingerprint:
            return Output(destination, fingerprint, None)
        try:
            return Output(destination, fingerprint, program.served().encode())
        except ScriptError as error:
            return finding("template-error", f"templates/{error.name}", detail=error.detail)

    def _picture(self, destination: str) -> Output:
        """Its address holds the hash of its bytes, so it is its own fingerprint."""
        fingerprint = digest(destination)
        kept = self._previous.outputs.get(destination) == fingerprint
        content = None if kept else self._pictures.served(destination)
        return self._plain(destination, fingerprint, content)

    def _asset(self, destination: str, content: bytes) -> Output:
        fingerprint = digest(content)
        kept = self._previous.outputs.get(destination) == fingerprint
        return self._plain(destination, fingerprint, None if kept else content)

    def _plain(self, destination: str, fingerprint: str, content: bytes | None) -> Output:
        """A file that is no page."""
        self._facts[destination] = _NO_FACTS
        return Output(destination, fingerprint, content)

    def _pages(self, planned: Iterable[PlannedPage], run: Run) -> Iterator[Output | Diagnostic]:
        changed: list[tuple[str, PlannedPage]] = []
        origins: dict[str, str] = {}
        for page in planned:
            name = page.destination
            if name in self._facts or name in origins:
                first = origins.get(name, name)
                yield finding(
                    "output-clash", page.origin, destination=name, first=first, second=page.origin
                )
                continue
            origins[name] = page.origin
            if not page.lasting:
                self._passing.add(name)
            fingerprint = self._known(page.inputs, "page", partial(self._page_fingerprint, page))
            if self._is_kept(name, fingerprint) and self._search.keep(fingerprint, name):
                self._remember(name, fingerprint, self._previous.facts[fingerprint])
                yield Output(name, fingerprint, None)
            else:
                changed.append((fingerprint, page))
            if len(changed) == _BATCH:
                yield from self._rendered(changed, run)
                changed.clear()
        yield from self._rendered(changed, run)

    def _rendered(
        self, changed: Sequence[tuple[str, PlannedPage]], run: Run
    ) -> Iterator[Output | Diagnostic]:
        self._compile(page for _, page in changed)
        rendered = run(self._inspector, [page for _, page in changed])
        for (fingerprint, page), result in zip(changed, rendered, strict=True):
            self._remember(page.destination, fingerprint, result.facts)
            for file in self._search.add(fingerprint, page.destination, result.found):
                yield self._plain(*file)
            self._broken = self._broken or not result.content
            yield from result.findings
            kept = self._is_kept(page.destination, fingerprint)
            yield Output(page.destination, fingerprint, None if kept else result.content)

    def _index(self) -> Iterator[Output]:
        """The files of the search index, after all pages."""
        index, files = self._search.files(self._catalogue.facts.vocabulary)
        self._memory.entries, self._memory.index = self._search.entries, index
        for destination, fingerprint, content in files:
            yield self._plain(destination, fingerprint, content)

    def _files(self, planned: Sequence[PlannedFile], run: Run) -> Iterator[Output | Diagnostic]:
        """Files beside the pages; nothing in them needs to be inspected."""
        changed: list[tuple[str, PlannedFile]] = []
        for entry in planned:
            name = entry.destination
            if name in self._facts:
                yield finding(
                    "output-clash", entry.origin, destination=name, first=name, second=entry.origin
                )
                continue
            fingerprint = self._known(entry.inputs, "file", partial(self._file_fingerprint, entry))
            self._facts[name] = _NO_FACTS
            if self._previous.outputs.get(name) == fingerprint:
                yield Output(name, fingerprint, None)
            else:
                changed.append((fingerprint, entry))
        font = self._sources.font
        made = run(lambda: maker(font), [entry for _, entry in changed])
        for (fingerprint, entry), content in zip(changed, made, strict=True):
            if isinstance(content, bytes):
                yield Output(entry.destination, fingerprint, content)
            else:
                yield content

    def _common(self, shared: Frame) -> str:
        """Digest of everything any page is made from but the Markdown files."""
        sources = self._sources
        data = (f"{path} {source.digest}" for path, source in sorted(sources.data.items()))
        texts = (sources.templates, sources.styles, sources.scripts)
        return digest(
            sources.generator,
            self._settings.model_dump_json(),
            "\n".join(data),
            *(f"{name}\n{text}" for group in texts for name, text in sorted(group.items())),
            value_digest((shared, self._catalogue.edition, self._catalogue.pictures)),
        )

    def _known(self, inputs: str, what: str, work_out: Callable[[], str]) -> str:
        """The fingerprint of an output from the digest of its inputs, if they were met before."""
        if not inputs:
            return work_out()
        key = f"{inputs}{what}"
        found = self._previous.fingerprints.get(key) or work_out()
        self._memory.fingerprints[key] = found
        return found

    def _file_fingerprint(self, entry: PlannedFile) -> str:
        return value_digest(entry.file, type(entry.file).__name__, self._sources.generator)

    def _page_fingerprint(self, planned: PlannedPage) -> str:
        names = template_names(planned.page)
        if names not in self._closures:
            self._closures[names] = self._templates.closure_digest(*names)
        extensions = " ".join(self._settings.markdown_extensions)
        sheet = self._sheets.of(TEMPLATES[type(planned.page)])
        parts = (self._closures[names], sheet.source, extensions, self._sources.generator)
        return value_digest(planned.page, *parts)

    def _is_kept(self, destination: str, fingerprint: str) -> bool:
        same = self._previous.outputs.get(destination) == fingerprint
        return same and fingerprint in self._previous.facts

    def _compile(self, pages: Iterable[PlannedPage]) -> None:
        """All templates of `pages`, so that no process that renders has to do it again."""
        for names in {template_names(planned.page) for planned in pages}:
            for name in self._templates.closure(*names):
                with suppress(TemplateError):  # told of by the page that meets it
                    self._environment.get_template(name)

    @cached_property
    def _environment(self) -> Environment:
        compiled = CompiledTemplates(
            self._previous.compiled, self._sources.templates, self._sources.generator
        )
        self._memory.compiled = compiled.kept
        return self._templates.environment(compiled)

    def _inspector(self) -> Callable[[PlannedPage], _Inspected]:
        """Built once in each process that renders."""
        settings, inline = self._settings, self._inline
        known = AUTHORED | names_in(self._sources.scripts)
        renderer = PageRenderer(
            self._templates,
            self._environment,
            self._sheets,
            settings.markdown_extensions,
            settings.base_path,
        )
        inspector = Inspector(settings.base_path, settings.options.feedback.endpoint)

        def inspected(planned: PlannedPage) -> _Inspected:
            rendered = renderer.render(planned.page)
            if not rendered.content:
                return _Inspected(b"", _NO_FACTS, rendered.findings)
            sheet = self._sheets.of(TEMPLATES[type(planned.page)])
            facts, breaches, classes = inspector.inspect(
                planned.destination, rendered.content, inline | {sheet.text}
            )
            strange = self._strangers(planned, classes - sheet.classes - known)
            listing = self._listings.get(planned.destination)
            found = examined(listing, rendered.body) if listing else None
            findings = (*rendered.findings, *breaches, *strange)
            return _Inspected(rendered.content, facts, findings, found)

        return inspected

    def _strangers(self, planned: PlannedPage, classes: frozenset[str]) -> Iterator[Diagnostic]:
        """A finding for each class nothing knows, in the template that prints it."""
        for name in sorted(classes):
            printed = self._templates.closure(*template_names(planned.page))
            template, span = self._templates.place_of_class(name, *printed) or ("", None)
            path = f"templates/{template}" if template else planned.destination
            yield finding("class-unknown", path, span, name=name)

    def _remember(self, destination: str, fingerprint: str, facts: PageFacts) -> None:
        self._facts[destination] = facts
        self._memory.facts[fingerprint] = facts

    # -- after all outputs --------------------------------------------------------------

    def verification(self) -> Iterator[Diagnostic]:
        """Links, anchors and orphans; to be called when all outputs have been made."""
        if self._unstyled:
            return  # no page was made
        catalogue, settings = self._catalogue, self._settings
        articles = {
            plan.article_destination(settings, slug): article
            for slug, article in catalogue.articles.items()
        }
        written: dict[str, Written] = {
            plan.article_destination(settings, slug): page
            for slug, page in catalogue.standing.items()
        }
        for stage, page in catalogue.stages.items():
            written[plan.hub_destination(settings, "stage", stage)] = page
        excused = {plan.article_destination(settings, slug) for slug in catalogue.failed}
        # As an author writes them; a faulty one is told already.
        excused |= {image.path.removeprefix("content/") for image in self._sources.images}
        verifier = LinkVerifier(self._facts, {**articles, **written}, settings.base_path, excused)
        yield from verifier.broken_links()
        for article in catalogue.unprintable:
            yield from verifier.written_links(article)
        if not catalogue.failed and not self._broken:
            yield from verifier.orphans(articles)

    def addresses(self) -> tuple[str, ...]:
        """Addresses a reader could keep, without the base path; not the further pages of a hub."""
        pages = (
            f"/{name.removesuffix('index.html')}"
            for name in self._facts
            if name not in self._passing
        )
        return tuple(sorted(page for page in pages if page.endswith("/")))
