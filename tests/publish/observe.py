"""What the tests of this package look at: whole trees, inodes, and a cold build to compare with."""

from __future__ import annotations

import os
import re
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.output import Run, serial
from tests.harness import TODAY, Site

_INDEX = re.compile(r"search/(?!index\.html)")


@dataclass(frozen=True)
class Entry:
    """One entry of a folder as `lstat` and its bytes show it."""

    kind: str
    content: bytes
    inode: int
    modified: int


def entries(folder: Path) -> dict[str, Entry]:
    """Everything in `folder`, itself included, folders and links too; no link is followed."""
    found: dict[str, Entry] = {}
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        status = path.lstat()
        content = b""
        if stat.S_ISLNK(status.st_mode):
            content = os.readlink(path).encode()
        elif stat.S_ISDIR(status.st_mode):
            waiting.extend(path.iterdir())
        elif stat.S_ISREG(status.st_mode):
            content = path.read_bytes()
        kind = stat.filemode(status.st_mode)
        name = path.relative_to(folder).as_posix()
        found[name] = Entry(kind, content, status.st_ino, status.st_mtime_ns)
    return found


def inodes(folder: Path) -> dict[str, int]:
    """Inode of every file below `folder`."""
    return {
        name: entry.inode for name, entry in entries(folder).items() if entry.kind.startswith("-")
    }


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    """Names whose bytes differ, or that only one side has, the manifest left out."""
    names = {*before, *after} - {".yuqi-manifest.json"}
    return {name for name in names if before.get(name) != after.get(name)}


def beyond_search(names: Iterable[str]) -> set[str]:
    """`names` without the index of the search: whatever a page says changes that as well."""
    return {name for name in names if not _INDEX.match(name)}


@contextmanager
def cold_copy(site: Site) -> Iterator[Site]:
    """The same sources in another folder: nothing published there, nothing remembered."""
    root = site.root.with_name("cold")
    skip = shutil.ignore_patterns(".cache", "site", ".site.*")
    shutil.copytree(site.root, root, ignore=skip)
    try:
        yield Site(root)
    finally:
        shutil.rmtree(root)


def cold_bytes(site: Site, as_of: date = TODAY, run: Run = serial) -> dict[str, bytes]:
    """What a build of the same sources from nothing publishes."""
    with cold_copy(site) as cold:
        cold.build(as_of=as_of, run=run)
        return cold.published()
