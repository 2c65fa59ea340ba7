"""One pass over a Markdown body: where its links, citations, fences, headings and raw HTML stand.

Python-Markdown gives no positions, so this scan is the only place that knows
them. Code is masked with spaces of the same length, which keeps every offset.
What Python-Markdown would read differently than an editor means (an indented
fence, a set heading, a heading inside a list) is a finding here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import repeat
from urllib.parse import urlsplit

from msgspec import Struct, field

from generator import anchors, characters
from generator.article import Citation, Fence, Heading, Link, Scan
from generator.diagnostics import Diagnostic, Span
from generator.mask import AUTOLINK, CODE_SPAN, TAG, blank, blank_match, without_markup
from generator.messages import did_you_mean, finding

# Raw HTML an author may write: tag → attributes. Everything else has a Markdown way.
RAW_HTML = {
    "abbr": frozenset(("title",)),
    "br": frozenset[str](),
    "kbd": frozenset[str](),
    "mark": frozenset[str](),
    "rp": frozenset[str](),
    "rt": frozenset[str](),
    "ruby": frozenset[str](),
    "sub": frozenset[str](),
    "sup": frozenset[str](),
}
ADMONITIONS = frozenset(("danger", "note", "tip", "warning"))
PLAIN_FENCES = frozenset(("", "text"))

# Every pattern below is linear in the length of a line: an article must not be able to
# make the build hang. Possessive quantifiers and excluded characters see to that. Where it can,
# a pattern begins with characters, so that it is not tried at all others (see `generator.mask`).
_PARAGRAPH = re.compile(r"^(?=[^\S\n]*+\S)[^\n]*+(?>(?:\n(?=[^\S\n]*+\S)[^\n]*+)*)", re.MULTILINE)
# How much of each a block may hold.
_BRACKETS, _LINES, _COLUMNS = 400, 500, 40
LINE_LIMIT = 5000
_LONG_LINE = re.compile(rf"^[^\n]{{{LINE_LIMIT + 1},}}+", re.MULTILINE)
_MARKS = re.compile("```|~~~")
_FENCE = re.compile(r"^([ \t]*+)(`{3,}+|~{3,}+)([^\n`]*+)$", re.MULTILINE)
_HEADING = re.compile(r"(#(?<=^#)#*+)([ \t]*+)([^\n]*+)$", re.MULTILINE)
_SETEXT = re.compile(r"^(?![ \t]*+(?:[|>#-]|$))[^\n]*+\n(=++|-{2,}+)[ \t]*+$", re.MULTILINE)
_QUOTED_FENCE = re.compile(
    r"^[ \t]*(?:>|[-*+][ \t]|\d+\.[ \t])[ \t>]*(`{3,}+|~{3,}+)", re.MULTILINE
)
_NESTED = re.compile(
    r"[ \t>*+\d.-](?<=^.)[ \t>*+\d.-]*(?<=[ \t>])(#{1,6}[ \t][^\n]*+)$", re.MULTILINE
)
_TARGET = re.compile(r"\]\((?<!\\\]\()\s*+(<[^<>\n]*>|(?:[^\s()<]|\([^\s()]*\))*)([^()\n]*)")
# How far back the opening bracket of a link is looked for.
_TEXT_REACH = 300
_REFERENCE = re.compile(r"^ {0,3}\[(?!@)[^\[\]\n]+\]:[ \t]*\n?[ \t]*(\S+)", re.MULTILINE)
CITATION = re.compile(r"\[(?<!\\\[)(@[^\[\]\n]*+)\]")
CITED = re.compile(r"@([a-z0-9]+(?:-[a-z0-9]+)*)")
# What an editor means as a citation and Markdown would print as it stands.
_NEAR_CITATION = re.compile(r"[\[【［](?<!\\.)[ \t]*+[@＠][^\[\]【】\n]{0,80}[\]】］]?")
_CITATION_BODY = re.compile(
    r"@[a-z0-9]+(?:-[a-z0-9]+)*(?:[ \t]*;[ \t]*@[a-z0-9]+(?:-[a-z0-9]+)*)*$"
)
_ATTRIBUTE = re.compile(r"([^\s=/\"']+)(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+))?")
_COMMENT = re.compile(r"<!--|<!\[|<!(?=[A-Za-z])|<\?")
_ADMONITION = re.compile(r"^[ \t]*+(!!!|\?\?\?\+?)[ \t]*([^\s\"“]*)([^\n]*)$", re.MULTILINE)
_ADMONITION_TITLE = re.compile(r'^[ \t]+"[^"\n]+"[ \t]*$')
NESTING_LIMIT = 12
_DEEP = re.compile(rf"[ \t>*+\d.-](?<=^.)[ \t>*+\d.-]{{{NESTING_LIMIT},}}+(?=\S)", re.MULTILINE)
_MARKER = re.compile(r">|(?:[*+-]|\d\.)[ \t]")
_ATTRIBUTE_LIST = re.compile(r"\{(?::|[ \t]*+[#.])[^{}\n]*+\}")


def scan(
    text: str, offset: int, path: str, components: frozenset[str]
) -> tuple[Scan, tuple[Diagnostic, ...]]:
    """Scan the body of the file `path`: `text` from character `offset` on.

    `components` are the fence names that have a component.
    """
    first_line = text.count("\n", 0, offset)
    scanner = _Scanner(text[offset:], offset, first_line, path, components)
    return scanner.run(), tuple(scanner.findings)


class _Scanner(Struct):
    body: str
    offset: int
    first_line: int
    path: str
    components: frozenset[str]
    findings: list[Diagnostic] = field(default_factory=list)

    def report(self, code: str, start: int, end: int, **values: object) -> None:
        self.findings.append(finding(code, self.path, self._span(start, end), **values))

    def _span(self, start: int, end: int) -> Span:
        return Span(self.offset + start, self.offset + end)

    def run(self) -> Scan:
        if not self.body.strip():
            self.report("body-empty", 0, 0)
        for match in _LONG_LINE.finditer(self.body):
            self.report("line-too-long", match.start(), match.start() + 1, limit=LINE_LIMIT)
        blocks, fences = self._fences()
        self._size(blocks)
        self._nested_headings(blocks)
        self._admonitions(blocks)
        self._nesting(blocks)
        headings = self._headings(blocks)
        prose = CODE_SPAN.sub(blank_match, self._with_component_text(blocks, fences))
        self._raw_html(prose)
        self._attribute_lists(prose)
        return Scan(
            headings=tuple(headings),
            links=tuple(sorted(self._links(prose, blocks), key=lambda link: link.span)),
            citations=tuple(self._citations(without_markup(prose))),
            fences=tuple(fences),
        )

    def _size(self, blocks: str) -> None:
        """Blocks on which Python-Markdown's own work would grow with the square of their size."""
        lines = blocks.split("\n")
        if (
            blocks.count("[") <= _BRACKETS
            and len(lines) <= _LINES
            and max(map(str.count, lines, repeat("|"))) <= _COLUMNS
        ):
            return  # nor can a part of it be too big
        for match in _PARAGRAPH.finditer(blocks):
            line = match[0].split("\n", 1)[0]
            for count, limit, what in (
                (match[0].count("["), _BRACKETS, "个方括号"),
                (match[0].count("\n") + 1, _LINES, "行"),
                (line.count("|"), _COLUMNS, "列"),
            ):
                if count > limit:
                    self.report(
                        "block-too-big",
                        match.start(),
                        match.start() + len(line),
                        count=count,
                        limit=limit,
                        what=what,
                    )
                    break

    # -- fences -----------------------------------------------------------------------

    def _fences(self) -> tuple[str, list[Fence]]:
        """Mask every fenced block; collect the component ones."""
        masked, at = self.body, 0
        fences: list[Fence] = []
        while _MARKS.search(self.body, at) and (opening := _FENCE.search(self.body, at)):
            marks = opening[2]
            indent = r"[ \t]*+" if opening[1] else ""
            closing = re.compile(rf"^{indent}{marks}[ \t]*$", re.MULTILINE).search(
                self.body, opening.end()
            )
            if opening[1]:
                self.report("fence-indented", opening.start(2), opening.end(2), marks=marks)
            elif closing is None:
                self.report("fence-unclosed", opening.start(2), opening.end(), marks=marks)
            else:
                fences.extend(self._component(opening, closing))
            end = closing.end() if closing else len(self.body)
            masked = (
                masked[: opening.start()] + blank(self.body[opening.start() : end]) + masked[end:]
            )
            at = end
        return masked, fences

    def _component(self, opening: re.Match[str], closing: re.Match[str]) -> Iterator[Fence]:
        name = opening[3].strip()
        text_start = min(opening.end() + 1, closing.start())
        if name in self.components:
            yield Fence(
                name,
                self.body[text_start : closing.start()],
                self._span(opening.start(), closing.end()),
                self._span(text_start, closing.start()),
            )
        elif name not in PLAIN_FENCES:
            known = sorted(self.components)
            fix = did_you_mean(name, known, otherwise=f"可用的组件：{'、'.join(known)}")
            start = opening.end() - len(opening[3].lstrip())
            self.report("fence-unknown", start, start + len(name), name=name, fix=fix)

    def _with_component_text(self, blocks: str, fences: list[Fence]) -> str:
        """Components carry prose: what stands in them is held to the same rules."""
        for fence in fences:
            start, end = (at - self.offset for at in (fence.text_span.start, fence.text_span.end))
            blocks = blocks[:start] + fence.text + blocks[end:]
        return blocks

    # -- headings ---------------------------------------------------------------------

    def _nested_headings(self, masked: str) -> None:
        for match in _NESTED.finditer(masked):
            self.report("heading-nested", match.start(1), match.end(1))
        for match in _found(_QUOTED_FENCE, masked, "```", "~~~"):
            self.report("fence-indented", match.start(1), match.end(1), marks=match[1])
        for match in _found(_SETEXT, masked, "\n=", "\n--"):
            self.report("heading-setext", match.start(1), match.end(1))

    def _headings(self, masked: str) -> list[Heading]:
        headings: list[Heading] = []
        taken: dict[str, int] = {}
        line, at = self.first_line + 1, 0
        for match in _HEADING.finditer(masked):
            line, at = line + self.body.count("\n", at, match.start()), match.start()
            heading = self._heading(match)
            if heading is None:
                continue
            if heading.anchor in taken:
                self.report(
                    "heading-duplicate",
                    match.start(),
                    match.end(),
                    text=heading.text,
                    line=taken[heading.anchor],
                )
            taken.setdefault(heading.anchor, line)
            headings.append(heading)
        return headings

    def _heading(self, match: re.Match[str]) -> Heading | None:
        marks, space = match[1], match[2]
        text = match[3].rstrip().rstrip("#").rstrip()
        start, end = match.start(), match.end()
        explicit = anchors.EXPLICIT.search(text)
        words = text[: explicit.start()] if explicit else text
        anchor = explicit[1] if explicit else anchors.anchor(words)
        if not words.strip():
            self.report("heading-empty", start, end)
            return None
        if not space:
            self.report("heading-space", start, end, marks=marks, text=words)
        if len(marks) > 6:
            self.report("heading-deep", start, end)
        if len(marks) == 1:
            self.report("heading-level-1", start, end)
        for attributes in _ATTRIBUTE_LIST.finditer(words):
            at = match.start(3) + attributes.start()
            self.report("attribute-list", at, at + len(attributes[0]), text=attributes[0])
        if (
            not anchor
            or (explicit and not anchors.is_valid_explicit(anchor))
            or anchor.startswith(anchors.RESERVED_PREFIX)
        ):
            self.report("heading-id", start, end, anchor=anchor)
        return Heading(len(marks), anchors.plain_text(words), anchor, self._span(start, end))

    def _admonitions(self, blocks: str) -> None:
        for match in _found(_ADMONITION, blocks, "!!!", "???"):
            marks, name = match[1], match[2]
            if name not in ADMONITIONS:
                known = "、".join(sorted(ADMONITIONS))
                self.report(
                    "admonition-unknown", match.start(2), match.end(2), name=name, known=known
                )
            elif not _ADMONITION_TITLE.match(match[3]):
                self.report("admonition-title", match.start(1), match.end(), marks=marks, name=name)

    def _nesting(self, blocks: str) -> None:
        """Lists and quotes so deep that rendering them would run out of stack."""
        for match in _DEEP.finditer(blocks):
            marks = len(_MARKER.findall(match[0]))
            blanks = len(match[0]) - len(match[0].lstrip(" \t"))
            indent = len(match[0][:blanks].expandtabs(4)) // 4
            if max(marks, indent) > NESTING_LIMIT:
                self.report("body-nesting", match.start(), match.end())
                return

    # -- links and citations ----------------------------------------------------------

    def _links(self, masked: str, blocks: str) -> Iterator[Link]:
        """Inline ones and autolinks outside code; a reference is a block before code spans are."""
        for match in _TARGET.finditer(masked):
            opening = _opening(masked, match.start())
            text = masked[opening + 1 : match.start()]
            image = opening > 0 and masked[opening - 1] == "!"
            self._no_citations(masked, opening, match.end())
            yield from self._link(match[1], match.start(1), image=image, text=text)
        for match in _found(_REFERENCE, blocks, "]:"):
            yield from self._link(match[1], match.start(1), image=False, text="-")
        for match in AUTOLINK.finditer(masked):
            yield from self._link(match[1], match.start(1), image=False, text="-")

    def _link(self, written: str, start: int, *, image: bool, text: str) -> Iterator[Link]:
        target = written.strip("<>")
        start += len(written) - len(written.lstrip("<"))
        end = start + len(target)
        if image and not text.strip():
            self.report("image-alt", start, end)
        if not target:
            self.report("link-empty", start, end)
        elif image and not target.startswith("/images/"):
            self.report("image-outside", start, end, target=target)
        elif _leads_away(target):
            if not _is_https(target):
                self.report("link-scheme", start, end, target=target)
        elif not target.startswith(("/", "#")):
            self.report("link-relative", start, end, target=target)
        else:
            yield Link(target, self._span(start, end), image)

    def _no_citations(self, masked: str, start: int, end: int) -> None:
        """A number with a link of its own cannot stand inside another link or a picture's text."""
        for match in CITATION.finditer(masked, start + 1, end):
            self.report("citation-syntax", match.start(), match.end(), text=match[0])

    def _citations(self, masked: str) -> Iterator[Citation]:
        written = {match.start(): match for match in CITATION.finditer(masked)}
        for match in _NEAR_CITATION.finditer(masked):
            if match.start() not in written:
                self.report("citation-syntax", match.start(), match.end(), text=match[0])
        for match in written.values():
            if not _CITATION_BODY.match(match[1]):
                self.report("citation-syntax", match.start(), match.end(), text=match[0])
                continue
            for cited in CITED.finditer(match[1]):
                start = match.start(1)
                yield Citation(cited[1], self._span(start + cited.start(1), start + cited.end(1)))

    # -- what does not belong -----------------------------------------------------------

    def _raw_html(self, masked: str) -> None:
        for match in characters.ENTITY.finditer(masked):
            char = characters.of_entity(match)
            for code, pattern in characters.KINDS:
                if pattern.match(char):
                    self.report(code, match.start(), match.end(), char=f"{ord(char):04X}")
        if "<" not in masked:
            return
        for match in _COMMENT.finditer(masked):
            self.report("raw-html-comment", match.start(), match.end())
        masked = AUTOLINK.sub(blank_match, _TARGET.sub(blank_match, masked))
        for match in TAG.finditer(masked):
            tag = match[1].lower()
            if tag not in RAW_HTML:
                allowed = "、".join(sorted(RAW_HTML))
                self.report("raw-html", match.start(), match.end(), tag=match[1], allowed=allowed)
                continue
            for attribute in _ATTRIBUTE.finditer(match[2].rstrip("/")):
                if attribute[1].lower() not in RAW_HTML[tag]:
                    at = match.start(2)
                    self.report(
                        "raw-html-attribute",
                        at + attribute.start(1),
                        at + attribute.end(1),
                        tag=tag,
                        attribute=attribute[1],
                    )

    def _attribute_lists(self, masked: str) -> None:
        if "{" in masked:
            for match in _ATTRIBUTE_LIST.finditer(_HEADING.sub(blank_match, masked)):
                self.report("attribute-list", match.start(), match.end(), text=match[0])


def _found(pattern: re.Pattern[str], text: str, *marks: str) -> Iterator[re.Match[str]]:
    """The matches of a pattern that cannot be without one of `marks`; most texts have none."""
    return pattern.finditer(text) if any(mark in text for mark in marks) else iter(())


def _opening(text: str, closing: int) -> int:
    """Where the bracket opens that `closing` closes; where the text must begin if none does."""
    depth, first = 0, max(0, closing - _TEXT_REACH)
    for at in range(closing - 1, first - 1, -1):
        if text[at] not in "[]" or text[at - 1 : at] == "\\":
            continue
        if text[at] == "[" and depth == 0:
            return at
        depth += 1 if text[at] == "]" else -1
    return first


def _leads_away(target: str) -> bool:
    """Whether a target leads off this site, or cannot be read as an address at all."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return True
    return bool(parts.scheme or parts.netloc)


def _is_https(target: str) -> bool:
    try:
        return target.startswith("https://") and bool(urlsplit(target).hostname)
    except ValueError:
        return False
