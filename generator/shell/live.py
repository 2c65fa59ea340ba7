"""The published tree as it is before a build: which of its files may be kept.

Reading every file to know that its bytes are what the manifest says takes longer than most
edits. `Live` can do it in a process of its own while the build goes on; the answer is waited
for when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from generator.shell import manifest
from generator.shell.apart import Apart
from generator.shell.manifest import Identity, Manifest


class Live(Mapping[str, str]):
    """Destination → fingerprint of the intact files of `site`, plain ones in plain folders.

    `entries` is the whole manifest. `apart` starts a process; `close` must be called at the end. `then` is called when the tree has been read.
    """

    def __init__(
        self,
        site: Path,
        entries: Manifest,
        *,
        apart: bool = False,
        then: Callable[[], None] | None = None,
    ) -> None:
        self.entries = entries
        self._site = site
        self._then = then
        self._found: dict[str, Identity] | None = None
        self._reading = Apart(self._read, dict[str, Identity]) if apart else None

    def __getitem__(self, name: str) -> str:
        if name not in self.identities:
            raise KeyError(name)
        return self.entries[name].fingerprint

    def __iter__(self) -> Iterator[str]:
        return iter(self.identities)

    def __len__(self) -> int:
        return len(self.identities)

    @property
    def identities(self) -> Mapping[str, Identity]:
        """Which files on disk the intact ones are."""
        if self._found is None:
            self._found = self._reading.result() if self._reading else self._read()
            if self._then:
                self._then()
        return self._found

    def _read(self) -> dict[str, Identity]:
        present = set(manifest.files_below(self._site))
        found: dict[str, Identity] = {}
        for name, entry in self.entries.items():
            identity = manifest.intact(self._site, name, entry) if name in present else None
            if identity is not None:
                found[name] = identity
        return found

    def close(self) -> None:
        if self._reading is not None:
            self._reading.close()
