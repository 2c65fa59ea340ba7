"""The terms of one page as its entry keeps them, by level: nearly all are pairs of characters.

Pairs stand side by side in UTF-16, which is as small as what zlib makes of them as words, and each
can be read as one number: pages are counted by numbers in two thirds of the time.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

from generator.packed import Packing

LEVELS = 8

_UTF16 = "utf-16-le"
_PACKING = Packing(tuple[tuple[bytes, str], ...])

Line = tuple[list[int], list[str]]
"""The terms of one level: the numbers of the pairs, and all others."""


def pack(lines: Iterable[Sequence[str]]) -> bytes:
    """From the terms of each level, the weakest first; no character lies beyond the basic plane."""
    return _PACKING.pack(tuple(map(_packed, lines)))


def _packed(terms: Sequence[str]) -> tuple[bytes, str]:
    pairs = "".join([term for term in terms if len(term) == 2])
    return pairs.encode(_UTF16), " ".join([term for term in terms if len(term) != 2])


def unpack(packed: bytes) -> list[Line]:
    return [
        (memoryview(pairs).cast("I").tolist(), others.split())
        for pairs, others in _PACKING.unpack(packed)
    ]


def spelled(numbers: Iterable[int]) -> list[str]:
    """The pairs with these numbers."""
    text = array("I", numbers).tobytes().decode(_UTF16)
    return [text[at : at + 2] for at in range(0, len(text), 2)]


def levels(packed: bytes) -> dict[str, int]:
    """Term → its level."""
    return {
        term: level
        for level, (numbers, others) in enumerate(unpack(packed))
        for term in (*spelled(numbers), *others)
    }
