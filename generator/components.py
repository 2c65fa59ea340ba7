"""The components an article can call with a fence: their fields and their template.

A component is validated while the article is parsed, so a mistake is reported at
its own line, and rendered after the author's HTML has been sanitised.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from generator.article import Fence
from generator.diagnostics import Diagnostic, Span
from generator.messages import finding
from generator.scanner import CITATION
from generator.settings import Line, Slug
from generator.validation import validate
from generator.yaml_document import YamlDocument, parse


class Component(BaseModel):
    """Base of all components. Fields in `prose` may hold inline Markdown and citations."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FactCheck(Component):
    """A claim that goes around, our verdict and what it rests on."""

    claim: Line = Field(description="网上的说法，照原意写成一句话")
    verdict: Literal[
        "无依据", "不成立", "错误", "误导", "错误且危险", "不能推荐", "只说了一半", "属实"
    ] = Field(description="无依据、不成立、错误、误导、错误且危险、不能推荐、只说了一半、属实 之一")
    basis: Line = Field(description="依据：一两句话，句末写引用，例如 [@civil-code-675]")


class Overdue(Component):
    """A calculation worked out while building. The keys not named here are the engine's request:
    they are judged where its tables are known (`generator.examples`).
    """

    model_config = ConfigDict(extra="allow", frozen=True)

    title: Line | None = Field(default=None, description="这个例子叫什么，一行字")
    label: Line | None = Field(
        default=None, description="结果那句话里的说法，例如“本息合计”；写了它就不说逾期和罚息"
    )


class Hotlines(Component):
    """Help lines from the table, in this order; their numbers are judged where it is known."""

    show: tuple[Slug, ...] = Field(
        min_length=1, description="号码的列表，例如 [12356, 110]，都要在 hotlines.yml 里"
    )


COMPONENTS: Mapping[str, type[Component]] = {
    "fact-check": FactCheck,
    "hotlines": Hotlines,
    "overdue": Overdue,
}
PROSE: Mapping[str, frozenset[str]] = {
    "fact-check": frozenset(("claim", "basis")),
    "hotlines": frozenset(),
    "overdue": frozenset(),
}
NAMES = frozenset(COMPONENTS)
# What would make Markdown begin something else than a sentence.
_BLOCK = re.compile(r"#{1,6}|>|[-*+][ \t]|\d+\.[ \t]|!!!|\?\?\?|`{3}|~{3}|:[ \t]|\|")


def template_name(name: str) -> str:
    return f"components/{name}/macro.html"


def prose_alone(fence: Fence, hidden: str) -> str:
    """The text of a fence at its own length: `hidden` stands for all but values that hold prose.

    Values in quotes and blocks are hidden too, because what is written there is not what is read.
    """
    lines = []
    for line in fence.text.split("\n"):
        key, colon, value = line.partition(": ")
        plain = key in PROSE[fence.name] and value[:1] not in ("'", '"', ">", "|")
        length = len(key) + len(colon) if plain else len(line)
        lines.append(hidden * length + line[length:])
    return "\n".join(lines)


def read(fence: Fence, path: str) -> tuple[Component | None, tuple[Diagnostic, ...]]:
    """The typed component of a fence, or all findings about it."""
    document = parse(fence.text, path, fence.text_span.start)
    head = Span(fence.span.start, fence.span.start + len("```") + len(fence.name))
    if not isinstance(document.value, dict):
        unreadable = finding("fence-not-mapping", path, head, name=fence.name)
        return None, document.findings or (unreadable,)
    component, misfits = validate(COMPONENTS[fence.name], document, path, kind="fence", head=head)
    findings = (*document.findings, *misfits)
    if component is not None:
        findings += tuple(_prose_findings(component, fence, document, path))
    return (None if findings else component), findings


def _prose_findings(
    component: Component, fence: Fence, document: YamlDocument, path: str
) -> Iterator[Diagnostic]:
    """Prose that begins a block, and citations that YAML's escapes hid from the scan."""
    for name in sorted(PROSE[fence.name]):
        if block := _BLOCK.match(getattr(component, name)):
            detail = f"不能以“{block[0].strip()}”开头"
            expected = "一句话，里面可以有粗体、链接和引用"
            span = document.span((name,))
            yield finding("fence-value", path, span, key=name, detail=detail, expected=expected)
        for match in CITATION.finditer(getattr(component, name)):
            if match[0] not in fence.text:
                yield finding("citation-syntax", path, document.span((name,)), text=match[0])
