"""Changes to source files: all of them or none."""

from __future__ import annotations

import os
from contextlib import suppress
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
        self._temporary: list[Path] = []
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
        if kind is not None:
            return
        try:
            self._commit()
        except OSError as failure:
            self._rollback()
            raise YuqiError(f"没能写入，什么都没有改：{failure.strerror}") from failure
        except BaseException:
            self._rollback()
            raise

    def _commit(self) -> None:
        staged = []
        for path, content in self._writes.items():
            target = self._root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
            self._temporary.append(temporary)
            temporary.write_bytes(content)
            staged.append((temporary, target))
        for temporary, target in staged:
            self._undo.append((target, target.read_bytes() if target.exists() else None))
            temporary.replace(target)
        for path in self._removals:
            source = self._root / path
            self._undo.append((source, source.read_bytes()))
            source.unlink()

    def _rollback(self) -> None:
        for temporary in self._temporary:
            with suppress(OSError):
                temporary.unlink()
        for path, content in reversed(self._undo):
            if content is not None:
                path.write_bytes(content)
            elif path.exists():
                path.unlink()
