"""The published tree as it is before a build: which of its files may be kept.

Reading every file to know that its bytes are what the manifest says takes longer than most
edits. `Live` can do it in a process of its own while the build goes on; the answer is waited
for when it is first asked for.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import msgspec

from generator.shell import manifest
from generator.shell.manifest import Identity, Manifest
from generator.shell.workers import end_with_parent

# With fewer files a process costs more than it saves.
_WORTH_FORKING = 500


class Live(Mapping[str, str]):
    """Destination → fingerprint of the intact files of `site`, plain ones in plain folders.

    `entries` is the whole manifest. `apart` starts a process; `close` must be called then.
    """

    def __init__(self, site: Path, entries: Manifest, *, apart: bool = False) -> None:
        self.entries = entries
        self._site = site
        self._found: dict[str, Identity] | None = None
        self._process, self._pipe = 0, -1
        if apart and len(self.entries) >= _WORTH_FORKING:
            self._start()

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
            told = self._told() if self._process else None
            self._found = told if told is not None else self._read()
        return self._found

    def _read(self) -> dict[str, Identity]:
        present = set(manifest.files_below(self._site))
        found: dict[str, Identity] = {}
        for name, entry in self.entries.items():
            identity = manifest.intact(self._site, name, entry) if name in present else None
            if identity is not None:
                found[name] = identity
        return found

    # -- the process --------------------------------------------------------------------

    def _start(self) -> None:
        parent = os.getpid()
        self._pipe, writing = os.pipe()
        self._process = os.fork()
        if self._process:
            os.close(writing)
            return
        code = 1
        try:
            end_with_parent(parent)
            with os.fdopen(writing, "wb") as pipe:
                pipe.write(msgspec.msgpack.encode(self._read()))
            code = 0
        finally:
            os._exit(code)  # nothing of the build may run twice

    def _told(self) -> dict[str, Identity] | None:
        """What the process found; `None` if it came to nothing, whatever the reason."""
        with os.fdopen(self._pipe, "rb") as pipe:
            answer = pipe.read()
        _, status = os.waitpid(self._process, 0)
        self._process, self._pipe = 0, -1
        return msgspec.msgpack.decode(answer, type=dict[str, Identity]) if status == 0 else None

    def close(self) -> None:
        """End the process if nobody asked for its answer."""
        if self._process:
            os.close(self._pipe)
            with suppress(ProcessLookupError):
                os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)
            self._process, self._pipe = 0, -1
