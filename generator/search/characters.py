"""Facts about Han characters, as `hanzi` has them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from itertools import product

_ROWS, _CELLS = range(0xB0, 0xF8), range(0xA1, 0xFF)
EVERYDAY = 3755
"""So many of `common` are in daily use: the first level of GB 2312."""
_ROW = re.compile("([a-z]+)([^a-z ]*)")
_INITIAL = re.compile("^(?:[zcs]h|n)")
_ALIKE = {"zh": "z", "ch": "c", "sh": "s", "n": "l"}
_NASAL = re.compile("ng$")


@cache
def simplified() -> Mapping[int, str]:
    """Code point of a traditional character → its simplified form."""
    from generator.search.hanzi import SIMPLIFIED

    return dict(zip(map(ord, SIMPLIFIED[::2]), SIMPLIFIED[1::2], strict=True))


def common() -> str:
    """The 6,763 characters of GB 2312, in its order."""
    cells = (bytes((row, cell)) for row in _ROWS for cell in _CELLS)
    return b"".join(cells).decode("gb2312", errors="ignore")


@cache
def readings() -> Mapping[str, tuple[str, ...]]:
    """Character → its everyday syllables without tones, the commonest first."""
    from generator.search.hanzi import READINGS

    rows: list[tuple[str, str]] = _ROW.findall(READINGS)
    heard: dict[str, tuple[str, ...]] = {}
    for syllable, characters in rows:
        for character in characters:
            heard[character] = (*heard.get(character, ()), syllable)
    return heard


def blurred(syllable: str) -> str:
    """Without what many speakers and keyboards do not tell apart: zh and z, n and ng, l and n."""
    return _NASAL.sub("n", _INITIAL.sub(lambda match: _ALIKE[match[0]], syllable))


def sounds(pair: str) -> set[str]:
    """How two units sound: `zen'xin`; a number is itself. None if unknown."""
    table = _blurred_readings()
    heard = [table.get(unit, (unit,) if unit.isascii() else ()) for unit in _parts(pair)]
    return {"'".join(syllables) for syllables in product(*heard)}


@cache
def _blurred_readings() -> Mapping[str, tuple[str, ...]]:
    return {unit: tuple(map(blurred, heard)) for unit, heard in readings().items()}


def _parts(pair: str) -> list[str]:
    """The units of a pair: at least one of them is a Han character."""
    if not pair[0].isascii():
        return [pair[0], pair[1:]]
    return [pair[:-1], pair[-1]]
