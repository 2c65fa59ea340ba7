"""Page value → bytes and what links and ids they hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from traceback import walk_tb

from jinja2 import Environment, TemplateError
from markupsafe import Markup
from msgspec import Struct

from generator import components
from generator.citations import Note
from generator.diagnostics import Diagnostic, LineIndex, Span
from generator.discovery.metadata import about
from generator.discovery.structured import Described
from generator.glossary import Explained
from generator.messages import finding
from generator.pages import (
    article,
    calculator,
    checks,
    corrections,
    gallery,
    home,
    hub,
    method,
    search,
    signpost,
    source_lists,
    standing,
)
from generator.pages.article import ArticlePage
from generator.pages.calculator import CalculatorPage
from generator.pages.checks import CheckListPage
from generator.pages.corrections import CorrectionListPage
from generator.pages.gallery import GalleryPage
from generator.pages.home import HomePage
from generator.pages.hub import HubPage
from generator.pages.method import MethodPage
from generator.pages.prose import Prose
from generator.pages.search import SearchPage
from generator.pages.signpost import NotFoundPage, RedirectPage
from generator.pages.source_lists import SourceListPage
from generator.pages.standing import StandingPage
from generator.policy import page_policy
from generator.render.body import BodyRenderer
from generator.render.stylesheet import Sheets
from generator.render.templates import Templates

Page = Described | NotFoundPage | RedirectPage | GalleryPage

TEMPLATES: dict[type[object], str] = {
    ArticlePage: article.TEMPLATE,
    StandingPage: standing.TEMPLATE,
    HomePage: home.TEMPLATE,
    HubPage: hub.TEMPLATE,
    SourceListPage: source_lists.TEMPLATE,
    CheckListPage: checks.TEMPLATE,
    CorrectionListPage: corrections.TEMPLATE,
    CalculatorPage: calculator.TEMPLATE,
    MethodPage: method.TEMPLATE,
    SearchPage: search.TEMPLATE,
    NotFoundPage: signpost.NOT_FOUND_TEMPLATE,
    RedirectPage: signpost.REDIRECT_TEMPLATE,
    GalleryPage: gallery.TEMPLATE,
}


def starting(*, drafts: bool) -> tuple[str, ...]:
    """The templates pages of a site start from; the gallery is part of a preview only."""
    return tuple(name for kind, name in TEMPLATES.items() if drafts or kind is not GalleryPage)


def prose_of(page: Page) -> Prose | None:
    """The Markdown of a page, if it has any."""
    if isinstance(page, ArticlePage | StandingPage):
        return page.prose
    return page.introduction if isinstance(page, HubPage) else None


def template_names(page: Page) -> tuple[str, ...]:
    """The templates a page starts from; their closure is what it depends on."""
    names = {TEMPLATES[type(page)]}
    prose = prose_of(page)
    if prose is not None:
        names.update(components.template_name(fence.name) for fence in prose.fences)
    return tuple(sorted(names))


class Rendered(Struct, frozen=True):
    """The bytes of a page, and findings only rendering can make."""

    content: bytes
    findings: tuple[Diagnostic, ...]
    body: str = ""
    """The HTML of its Markdown, if it has any."""


def form_origin(page: Page) -> str:
    """Where the form of a page is sent, as a policy names it; `""` for a page without one."""
    told = page.frame.feedback if isinstance(page, ArticlePage) else None
    return told.origin if told is not None else ""


class PageRenderer:
    """Renders any page; one for all, because its parts are dear to build."""

    def __init__(
        self,
        templates: Templates,
        environment: Environment,
        sheets: Sheets,
        extensions: Sequence[str],
        base_path: str,
    ) -> None:
        """`environment` is one of the `templates`."""
        self._templates = templates
        self._sheets = sheets
        self._environment = environment
        self._bodies = BodyRenderer(extensions, base_path, self._environment)

    def prepare(self, names: Iterable[str]) -> None:
        """Have these templates ready before a page needs one."""
        for name in names:
            with suppress(TemplateError):  # told of by the page that meets it
                self._environment.get_template(name)

    def render(self, page: Page) -> Rendered:
        """The page, or no bytes and why; whatever a template raises is a finding about it."""
        prose = prose_of(page)
        try:
            made = self._with_prose(page, prose) if prose is not None else self._plain(page)
        except RecursionError:
            path, start = (prose.path, prose.offset) if prose is not None else ("", 0)
            return Rendered(b"", (finding("body-nesting", path, Span(start, start + 1)),))
        except Exception as error:  # noqa: BLE001  # a template may raise anything
            return Rendered(b"", (self._template_finding(error, page),))
        if not made.content:
            nothing = TemplateError("写出的网页是空的")
            return Rendered(b"", (self._template_finding(nothing, page),))
        return made

    def _plain(self, page: Page) -> Rendered:
        return Rendered(self._filled(page, Markup()).encode(), ())

    def _filled(
        self,
        page: Page,
        html: Markup,
        notes: tuple[Note, ...] = (),
        terms: tuple[Explained, ...] = (),
    ) -> str:
        """The template of a page with its value and what a page of its kind may use."""
        name = TEMPLATES[type(page)]
        sheet, policy = self._sheets.of(name), ""
        if not isinstance(page, RedirectPage):
            policy = page_policy(sheet.source, page.frame.before_paint_hash, form_origin(page))
        template = self._environment.get_template(name)
        return template.render(
            page=page,
            body=html,
            notes=notes,
            terms=terms,
            sheet=sheet,
            policy=policy,
            about=about(page, notes),
        )

    def _with_prose(self, page: Page, prose: Prose) -> Rendered:
        body = self._bodies.render(prose)
        safe = Markup(body.html)  # noqa: S704  # sanitised in BodyRenderer
        html = self._filled(page, safe, body.notes, body.terms)
        findings: list[Diagnostic] = []
        start = Span(prose.offset, prose.offset + 1)
        if body.headings != len(prose.headings):
            written, rendered = len(prose.headings), body.headings
            findings.append(
                finding("heading-unanchored", prose.path, start, written=written, rendered=rendered)
            )
        findings.extend(
            finding("link-unseen", prose.path, start, target=target) for target in body.unseen
        )
        return Rendered(html.encode(), tuple(findings), body.html)

    def _template_finding(self, error: Exception, page: Page) -> Diagnostic:
        """At the line of the template where it happened; an error of our own is raised again."""
        name, line = getattr(error, "name", None), getattr(error, "lineno", None)
        for frame, at in walk_tb(error.__traceback__):
            if frame.f_code.co_filename in self._templates.texts:
                name, line = frame.f_code.co_filename, at
        if name is None and not isinstance(error, TemplateError):
            raise error
        name = name or TEMPLATES[type(page)]
        text = self._templates.texts.get(name, "")
        start = LineIndex(text).start_of(min(line or 1, text.count("\n") + 1))
        span = Span(start, max(text.find("\n", start), start + 1))
        detail = f"{type(error).__name__}: {error}"
        return finding("template-error", f"templates/{name}", span, detail=detail)
