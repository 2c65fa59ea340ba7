"""What a process of its own works out while the build goes on; waited for when it is asked for."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Generic, Self, TypeVar

import msgspec

_PR_SET_PDEATHSIG = 1

Value = TypeVar("Value")


class Apart(Generic[Value]):
    """The value of `work`, which is of `kind`: structs, tuples, dictionaries, texts, numbers.

    `close` must be called at the end, or it is used as a context.
    """

    def __init__(self, work: Callable[[], Value], kind: type[Value]) -> None:
        self._work = work
        self._kind = kind
        parent = os.getpid()
        self._pipe, writing = os.pipe()
        self._process = os.fork()
        if self._process:
            os.close(writing)
        else:
            self._tell(writing, parent)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _tell(self, writing: int, parent: int) -> None:
        code = 1
        try:
            end_with_parent(parent)
            with os.fdopen(writing, "wb") as pipe:
                pipe.write(msgspec.msgpack.encode(self._work()))
            code = 0
        finally:
            os._exit(code)  # nothing of the build may run twice

    def result(self) -> Value:
        """To be called once. If the process came to nothing, for whatever reason, worked out here."""
        with os.fdopen(self._pipe, "rb") as pipe:
            answer = pipe.read()
        _, status = os.waitpid(self._process, 0)
        self._process = 0
        return msgspec.msgpack.decode(answer, type=self._kind) if status == 0 else self._work()

    def close(self) -> None:
        """End the process if nobody asked for its answer."""
        if self._process:
            os.close(self._pipe)
            with suppress(ProcessLookupError):
                os.kill(self._process, signal.SIGKILL)
            os.waitpid(self._process, 0)
            self._process = 0


def end_with_parent(parent: int) -> None:
    """In a child, right after its fork: it must not outlive a parent that was killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)  # it was killed before we could ask to be told
