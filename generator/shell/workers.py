"""Worker processes for `yuqi build`. Forked before any thread of ours exists."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from generator.output import Item, Result, Run, serial

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

# Below this many items forking costs more than it saves.
_WORTH_FORKING = 48
_CHUNK = 16
_AHEAD = 16
"""Chunks for each process that are begun or done and not yet taken."""
_PR_SET_PDEATHSIG = 1

# Set in a child only, right after its fork: what it works on, inherited and never pickled.
_function: Callable[[Any], Any]
_items: Sequence[Any]


def default_workers() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def parallel(workers: int) -> Run:
    """A `Run` that spreads items over `workers` processes, from the call on, and keeps their order."""

    def run(
        make: Callable[[], Callable[[Item], Result]], items: Sequence[Item]
    ) -> Iterator[Result]:
        if workers < 2 or len(items) < _WORTH_FORKING:
            return serial(make, items)
        # Here, because most builds change little and never come so far.
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        pool = ProcessPoolExecutor(
            workers,
            mp_context=multiprocessing.get_context("fork"),
            initializer=_adopt,
            initargs=(make, items, os.getpid()),
        )
        starts = iter(range(0, len(items), _CHUNK))
        waiting = deque(pool.submit(_apply, at) for at in islice(starts, workers * _AHEAD))
        return _results(pool, waiting, starts)

    return run


def _results(
    pool: ProcessPoolExecutor, waiting: deque[Future[list[Any]]], starts: Iterator[int]
) -> Iterator[Any]:
    """So many are made before they are taken and no more: results are large.

    The processes end with the last chunk, whether or not its last item is taken.
    """
    with pool:
        while waiting:
            results = waiting.popleft().result()
            waiting.extend(pool.submit(_apply, at) for at in islice(starts, 1))
            if not waiting:
                pool.shutdown()
            yield from results


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
