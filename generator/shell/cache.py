"""What a build remembers for the next one: small files, each versioned, checksummed, replaced whole.

They only ever save time. A file that is missing, cut short, damaged or of another
version counts as empty and is written anew; together they hold the entries of the last
build and no others, so they cannot grow beyond the site. Only files that hold other keys
than before are written: a key is the digest of all its value depends on, so equal keys are
equal files, and files of different builds may stand side by side. What is large is spread
over several files by its keys.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar
from zlib import crc32

import msgspec
from msgspec import Struct, field

from generator.article import Parsed
from generator.fingerprint import digest
from generator.output import Learnt
from generator.pictures import Seen
from generator.related import Dealt
from generator.search.entry import Entry
from generator.search.index import Index

_VERSION = b"yuqi-cache-15\n"
_SUM_SIZE = 8
_HEAD = "build"
# Kept under digests of what it depends on.
_KINDS: Mapping[str, Any] = {
    "parsed": dict[str, Parsed],
    "facts": dict[str, bytes],
    "entries": dict[str, Entry],
    "uses": dict[str, bytes],
    "fingerprints": dict[str, str],
    "dealt": dict[str, Dealt],
    "index": dict[str, Index],
    "unlike": dict[str, bytes],
}
_SPREAD = frozenset(("parsed", "facts", "entries"))
_DIGITS = "0123456789abcdef"

Value = TypeVar("Value")


class _Head(Struct):
    """What is small, or belongs to the build as a whole."""

    compiled: dict[str, bytes] = field(default_factory=dict)
    pictures: dict[str, Seen] = field(default_factory=dict)
    outputs: dict[str, str] = field(default_factory=dict)


class Remembered(Struct):
    """The content of the files. `outputs` are the fingerprints of the site that was built; `parts`
    the keys of each file.
    """

    learnt: Learnt = field(default_factory=Learnt)
    outputs: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, frozenset[str]] = field(default_factory=dict)


def folder(root: Path) -> Path:
    return root / ".cache" / "yuqi"


def load(place: Path) -> Remembered:
    """What is in the folder `place` and whole."""
    head = _read(place, _HEAD, _Head) or _Head()
    kinds: dict[str, dict[str, Any]] = {kind: {} for kind in _KINDS}
    parts: dict[str, frozenset[str]] = {}
    for kind, shape in _KINDS.items():
        for name in [f"{kind}-{digit}" for digit in _DIGITS] if kind in _SPREAD else [kind]:
            part = _read(place, name, shape)
            if part is not None:
                kinds[kind].update(part)
                parts[name] = frozenset(part)
    dealt, index, unlike = kinds.pop("dealt"), kinds.pop("index"), kinds.pop("unlike")
    learnt = Learnt(
        **kinds,
        dealt=next(iter(dealt.values()), Dealt()),
        index=next(iter(index.values()), None),
        unlike=next(iter(unlike.values()), b""),
        compiled=head.compiled,
        pictures=head.pictures,
    )
    return Remembered(learnt, head.outputs, parts)


def _read(place: Path, name: str, shape: type[Value]) -> Value | None:
    try:
        data = (place / f"{name}.cache").read_bytes()
    except OSError:
        return None
    head = len(_VERSION) + _SUM_SIZE
    body = memoryview(data)[head:]
    if data[:head] != _VERSION + _sum(body):
        return None
    try:
        return msgspec.msgpack.decode(body, type=shape)
    except msgspec.MsgspecError:
        return None


def _sum(body: bytes | memoryview) -> bytes:
    """Tells damage, which is all that can have happened to our own file."""
    return b"%08x" % crc32(body)


def store(
    place: Path, learnt: Learnt, outputs: Mapping[str, str], known: Mapping[str, frozenset[str]]
) -> None:
    """Replace the files that differ from those with the `known` keys that were read before.

    A folder that cannot be written (a read-only disk) is no error.
    """
    dealt, index, unlike = learnt.dealt, learnt.index, learnt.unlike
    single: dict[str, dict[str, Any]] = {
        "dealt": {dealt.basis: dealt} if dealt.basis else {},
        "index": {index.inputs: index} if index else {},
        "unlike": {digest(unlike): unlike} if unlike else {},
    }
    parts = {
        name: part
        for kind in _KINDS
        for name, part in _parts(kind, single[kind] if kind in single else getattr(learnt, kind))
    }
    with suppress(OSError):
        place.mkdir(parents=True, exist_ok=True)
        _tidy(place, {_HEAD, *parts})
        for name, part in parts.items():
            if known.get(name) != part.keys():
                _write(place, name, part)
        head = {"compiled": learnt.compiled, "pictures": learnt.pictures, "outputs": outputs}
        _write(place, _HEAD, head)


def _parts(kind: str, values: Mapping[str, Value]) -> Iterable[tuple[str, dict[str, Value]]]:
    if kind not in _SPREAD:
        return [(kind, dict(values))] if values else []
    found: dict[str, dict[str, Value]] = defaultdict(dict)
    for key, value in values.items():
        found[f"{kind}-{key[0]}"][key] = value
    return found.items()


def _tidy(place: Path, names: set[str]) -> None:
    """Remove what nothing reads any more, and what a build that was killed left here."""
    for path in place.iterdir():
        if path.suffix == ".tmp" or (path.suffix == ".cache" and path.stem not in names):
            path.unlink()


def _write(place: Path, name: str, content: object) -> None:
    body = msgspec.msgpack.encode(content)
    temporary = place / f"{name}.{os.getpid()}.tmp"
    try:
        with temporary.open("wb") as file:
            file.writelines((_VERSION, _sum(body), body))
        temporary.replace(place / f"{name}.cache")
    except OSError:
        with suppress(OSError):
            temporary.unlink()
        raise
