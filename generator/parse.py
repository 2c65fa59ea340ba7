"""`Source` → `Article`: decode, split, type, scan. Depends on one file and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain
from typing import Generic

from msgspec import Struct
from msgspec.structs import replace

from generator import (
    attributions,
    characters,
    components,
    front_matter,
    hotlines,
    scanner,
    terms,
)
from generator.article import (
    SCAN,
    TERMS,
    Article,
    Change,
    Check,
    Citation,
    Parsed,
    Placed,
    Scan,
    Source,
    Standing,
)
from generator.components import Component, FactCheck
from generator.diagnostics import Diagnostic, Span, has_errors
from generator.front_matter import FrontMatter, Model, StandingFrontMatter
from generator.messages import finding
from generator.phones import phones
from generator.provisions import provisions
from generator.rules import duplicates
from generator.yaml_document import YamlDocument


def decode(source: Source) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """The text of a file with line-feed line ends, or why it is not text.

    Characters that are findings are replaced in the text, so that the rest can be judged.
    """
    if source.content.startswith(b"\xef\xbb\xbf"):
        return None, (finding("file-bom", source.path, Span(0, 1)),)
    try:
        text = source.text()
    except UnicodeDecodeError as error:
        before = source.content[: error.start].decode("utf-8", errors="replace")
        at = len(before.replace("\r\n", "\n"))
        value = f"{source.content[error.start]:02X}"
        problem = finding(
            "file-not-utf8", source.path, Span(at, at + 1), byte=error.start + 1, value=value
        )
        return None, (problem,)
    if characters.is_clean(text):
        return text, ()
    findings = [
        finding(code, source.path, Span(match.start(), match.end()), char=f"{ord(match[0]):04X}")
        for code, pattern in characters.KINDS
        for match in pattern.finditer(text)
    ]
    return characters.CONTROL.sub("\N{REPLACEMENT CHARACTER}", text), tuple(findings)


class _Read(Struct, Generic[Model], frozen=True):
    """A file taken apart: its front matter typed, its body scanned."""

    text: str
    front: Model
    document: YamlDocument
    body_offset: int
    scan: Scan


def _read(source: Source, model: type[Model]) -> tuple[_Read[Model] | None, tuple[Diagnostic, ...]]:
    text, findings = decode(source)
    if text is None:
        return None, findings
    block, offset, body_offset, broken = front_matter.split(text, source.path)
    if broken is not None:
        return None, (*findings, broken)
    front, document, misfits = front_matter.parse_front_matter(model, block, offset, source.path)
    scan, scanned = scanner.scan(text, body_offset, source.path, components.NAMES)
    fenced = [components.read(fence, source.path) for fence in scan.fences]
    everything = (*findings, *misfits, *scanned, *chain(*(misfit for _, misfit in fenced)))
    if front is None or has_errors(everything):
        return None, everything
    return _Read(
        text,
        front,
        document,
        body_offset,
        _completed(scan, text, body_offset, [read for read, _ in fenced]),
    ), everything


# What a line says of something that is over.
_PAST = re.compile(r"到期|过期|截止|关闭|结束|失效|废止|停止")


def _completed(scan: Scan, text: str, body_offset: int, fenced: Sequence[Component | None]) -> Scan:
    """With what only the whole file shows: articles of laws, what is told as past or as law."""

    def told(citation: Citation) -> Citation:
        start = text.rfind("\n", 0, citation.span.start) + 1
        line = text[start : text.find("\n", citation.span.end)]
        return replace(citation, past=True) if _PAST.search(line) else citation

    citations = tuple(map(told, scan.citations))
    named = provisions(text, body_offset, scan.fences, citations)
    fences = tuple(
        replace(fence, check=Check(component.claim, component.verdict, component.basis))
        if isinstance(component, FactCheck)
        else fence
        for fence, component in zip(scan.fences, fenced, strict=True)
    )
    numbers = tuple(phones(text, body_offset))
    return replace(
        scan,
        citations=citations,
        provisions=named,
        attributions=attributions.attributions(text, citations),
        fences=fences,
        phones=numbers,
    )


def parse_article(source: Source) -> Parsed:
    """Everything that can be said about one article from its file alone."""
    read, findings = _read(source, FrontMatter)
    return Parsed(_article(source, read) if read else None, findings)


def parse_standing(source: Source) -> tuple[Standing | None, tuple[Diagnostic, ...]]:
    """A page of `content/pages/` or `content/stages/`."""
    read, findings = _read(source, StandingFrontMatter)
    if read is None:
        return None, findings
    standing = Standing(
        slug=source.stem,
        path=source.path,
        title=read.front.title,
        summary=read.front.summary,
        reviewed=read.front.reviewed,
        review_due=read.front.review_due,
        listing=read.front.listing,
        review_due_span=read.document.values["review_due",],
        body_offset=read.body_offset,
        scan=read.scan,
        cited=_cited(read.scan),
        lines=_lines(read.scan, source.path),
    )
    return standing, findings


def _article(source: Source, read: _Read[FrontMatter]) -> Article:
    front, document = read.front, read.document

    def placed(key: str, values: tuple[str, ...]) -> tuple[Placed, ...]:
        return tuple(Placed(value, document.values[key, at]) for at, value in enumerate(values))

    return Article(
        slug=source.stem,
        path=source.path,
        digest=source.digest,
        title=front.title,
        summary=front.summary,
        category=front.category,
        stages=front.stages,
        tags=front.tags,
        aliases=front.aliases,
        product=front.product,
        published=front.published,
        reviewed=front.reviewed,
        review_due=front.review_due,
        draft=front.draft,
        related=placed("related", front.related),
        redirect_from=placed("redirect_from", front.redirect_from),
        title_span=document.values["title",],
        category_span=document.values["category",],
        aliases_span=document.keys.get(("aliases",)),
        product_span=document.values.get(("product",)),
        review_due_span=document.values["review_due",],
        stage_spans=tuple(document.values["stages", at] for at in range(len(front.stages))),
        body_offset=read.body_offset,
        scanned=SCAN.pack(read.scan),
        weighed=TERMS.pack(_weighted(read)),
        checks=read.scan.checks,
        cited=_cited(read.scan),
        lines=_lines(read.scan, source.path),
        changes=tuple(Change(note.date, note.kind, note.text) for note in front.changes),
        sketch=duplicates.sketch(read.text[read.body_offset :]),
    )


def _cited(scan: Scan) -> tuple[str, ...]:
    return tuple(dict.fromkeys(citation.source_id for citation in scan.citations))


def _lines(scan: Scan, path: str) -> tuple[str, ...]:
    """The numbers of the help lines that the fences show."""
    fences = (fence for fence in scan.fences if fence.name == hotlines.FENCE)
    return tuple(
        dict.fromkeys(number for each in fences for number, _ in hotlines.asked(each, path))
    )


def _weighted(read: _Read[FrontMatter]) -> terms.Terms:
    """The terms of an article, by where they stand in it."""
    return terms.weighted(
        read.front.title,
        read.front.aliases,
        read.front.summary,
        (heading.text for heading in read.scan.headings),
        read.text[read.body_offset :],
    )
