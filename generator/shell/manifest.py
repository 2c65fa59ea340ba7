"""The list a published tree carries: proof that it is ours, and of what belongs to it."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

NAME = ".yuqi-manifest.json"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the site: SHA-256 of its bytes, and the fingerprint of what made it."""

    sha256: str
    fingerprint: str


Manifest = Mapping[str, Entry]


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def dump(manifest: Manifest) -> bytes:
    """One line a file, in order, so that two manifests compare line by line."""
    lines = ",\n".join(
        f"{json.dumps(name)}: {json.dumps([entry.sha256, entry.fingerprint])}"
        for name, entry in sorted(manifest.items())
    )
    return f'{{"yuqi": {_FORMAT}, "outputs": {{\n{lines}\n}}}}\n'.encode()


def read(site: Path) -> dict[str, Entry] | None:
    """The manifest of a tree, or `None` if it has none that we wrote."""
    try:
        data = json.loads((site / NAME).read_bytes())
        if data["yuqi"] != _FORMAT:
            return None
        return {name: Entry(*entry) for name, entry in data["outputs"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def is_intact(site: Path, name: str, entry: Entry) -> bool:
    """Whether the file is a plain one with exactly the listed bytes."""
    try:
        descriptor = os.open(site / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return False
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return False
        return hashlib.file_digest(file, "sha256").hexdigest() == entry.sha256


def files_below(site: Path) -> Iterator[str]:
    """Every path below `site` that is not a folder, relative, with forward slashes."""
    prefix = len(str(site)) + 1
    for folder, subfolders, names in os.walk(site):
        linked = [name for name in subfolders if os.path.islink(f"{folder}/{name}")]
        for name in (*names, *linked):
            yield f"{folder}/{name}"[prefix:].replace(os.sep, "/")
