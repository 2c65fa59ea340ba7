"""Pictures as they are served: upright, small enough, without what a camera wrote into them.

A picture is decoded and encoded again, so nothing but its pixels gets through: no place where it
was taken, no thumbnail of what was cut away, no second file hidden in it. Its address holds the
hash of its bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from generator.article import Source
from generator.diagnostics import Diagnostic
from generator.fingerprint import digest
from generator.messages import finding

if TYPE_CHECKING:
    from PIL.Image import Image

    from generator.output import Run

FOLDER = "images/"
# Twice the width of a column of text, and what a reader on a slow network waits a second for.
SIDE_LIMIT = 1600
SIZE_LIMIT = 120 * 1024
_QUALITY = 82
_FORMATS = {"jpg": ("JPEG", "MPO"), "jpeg": ("JPEG", "MPO"), "png": ("PNG",), "webp": ("WEBP",)}


class Picture(Struct, frozen=True):
    """A picture as pages print it; `width` and `height` are in pixels."""

    destination: str
    width: int
    height: int


class Seen(Struct, frozen=True):
    """What a build remembers of a picture: all but its bytes. A faulty one has no picture."""

    picture: Picture | None
    findings: tuple[Diagnostic, ...]


class Pictures(Struct, frozen=True):
    """The pictures of a site by the address an author writes (`/images/x.png`).

    `sources` are their files by destination; `fresh` the bytes of those that were looked at now.
    """

    by_target: Mapping[str, Picture] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    fresh: Mapping[str, bytes] = field(default_factory=dict)

    def served(self, destination: str) -> bytes:
        """The bytes to serve at one of the destinations."""
        content = self.fresh.get(destination)
        return _looked_at(self.sources[destination])[1] if content is None else content


def key(source: Source, generator: str) -> str:
    """Under which a picture is remembered between builds."""
    return digest(source.path, source.digest, generator)


def read(
    sources: tuple[Source, ...],
    known: Mapping[str, Seen],
    generator: str,
    run: Run,
) -> tuple[Pictures, dict[str, Seen]]:
    """All pictures, and what to remember; the findings are in there.

    `known` are those of the last build; `generator` is the digest of the code.
    """
    keyed = [(key(source, generator), source) for source in sources]
    made = run(lambda: _looked_at, [source for name, source in keyed if name not in known])
    seen: dict[str, Seen] = {}
    by_target: dict[str, Picture] = {}
    files: dict[str, Source] = {}
    fresh: dict[str, bytes] = {}
    for name, source in keyed:
        remembered = known.get(name)
        seen[name], content = (remembered, None) if remembered else next(made)
        picture = seen[name].picture
        if picture is not None:
            by_target[f"/{source.path.removeprefix('content/')}"] = picture
            files[picture.destination] = source
            if content is not None:
                fresh[picture.destination] = content
    return Pictures(by_target, files, fresh), seen


def _looked_at(source: Source) -> tuple[Seen, bytes]:
    """A picture and its bytes, or what is wrong with it."""
    from PIL import Image, UnidentifiedImageError  # dear, and most builds change no picture

    suffix = source.path.rpartition(".")[2]
    try:
        with Image.open(BytesIO(source.content), formats=_FORMATS[suffix]) as image:
            faults = tuple(_faults(image, source))
            if faults:
                return Seen(None, faults), b""
            width, height, content = _encoded(image, suffix, source)
    except UnidentifiedImageError:
        return Seen(None, (finding("image-format", source.path, suffix=suffix),)), b""
    except Exception as error:  # noqa: BLE001  # a decoder meets bytes of any kind
        detail = f"{type(error).__name__}: {error}"
        return Seen(None, (finding("image-broken", source.path, detail=detail),)), b""
    if len(content) > SIZE_LIMIT:
        size, limit = len(content) // 1024 + 1, SIZE_LIMIT // 1024
        return Seen(None, (finding("image-heavy", source.path, size=size, limit=limit),)), b""
    inside, _, suffix = source.path.removeprefix("content/").rpartition(".")
    destination = f"{inside}.{digest(content)[:12]}.{suffix}"
    return Seen(Picture(destination, width, height), ()), content


def _faults(image: Image, source: Source) -> Iterator[Diagnostic]:
    """What its header tells, before a pixel is decoded."""
    width, height = image.size
    if max(width, height) > SIDE_LIMIT:
        yield finding("image-pixels", source.path, width=width, height=height, limit=SIDE_LIMIT)
    if getattr(image, "n_frames", 1) > 1 and image.format != "MPO":
        yield finding("image-broken", source.path, detail="会动的图片不能用")


def _encoded(image: Image, suffix: str, source: Source) -> tuple[int, int, bytes]:
    """Width, height and bytes of the picture as it is meant to be seen."""
    from PIL import ImageOps

    upright = ImageOps.exif_transpose(image)
    # The colours a picture is meant in are part of how it looks; nothing else is kept.
    kept: dict[str, Any] = {"icc_profile": image.info.get("icc_profile")}
    if suffix == "png":
        kept |= {"format": "PNG", "optimize": True}
    elif suffix == "webp":
        lossless = source.content[12:16] == b"VP8L"
        kept |= {"format": "WEBP", "quality": _QUALITY, "method": 6, "lossless": lossless}
    else:
        kept |= {"format": "JPEG", "quality": _QUALITY, "optimize": True, "progressive": True}
    upright.info = {name: value for name, value in upright.info.items() if name == "transparency"}
    written = BytesIO()
    upright.save(written, exif=b"", **kept)
    return *upright.size, written.getvalue()
