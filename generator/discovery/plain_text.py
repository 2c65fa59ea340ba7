"""An article as plain text, straight from its Markdown: for readers with nothing but text and for
machines. It carries what the page carries: dates, sources with their level, the disclaimer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from generator.anchors import EXPLICIT
from generator.citations import CitedSource, replaced
from generator.mask import outside_code
from generator.pages.article import ArticlePage
from generator.pages.prose import Prose

_HEADING = re.compile(r"^#{2,6} [^\n]*$", re.MULTILINE)
_LINK = re.compile(r"(!\[|\[)([^\[\]\n]*)\]\(\s*<?([^()\s<>]*(?:\([^()\s]*\)[^()\s<>]*)*)>?\s*\)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^\n]+?)(?<=\S)\1")
# Tags, and code, in which a tag is words.
_TAG = re.compile(
    r"(```[^`]*```|`[^`\n]*`)|(<br ?/?>)|</?(?:abbr|kbd|mark|rp|rt|ruby|sub|sup)(?: [^<>]*)?>"
)
_BOX = re.compile(r'^(?:!!!|\?\?\?\+?) \w+ +"([^"\n]+)"[ \t]*$')


class PlainArticle(Struct, frozen=True):
    """All the text of an article depends on."""

    canonical: str
    site_name: str
    site_url: str
    disclaimer: str
    title: str
    summary: str
    dates: str
    changes: tuple[str, ...]
    prose: Prose

    def content(self) -> bytes:
        body, numbers = _numbered(_body(self.prose, self.site_url))
        by_id = {source.id: source for source in self.prose.sources}
        parts = [
            self.title,
            self.summary,
            f"{self.dates}\n网址：{self.canonical}\n{self.site_name}：{self.disclaimer}",
            body,
        ]
        if self.changes:
            parts.append("\n".join(("## 改动记录", "", *self.changes)))
        if numbers:
            notes = (_note(number, by_id[name]) for name, number in numbers.items())
            parts.append("\n".join(("## 出处", "", *notes)))
        return ("\n\n".join(parts) + "\n").encode()


def plain_article(page: ArticlePage) -> PlainArticle:
    return PlainArticle(
        canonical=page.canonical,
        site_name=page.frame.site_name,
        site_url=page.frame.site_url,
        disclaimer=page.frame.disclaimer,
        title=page.title,
        summary=page.summary,
        dates=f"发布于 {page.published} · 资料核对于 {page.reviewed}",
        changes=tuple(f"{entry.day} {entry.kind}：{entry.text}" for entry in page.changes),
        # What only a page shows must not make the text a new one.
        prose=replace(page.prose, headings=(), targets=(), uses=(), terms=(), pictures={}),
    )


def _body(prose: Prose, site_url: str) -> str:
    """The Markdown without the marks that only a renderer needs; citations still as written."""
    text = prose.text
    for at in range(len(prose.fences) - 1, -1, -1):
        fence = prose.fences[at]
        start, end = fence.span.start - prose.offset, fence.span.end - prose.offset
        text = f"{text[:start]}{_FORMS[fence.name](prose, at)}{text[end:]}"

    def link(match: re.Match[str]) -> str:
        words, target = match[2], match[3]
        if match[1] == "![":
            return f"（图：{words}）"
        if target.startswith("#"):
            return words
        address = f"{site_url}{target[1:]}" if target.startswith("/") else target
        return f"{words}（{address}）"

    if "{#" in text:
        text = _outside_code(_HEADING, lambda match: EXPLICIT.sub("", match[0]), text)
    text = _outside_code(_LINK, link, text)
    text = _outside_code(_STRONG, lambda match: match[2], text)
    if "<" in text:
        text = _TAG.sub(lambda match: match[1] or ("\n" if match[2] else ""), text)
    return _without_boxes(text).strip()


def _outside_code(
    pattern: re.Pattern[str], replace: Callable[[re.Match[str]], str], text: str
) -> str:
    """`pattern.sub` where code stays as it is."""
    masked = outside_code(text)
    pieces: list[str] = []
    at = 0
    for found in pattern.finditer(masked):
        match = pattern.match(text, found.start())
        if match is None or match.end() != found.end():
            continue  # code inside of it
        pieces += (text[at : match.start()], replace(match))
        at = match.end()
    return "".join((*pieces, text[at:]))


def _without_boxes(text: str) -> str:
    """A box is its title and its text, no longer indented."""
    lines: list[str] = []
    inside = False
    for line in text.split("\n"):
        box = _BOX.match(line)
        if box is not None:
            inside = True
            lines.append(f"【{box[1]}】")
        elif inside and (line.startswith("    ") or not line.strip()):
            lines.append(line[4:])
        else:
            inside = False
            lines.append(line)
    return "\n".join(lines)


def _numbered(text: str) -> tuple[str, dict[str, int]]:
    """Citations as numbers, by first appearance: the same as on the page."""
    numbers: dict[str, int] = {}

    def number(name: str) -> str:
        return f"[{numbers.setdefault(name, len(numbers) + 1)}]"

    return replaced(text, number), numbers


def _note(number: int, source: CitedSource) -> str:
    told = [source.issuer, source.status]
    if source.effective:
        told.append(f"施行：{source.effective}")
    told += (source.level, f"核对于 {source.checked}")
    if source.url:
        told.append(source.url)
    title = " ".join(part for part in (source.title, source.document) if part)
    quote = f"「{source.quote}」\n    " if source.quote else ""
    return f"[{number}] {title}\n    {quote}{' · '.join(told)}"


def _fact_check(prose: Prose, at: int) -> str:
    check = prose.fences[at].check
    assert check is not None  # the parser accepted this very fence
    return f"说法：{check.claim}\n结论：{check.verdict}\n依据：{check.basis}"


def _hotlines(prose: Prose, at: int) -> str:
    return "\n".join(
        f"{line.number} {line.title}：{line.purpose}[@{line.source}]\n"
        f"    什么时间：{line.hours or '没有查到'} 核对于 {line.checked}"
        for line in prose.hotlines[at]
    )


def _worked(prose: Prose, at: int) -> str:
    """A calculation: what was put in, the answer, how it was found, the rows of its tables."""
    worked = prose.examples[at]
    assert worked is not None  # a page with one that cannot be worked out is not made
    lines = [worked.title] if worked.title else []
    lines += (f"{term}：{value}" for term, value in worked.inputs)
    lines.append(worked.sentence)
    lines += (f"{term}：{value}" for term, value in worked.figures)
    lines += ("怎么算的：", *worked.formulas)
    for ledger in worked.ledgers:
        rows = (worked.columns, *ledger.rows)
        lines += (ledger.caption, *(" | ".join(row) for row in rows))
    return "\n".join((*lines, *worked.notes))


_FORMS: Mapping[str, Callable[[Prose, int], str]] = {
    "fact-check": _fact_check,
    "hotlines": _hotlines,
    "overdue": _worked,
}
"""How each component is told: of a page's prose, the fence at this place."""
