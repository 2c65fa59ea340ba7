"""How text becomes terms. `templates/components/search/engine.js` does the same, to the letter.

    folded     NFKC, lower case, traditional characters replaced by simplified ones
    canonical  Chinese numerals in digits, so that 三天 and 3 天 are one: 百分之二十四 → 24%,
               2w and 20000 → 2万, 1,000 → 1000; no space beside a number
    units      one Han character, one run of Latin letters, one number; all else separates
    terms      every pair of units that touch, every word or number of two or more characters,
               and a Han character that stands alone
    mark       a number for the whole text: all its units, whatever separates them

Chinese is not segmented: a pair of neighbours needs no dictionary that query and index could
disagree about. Characters beyond the basic plane separate.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from operator import add

from generator.characters import plain_marks
from generator.search import characters

_HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff"
_ASTRAL = re.compile(r"[\U00010000-\U0010ffff]")
_NUMERALS = "〇零一二两三四五六七八九十百千"
_COMMA = re.compile(r",(?<=[0-9],)(?=[0-9]{3}(?![0-9]))")
# The space that typographers put between Han characters and others.
_SPACING = re.compile(rf" (?:(?<=[a-z0-9%] )(?=[{_HAN}])|(?<=[{_HAN}] )(?=[a-z0-9]))")
_PERCENT = re.compile(rf"百分之 ?([{_NUMERALS}]+|[0-9.]+)")
_NUMERAL = re.compile(rf"([{_NUMERALS}]+)")
_WAN = re.compile(r"(?<=[0-9])w(?![a-z])")
_TEN_THOUSANDS = re.compile(r"(?<![0-9.])([1-9][0-9]*?)0000(?![0-9.])")
_SEPARATOR = re.compile(rf"[^{_HAN}a-z0-9.]+")
_DOT = re.compile(r"\.(?:(?![0-9])|(?<![0-9]\.))")
_LONG = re.compile(r"([a-z]{2,}|[0-9]+\.[0-9]+|[0-9]{2,})")
_LONE = re.compile(rf" ([{_HAN}])(?= )")
_NOT_HAN = re.compile(rf"[^{_HAN}]")

_PLAIN = r"\x00-\x7f、。“”‘’《》—·\u4e00-\u9fff"

_DIGIT = {numeral: at - 1 for at, numeral in enumerate("〇零一二三四五六七八九") if at} | {
    "〇": 0,
    "两": 2,
}
_POWER = {"十": 10, "百": 100, "千": 1000}


def folded(text: str) -> str:
    """The same text as it is compared."""
    text = plain_marks(text)
    if not _unusual().search(text):
        return text.lower()
    text = unicodedata.normalize("NFKC", _ASTRAL.sub(" ", text))
    return _ASTRAL.sub(" ", text).lower().translate(characters.simplified())


@cache
def _unusual() -> re.Pattern[str]:
    """What a fold may change beyond its case."""
    traditional = "".join(map(chr, characters.simplified()))
    return re.compile(rf"[^{_PLAIN}]|[{traditional}]")


def canonical(text: str) -> str:
    """Of a folded text: every way to write a number becomes one."""
    if "," in text:
        text = _COMMA.sub("", text)
    if " " in text:
        text = _SPACING.sub("", text)
    if "百分之" in text:
        text = _PERCENT.sub(lambda match: f"{_digits(match[1])}%", text)
    parts = _NUMERAL.split(text)
    parts[1::2] = map(_digits, parts[1::2])
    text = "".join(parts)
    if "w" in text:
        text = _WAN.sub("万", text)
    return _TEN_THOUSANDS.sub(r"\1万", text) if "0000" in text else text


@cache
def _digits(numeral: str) -> str:
    """The digits of a Chinese numeral; without a power each character is one digit."""
    if numeral[0] not in _DIGIT and numeral[0] not in _POWER:
        return numeral
    if not any(character in _POWER for character in numeral):
        return "".join(str(_DIGIT[character]) for character in numeral)
    total, digit = 0, 0
    for character in numeral:
        if character in _POWER:
            total += (digit or 1) * _POWER[character]
            digit = 0
        else:
            digit = _DIGIT[character]
    return str(total + digit)


def _separated(text: str) -> str:
    """Of a canonical or folded text: a single space stands wherever something separates."""
    return f" {_DOT.sub(' ', _SEPARATOR.sub(' ', text))} "


def _units(separated: str) -> tuple[list[str], list[str]]:
    """All units of a separated text, spaces as well, and those of two or more characters."""
    parts = _LONG.split(separated)
    units: list[str] = []
    for at, part in enumerate(parts):
        if at % 2:
            units.append(part)
        else:
            units += part.replace(".", "")  # the second dot of 1.2.3
    return units, parts[1::2]


def terms(text: str) -> list[str]:
    """Of a canonical or folded text, with repetitions."""
    separated = _separated(text)
    parts, long = _units(separated)
    pairs = [pair for pair in map(add, parts, parts[1:]) if " " not in pair]
    return pairs + long + _LONE.findall(separated)


def _written(text: str) -> str:
    """What `canonical` would change in a folded text, each numeral with its neighbours."""
    parts = _NUMERAL.split(text)
    around = zip(parts[::2], parts[1::2], parts[2::2], strict=False)
    told = " ".join([before[-1:] + numeral + after[:1] for before, numeral, after in around])
    return _NOT_HAN.sub(" ", told) + " 分之" * text.count("分之")


def mark(text: str) -> int:
    """Of a canonical text, in 32 bits."""
    return hashed("".join(_units(_separated(text))[0]).replace(" ", ""))


def hashed(text: str) -> int:
    """FNV-1a over the characters, in 32 bits."""
    state = 2166136261
    for character in text:
        state = (state ^ ord(character)) * 16777619 & 0xFFFFFFFF
    return state


def written_terms(text: str) -> list[str]:
    """The pairs of a folded text that `canonical` would change: part of a numeral finds it too."""
    told = _written(text)
    return [pair for pair in map(add, told, told[1:]) if " " not in pair]


def counted(text: str) -> Counter[str]:
    """How often each term is in a folded text, as the index holds it: `terms` and
    `written_terms` together, but quicker, since what repeats is looked at once.
    """
    separated = _separated(canonical(text))
    parts, long = _units(separated)
    parts += _written(text)
    found = Counter(map(add, parts, parts[1:]))
    for pair in [pair for pair in found if " " in pair]:
        found.pop(pair)  # `del` of a counter is not built in
    found.update(long)
    found.update(_LONE.findall(separated))
    return found
