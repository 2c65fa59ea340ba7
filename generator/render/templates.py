"""The Jinja environment of the core: autoescaped, strict, and aware of what a page depends on."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from jinja2 import BytecodeCache, Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup, escape
from msgspec import Struct

from generator.diagnostics import Span
from generator.fingerprint import digest
from generator.render.unbroken import unbroken

_REMEMBERED = 1024
_PHRASE = re.compile(r"[^，、；：。？！]*[，、；：。？！]+|[^，、；：。？！]+")
# Names are literal strings in our templates (a test compares this with Jinja's own reading),
# so the closure is known without parsing, which a build that renders nothing need not pay for.
_REFERENCE = re.compile(r"""\{%-?\s*(?:extends|include|import|from)\s+["']([^"']+)["']""")


class Templates(Struct, frozen=True):
    """All template texts by name, forward slashes, relative to the template folder."""

    texts: Mapping[str, str]

    def references(self, name: str) -> tuple[str, ...]:
        return tuple(sorted(set(_REFERENCE.findall(self.texts[name]))))

    def closure(self, *names: str) -> tuple[str, ...]:
        """`names` and everything they reach, sorted; a name without a text is left out."""
        seen: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in seen and name in self.texts:
                seen.add(name)
                waiting.extend(self.references(name))
        return tuple(sorted(seen))

    def closure_digest(self, *names: str) -> str:
        return digest(*(part for name in self.closure(*names) for part in (name, self.texts[name])))

    def place_of_class(self, word: str, *names: str) -> tuple[str, Span] | None:
        """The first of `names` that gives something the class `word`, and where."""
        pattern = re.compile(rf"""class=["'][^>]*?(?<![\w-])({re.escape(word)})(?![\w-])""")
        for name in names:
            if found := pattern.search(self.texts[name]):
                return name, Span(*found.span(1))
        return None

    def _load(self, name: str) -> tuple[str, str, None] | None:
        # The name goes in as file name too: tracebacks of a template then say where.
        text = self.texts.get(name)
        return None if text is None else (text, name, None)

    def environment(self, compiled: BytecodeCache | None = None) -> Environment:
        environment = Environment(
            loader=FunctionLoader(self._load),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            cache_size=-1,
            bytecode_cache=compiled,
        )
        environment.filters["quoted"] = quoted
        environment.filters["inline"] = inline
        environment.globals.clear()  # each import in a template would compare them
        environment.filters["once"] = _once()
        environment.filters["unbroken"] = whole_figures
        environment.filters["phrased"] = phrased
        return environment


def _once() -> Callable[..., Markup]:
    """A filter for macros: what one says of values many pages share is said once, then remembered."""

    @lru_cache(maxsize=_REMEMBERED)
    def remembered(macro: Callable[..., Markup], *values: object) -> Markup:
        return macro(*values)

    def once(macro: Callable[..., Markup], *values: object) -> Markup:
        try:
            return remembered(macro, *values)
        except TypeError:  # the examples of the gallery cannot be remembered
            return macro(*values)

    return once


def quoted(text: str) -> Markup:
    """Text for an attribute in single quotes; JSON is half as long when its own quotes can stay."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace("'", "&#39;")
    return Markup(safe)  # noqa: S704  # just escaped


def inline(text: str) -> Markup:
    """A script of ours inside its element, where nothing is unescaped; it holds no `<`."""
    assert "<" not in text, text
    return Markup(text)  # noqa: S704  # there is nothing to escape in it


def whole_figures(text: str) -> Markup:
    """Text whose days, ranges and numbers of standards stay on one line each."""
    return Markup(unbroken(str(escape(text))))  # noqa: S704  # just escaped


def phrased(text: str) -> Markup:
    """A title whose lines end with its phrases; a phrase longer than a line breaks like any text."""
    phrases = _PHRASE.findall(text)
    if len(phrases) < 2:
        return escape(text)
    marked = [f'<span class="phrase">{escape(phrase)}</span>' for phrase in phrases]
    return Markup("".join(marked))  # noqa: S704  # just escaped
