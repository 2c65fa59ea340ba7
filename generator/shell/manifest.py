"""The list a published tree carries: proof that it is ours, and of what belongs to it."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from io import FileIO
from json.encoder import encode_basestring_ascii as _json
from pathlib import Path

import msgspec
from msgspec import Struct

NAME = ".yuqi-manifest.json"
_FORMAT = 1


class Entry(Struct, frozen=True, gc=False):
    """A file of the site: SHA-256 of its bytes, and the fingerprint of what made it."""

    sha256: str
    fingerprint: str


class _File(Struct):
    """A manifest as JSON: the number of its format, and SHA-256 and fingerprint by destination."""

    yuqi: int
    outputs: dict[str, tuple[str, str]]


Manifest = Mapping[str, Entry]

Identity = tuple[int, int]
"""Which file on disk: device and number. Two names of one identity are one file."""


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def dump(manifest: Manifest) -> bytes:
    """One line a file, in order, so that two manifests compare line by line."""
    lines = ",\n".join(
        f"{_json(name)}: [{_json(entry.sha256)}, {_json(entry.fingerprint)}]"
        for name, entry in sorted(manifest.items())
    )
    return f'{{"yuqi": {_FORMAT}, "outputs": {{\n{lines}\n}}}}\n'.encode()


def read(site: Path) -> dict[str, Entry] | None:
    """The manifest of a tree, or `None` if it has none that we wrote."""
    try:
        file = msgspec.json.decode(read_bytes(site), type=_File)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None
    if file.yuqi != _FORMAT:
        return None
    return {name: Entry(*marks) for name, marks in file.outputs.items() if is_inside(name)}


def read_bytes(site: Path) -> bytes:
    """The manifest file as it stands; raises `OSError` if it is missing or no plain file."""
    with _opened(f"{site}/{NAME}") as file:
        return file.read()


def is_inside(name: str) -> bool:
    """Whether a listed name can be a file below the site at all."""
    parts = name.split("/")
    return "\0" not in name and "\\" not in name and not {"", ".", ".."} & set(parts)


def _opened(path: str) -> FileIO:
    """Open a plain file without following a link or waiting for a pipe's writer."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "not a plain file", path)
    return os.fdopen(descriptor, "rb", buffering=0)


def intact(site: Path, name: str, entry: Entry) -> Identity | None:
    """Which file it is, if it is a plain one with exactly the listed bytes."""
    try:
        with _opened(f"{site}/{name}") as file:
            status = os.fstat(file.fileno())
            same = sha256(file.read(status.st_size + 1)) == entry.sha256
    except OSError:
        return None
    return (status.st_dev, status.st_ino) if same else None


def files_below(site: Path) -> Iterator[str]:
    """Every path below `site` that is not a folder, relative, with forward slashes."""
    prefix = len(str(site)) + 1
    waiting = [str(site)] if site.is_dir() else []
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    yield entry.path[prefix:].replace(os.sep, "/")
