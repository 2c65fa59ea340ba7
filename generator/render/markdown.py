"""Markdown → HTML, one instance for many articles.

Anchors come from the scan (`Heading.anchor`), in order of appearance, so the id
on the page and the id links are checked against are the same value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from xml.etree.ElementTree import Element

import markdown
from markdown.blockprocessors import BlockProcessor, ParagraphProcessor
from markdown.extensions import Extension
from markdown.preprocessors import HtmlBlockPreprocessor, Preprocessor
from markdown.treeprocessors import Treeprocessor, UnescapeTreeprocessor
from markdown.util import AtomicString

from generator.anchors import EXPLICIT
from generator.article import Heading
from generator.marks import CLOSE, OPEN
from generator.pictures import Picture

_HEADING_TAGS = frozenset(f"h{level}" for level in range(1, 7))
_MARK = re.compile(f"{OPEN}[^{CLOSE}]*{CLOSE}")
# What an inline pattern of Python-Markdown begins with; a text without any of it is left as it is.
_INLINE = re.compile(r"[`\\\[<&*_]|  \n")
# Every block but a paragraph shows itself by an ASCII character at the beginning of a line.
_PARAGRAPH = re.compile(r"[^\x00-\x7f][^\n]*(?:\n[^\x00-\x7f][^\n]*)*")
# Processors that search every block, with their priorities and what their blocks hold.
_SIGNED = (
    ("admonition", 105, "!!!"),
    ("details", 105, "???"),
    ("table", 75, "|"),
    ("hashheader", 70, "#"),
)
_FENCED = "fenced_code_block"
_ALIGN = re.compile(r"^text-align:\s*(left|center|right);?$")


class _PlainParagraph(ParagraphProcessor):
    """Takes what can only be a paragraph before a dozen others have looked whether it is theirs."""

    def test(self, parent: Element, block: str) -> bool:
        return _PARAGRAPH.fullmatch(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        super().run(parent, blocks)
        while blocks and _PARAGRAPH.fullmatch(blocks[0]):
            super().run(parent, blocks)


class _Signed(BlockProcessor):
    """Asks another processor only of blocks that can be its own: they hold a sign, or go on with one
    that did. Most of prose has none, and each of a handful of processors would search it.
    """

    def __init__(self, other: BlockProcessor, sign: str) -> None:
        super().__init__(other.parser)
        self._other, self._sign = other, sign

    def test(self, parent: Element, block: str) -> bool:
        if self._sign not in block and not block.startswith(" "):
            return False
        return bool(self._other.test(parent, block))

    def run(self, parent: Element, blocks: list[str]) -> bool | None:
        return self._other.run(parent, blocks)


class _SignedText(Preprocessor):
    """The same for what searches a whole text before it is taken apart."""

    def __init__(self, other: Preprocessor, *signs: str) -> None:
        super().__init__(other.md)
        self._other, self._signs = other, signs

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        return self._other.run(lines) if any(sign in text for sign in self._signs) else lines


class _Plain(Treeprocessor):
    """Tells which texts hold nothing to look for: most of prose, and each of a dozen patterns would."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.text and not _INLINE.search(element.text):
                element.text = AtomicString(element.text)
            if element.tail and not _INLINE.search(element.tail):
                element.tail = AtomicString(element.tail)


class _Unescape(UnescapeTreeprocessor):
    """Puts back what a backslash protected, if there is one: it would look everywhere."""

    is_needed = False

    def run(self, root: Element) -> None:
        if self.is_needed:
            super().run(root)


class _HtmlBlocks(HtmlBlockPreprocessor):
    """Sets raw HTML aside; a text without its signs need not be read as HTML."""

    def run(self, lines: list[str]) -> list[str]:
        return super().run(lines) if any("<" in line or "&" in line for line in lines) else lines


class _Finish(Treeprocessor):
    """Gives headings their anchors, links their base path, cells a class for a style and the heading of their column."""

    def __init__(self, md: markdown.Markdown, base_path: str) -> None:
        super().__init__(md)
        self.base_path = base_path
        self.headings: Sequence[Heading] = ()
        self.rendered = 0
        self.targets: list[str] = []
        self.pictures: Mapping[str, Picture] = {}

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.tag in _HEADING_TAGS:
                self._anchor(element)
            elif element.tag == "a":
                self._link(element)
            elif element.tag == "img":
                self._picture(element)
            elif element.tag == "table":
                _label(element)
            elif element.tag in ("td", "th"):
                self._cell(element)

    def _picture(self, element: Element) -> None:
        """Its size keeps the text below from jumping when it arrives."""
        target = element.get("src", "")
        self.targets.append(target)
        element.set("src", self._local(target))
        if picture := self.pictures.get(target):
            element.set("width", str(picture.width))
            element.set("height", str(picture.height))
        element.set("loading", "lazy")
        element.set("decoding", "async")

    def _anchor(self, element: Element) -> None:
        if self.rendered < len(self.headings):
            element.set("id", self.headings[self.rendered].anchor)
        self.rendered += 1
        last = element[-1] if len(element) else None
        text = (last.tail if last is not None else element.text) or ""
        stripped = EXPLICIT.sub("", text)
        if last is not None:
            last.tail = stripped
        else:
            element.text = stripped

    def _link(self, element: Element) -> None:
        target = element.get("href", "")
        self.targets.append(target)
        element.set("href", self._local(target))

    def _local(self, target: str) -> str:
        if picture := self.pictures.get(target):
            target = f"/{picture.destination}"
        return self.base_path + target if target.startswith("/") else target

    def _cell(self, element: Element) -> None:
        style = element.attrib.pop("style", "")
        if match := _ALIGN.match(style):
            element.set("class", f"align-{match[1]}")


def _label(table: Element) -> None:
    """Each cell knows the heading of its column: on a phone the rows are stacked."""
    names = [_MARK.sub("", "".join(head.itertext())).strip() for head in table.iter("th")]
    for row in table.iter("tr"):
        for name, cell in zip(names, row.iter("td"), strict=False):
            cell.set("data-label", name)


class _OwnExtension(Extension):
    """Registers `_PlainParagraph` before all other blocks, `_Plain` before inline patterns, `_Finish`
    after them and before serialising; the others in the place of those they stand for.
    """

    def __init__(self, base_path: str) -> None:
        super().__init__()
        self.base_path = base_path

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802  # Python-Markdown's name
        md.parser.blockprocessors.register(_PlainParagraph(md.parser), "yuqi-plain-paragraph", 200)
        md.treeprocessors.deregister("prettify")  # what it adds no reader sees
        md.treeprocessors.register(_Plain(md), "yuqi-plain", 25)
        md.treeprocessors.register(_Finish(md, self.base_path), "yuqi-finish", 5)
        md.treeprocessors.register(_Unescape(md), "unescape", 0)
        md.preprocessors.register(_HtmlBlocks(md), "html_block", 20)
        blocks = md.parser.blockprocessors
        for name, priority, sign in _SIGNED:
            if name in blocks:
                blocks.register(_Signed(blocks[name], sign), name, priority)
        if _FENCED in md.preprocessors:
            fenced = _SignedText(md.preprocessors[_FENCED], "```", "~~~")
            md.preprocessors.register(fenced, _FENCED, 25)


class MarkdownRenderer:
    """Keeps one configured `Markdown`; building it costs more than rendering with it."""

    def __init__(self, extensions: Sequence[str], base_path: str) -> None:
        self._markdown = markdown.Markdown(
            extensions=[*extensions, _OwnExtension(base_path)], output_format="html"
        )
        finish = self._markdown.treeprocessors["yuqi-finish"]
        unescape = self._markdown.treeprocessors["unescape"]
        assert isinstance(finish, _Finish)
        assert isinstance(unescape, _Unescape)
        self._finish, self._unescape = finish, unescape

    def render(
        self,
        text: str,
        headings: Sequence[Heading] = (),
        pictures: Mapping[str, Picture] = MappingProxyType({}),
    ) -> tuple[str, int]:
        """HTML of `text`, not yet sanitised, and how many headings it holds.

        `pictures` are by the address the text writes.
        """
        self._markdown.reset()
        self._finish.headings = headings
        self._finish.rendered = 0
        self._finish.targets = []
        self._finish.pictures = pictures
        self._unescape.is_needed = "\\" in text
        return self._markdown.convert(text), self._finish.rendered

    @property
    def targets(self) -> tuple[str, ...]:
        """Every address the last rendering made a link or a picture of, as it was written."""
        return tuple(self._finish.targets)

    def inline(self, text: str, pictures: Mapping[str, Picture] = MappingProxyType({})) -> str:
        """HTML of one line of prose without the paragraph around it."""
        html, _ = self.render(text, pictures=pictures)
        return html.removeprefix("<p>").removesuffix("</p>")
