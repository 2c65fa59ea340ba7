"""Worker processes for `yuqi build`. Forked before any thread of ours exists."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from generator.output import Item, Result, Run, serial

# Below this many items forking costs more than it saves.
_WORTH_FORKING = 48
_CHUNK = 16
_PR_SET_PDEATHSIG = 1

# Set in a child only, right after its fork: what it works on, inherited and never pickled.
_function: Callable[[Any], Any]
_items: Sequence[Any]


def default_workers() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def parallel(workers: int) -> Run:
    """A `Run` that spreads items over `workers` processes and keeps their order."""

    def run(
        make: Callable[[], Callable[[Item], Result]], items: Sequence[Item]
    ) -> Iterator[Result]:
        if workers < 2 or len(items) < _WORTH_FORKING:
            yield from serial(make, items)
            return
        # Here, because most builds change little and never come so far.
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        pool = ProcessPoolExecutor(
            workers,
            mp_context=multiprocessing.get_context("fork"),
            initializer=_adopt,
            initargs=(make, items, os.getpid()),
        )
        with pool:
            for results in pool.map(_apply, range(0, len(items), _CHUNK)):
                yield from results

    return run


def _adopt(make: Callable[[], Callable[[Any], Any]], items: Sequence[Any], parent: int) -> None:
    global _function, _items  # the child's own copy, see above
    end_with_parent(parent)
    _function, _items = make(), items


def end_with_parent(parent: int) -> None:
    """In a child, right after its fork: it must not outlive a parent that was killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)  # it was killed before we could ask to be told


def _apply(start: int) -> list[Any]:
    return [_function(item) for item in _items[start : start + _CHUNK]]
