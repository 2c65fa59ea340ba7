"""Which page has which term: gathered, written as text, cut into shards.

A shard is lines `term codes`. For each level at which pages have the term, the highest first, the
codes are its digit and one character for each page: how many pages lie between it and the one
before, counted from `:`. Text, because every host compresses text, and because UTF-8 writes small
numbers short.

Of a term that very many pages have, a query needs the pages that say it in their title or often;
the others would make most of the index. Its line names only those, after a sign before `0` for
about how many pages have it; the rest stands under the same term in a shard of its own kind, which
only an exact search asks for.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from math import log2
from operator import sub
from typing import Final, TypeAlias

from generator.search.packed_terms import LEVELS, levels, spelled, unpack
from generator.search.tokens import hashed

NAMED = 3
"""From this level on, that of a title and of another phrasing, no page is left out."""
_FIRST = 58
_SURROGATES = range(0xD800, 0xE000)
_FEWEST, _SMALL, _MOST = 32, 512, 4096
_RESTS = 16
"""Shards of lines for each one of the rests."""
_KEPT, _KEPT_OF = 64, 64
_MANY, _SIGNS = 33, 15
_SHORT, _LONG = "H", "I"
"""Arrays of numbers of two bytes and of four."""
_SEVERAL = 8
_LITTLE: Final = "little"
_IS_LITTLE = array(_SHORT, [1]).tobytes() == (1).to_bytes(2, _LITTLE)
_BEFORE_SURROGATES = _SURROGATES.start - _FIRST

Levels: TypeAlias = "list[dict[str, array[int]]]"
"""By level: term → its pages, growing. Arrays, for the garbage collector does not walk them."""


def gathered(terms: Iterable[bytes], pages: int) -> Levels:
    """From the `Entry.terms` of so many `pages` in order."""
    empty = _empty(pages)
    # Pairs are counted by their numbers, and spelled when each is there once.
    by_number: list[dict[int, array[int]]] = [defaultdict(empty) for _ in range(LEVELS)]
    found: Levels = [defaultdict(empty) for _ in range(LEVELS)]
    for page, told in enumerate(terms):
        for (numbers, words), pairs, others in zip(unpack(told), by_number, found, strict=True):
            for number in numbers:
                pairs[number].append(page)
            for word in words:
                others[word].append(page)
    for pairs, others in zip(by_number, found, strict=True):
        others.update(zip(spelled(pairs), pairs.values(), strict=True))
        pairs.clear()
    return found


def _empty(pages: int) -> Callable[[], array[int]]:
    """Makes room for some of so many pages: two bytes will do for the number of one, or four."""
    return partial(array, _SHORT if pages <= 1 << 16 else _LONG)


def written(levels: Levels, pages: int) -> tuple[dict[str, str], dict[str, str]]:
    """Term → its codes, and the rest of those that are named in part. Uses up `levels`."""
    signs = _signs(pages)
    counts: dict[str, int] = defaultdict(int)
    for held in levels:
        for term, found in held.items():
            counts[term] += len(found)
    limit = kept(pages)
    room = {term: limit for term, count in counts.items() if count > limit}
    lines = {term: _sign(counts[term]) for term in room}
    rests: dict[str, str] = {}
    for level in reversed(range(LEVELS)):
        for term, found in levels.pop().items():
            left = room.get(term)
            named = found
            if left is not None:
                if level < NAMED and len(found) > left:
                    named, others = found[:left], found[left:]
                    rests[term] = f"{rests.get(term, '')}{level}{_codes(others, signs)}"
                room[term] = max(left - len(named), 0)
            if named:
                lines[term] = f"{lines.get(term, '')}{level}{_codes(named, signs)}"
    return lines, rests


def _codes(held: array[int], signs: Sequence[str]) -> str:
    short = held.typecode == _SHORT and len(signs) <= _BEFORE_SURROGATES
    if short and len(held) > _SEVERAL and _IS_LITTLE:
        return _codes_at_once(held)
    return "".join(map(signs.__getitem__, map(sub, held, [-1, *held])))


def _codes_at_once(held: array[int]) -> str:
    """The same of numbers of two bytes. Side by side these are the digits of one great number; less
    itself, moved on by a place, it has the steps for digits: each is 1 at least, so none borrows.
    """
    size = 2 * len(held)
    number = int.from_bytes(held.tobytes(), _LITTLE)
    before = number << 16 & (1 << 8 * size) - 1
    # The first step is counted from before page 0.
    offsets = int.from_bytes((_FIRST - 1).to_bytes(2, _LITTLE) * len(held), _LITTLE) + 1
    return (number - before + offsets).to_bytes(size, _LITTLE).decode("utf-16-le")


def _sign(count: int) -> str:
    """About how many pages have a term, in steps of the root of two."""
    return chr(_MANY + min(round(2 * log2(count / _KEPT)), _SIGNS - 1))


def _signs(pages: int) -> list[str]:
    """The character for each step from one page to the next; there is no step of 0."""
    gap = len(_SURROGATES)
    codes = range(_FIRST - 1, _FIRST + pages)
    return [chr(code if code < _SURROGATES.start else code + gap) for code in codes]


def read(codes: str) -> dict[int, int]:
    """Page → level, of a line or of a rest."""
    found: dict[int, int] = {}
    page = level = -1
    for code in map(ord, codes):
        if code >= _FIRST:
            page += code - _FIRST + 1 - (len(_SURROGATES) if code >= _SURROGATES.start else 0)
            found[page] = level
        elif code >= ord("0"):
            page, level = -1, code - ord("0")
    return found


Change = tuple[int, str, int | None]
"""A page, a term, and the level it has there now; none if it has left."""


def changes(page: int, old: bytes | None, new: bytes) -> list[Change]:
    """What becomes of the terms of one page; both as `Entry.terms`."""
    before, after = levels(old) if old is not None else {}, levels(new)
    terms = before.keys() | after.keys()
    return [(page, term, after.get(term)) for term in terms if before.get(term) != after.get(term)]


def revised(
    shards: Sequence[bytes], rests: Sequence[bytes], made: Iterable[Change], pages: int
) -> tuple[dict[str, str], dict[str, str]]:
    """The lines and rests of all terms in these changes; an empty one is to go."""
    by_term: dict[str, list[Change]] = defaultdict(list)
    for change in made:
        by_term[change[1]].append(change)
    empty = _empty(pages)
    found: Levels = [defaultdict(empty) for _ in range(LEVELS)]
    for term, news in by_term.items():
        held = read(_line(shards, term)) | read(_line(rests, term))
        for page, _, level in news:
            held.pop(page, None)
            if level is not None:
                held[page] = level
        for page in sorted(held):
            found[held[page]][term].append(page)
    gone = dict.fromkeys(by_term, "")
    lines, others = written(found, pages)
    return gone | lines, gone | others


def _line(shards: Sequence[bytes], term: str) -> str:
    """The codes of a term; empty if no page has it."""
    text = b"\n" + shards[shard_of(term, len(shards))]
    _, found, rest = text.partition(f"\n{term} ".encode())
    return rest.partition(b"\n")[0].decode() if found else ""


def exchanged(shards: Sequence[bytes], news: Mapping[str, str]) -> list[bytes]:
    """The shards with these lines in place of theirs; those without any are as they were."""
    touched: dict[int, dict[str, str]] = defaultdict(dict)
    for key, value in news.items():
        touched[shard_of(key, len(shards))][key] = value
    return [
        _exchanged(shard, touched[at]) if at in touched else shard
        for at, shard in enumerate(shards)
    ]


def _exchanged(shard: bytes, news: dict[str, str]) -> bytes:
    lines = dict(line.split(" ", 1) for line in shard.decode().split("\n") if line)
    return _text((key, value) for key, value in sorted((lines | news).items()) if value)


def keys(shards: Iterable[bytes]) -> str:
    """What all lines are found by, one after the other."""
    return "".join(
        line.partition(" ")[0] for shard in shards for line in shard.decode().split("\n")
    )


def shard_count(pages: int) -> int:
    """A power of two: about as many shards as pages, more of a few, whose words are as many; not so
    many that their names weigh.
    """
    grown = 1 << pages.bit_length()
    return min(max(grown, min(2 * grown, _SMALL), _FEWEST), _MOST)


def kept(pages: int) -> int:
    """So many pages a line names at least; a term that no more have is named whole."""
    return max((1 << pages.bit_length()) // _KEPT_OF, _KEPT)


def rest_count(pages: int) -> int:
    return shard_count(pages) // _RESTS


def shard_of(term: str, count: int) -> int:
    """The hash of a term, folded once."""
    state = hashed(term)
    return (state ^ state >> 16) & (count - 1)


def shards(lines: Mapping[str, str], count: int) -> list[bytes]:
    """All lines, each in the shard of its key, sorted by key."""
    kept: list[list[tuple[str, str]]] = [[] for _ in range(count)]
    for line in sorted(lines.items()):
        kept[shard_of(line[0], count)].append(line)
    return [*map(_text, kept)]


def _text(lines: Iterable[tuple[str, str]]) -> bytes:
    return "".join([f"{key} {value}\n" for key, value in lines]).encode()
