"""Worker processes for `yuqi build`. Forked before any thread of ours exists."""

from __future__ import annotations

import ctypes
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from generator.output import FEW, MANY, Aside, Item, Result, Run, Value, serial
from generator.shell.apart import Apart, end_with_parent

if TYPE_CHECKING:
    from concurrent.futures import Future

_CHUNK = 16
_AHEAD, _FAR_AHEAD = 4, 16
"""Chunks for each process that are begun or done and not yet taken; the second number of a few."""
_SHIFT = 48 * _CHUNK
"""After so many items new processes take over: each copies whatever it touches of what it inherited."""

# Set in a child only, right after its fork: what it works on, inherited and never pickled.
_function: Callable[[Any], Any]
_items: Sequence[Any]


def default_workers() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def parallel(workers: int) -> Run:
    """Work is spread over so many processes, from the call on, and results keep their order."""
    return _Parallel(workers) if workers > 1 else serial


class _Parallel:
    def __init__(self, workers: int) -> None:
        self._workers = workers

    def __call__(
        self, make: Callable[[], Callable[[Item], Result]], items: Sequence[Item]
    ) -> Iterator[Result]:
        if len(items) < MANY:
            return serial(make, items)
        # Of few items the first processes do all: what they can copy is not much.
        few = len(items) <= FEW
        shift, ahead = (len(items), _FAR_AHEAD) if few else (_SHIFT, _AHEAD)
        first, *others = [
            range(start, min(start + shift, len(items)), _CHUNK)
            for start in range(0, len(items), shift)
        ]
        begin = partial(_Shift, self._workers, ahead, make, items)
        return _results(begin(first), map(begin, others))

    def aside(self, work: Callable[[], Value], kind: type[Value]) -> Aside[Value]:
        return Apart(work, kind)


class _Shift:
    """Processes at work on a stretch of the items, from the beginning on.

    So many are made before they are taken and no more: results are large. The processes end with
    the last chunk, whether or not its last item is taken.
    """

    def __init__(
        self,
        workers: int,
        ahead: int,
        make: Callable[[], Callable[[Any], Any]],
        items: Sequence[Any],
        starts: range,
    ) -> None:
        # Here, because most builds change little and never come so far.
        import multiprocessing
        from concurrent.futures import ProcessPoolExecutor

        self._pool = ProcessPoolExecutor(
            workers,
            mp_context=multiprocessing.get_context("fork"),
            initializer=_adopt,
            initargs=(make, items, os.getpid()),
        )
        self._starts = iter(starts)
        self._waiting = deque(map(self._begun, islice(self._starts, workers * ahead)))

    def _begun(self, start: int) -> Future[list[Any]]:
        return self._pool.submit(_apply, start)

    def results(self) -> Iterator[Any]:
        with self._pool:
            while self._waiting:
                results = self._waiting.popleft().result()
                self._waiting.extend(map(self._begun, islice(self._starts, 1)))
                if not self._waiting:
                    self._pool.shutdown()
                yield from results
        trim()


def _results(first: _Shift, others: Iterator[_Shift]) -> Iterator[Any]:
    yield from first.results()
    for shift in others:
        yield from shift.results()


def _adopt(make: Callable[[], Callable[[Any], Any]], items: Sequence[Any], parent: int) -> None:
    global _function, _items  # the child's own copy, see above
    end_with_parent(parent)
    _function, _items = make(), items


def trim() -> None:
    """Give back what is free between the small things that stay of something large."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc has it
    if trim is not None:
        trim(0)


def _apply(start: int) -> list[Any]:
    return [_function(item) for item in _items[start : start + _CHUNK]]
