"""JSON Schemas of what editors write, for the completion and the marks of their tools."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from generator.facts import SourceRow
from generator.front_matter import FrontMatter, StandingFrontMatter
from generator.glossary import Term
from generator.hotlines import Hotline
from generator.products import Product
from generator.renumbering import Renumbered
from generator.rules.phrases import Phrase
from generator.search.vocabulary import Vocabulary

FRONT_MATTER = "front-matter"
KINDS: Mapping[str, tuple[str, Any]] = {
    FRONT_MATTER: ("文章信息区", FrontMatter),
    "page": ("站内页面和阶段页的信息区", StandingFrontMatter),
    "sources": ("法规和来源", list[SourceRow]),
    "products": ("产品", list[Product]),
    "hotlines": ("求助电话", list[Hotline]),
    "glossary": ("用语", list[Term]),
    "synonyms": ("读者的说法", Vocabulary),
    "phrases": ("不能出现的说法", list[Phrase]),
    "renumbered": ("改了条号的法律", list[Renumbered]),
}
"""By name, which is also that of the table's file: a title and what it is made of."""


def schema(name: str) -> dict[str, Any]:
    """The schema of one kind. Raises `KeyError` for a name that is not in `KINDS`."""
    title, kind = KINDS[name]
    made = TypeAdapter[Any](kind).json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made, "title": title}
