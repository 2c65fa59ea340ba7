"""Which page has which term: gathered, written as text, cut into shards.

A shard is lines `term codes`. For each level at which pages have the term, the highest first, the
codes are its digit and one character for each page: how many pages lie between it and the one
before, counted from `:`. Text, because every host compresses text, and because UTF-8 writes small
numbers short. What helps where a query is not written as pages write it stands in shards of its
own: `zen'xin 征信 真心` for pairs that sound alike, `~贷款 贷款` for those that look alike, and
`=1b2c3d4e 7` for the page with the title of that mark.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import sub
from typing import TypeAlias

from generator.search import characters
from generator.search.entry import LEVELS
from generator.search.tokens import hashed

_FIRST = 58
_SURROGATES = range(0xD800, 0xE000)
_FEWEST, _MOST = 32, 4096
_SOUNDS = 16
"""Shards of terms for each one of sounds."""

Levels: TypeAlias = "list[dict[str, array[int]]]"
"""By level: term → its pages, growing. Arrays, for the garbage collector does not walk them."""


def gathered(terms: Iterable[bytes]) -> Levels:
    """From the `Entry.terms` of all pages in order."""
    found: Levels = [defaultdict(_pages) for _ in range(LEVELS)]
    for page, told in enumerate(terms):
        for level, line in enumerate(told.decode().split("\n")):
            held = found[level]
            for term in line.split():
                held[term].append(page)
    return found


def _pages() -> array[int]:
    return array("I")


def written(levels: Levels, pages: int) -> dict[str, str]:
    """Term → its codes."""
    signs = _signs(pages)
    lines: dict[str, str] = {}
    for level in reversed(range(LEVELS)):
        for term, held in levels[level].items():
            codes = "".join(map(signs.__getitem__, map(sub, held, [-1, *held])))
            lines[term] = f"{lines.get(term, '')}{level}{codes}"
    return lines


def _signs(pages: int) -> list[str]:
    """The character for each step from one page to the next; there is no step of 0."""
    gap = len(_SURROGATES)
    codes = range(_FIRST - 1, _FIRST + pages)
    return [chr(code if code < _SURROGATES.start else code + gap) for code in codes]


def read(codes: str) -> dict[int, int]:
    """Page → level."""
    found: dict[int, int] = {}
    page = level = -1
    for code in map(ord, codes):
        if code < _FIRST:
            page, level = -1, code - ord("0")
        else:
            page += code - _FIRST + 1 - (len(_SURROGATES) if code >= _SURROGATES.start else 0)
            found[page] = level
    return found


Change = tuple[int, str, int | None]
"""A page, a term, and the level it has there now; none if it has left."""


def changes(page: int, old: bytes, new: bytes) -> list[Change]:
    """What becomes of the terms of one page; both as `Entry.terms`."""
    before, after = _levels(old), _levels(new)
    terms = before.keys() | after.keys()
    return [(page, term, after.get(term)) for term in terms if before.get(term) != after.get(term)]


def _levels(terms: bytes) -> dict[str, int]:
    lines = enumerate(terms.decode().split("\n"))
    return {term: level for level, line in lines for term in line.split()}


def exchanged(shards: Sequence[bytes], made: Iterable[Change], pages: int) -> list[bytes]:
    """The shards after these changes; those without any are as they were."""
    touched: dict[int, list[Change]] = defaultdict(list)
    for change in made:
        touched[shard_of(change[1], len(shards))].append(change)
    return [
        _exchanged(shard, touched[at], pages) if at in touched else shard
        for at, shard in enumerate(shards)
    ]


def _exchanged(shard: bytes, made: Sequence[Change], pages: int) -> bytes:
    lines = dict(line.split(" ", 1) for line in shard.decode().split("\n") if line)
    for page, term, level in made:
        held = read(lines.pop(term, ""))
        held.pop(page, None)
        if level is not None:
            held[page] = level
        if held:
            levels: Levels = [{} for _ in range(LEVELS)]
            for at in sorted(held):
                levels[held[at]].setdefault(term, _pages()).append(at)
            lines |= written(levels, pages)
    return _text(sorted(lines.items()))


def keys(shards: Iterable[bytes]) -> str:
    """All terms, one after the other."""
    return "".join(
        line.partition(" ")[0] for shard in shards for line in shard.decode().split("\n")
    )


def shard_count(pages: int) -> int:
    """A power of two: about as many shards as pages, not so many that their names weigh."""
    return min(max(1 << pages.bit_length(), _FEWEST), _MOST)


def sound_shard_count(pages: int) -> int:
    return max(shard_count(pages) // _SOUNDS, _FEWEST)


def shard_of(term: str, count: int) -> int:
    """The hash of a term, folded once."""
    state = hashed(term)
    return (state ^ state >> 16) & (count - 1)


def sound_lines(spoken: Iterable[str]) -> dict[str, str]:
    """From the `Entry.spoken` of all pages in order: sound or shape → the pairs that have it, mark of a
    title → the pages that have it, with a space between.
    """
    found: dict[str, list[str]] = defaultdict(list)
    pairs: set[str] = set()
    for page, told in enumerate(spoken):
        mark, *heard = told.split()
        found[mark].append(str(page))
        pairs.update(heard)
    for pair in sorted(pairs):
        for key in (*characters.sounds(pair), characters.shape(pair)):
            if key:
                found[key].append(pair)
    return {sound: " ".join(alike) for sound, alike in found.items()}


def shards(lines: Mapping[str, str], count: int) -> list[bytes]:
    """All lines, each in the shard of its key, sorted by key."""
    kept: list[list[tuple[str, str]]] = [[] for _ in range(count)]
    for line in sorted(lines.items()):
        kept[shard_of(line[0], count)].append(line)
    return [*map(_text, kept)]


def _text(lines: Iterable[tuple[str, str]]) -> bytes:
    return "".join([f"{key} {value}\n" for key, value in lines]).encode()
