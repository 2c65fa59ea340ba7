"""A built site on disk as the core sees it: bytes by path, read when they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.shell import manifest


class ServedFiles(Mapping[str, bytes]):
    """Every file a host would serve from `root`; our own list of them is not served."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._names = sorted(name for name in manifest.files_below(root) if name != manifest.NAME)
        self._known = frozenset(self._names)

    def __getitem__(self, name: str) -> bytes:
        if name not in self._known:
            raise KeyError(name)
        return (self._root / name).read_bytes()

    def __contains__(self, name: object) -> bool:
        return name in self._known

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
