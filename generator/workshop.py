"""Where bytes are made: a page or a file from its value, with all that is to be known of it.

A workshop is set up once and inherited by every process that makes something, with all that is
dear to build; what a process finds out while it works, its `maker` keeps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from jinja2 import Environment
from msgspec import Struct

from generator import components
from generator.diagnostics import Diagnostic
from generator.discovery.files import File, PlannedFile, maker
from generator.discovery.posters import Poster
from generator.fingerprint import digest, value_digest
from generator.inspection import FACTS, Inspector, PageFacts
from generator.messages import finding
from generator.output import SiteSources
from generator.plan import PlannedPage
from generator.render.compiled import CompiledTemplates
from generator.render.page import TEMPLATES, Page, PageRenderer, starting, template_names
from generator.render.stylesheet import sheets
from generator.render.templates import Templates
from generator.search.entry import Listing
from generator.search.part import Found, examined
from generator.settings import Settings

NO_FACTS = FACTS.pack(PageFacts((), ()))

PageOrder = tuple[str, PlannedPage]
FileOrder = tuple[str, PlannedFile]
Order = PageOrder | FileOrder
"""With its fingerprint, `""` if that is still to be worked out from its value."""

IsThere = Callable[[str, str], bool]
"""Whether an earlier build left this destination with this fingerprint, so that it may be kept."""


class MadePage(Struct, frozen=True):
    """`content` is empty if the page could not be made, `None` if it is there already.

    `facts` are packed.
    """

    fingerprint: str
    content: bytes | None
    facts: bytes = NO_FACTS
    findings: tuple[Diagnostic, ...] = ()
    found: Found | None = None


class MadeFile(Struct, frozen=True):
    """`content` is a finding if the file could not be made, `None` if it is there already."""

    fingerprint: str
    content: bytes | Diagnostic | None


class Workshop:
    """Raises `StyleError` where the styles cannot be read.

    `inline` is the text of the one line of script in every page.
    """

    def __init__(
        self,
        settings: Settings,
        sources: SiteSources,
        compiled: Mapping[str, bytes],
        inline: str,
        *,
        drafts: bool,
    ) -> None:
        """`compiled` are templates an earlier build has left."""
        self._settings = settings
        self._sources = sources
        self._inline = frozenset((inline,))
        self._templates = Templates(sources.templates)
        self._compiled = CompiledTemplates(compiled, sources.templates, sources.generator)
        self._starting = starting(drafts=drafts)
        unasked = () if settings.options.feedback.asked else ("feedback",)
        self._sheets = sheets(sources.styles, self._templates, self._starting, unasked)
        self._classes = digest(*sorted(sources.classes))
        self._closures: dict[tuple[str, ...], str] = {}

    @property
    def compiled(self) -> Mapping[str, bytes]:
        """For the next build."""
        return self._compiled.kept

    @cached_property
    def _environment(self) -> Environment:
        return self._templates.environment(self._compiled)

    @cached_property
    def _renderer(self) -> PageRenderer:
        return PageRenderer(
            self._templates,
            self._environment,
            self._sheets,
            self._settings.markdown_extensions,
            self._settings.base_path,
        )

    def prepare(self) -> None:
        """Build all that is dear, so that no process that makes pages has to do it again."""
        fences = map(components.template_name, components.COMPONENTS)
        self._renderer.prepare(self._templates.closure(*self._starting, *fences))

    # -- what an output depends on ------------------------------------------------------

    def page_fingerprint(self, page: Page) -> str:
        names = template_names(page)
        if names not in self._closures:
            self._closures[names] = self._templates.closure_digest(*names)
        extensions = " ".join(self._settings.markdown_extensions)
        sheet = self._sheets.of(TEMPLATES[type(page)])
        parts = (self._closures[names], sheet.source, extensions, self._classes)
        return value_digest(page, *parts, self._sources.generator)

    def file_fingerprint(self, file: File | Poster) -> str:
        return value_digest(file, type(file).__name__, self._sources.generator)

    # -- making; called once in each process that does ----------------------------------

    def maker(
        self, listings: Mapping[str, Listing], is_kept: IsThere, is_same: IsThere
    ) -> Callable[[Order], MadePage | MadeFile]:
        """Makes pages, and the files beside them, for which nothing but the bytes must be there."""
        page, file = self._page_maker(listings, is_kept), self._file_maker(is_same)

        def made(order: Order) -> MadePage | MadeFile:
            told, planned = order
            if isinstance(planned, PlannedPage):
                return page(told, planned)
            return file(told, planned)

        return made

    def _page_maker(
        self, listings: Mapping[str, Listing], is_there: IsThere
    ) -> Callable[[str, PlannedPage], MadePage]:
        """`listings` by destination are the pages that search is to find."""
        renderer, settings = self._renderer, self._settings
        inspector = Inspector(settings.base_path, settings.options.feedback.endpoint)

        def made(told: str, planned: PlannedPage) -> MadePage:
            name, page = planned.destination, planned.make()
            fingerprint = told or self.page_fingerprint(page)
            if not told and is_there(name, fingerprint):
                return MadePage(fingerprint, None)
            rendered = renderer.render(page)
            if not rendered.content:
                return MadePage(fingerprint, b"", findings=rendered.findings)
            inline = self._inline | {self._sheets.of(TEMPLATES[planned.kind]).text}
            facts, breaches, classes = inspector.inspect(name, rendered.content, inline)
            strange = self._strangers(name, page, classes - self._sources.classes)
            listing = listings.get(name)
            found = examined(listing, rendered.body) if listing else None
            findings = (*rendered.findings, *breaches, *strange)
            return MadePage(fingerprint, rendered.content, FACTS.pack(facts), findings, found)

        return made

    def _strangers(
        self, destination: str, page: Page, classes: frozenset[str]
    ) -> Iterator[Diagnostic]:
        """A finding for each class that is not on the list, in the template that prints it."""
        for name in sorted(classes):
            printed = self._templates.closure(*template_names(page))
            template, span = self._templates.place_of_class(name, *printed) or ("", None)
            path = f"templates/{template}" if template else destination
            yield finding("class-unknown", path, span, name=name)

    def _file_maker(self, is_there: IsThere) -> Callable[[str, PlannedFile], MadeFile]:
        content = maker(self._sources.font)

        def made(told: str, planned: PlannedFile) -> MadeFile:
            file = planned.make()
            fingerprint = told or self.file_fingerprint(file)
            if not told and is_there(planned.destination, fingerprint):
                return MadeFile(fingerprint, None)
            return MadeFile(fingerprint, content(file, planned.origin))

        return made
