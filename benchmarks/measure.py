"""Run a command as a whole process group and say what it cost.

Seconds and CPU come from runs that nothing watches. Memory comes from runs of their own, in which
a thread reads `/proc` every 20 ms: watching a large process slows it down.
"""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

INTERVAL = 0.02
TIMEOUT = 900.0  # seconds
_TAIL = 1500  # bytes of a failed command's output that are reported


class CommandError(Exception):
    """The command ended with an error; the message holds the end of what it printed."""


@dataclass(frozen=True)
class Usage:
    """One run. `tree_peak` is 0 when the run was not watched; sizes are in bytes."""

    wall: float
    cpu: float
    max_rss: int
    tree_peak: int


@dataclass(frozen=True)
class Measurement:
    """Several runs of one command: timed ones, and a watched one for its memory."""

    timed: Sequence[Usage]
    watched: Usage | None

    @property
    def wall(self) -> float:
        """Median seconds from start to end."""
        return median(run.wall for run in self.timed)

    @property
    def wall_range(self) -> tuple[float, float]:
        """Fastest and slowest run, in seconds."""
        walls = [run.wall for run in self.timed]
        return min(walls), max(walls)

    @property
    def cpu(self) -> float:
        """Median seconds of user and system time of all processes."""
        return median(run.cpu for run in self.timed)

    @property
    def tree_peak(self) -> int:
        """Peak of the proportional set sizes of all processes together, in bytes."""
        return self.watched.tree_peak if self.watched else 0

    @property
    def max_rss(self) -> int:
        """Peak resident set of the largest single process, in bytes."""
        return max(run.max_rss for run in (*self.timed, *filter(None, [self.watched])))


def measure(
    command: Sequence[str],
    cwd: Path,
    runs: int,
    *,
    prepare: Callable[[], None] = lambda: None,
    environment: Mapping[str, str] | None = None,
    memory: bool = True,
) -> Measurement:
    """Run `command` `runs` times for its seconds and once more for its memory.

    `prepare` is called before each run and is not measured. Raises `CommandError`.
    """

    def once(*, watch: bool) -> Usage:
        prepare()
        return run(command, cwd, environment=environment, watch=watch)

    timed = [once(watch=False) for _ in range(runs)]
    return Measurement(timed, once(watch=True) if memory else None)


def run(
    command: Sequence[str],
    cwd: Path,
    *,
    environment: Mapping[str, str] | None = None,
    watch: bool = False,
) -> Usage:
    """Run `command` once, in a session of its own, and wait for it. Raises `CommandError`.

    `max_rss` is what the kernel reports for the largest process that was waited for; it is never
    below the size of this harness, because a new process starts as a copy of it.
    """
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=cwd, env=environment, stdin=subprocess.DEVNULL, stdout=output,
            stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        watcher = _Watcher(process.pid) if watch else None
        with _ending(process.pid):
            _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        peak = watcher.stop() if watcher else 0
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            output.seek(0)
            tail = output.read()[-_TAIL:].decode("utf-8", "replace").rstrip()
            raise CommandError(f"{' '.join(command)}: exit {process.returncode}\n{tail}")
    return Usage(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, peak)


class _Watcher(threading.Thread):
    """Sums the memory of a process and its descendants until it is stopped."""

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        if not Path(f"/proc/self/task/{os.getpid()}/children").exists():
            raise CommandError("this system does not list child processes in /proc")
        self._root = root
        self._done = threading.Event()
        self._peak = 0
        self.start()

    def run(self) -> None:
        ended = False
        while not ended:
            total = sum(proportional_size(pid) for pid in tree(self._root))
            self._peak = max(self._peak, total)
            ended = self._done.wait(INTERVAL)

    def stop(self) -> int:
        """End the thread and return the peak in bytes."""
        self._done.set()
        self.join()
        return self._peak


def tree(root: int) -> Iterator[int]:
    """The process `root` and all its living descendants."""
    pending = [root]
    while pending:
        pid = pending.pop()
        yield pid
        try:
            for thread in os.listdir(f"/proc/{pid}/task"):
                children = Path(f"/proc/{pid}/task/{thread}/children").read_text("ascii")
                pending.extend(int(child) for child in children.split())
        except (FileNotFoundError, ProcessLookupError):
            continue


def proportional_size(pid: int) -> int:
    """PSS of a process in bytes: pages shared by n processes count 1/n. 0 once it has ended."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return 0
    for line in rollup.splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


@contextmanager
def _ending(group: int) -> Iterator[None]:
    """End the process group `group` when the block takes too long or is interrupted."""
    timer = threading.Timer(TIMEOUT, os.killpg, (group, signal.SIGKILL))
    timer.daemon = True
    timer.start()
    try:
        yield
    except BaseException:
        os.killpg(group, signal.SIGKILL)
        raise
    finally:
        timer.cancel()
