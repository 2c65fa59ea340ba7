"""An article's body: Markdown, then the sanitiser, then our own components and citations."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from jinja2 import Environment
from markupsafe import Markup
from msgspec import Struct
from msgspec.structs import asdict

from generator import citations, components, glossary, hotlines
from generator.article import Check, Fence
from generator.citations import Note
from generator.glossary import Explained, Use
from generator.hotlines import ListedHotline
from generator.marks import CLOSE, OPEN
from generator.pages.frame import calculator_link
from generator.pages.prose import Prose
from generator.render.markdown import MarkdownRenderer
from generator.render.sanitise import Sanitiser
from generator.render.unbroken import unbroken

# Markdown elsewhere needs a space behind a lead-in, “**先存证据。** 再说”; the sign has its own.
_LEAD_IN_SPACE = re.compile("(?<=[，、。；：？！”）])</strong> ")
_FENCE_MARK = re.compile(f"<p>{OPEN}f:(\\d+){CLOSE}</p>")


class Body(Struct, frozen=True):
    """The finished body, its notes, the terms it explains, how many headings Markdown made, and
    links the scan missed.
    """

    html: str
    notes: tuple[Note, ...]
    terms: tuple[Explained, ...]
    headings: int
    unseen: tuple[str, ...]


class BodyRenderer:
    """Holds the expensive instances; one for all pages."""

    def __init__(self, extensions: Sequence[str], base_path: str, environment: Environment) -> None:
        self._markdown = MarkdownRenderer(extensions, base_path)
        self._sanitiser = Sanitiser()
        self._environment = environment
        self._base_path = base_path

    def render(self, prose: Prose) -> Body:
        text = _prepared(prose)
        html, rendered = self._markdown.render(citations.mark(text), prose.headings, prose.pictures)
        unseen = [
            target
            for target in self._markdown.targets
            if target not in prose.targets and not target.startswith("https://")
        ]
        html = self._finished(html)
        html = _FENCE_MARK.sub(lambda match: self._fence(prose, int(match[1])), html)
        html, notes = citations.resolve(html, prose.sources)
        html, placed = glossary.resolve(html)
        terms = tuple(term for term in prose.terms if term.id in placed)
        return Body(html, notes, terms, rendered, tuple(unseen))

    def _fence(self, prose: Prose, at: int) -> str:
        if prose.hotlines and prose.hotlines[at]:
            return self._hotlines(prose.hotlines[at])
        fence = prose.fences[at]
        if fence.check is not None:
            return self._fact_check(fence, fence.check, prose)
        worked = prose.examples[at]
        assert worked is not None  # a page with one that cannot be worked out is not made
        template = self._environment.get_template(components.template_name(fence.name))
        macro = template.module.render  # type: ignore[attr-defined]  # every macro.html defines it
        return str(macro(worked, calculator_link(self._base_path, worked.mode, worked.fragment)))

    def _hotlines(self, lines: Sequence[ListedHotline]) -> str:
        template = self._environment.get_template(components.template_name(hotlines.FENCE))
        marks = {line.source: citations.cited(line.source) for line in lines}
        macro = template.module.render  # type: ignore[attr-defined]  # every macro.html defines it
        return str(macro(lines, marks))

    def _fact_check(self, fence: Fence, check: Check, prose: Prose) -> str:
        template = self._environment.get_template(components.template_name(fence.name))
        fields: Mapping[str, Any] = {
            name: self._prose(_spoken(fence, name, value, prose), prose)
            if name in components.PROSE[fence.name]
            else value
            for name, value in asdict(check).items()
        }
        macro = template.module.render  # type: ignore[attr-defined]  # every macro.html defines it
        return str(macro(**fields))

    def _prose(self, text: str, prose: Prose) -> Markup:
        html = self._markdown.inline(citations.mark(text), prose.pictures)
        return Markup(self._finished(html))  # noqa: S704  # just sanitised

    def _finished(self, html: str) -> str:
        """What Markdown made, as it stands in a page."""
        return unbroken(_LEAD_IN_SPACE.sub("</strong>", self._sanitiser.clean(html)))


def _prepared(prose: Prose) -> str:
    """First uses of terms between marks, component fences replaced by paragraphs of their own."""
    text, end = "", len(prose.text)
    for at in reversed(range(len(prose.fences))):
        span = prose.fences[at].span.shifted(-prose.offset)
        text = f"\n{OPEN}f:{at}{CLOSE}\n{_between(prose, span.end, end)}{text}"
        end = span.start
    return _between(prose, 0, end) + text


def _between(prose: Prose, start: int, end: int) -> str:
    uses = [use for use in prose.uses if start <= use.span.start < end]
    return _marked(prose.text[start:end], uses, start)


def _spoken(fence: Fence, name: str, value: str, prose: Prose) -> str:
    """The value of a component's field, first uses of terms between marks.

    YAML may have changed a value; then no place in it is known, and it is left as it is.
    """
    line = f"\n{fence.text}".find(f"\n{name}: {value}")
    if line < 0:
        return value
    start = fence.text_span.start - prose.offset + line + len(f"{name}: ")
    uses = [use for use in prose.uses if start <= use.span.start < start + len(value)]
    return _marked(value, uses, start)


def _marked(text: str, uses: Sequence[Use], offset: int) -> str:
    """`text`, which begins at character `offset` of its body, with these uses between marks."""
    for use in reversed(uses):
        start, end = use.span.start - offset, use.span.end - offset
        text = f"{text[:start]}{glossary.marked(use, text[start:end])}{text[end:]}"
    return text
