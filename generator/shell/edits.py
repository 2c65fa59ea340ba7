"""Changes to source files: all of them or none."""

from __future__ import annotations

import os
from pathlib import Path
from types import TracebackType
from typing import Self

from generator.errors import YuqiError


class EditSet:
    """Collects writes and removals; leaving the block carries them out, an error undoes them.

    Every file is written beside its place first, so a full disk changes nothing.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._writes: dict[str, bytes] = {}
        self._removals: list[str] = []
        self._undo: list[tuple[Path, bytes | None]] = []

    def write(self, path: str, text: str) -> None:
        """Give the file `path` (relative to the project) this text."""
        self._writes[path] = text.encode("utf-8")

    def write_bytes(self, path: str, content: bytes) -> None:
        self._writes[path] = content

    def remove(self, path: str) -> None:
        self._removals.append(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self._commit()

    def _commit(self) -> None:
        staged: list[tuple[Path, Path]] = []
        try:
            for path, content in self._writes.items():
                target = self._root / path
                target.parent.mkdir(parents=True, exist_ok=True)
                temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
                temporary.write_bytes(content)
                staged.append((temporary, target))
            for temporary, target in staged:
                self._undo.append((target, target.read_bytes() if target.exists() else None))
                temporary.replace(target)
            for path in self._removals:
                source = self._root / path
                self._undo.append((source, source.read_bytes()))
                source.unlink()
        except OSError as error:
            self._rollback(staged)
            raise YuqiError(f"没能写入，什么都没有改：{error}") from error

    def _rollback(self, staged: list[tuple[Path, Path]]) -> None:
        for temporary, _ in staged:
            temporary.unlink(missing_ok=True)
        for path, content in reversed(self._undo):
            if content is None:
                path.unlink(missing_ok=True)
            else:
                path.write_bytes(content)
