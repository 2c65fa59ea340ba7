"""What a build remembers for the next one: one file, versioned, checksummed, replaced whole.

It only ever saves time. A file that is missing, cut short, damaged or of another
version counts as empty and is written anew; it holds the entries of the last
build and no others, so it cannot grow beyond the site.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct, field

from generator.article import Parsed
from generator.fingerprint import digest
from generator.glossary import Use
from generator.output import Memory, Previous
from generator.pictures import Seen
from generator.search.entry import Entry
from generator.search.index import Index
from generator.verify import PageFacts

_VERSION = b"yuqi-cache-7\n"
_DIGEST_SIZE = 32


class Remembered(Struct):
    """The content of the file; see `generator.output.Previous`."""

    parsed: dict[str, Parsed] = field(default_factory=dict)
    facts: dict[str, PageFacts] = field(default_factory=dict)
    neighbours: dict[str, dict[str, int]] = field(default_factory=dict)
    uses: dict[str, tuple[Use, ...]] = field(default_factory=dict)
    pictures: dict[str, Seen] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)
    index: Index | None = None
    outputs: dict[str, str] = field(default_factory=dict)

    def previous(self, parsed: Mapping[str, Parsed], outputs: Mapping[str, str]) -> Previous:
        """For a build that may use `parsed` and finds `outputs` still there."""
        return Previous(
            parsed,
            outputs,
            self.facts,
            self.neighbours,
            self.uses,
            self.pictures,
            self.entries,
            self.index,
        )


def cache_path(root: Path) -> Path:
    return root / ".cache" / "yuqi" / "build.cache"


def load(path: Path) -> Remembered:
    try:
        data = path.read_bytes()
    except OSError:
        return Remembered()
    head = len(_VERSION) + _DIGEST_SIZE
    body = data[head:]
    if data[:head] != _VERSION + digest(body).encode():
        return Remembered()
    try:
        return msgspec.msgpack.decode(body, type=Remembered)
    except msgspec.MsgspecError:
        return Remembered()


def store(path: Path, memory: Memory, outputs: dict[str, str]) -> None:
    """Replace the file. A cache that cannot be written (a read-only disk) is no error."""
    parts = {
        "parsed": memory.parsed,
        "facts": memory.facts,
        "neighbours": memory.neighbours,
        "uses": memory.uses,
        "pictures": memory.pictures,
        "entries": memory.entries,
        "index": memory.index,
        "outputs": outputs,
    }
    body = msgspec.msgpack.encode(parts)
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for leftover in path.parent.glob(f"{path.stem}.*.tmp"):
            leftover.unlink()  # of a build that was killed here
        temporary.write_bytes(_VERSION + digest(body).encode() + body)
        temporary.replace(path)
    except OSError:
        with suppress(OSError):
            temporary.unlink()
