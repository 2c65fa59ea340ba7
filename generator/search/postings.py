"""Which page has which term: gathered, written as text, cut into shards.

A shard is lines `term codes`. The codes are one growing sequence of numbers, each `page × 8 +
level`, written as the differences between neighbours, five bits a character, the low ones
first; a character from `P` on says that more follow. Text, because every host compresses text.
Sounds stand in the same shards: `'zen'xin 征信 真心` names pairs that sound alike.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import sub

from generator.search import characters
from generator.search.entry import LEVELS

_LAST, _MORE, _BITS = 48, 80, 5
_SMALL = 4096
_FEWEST, _MOST = 32, 4096
SOUND = "'"


def gathered(terms: Iterable[str]) -> dict[str, array[int]]:
    """Term → its numbers, from the terms of all entries in order."""
    found: dict[str, array[int]] = defaultdict(lambda: array("I"))
    for page, lines in enumerate(terms):
        for level, line in enumerate(lines.split("\n")):
            number = page * LEVELS + level
            for term in line.split():
                found[term].append(number)
    return found


def written(numbers: Sequence[int]) -> str:
    """A growing sequence of numbers as codes."""
    steps = [numbers[0], *map(sub, numbers[1:], numbers)]
    return "".join(map(code, steps))


def code(number: int) -> str:
    text = ""
    while number >> _BITS:
        text += chr(_MORE + (number & 31))
        number >>= _BITS
    return text + chr(_LAST + number)


def numbers(codes: str) -> list[int]:
    """What `written` wrote; empty for no codes."""
    found: list[int] = []
    last = step = shift = 0
    for character in codes:
        sign = ord(character) - _LAST
        step |= (sign & 31) << shift
        shift += _BITS
        if sign < 1 << _BITS:
            last += step
            found.append(last)
            step = shift = 0
    return found


def exchange(lines: dict[str, str], page: int, old: str, new: str) -> None:
    """In the lines of an index: what one page had becomes what it has; both as `Entry.terms`."""
    before, after = _levels(old), _levels(new)
    for term in before.keys() | after.keys():
        if before.get(term) != after.get(term):
            held = set(numbers(lines.pop(term, "")))
            held -= {page * LEVELS + before[term]} if term in before else set()
            held |= {page * LEVELS + after[term]} if term in after else set()
            if held:
                lines[term] = written(sorted(held))


def _levels(terms: str) -> dict[str, int]:
    return {term: level for level, line in enumerate(terms.split("\n")) for term in line.split()}


def shard_count(pages: int) -> int:
    """A power of two: about as many shards as pages, not so many that their names weigh."""
    return min(max(1 << pages.bit_length(), _FEWEST), _MOST)


def shard_of(term: str, count: int) -> int:
    """FNV-1a over the characters, folded once."""
    state = 2166136261
    for character in term:
        state = (state ^ ord(character)) * 16777619 & 0xFFFFFFFF
    return (state ^ state >> 16) & (count - 1)


def sound_lines(pairs: Iterable[str]) -> dict[str, str]:
    """Sound → the pairs that have it, with a space between."""
    alike: dict[str, list[str]] = defaultdict(list)
    for pair in sorted(set(pairs)):
        for sound in characters.sounds(pair):
            alike[SOUND + sound].append(pair)
    return {sound: " ".join(found) for sound, found in alike.items()}


def shards(lines: Mapping[str, str], count: int) -> list[str]:
    """All lines, each in the shard of its key, sorted by key."""
    texts: list[list[str]] = [[] for _ in range(count)]
    for key in sorted(lines):
        texts[shard_of(key, count)].append(f"{key} {lines[key]}\n")
    return ["".join(text) for text in texts]
