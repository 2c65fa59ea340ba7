"""What helps where a query is not written as pages write it: sounds, shapes, whole titles.

Lines like those of terms: `zen'xin 征信 真心` for pairs that sound alike, `~贷款 贷款` for those that
look alike, `=1b2c3d4e 7` for the page with the title of that mark.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from msgspec import json

from generator.search import characters

_BASE, _FIRST = 24, 48


def lines(spoken: Iterable[str]) -> dict[str, str]:
    """From the `Entry.spoken` of all pages in order: sound or shape → the pairs that have it, mark
    of a title → the pages that have it, with a space between.
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


def differing(before: Iterable[str], after: Iterable[str]) -> dict[str, str]:
    """The lines that are not as they were; an empty one is to go."""
    old, new = lines(before), lines(after)
    return {
        key: new.get(key, "") for key in old.keys() | new.keys() if old.get(key) != new.get(key)
    }


def readings(spoken: frozenset[str]) -> bytes:
    """What looks alike, all syllables, and the number of the first one of each character: those in
    daily use in the order of GB 2312, then the others that titles have.
    """
    heard = characters.readings()
    everyday = characters.common()[: characters.EVERYDAY]
    others = "".join(sorted(spoken & heard.keys() - set(everyday)))
    syllables = sorted({syllable for row in heard.values() for syllable in row})
    number = {syllable: at for at, syllable in enumerate(syllables)}
    codes = "".join(
        chr(_FIRST + at // _BASE) + chr(_FIRST + at % _BASE)
        for at in (number[heard[character][0]] for character in everyday + others)
    )
    file = {
        "syllables": " ".join(syllables),
        "others": others,
        "codes": codes,
        "shapes": characters.SHAPES,
    }
    return json.encode(file)
