"""Facts about Han characters, from the libraries that keep them; slow to load, so asked once.

The browser gets them as compact tables: traditional characters only as far as the index holds
their simplified form, readings of the characters of GB 2312 in the order every browser decodes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from itertools import product

_BLOCKS = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000))
_ROWS, _CELLS = range(0xB0, 0xF8), range(0xA1, 0xFF)
# With more than one everyday reading; of any other character only the commonest is tried.
_SEVERAL = frozenset("还行重长都调传单降差系应折为种转更教觉空没难只曾朝卡给落模弹薄得便率")

_INITIAL = re.compile("^(?:[zcs]h|n)")
_ALIKE = {"zh": "z", "ch": "c", "sh": "s", "n": "l"}
_NASAL = re.compile("ng$")


@cache
def simplified() -> Mapping[int, str]:
    """Code point of a traditional character → its simplified form."""
    import opencc

    characters = [chr(code) for block in _BLOCKS for code in block]
    converted = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {
        ord(old): new
        for old, new in zip(characters, converted, strict=True)
        if old != new and len(new) == 1
    }


def common_characters() -> str:
    """The 6,763 characters of GB 2312, in its order."""
    cells = (bytes((row, cell)) for row in _ROWS for cell in _CELLS)
    return b"".join(cells).decode("gb2312", errors="ignore")


@cache
def readings() -> Mapping[str, tuple[str, ...]]:
    """Character → its everyday syllables without tones, the commonest first."""
    from pypinyin import Style, pinyin

    characters = common_characters()
    found = pinyin(list(characters), style=Style.NORMAL, heteronym=True)
    return {
        character: tuple(dict.fromkeys(map(_spelt, syllables)))[: 2 if character in _SEVERAL else 1]
        for character, syllables in zip(characters, found, strict=True)
    }


def _spelt(syllable: str) -> str:
    """As it is typed: ü is v on every keyboard."""
    return syllable.replace("ü", "v")


def blurred(syllable: str) -> str:
    """Without what many speakers and keyboards do not tell apart: zh and z, n and ng, l and n."""
    return _NASAL.sub("n", _INITIAL.sub(lambda match: _ALIKE[match[0]], syllable))


def sounds(pair: str, table: Mapping[str, tuple[str, ...]]) -> set[str]:
    """How two units sound: `zen'xin`; a number is itself. None if unknown."""
    heard = [table.get(unit, (unit,) if unit.isascii() else ()) for unit in _parts(pair)]
    return {"'".join(map(blurred, syllables)) for syllables in product(*heard)}


def _parts(pair: str) -> list[str]:
    """The units of a pair: at least one of them is a Han character."""
    if not pair[0].isascii():
        return [pair[0], pair[1:]]
    return [pair[:-1], pair[-1]]
