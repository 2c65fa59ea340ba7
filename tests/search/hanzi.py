"""`python -m tests.search.hanzi` writes `generator/search/hanzi.py` from the libraries that know.

What they say of a character hardly ever changes, and loading them costs every build that reads
a text a quarter of a second.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import opencc
from pypinyin import Style, pinyin

from generator.search.characters import common
from tests.harness import REPOSITORY

PATH = REPOSITORY / "generator" / "search" / "hanzi.py"
_BLOCKS = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000))
# With more than one everyday reading; of any other character only the commonest is tried.
_SEVERAL = frozenset("还行重长都调传单降差系应折为种转更教觉空没难只曾朝卡给落模弹薄得便率")
_ROW = 92
_MODULE = '''\
"""What libraries know of Han characters; written by `python -m tests.search.hanzi`."""

from __future__ import annotations

SIMPLIFIED = (
{simplified}
)
"""Traditional characters, each before its simplified form."""
READINGS = (
{readings}
)
"""Syllables, each before the characters of GB 2312 that have it; `second` readings come last."""
'''


def simplified() -> str:
    """`SIMPLIFIED`: characters of the two blocks whose simplified form is in them too."""
    characters = [chr(code) for block in _BLOCKS for code in block]
    converted = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    pairs = zip(characters, converted, strict=True)
    return "".join(old + new for old, new in pairs if old != new and new in characters)


def readings() -> str:
    """`READINGS`, without tones, as they are typed: ü is v on every keyboard."""
    characters = common()
    found = pinyin(list(characters), style=Style.NORMAL, heteronym=True)
    rows: dict[str, list[str]] = defaultdict(list)
    second: dict[str, list[str]] = defaultdict(list)
    for character, syllables in zip(characters, found, strict=True):
        first, *others = dict.fromkeys(syllable.replace("ü", "v") for syllable in syllables)
        rows[first].append(character)
        for other in others[:1] if character in _SEVERAL else ():
            second[other].append(character)
    return f"{_told(rows)} second {_told(second)}"


def _told(rows: dict[str, list[str]]) -> str:
    return " ".join(syllable + "".join(rows[syllable]) for syllable in sorted(rows))


def module() -> str:
    """The text of the module."""
    return _MODULE.format(simplified=_literal(simplified()), readings=_literal(readings()))


def _literal(text: str) -> str:
    return "\n".join(f'    "{row}"' for row in _rows(text))


def _rows(text: Sequence[str]) -> Iterator[Sequence[str]]:
    return (text[at : at + _ROW] for at in range(0, len(text), _ROW))


if __name__ == "__main__":
    PATH.write_text(module(), encoding="utf-8")
