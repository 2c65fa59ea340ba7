"""The tree beside a site in which the next one is put together.

After an exchange it holds the site as it was before, and nearly all of its files are
the very files of the live one: hard links. So it is kept, and the next build links and
removes only what differs. It is never believed: a file there counts as a live one only
if it is the same file on disk, whatever its name, size and times.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from msgspec import Struct

from generator.errors import StagingError
from generator.shell import manifest
from generator.shell.apart import Apart
from generator.shell.manifest import Identity

_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC


class _Survey(Struct, frozen=True):
    """What is below a folder: plain files, folders (itself is `""`), and what is neither."""

    files: dict[str, Identity]
    folders: list[str]
    others: list[str]


class Staging:
    """A folder that becomes exactly the tree it is told to be; touched only when it is needed."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._surveying: Apart[_Survey] | None = None
        self._there: dict[str, Identity] = {}
        self._folders: set[str] = set()
        self._touched = False

    @property
    def is_touched(self) -> bool:
        return self._touched

    def begin(self) -> None:
        """Have a process of its own look at what is there; `close` must be called at the end."""
        self._surveying = Apart(self._survey, _Survey)

    def close(self) -> None:
        if self._surveying is not None:
            self._surveying.close()

    def discard(self) -> None:
        """Remove it, whatever it is."""
        self.close()
        self._surveying = None
        remove(self.root)
        self._there, self._folders, self._touched = {}, set(), False

    def write(self, name: str, content: bytes) -> None:
        """Put a new file there; one of the same name is let go, never written into."""
        self._look()
        if not manifest.is_inside(name):
            raise StagingError(f"输出地址不在网站里：{name}")
        if self._there.pop(name, None) is not None:
            os.unlink(f"{self.root}/{name}")
        rest = memoryview(content)
        file = os.open(self._place(name), _NEW_FILE, 0o666)
        try:
            while rest:
                rest = rest[os.write(file, rest) :]
        finally:
            os.close(file)

    def settle(self, fresh: Collection[str], kept: Mapping[str, Identity], live: Path) -> None:
        """Link the `kept` files of `live` that are not there yet, remove all that is neither.

        `fresh` are the files written here, by us or by MkDocs.
        """
        self._look()
        for name, identity in tuple(self._there.items()):
            if name not in fresh and kept.get(name) != identity:
                del self._there[name]
                os.unlink(f"{self.root}/{name}")
        for name in kept:
            if name not in self._there:
                _link(f"{live}/{name}", self._place(name))
        self._prune((*fresh, *kept))

    def _look(self) -> None:
        """Learn what is there, the first time; what is neither file nor folder goes."""
        if self._touched:
            return
        self._touched = True
        if not self.root.is_dir() or self.root.is_symlink():
            self.discard()
            self._touched = True
            self.root.mkdir()
        found = self._surveying.result() if self._surveying else self._survey()
        self._there, self._folders = found.files, set(found.folders)
        for name in found.others:
            os.unlink(f"{self.root}/{name}")

    def _survey(self) -> _Survey:
        files: dict[str, Identity] = {}
        folders: list[str] = []
        others: list[str] = []
        waiting = [""] if self.root.is_dir() else []
        while waiting:
            folder = waiting.pop()
            folders.append(folder.rstrip("/"))
            with os.scandir(f"{self.root}/{folder}") as entries:
                for entry in entries:
                    name = f"{folder}{entry.name}"
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(f"{name}/")
                        continue
                    status = entry.stat(follow_symlinks=False)
                    if stat.S_ISREG(status.st_mode):
                        files[name] = (status.st_dev, status.st_ino)
                    else:
                        others.append(name)
        return _Survey(files, folders, others)

    def _place(self, name: str) -> str:
        """The path of a file to be made, its folder there. Text: there are many of them."""
        folder = name.rpartition("/")[0]
        if folder not in self._folders:
            self._make_folder(folder)
        path = f"{self.root}/{name}"
        if name in self._folders:
            # The site before had a folder of this name.
            shutil.rmtree(path)
            self._forget(name)
        return path

    def _make_folder(self, folder: str) -> None:
        parts = folder.split("/")
        for end in range(1, len(parts) + 1):
            part = "/".join(parts[:end])
            if part in self._folders:
                continue
            if self._there.pop(part, None) is not None:
                os.unlink(f"{self.root}/{part}")  # it had a file of this name
            os.mkdir(f"{self.root}/{part}")
            self._folders.add(part)

    def _forget(self, folder: str) -> None:
        inside = f"{folder}/"
        self._folders = {
            known for known in self._folders if known != folder and not known.startswith(inside)
        }
        for name in [name for name in self._there if name.startswith(inside)]:
            del self._there[name]

    def _prune(self, names: Iterable[str]) -> None:
        """Remove the folders that none of `names` is in."""
        needed = {""}
        for name in names:
            folder = name.rpartition("/")[0]
            while folder not in needed:
                needed.add(folder)
                folder = folder.rpartition("/")[0]
        for folder in sorted(self._folders - needed, reverse=True):
            os.rmdir(f"{self.root}/{folder}")
        self._folders &= needed


def remove(path: Path) -> None:
    """Remove a file, a link or a whole tree, if there is one."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _link(live: str, target: str) -> None:
    try:
        os.link(live, target)
    except OSError:
        # Another disk, or one without hard links: a copy costs more and serves as well.
        shutil.copyfile(live, target)
