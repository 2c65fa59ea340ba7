"""Planned pages → outputs: what is unchanged is kept, the rest rendered and inspected."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import chain

from msgspec import Struct

from generator import plan
from generator.catalogue import Catalogue
from generator.diagnostics import Diagnostic
from generator.discovery.files import PlannedFile, files
from generator.fingerprint import digest, value_digest
from generator.listings import listings
from generator.messages import finding
from generator.output import FEW, MANY, Learnt, Output, Previous, Run, SiteSources, serial
from generator.pages.article import ArticlePage
from generator.pages.frame import Frame, frame
from generator.pictures import Pictures
from generator.plan import PlannedPage
from generator.render.minifier import ScriptError
from generator.render.modules import Program
from generator.render.scripts import Scripts
from generator.search.index import MadeIndex
from generator.search.part import SearchPart
from generator.settings import Settings
from generator.verify import LinkVerifier, Written
from generator.workshop import NO_FACTS, FileOrder, MadeFile, MadePage, Order, PageOrder, Workshop

_ICON = "icon.svg"
_HURRIED = 4
"""So many changed articles are made at once, before anything else is planned."""


class Tools(Struct, frozen=True):
    """What pages are made with, whatever stands in them."""

    code: Scripts
    workshop: Workshop


class Emitter:
    """Makes the outputs of one catalogue and keeps the facts verification needs."""

    def __init__(
        self,
        settings: Settings,
        sources: SiteSources,
        catalogue: Catalogue,
        pictures: Pictures,
        tools: Tools,
        previous: Previous,
        learnt: Learnt,
        run: Run,
    ) -> None:
        """It begins with looking for neighbours, in other processes if `run` has any."""
        self._tools = tools
        self._run = run
        self._settings = settings
        self._sources = sources
        self._catalogue = catalogue
        self._pictures = pictures
        self._intact = previous.outputs
        self._known = previous.learnt
        self._learnt = learnt
        self._facts: dict[str, bytes] = {}
        self._origins: dict[str, str] = {}
        self._listings = dict(listings(catalogue, settings))
        self._search = SearchPart(
            self._listings,
            self._known.entries,
            self._known.index,
            self._intact,
            sources.generator,
        )
        self._passing: set[str] = set()
        self._hurried = 0
        self._broken = False
        code, dealt = sources.generator, previous.learnt.dealt
        self._dealing = plan.dealing(catalogue, settings, dealt, code, run)

    def outputs(self) -> Iterator[Output | Diagnostic]:
        """Assets first, then pages and what goes with them, kept ones before fresh ones."""
        code = self._tools.code
        icon = f"assets/{digest(self._sources.assets[_ICON])[:12]}/{_ICON}"
        font = digest(self._sources.font) if self._sources.font else ""
        shared = frame(self._settings, icon, code, self._catalogue, font)
        to_come = self._planned(shared, code.addresses)
        yield self._asset(icon, self._sources.assets[_ICON])
        for destination in self._pictures.sources:
            yield self._picture(destination)
        planned: list[PlannedPage] = []
        pages: list[PageOrder] = []
        for page in to_come:
            planned.append(page)
            yield from self._page(page, pages)
        beside: list[FileOrder] = []
        yield from self._files(files(planned, self._catalogue, shared, self._settings), beside)
        del planned
        listed, others = _side_by_side(pages, beside, self._listings)
        if len(listed) + len(others) <= FEW:
            yield from self._made(listed, others)
        else:
            # Lists first: they look at many articles, and early on least is in memory. The index
            # alone: it takes much, and other processes would keep what it touches a second time.
            yield from self._made([*others, *listed], [])
        self._learnt.compiled = self._tools.workshop.compiled

    def _planned(self, shared: Frame, scripts: Mapping[str, str]) -> Iterator[PlannedPage]:
        """All pages; what is chosen for them, cards and terms to explain, is remembered."""
        catalogue, settings, known = self._catalogue, self._settings, self._known
        markdown = (*self._sources.articles, *self._sources.standing)
        by_path = {source.path: source for source in markdown}
        code, common = self._sources.generator, self._common(shared)
        # While other processes may be looking for neighbours, or at the site as it is.
        uses, self._learnt.uses = plan.term_uses(catalogue, by_path, code, known.uses)
        others = plan.other_pages(catalogue, uses, by_path, shared, scripts, settings, common)
        if not catalogue.edition.drafts:  # only in a preview somebody waits for an article
            others = iter([*others])
        dealt = self._learnt.dealt = self._dealing.dealt()
        cards = dealt.cards
        articles = plan.article_pages(catalogue, cards, uses, by_path, shared, settings, common)
        return chain(articles, others)

    def _script(self, file: tuple[str, Program]) -> Output | Diagnostic:
        """Made small only when it is new, and by this process alone: see `minified`."""
        destination, program = file
        fingerprint = digest(program.source, self._sources.generator)
        self._facts[destination] = NO_FACTS
        if self._intact.get(destination) == fingerprint:
            return Output(destination, fingerprint, None)
        try:
            return Output(destination, fingerprint, program.served().encode())
        except ScriptError as error:
            return finding("template-error", f"templates/{error.name}", detail=error.detail)

    def _picture(self, destination: str) -> Output:
        """Its address holds the hash of its bytes, so it is its own fingerprint."""
        fingerprint = digest(destination)
        kept = self._intact.get(destination) == fingerprint
        content = None if kept else self._pictures.served(destination)
        return self._plain(destination, fingerprint, content)

    def _asset(self, destination: str, content: bytes) -> Output:
        fingerprint = digest(content)
        kept = self._intact.get(destination) == fingerprint
        return self._plain(destination, fingerprint, None if kept else content)

    def _plain(self, destination: str, fingerprint: str, content: bytes | None) -> Output:
        """A file that is no page."""
        self._facts[destination] = NO_FACTS
        return Output(destination, fingerprint, content)

    def _is_new(self, planned: PlannedPage | PlannedFile) -> bool:
        """Whether nothing has its destination yet, which then is taken."""
        name = planned.destination
        if name in self._facts or name in self._origins:
            return False
        self._origins[name] = planned.origin
        return True

    def _told(
        self, planned: PlannedPage | PlannedFile, key: str, digested: Callable[[], str]
    ) -> str:
        """The fingerprint, where an earlier build can tell it or its output may still hold."""
        if planned.inputs:
            return self._known.fingerprints.get(key, "")
        return digested() if planned.destination in self._intact else ""

    def _page(self, page: PlannedPage, changed: list[PageOrder]) -> Iterator[Output | Diagnostic]:
        """A page that is there already, or for which an editor waits; the others are `changed`."""
        name = page.destination
        if not self._is_new(page):
            yield self._clash(page)
            return
        if not page.lasting:
            self._passing.add(name)
        digested = partial(_page_digest, self._tools.workshop, page)
        fingerprint = self._told(page, _page_key(page), digested)
        if fingerprint and self._is_kept(name, fingerprint):
            yield self._keep(page, fingerprint)
        elif page.kind is ArticlePage and self._intact and self._hurried < _HURRIED:
            self._hurried += 1
            made = self._maker((fingerprint, page))
            assert isinstance(made, MadePage)
            yield from self._rendered(page, made)
        else:
            changed.append((fingerprint, page))

    @cached_property
    def _maker(self) -> Callable[[Order], MadePage | MadeFile]:
        return self._tools.workshop.maker(self._listings, self._is_kept, self._is_same)

    def _made(self, first: Sequence[Order], then: Sequence[Order]) -> Iterator[Output | Diagnostic]:
        """What is ordered, and the index; that may be made while what comes `then` is taken."""
        workshop = self._tools.workshop
        orders = [*first, *then]
        if len(orders) >= MANY:
            workshop.prepare()  # before there are several processes
        make = partial(workshop.maker, self._listings, self._is_kept, self._is_same)
        results = self._run(make, orders)
        scripts = map(self._script, self._tools.code.files.items())
        if len(orders) <= FEW:  # all processes that make something have begun
            yield from scripts
        yield from self._taken(first, results, last=not then)
        work = partial(self._search.made, self._catalogue.facts.vocabulary)
        beside = self._run if then and len(orders) >= MANY else serial
        with beside.aside(work, MadeIndex) as index:
            yield from self._taken(then, results, last=True)
            yield from self._index(index.result())
        yield from scripts

    def _taken(
        self, orders: Sequence[Order], results: Iterator[MadePage | MadeFile], *, last: bool
    ) -> Iterator[Output | Diagnostic]:
        for (_, planned), made in zip(orders, results, strict=last):
            if isinstance(planned, PlannedPage):
                assert isinstance(made, MadePage)
                yield from self._rendered(planned, made)
            else:
                assert isinstance(made, MadeFile)
                yield self._beside(planned, made)

    def _rendered(self, page: PlannedPage, made: MadePage) -> Iterator[Output | Diagnostic]:
        # What another process found out is found out here as well.
        if made.content is None and self._is_kept(page.destination, made.fingerprint):
            yield self._keep(page, made.fingerprint)
            return
        self._remember(page, made.fingerprint, made.facts)
        for file in self._search.add(made.fingerprint, page.destination, made.found):
            yield self._plain(*file)
        self._broken = self._broken or not made.content
        yield from made.findings
        same = self._is_same(page.destination, made.fingerprint)
        yield Output(page.destination, made.fingerprint, None if same else made.content)

    def _keep(self, page: PlannedPage, fingerprint: str) -> Output:
        self._search.keep(page.destination)
        self._remember(page, fingerprint, self._known.facts[fingerprint])
        return Output(page.destination, fingerprint, None)

    def _remember(self, page: PlannedPage, fingerprint: str, facts: bytes) -> None:
        self._facts[page.destination] = facts
        self._learnt.facts[fingerprint] = facts
        if page.inputs:
            self._learnt.fingerprints[_page_key(page)] = fingerprint

    def _is_same(self, destination: str, fingerprint: str) -> bool:
        """Whether the file an earlier build made is still there and still right."""
        return self._intact.get(destination) == fingerprint

    def _is_kept(self, destination: str, fingerprint: str) -> bool:
        """Whether that holds for a page and all we knew of it."""
        return (
            self._is_same(destination, fingerprint)
            and fingerprint in self._known.facts
            and self._search.knows(fingerprint, destination)
        )

    def _index(self, made: MadeIndex) -> Iterator[Output]:
        """The files of the search index, after all pages."""
        self._learnt.entries, self._learnt.index = self._search.entries, made.index
        for destination, fingerprint, content in self._search.files(made):
            yield self._plain(destination, fingerprint, content)

    def _files(
        self, planned: Iterable[PlannedFile], changed: list[FileOrder]
    ) -> Iterator[Output | Diagnostic]:
        """The files beside the pages that are there already; the others are `changed`.

        Nothing in them needs to be inspected.
        """
        for entry in planned:
            name = entry.destination
            if not self._is_new(entry):
                yield self._clash(entry)
                continue
            self._facts[name] = NO_FACTS
            digested = partial(_file_digest, self._tools.workshop, entry)
            fingerprint = self._told(entry, _file_key(entry), digested)
            if fingerprint and self._is_same(name, fingerprint):
                yield self._beside(entry, MadeFile(fingerprint, None))
            else:
                changed.append((fingerprint, entry))

    def _beside(self, entry: PlannedFile, made: MadeFile) -> Output | Diagnostic:
        if entry.inputs:
            self._learnt.fingerprints[_file_key(entry)] = made.fingerprint
        if isinstance(made.content, Diagnostic):
            return made.content
        return Output(entry.destination, made.fingerprint, made.content)

    def _common(self, shared: Frame) -> str:
        """Digest of everything any page is made from but the Markdown files."""
        sources = self._sources
        data = (f"{path} {source.digest}" for path, source in sorted(sources.data.items()))
        texts = (sources.templates, sources.styles, sources.scripts)
        return digest(
            sources.generator,
            self._settings.model_dump_json(),
            "\n".join(data),
            "\n".join(sorted(sources.classes)),
            *(f"{name}\n{text}" for group in texts for name, text in sorted(group.items())),
            value_digest((shared, self._catalogue.edition, self._catalogue.pictures)),
        )

    def _clash(self, second: PlannedPage | PlannedFile) -> Diagnostic:
        name = second.destination
        return finding(
            "output-clash",
            second.origin,
            destination=name,
            first=self._origins.get(name, name),
            second=second.origin,
        )

    # -- after all outputs --------------------------------------------------------------

    def verification(self) -> Iterator[Diagnostic]:
        """Links, anchors and orphans; to be called when all outputs have been made."""
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


def _side_by_side(
    pages: Sequence[PageOrder], beside: Sequence[FileOrder], listings: Collection[str]
) -> tuple[list[Order], list[Order]]:
    """The pages that search finds, each with the file that is made from the same, so that its value
    is made once; and everything else.
    """
    texts = {entry.inputs: (told, entry) for told, entry in beside if entry.inputs}
    listed: list[Order] = []
    others: list[Order] = [order for order in beside if not order[1].inputs]
    for order in pages:
        page = order[1]
        if page.destination not in listings:
            others.append(order)
            continue
        listed.append(order)
        text = texts.pop(page.inputs, None)
        if text is not None:
            listed.append(text)
    return listed, [*texts.values(), *others]


def _page_digest(workshop: Workshop, page: PlannedPage) -> str:
    return workshop.page_fingerprint(page.make())


def _file_digest(workshop: Workshop, entry: PlannedFile) -> str:
    return workshop.file_fingerprint(entry.make())


def _page_key(page: PlannedPage) -> str:
    return f"{page.inputs}page"


def _file_key(entry: PlannedFile) -> str:
    return f"{entry.inputs}file"
