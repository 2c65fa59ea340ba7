"""Page value → bytes and what links and ids they hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator import components
from generator.diagnostics import Diagnostic, Span
from generator.messages import finding
from generator.pages import article as article_pages
from generator.pages import hub, signpost
from generator.pages.article import ArticlePage
from generator.pages.hub import CategoryPage, HomePage
from generator.pages.signpost import NotFoundPage, RedirectPage
from generator.render.body import BodyRenderer
from generator.render.templates import Templates

Page = ArticlePage | HomePage | CategoryPage | NotFoundPage | RedirectPage

TEMPLATES: dict[type[object], str] = {
    ArticlePage: article_pages.TEMPLATE,
    HomePage: hub.HOME_TEMPLATE,
    CategoryPage: hub.CATEGORY_TEMPLATE,
    NotFoundPage: signpost.NOT_FOUND_TEMPLATE,
    RedirectPage: signpost.REDIRECT_TEMPLATE,
}


def template_names(page: Page) -> tuple[str, ...]:
    """The templates a page starts from; their closure is what it depends on."""
    names = {TEMPLATES[type(page)]}
    if isinstance(page, ArticlePage):
        names.update(components.template_name(fence.name) for fence in page.fences)
    return tuple(sorted(names))


@dataclass(frozen=True, slots=True)
class Rendered:
    """The bytes of a page, and findings only rendering can make."""

    content: bytes
    findings: tuple[Diagnostic, ...]


class PageRenderer:
    """Renders any page; one per process, because its parts are dear to build."""

    def __init__(self, templates: Templates, extensions: Sequence[str], base_path: str) -> None:
        self._environment = templates.environment()
        self._bodies = BodyRenderer(extensions, base_path, self._environment)

    def render(self, page: Page) -> Rendered:
        template = self._environment.get_template(TEMPLATES[type(page)])
        if not isinstance(page, ArticlePage):
            return Rendered(template.render(page=page).encode(), ())
        start = Span(page.body_offset, page.body_offset + 1)
        try:
            body = self._bodies.render(page)
        except RecursionError:
            return Rendered(b"", (finding("body-nesting", page.path, start),))
        findings: tuple[Diagnostic, ...] = ()
        if body.headings != len(page.headings):
            written, rendered = len(page.headings), body.headings
            findings = (
                finding("heading-unanchored", page.path, start, written=written, rendered=rendered),
            )
        html = template.render(page=page, body=Markup(body.html), notes=body.notes)  # noqa: S704  # sanitised in BodyRenderer
        return Rendered(html.encode(), findings)
