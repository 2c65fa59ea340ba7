"""Pictures for those who share an address: the title, its category and the name of the site.

Drawn for a release only, with one font given as bytes. A sign the font lacks is an error, never a
box in a picture.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from generator.fingerprint import digest
from generator.pages.article import ArticlePage
from generator.pages.frame import Frame

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

FOLDER = "og"
# Raised when the same words would look different: an address is kept for a year.
_DESIGN = "1"
WIDTH, HEIGHT = 1200, 630
_MARGIN, _TOP, _ROOM = 90, 136, 384
"""Beside the title, above it, and for it: pixels."""

_LEADING = 1.3
_SIZES = (84, 76, 68, 60, 52, 46)
"""Of the title in pixels; the first in which it fits on its lines."""

_PAPER, _INK, _QUIET, _ACCENT = "#fcfbf8", "#1c2422", "#55605d", "#0b6158"
_COLOURS = 32
# What may not begin a line, and what may not end one.
_NOT_FIRST, _NOT_LAST = frozenset("，。！？、；：）》”’…%℃"), frozenset("（《“‘")
# A word of Latin letters or digits stays together, unless it is wider than a line; every other sign may be parted from the next.
_PIECE = re.compile(r"[A-Za-z0-9.,/%–-]{1,12}|.", re.DOTALL)
_NOWHERE = "\U0010ffff"


class MissingGlyphError(Exception):
    """The font has no picture for `sign`."""

    def __init__(self, sign: str) -> None:
        super().__init__(sign)
        self.sign = sign


class Poster(Struct, frozen=True):
    """What stands on a picture, and the digest of the font it is drawn with."""

    title: str
    category: str
    site_name: str
    disclaimer: str
    font: str

    @property
    def name(self) -> str:
        """Where it is kept: an address never shows anything else."""
        words = (self.title, self.category, self.site_name, self.disclaimer)
        return f"{FOLDER}/{digest(_DESIGN, self.font, *words)[:12]}.png"


def poster(page: ArticlePage) -> Poster:
    return _poster(page.title, page.category.title, page.frame)


def site_poster(frame: Frame) -> Poster:
    """For every page that is no article."""
    return _poster(frame.site_name, "", frame)


def _poster(title: str, category: str, frame: Frame) -> Poster:
    return Poster(title, category, frame.site_name, frame.disclaimer, frame.picture_font)


def painter(font: bytes) -> Callable[[Poster], bytes]:
    """Draws pictures as PNG; raises `MissingGlyphError`. One per process: a font is dear to read."""
    sized = sizes(font)
    return lambda value: _painted(value, sized)


def sizes(font: bytes) -> Callable[[int], FreeTypeFont]:
    """The font in any size, read once for each."""
    fonts: dict[int, FreeTypeFont] = {}

    def sized(size: int) -> FreeTypeFont:
        if size not in fonts:
            from io import BytesIO

            from PIL import ImageFont  # dear, and most builds draw nothing

            layout = ImageFont.Layout.BASIC
            fonts[size] = ImageFont.truetype(BytesIO(font), size, layout_engine=layout)
        return fonts[size]

    return sized


def _painted(value: Poster, sized: Callable[[int], FreeTypeFont]) -> bytes:
    from io import BytesIO

    from PIL import Image, ImageDraw

    for text in (value.title, value.category, value.site_name, value.disclaimer):
        _check(text, sized(_SIZES[-1]))
    image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 18, HEIGHT), fill=_ACCENT)
    if value.category:
        draw.text((_MARGIN, 72), value.category, font=sized(38), fill=_ACCENT)
    size, lines = _fitted(value.title, sized)
    top = _TOP + (_ROOM - len(lines) * size * _LEADING) / 2
    for at, line in enumerate(lines):
        place = (_MARGIN, round(top + at * size * _LEADING))
        # A second stroke in the same ink makes the regular weight a bold one.
        draw.text(place, line, font=sized(size), fill=_INK, stroke_width=1, stroke_fill=_INK)
    draw.line((_MARGIN, 528, WIDTH - _MARGIN, 528), fill="#d9ddd8", width=2)
    foot = f"{value.site_name} · {value.disclaimer}" if value.category else value.disclaimer
    draw.text((_MARGIN, 548), _cut(foot, sized(30)), font=sized(30), fill=_QUIET)
    file = BytesIO()
    image.quantize(_COLOURS, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def _check(text: str, font: FreeTypeFont) -> None:
    box = _shape(_NOWHERE, font)
    for sign in sorted(set(text)):
        if not sign.isspace() and _shape(sign, font) == box:
            raise MissingGlyphError(sign)


def _shape(sign: str, font: FreeTypeFont) -> tuple[tuple[int, int], bytes]:
    mask = font.getmask(sign)
    return mask.size, bytes(mask)


def _fitted(title: str, sized: Callable[[int], FreeTypeFont]) -> tuple[int, list[str]]:
    """The greatest size in which the title keeps to its room; cut in the smallest."""
    lines: list[str] = []
    for size in _SIZES:
        lines = list(_wrapped(title, sized(size)))
        if len(lines) * size * _LEADING <= _ROOM:
            return size, lines
    kept = lines[: int(_ROOM / (_SIZES[-1] * _LEADING))]
    kept[-1] = f"{kept[-1][:-1]}…"
    return _SIZES[-1], kept


def _wrapped(text: str, font: FreeTypeFont) -> Iterator[str]:
    """Lines of at most the width between the margins."""
    width, line = WIDTH - 2 * _MARGIN, ""
    for piece in _PIECE.findall(text):
        if line and piece not in _NOT_FIRST and font.getlength(line + piece) > width:
            kept = line.rstrip()
            carried = kept[-1] if kept[-1] in _NOT_LAST and len(kept) > 1 else ""
            yield kept.removesuffix(carried)
            line = carried
        line += piece if line or not piece.isspace() else ""
    if line:
        yield line


def _cut(text: str, font: FreeTypeFont) -> str:
    """As much of a line as fits."""
    while font.getlength(text) > WIDTH - 2 * _MARGIN:
        text = f"{text[:-2]}…"
    return text
