"""Cuts a long list into pages so that one entry more changes few of them.

Pages numbered from the newest entry would all change with every new article. Here a
page begins at an entry whose hash is the greatest among its neighbours, so where
pages begin is decided nearby: an entry added, moved or removed changes the page it
is on and at most the ones beside it. A page is named after its first entry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise

from msgspec import Struct


class Cut(Struct, frozen=True):
    """The entries from `start` to `end` of a list and the addresses of their page and of the pages
    beside it; `newer` and `older` are empty at the ends.
    """

    start: int
    end: int
    path: str
    newer: str
    older: str


def cuts(keys: Sequence[str], size: int, address: Callable[[str], str]) -> Iterator[Cut]:
    """`pages` with their addresses; `address("")` is the first one's, the others' begin at a key."""
    bounds = pages(keys, size)
    paths = ["", *(address(keys[start] if start else "") for start, _ in bounds), ""]
    for at, (start, end) in enumerate(bounds, start=1):
        yield Cut(start, end, paths[at], paths[at - 1], paths[at + 1])


def further(address: str) -> Callable[[str], str]:
    """The addresses of a list whose first page is at `address`."""
    return lambda key: f"{address}from/{key}/" if key else address


def pages(keys: Sequence[str], size: int) -> list[tuple[int, int]]:
    """(start, end) of every page of a list with these unique keys; about `size` entries each.

    Pages hold from half of `size` to about twice of it; a list up to `size` is one page.
    """
    if len(keys) <= size:
        return [(0, len(keys))]
    reach = max(size // 2, 1)
    weights = [_weight(key) for key in keys]
    starts = [
        at
        for at in range(reach, len(keys) - reach)
        # Most have a greater one just beside them.
        if weights[at] >= weights[at - 1]
        and weights[at] == max(weights[at - reach : at + reach + 1])
    ]
    bounds = [0, *starts, len(keys)]
    return list(pairwise(bounds))


@lru_cache(1 << 16)  # an article is in a dozen lists
def _weight(key: str) -> bytes:
    return blake2b(key.encode(), digest_size=8).digest()
