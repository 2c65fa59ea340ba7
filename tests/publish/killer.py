"""Builds that die at a chosen operation.

`Killer` talks to one helper process that has imported everything and forks once
for each build, so a kill costs milliseconds. The forked build counts what it
does to the disk and kills itself with SIGKILL at the n-th operation: a moment
before each one, and half way through each file.

    python -m tests.publish.killer     reads one request (JSON) a line, answers one a line
"""

from __future__ import annotations

import json
import os
import select
import signal
import stat
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.harness import REPOSITORY

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_MUTATING = {
    "os.mkdir": "mkdir",
    "os.link": "link",
    "os.symlink": "symlink",
    "os.rename": "rename",
    "os.remove": "remove",
    "os.rmdir": "rmdir",
    "os.truncate": "truncate",
}
# How long a worker may live on after the build that forked it was killed.
_GRACE = 8.0


@dataclass(frozen=True)
class Request:
    """One build. `kill_at` counts operations from 1; 0 lets it finish."""

    config: str
    site_dir: str
    kill_at: int = 0
    workers: int = 1
    has_exchange: bool = True
    has_links: bool = True
    kill_at_fork: int = 0


@dataclass(frozen=True)
class Outcome:
    """How it ended. `operations` are what it began to do, as `(what, path)`."""

    killed: bool
    code: int
    operations: list[tuple[str, str]]
    orphans: bool


class Killer:
    """The helper process, as a context manager."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=REPOSITORY,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
            text=True,
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.communicate()

    def run(self, request: Request) -> Outcome:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(asdict(request)) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        operations = [(what, path) for what, path in answer.pop("operations")]
        return Outcome(operations=operations, **answer)


# -- inside the helper --------------------------------------------------------------------


_WRITTEN = os.write


class _Counter:
    """Counts operations, names each in the log, and dies at the chosen one."""

    def __init__(self, kill_at: int, log: int) -> None:
        self._left = kill_at
        self._log = log

    def step(self, what: str, path: object) -> None:
        name = os.fsdecode(path) if isinstance(path, str | bytes | os.PathLike) else str(path)
        _WRITTEN(self._log, json.dumps([what, name]).encode() + b"\n")
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            if isinstance(flags, int) and flags & _WRITING and path != os.devnull:
                self.step("open", path)
        elif event in _MUTATING:
            self.step(_MUTATING[event], arguments[0])


class _Torn:
    """A file open for writing whose every write has a moment at which half of it is there."""

    def __init__(self, file: Any, path: Path, counter: _Counter) -> None:
        self._file, self._path, self._counter = file, path, counter

    def write(self, data: bytes) -> int:
        half = len(data) // 2
        self._file.write(data[:half])
        self._file.flush()
        self._counter.step("write", self._path)
        self._file.write(data[half:])
        return len(data)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def _install(request: Request, counter: _Counter) -> None:
    from generator.shell import exchange as swap
    from generator.shell import publish

    exchanged, opened, linked = swap.exchange, Path.open, os.link

    def write(descriptor: int, data: bytes) -> int:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return _WRITTEN(descriptor, data)
        half = len(data) // 2
        _WRITTEN(descriptor, data[:half])
        counter.step("write", os.readlink(f"/proc/self/fd/{descriptor}"))
        return half + _WRITTEN(descriptor, data[half:])

    def exchange(new: Path, current: Path) -> bool:
        if not request.has_exchange:
            return False
        counter.step("exchange", new)
        done = exchanged(new, current)
        counter.step("exchanged", new)
        return done

    def opening(path: Path, mode: str = "r", *arguments: Any, **options: Any) -> Any:
        file = opened(path, mode, *arguments, **options)
        return _Torn(file, path, counter) if mode in ("xb", "wb") else file

    def link(existing: str, new: str) -> None:
        if not request.has_links:
            raise OSError("no links here")
        linked(existing, new)

    publish.exchange = exchange  # type: ignore[attr-defined]  # imported there by name
    Path.open = opening  # type: ignore[method-assign,assignment]
    os.link = link  # type: ignore[assignment]
    os.write = write  # type: ignore[assignment]  # all we write is bytes
    sys.addaudithook(counter.audit)


def _delay_workers(kill_at_fork: int) -> None:
    """Kill the build right after its n-th fork, while no worker has started working."""
    from generator.shell import workers

    adopt, forks = workers._adopt, [0]

    def late(*arguments: Any) -> None:
        time.sleep(0.3)
        adopt(*arguments)

    def count() -> None:
        forks[0] += 1
        if forks[0] == kill_at_fork:
            os.kill(os.getpid(), signal.SIGKILL)

    workers._adopt = late  # type: ignore[assignment]
    os.register_at_fork(after_in_parent=count)


def _build(request: Request, log: int) -> int:
    """In the forked child: build as the command line does."""
    from generator.shell.cli import main

    os.setpgid(0, 0)
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    if request.kill_at_fork:
        _delay_workers(request.kill_at_fork)
    else:
        _install(request, _Counter(request.kill_at, log))
    arguments = ["build", "-f", request.config, "--site-dir", request.site_dir]
    arguments += ["--as-of", "2026-11-24", "--workers", str(request.workers)]
    try:
        main(arguments)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    return 0


def _serve(request: Request) -> Outcome:
    log_end, log = os.pipe()
    pid = os.fork()
    if pid == 0:
        code = 70
        try:
            code = _build(request, log)
        finally:
            os._exit(code)
    os.close(log)
    text, orphans = _read(log_end, pid)
    _, status = os.waitpid(pid, 0)
    operations = [(what, path) for what, path in map(json.loads, text.splitlines())]
    killed = os.WIFSIGNALED(status)
    return Outcome(killed, 0 if killed else os.WEXITSTATUS(status), operations, orphans)


def _read(log_end: int, group: int) -> tuple[bytes, bool]:
    """The log, and whether a worker held it open long after the build itself had died."""
    parts: list[bytes] = []
    deadline: float | None = None
    orphans = False
    with os.fdopen(log_end, "rb", buffering=0) as log:
        while True:
            if deadline is None and _is_over(group):
                deadline = time.monotonic() + _GRACE
            if deadline is not None and time.monotonic() > deadline and not orphans:
                orphans = True
                os.killpg(group, signal.SIGKILL)
            if select.select([log], [], [], 0.05)[0]:
                part = log.read(65536)
                if not part:
                    return b"".join(parts), orphans
                parts.append(part)


def _is_over(pid: int) -> bool:
    """Whether the child has ended; it is not reaped, so its id stays its own."""
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def main() -> None:
    """Answer requests until the input ends."""
    import generator.render.page
    import generator.render.stylesheet
    import generator.shell.commands.build  # noqa: F401  # imported once, here

    for line in sys.stdin:
        outcome = _serve(Request(**json.loads(line)))
        sys.stdout.write(json.dumps(asdict(outcome)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
