"""How text becomes terms. `templates/components/search/engine.js` does the same, to the letter.

    folded     NFKC, lower case, traditional characters replaced by simplified ones
    canonical  Chinese numerals in digits, so that 三天 and 3 天 are one: 百分之二十四 → 24%,
               2w and 20000 → 2万, 1,000 → 1000; no space beside a number
    units      one Han character, one run of Latin letters, one number; all else separates
    terms      every pair of units that touch, every word or number of two or more characters,
               and a Han character that stands alone

Chinese is not segmented: a pair of neighbours needs no dictionary that query and index could
disagree about. Characters beyond the basic plane separate.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from operator import add

_HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff"
_ASTRAL = re.compile(r"[\U00010000-\U0010ffff]")
_NUMERALS = "〇零一二两三四五六七八九十百千"
_COMMA = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
# The space that typographers put between Han characters and others.
_BEFORE_HAN = re.compile(rf"([a-z0-9%]) (?=[{_HAN}])")
_AFTER_HAN = re.compile(rf"([{_HAN}]) (?=[a-z0-9])")
_PERCENT = re.compile(rf"百分之 ?([{_NUMERALS}]+|[0-9.]+)")
_NUMERAL = re.compile(rf"[{_NUMERALS}]+")
_WAN = re.compile(r"(?<=[0-9])w(?![a-z])")
_TEN_THOUSANDS = re.compile(r"(?<![0-9.])([1-9][0-9]*?)0000(?![0-9.])")
_SEPARATOR = re.compile(rf"[^{_HAN}a-z0-9.]+|\.(?![0-9])|(?<![0-9])\.")
_UNIT = re.compile(rf"[a-z]+|[0-9]+(?:\.[0-9]+)?|[{_HAN} ]")
_LONE = re.compile(rf"(?<![^ ])[{_HAN}](?![^ ])")
_HAN_ONLY = re.compile(rf"[{_HAN}]")

_DIGIT = {numeral: at - 1 for at, numeral in enumerate("〇零一二三四五六七八九") if at} | {
    "〇": 0,
    "两": 2,
}
_POWER = {"十": 10, "百": 100, "千": 1000}


def folded(text: str, simplified: Mapping[int, str]) -> str:
    """`simplified` maps code points of traditional characters."""
    plain = unicodedata.normalize("NFKC", _ASTRAL.sub(" ", text))
    return _ASTRAL.sub(" ", plain).lower().translate(simplified)


def canonical(text: str) -> str:
    """Of a folded text: every way to write a number becomes one."""
    text = _AFTER_HAN.sub(r"\1", _BEFORE_HAN.sub(r"\1", _COMMA.sub("", text)))
    text = _PERCENT.sub(lambda match: f"{_digits(match[1])}%", text)
    text = _NUMERAL.sub(lambda match: _digits(match[0]), text)
    return _TEN_THOUSANDS.sub(r"\1万", _WAN.sub("万", text))


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


def units(text: str) -> list[str]:
    """Of a canonical or folded text; a single space stands wherever something separates."""
    return _UNIT.findall(f" {_SEPARATOR.sub(' ', text)} ")


def terms(text: str) -> list[str]:
    """Of a canonical or folded text, with repetitions."""
    parts = units(text)
    pairs = [pair for pair in map(add, parts, parts[1:]) if " " not in pair]
    pairs += [part for part in parts if len(part) > 1]
    return pairs + _LONE.findall(_SEPARATOR.sub(" ", text))


def written_terms(text: str) -> list[str]:
    """The pairs of a folded text that `canonical` would change: part of a numeral finds it too."""
    found = ["分之"] * text.count("分之")
    for match in _NUMERAL.finditer(text):
        for at in range(max(match.start() - 1, 0), match.end()):
            pair = text[at : at + 2]
            if len(pair) > 1 and _HAN_ONLY.match(pair[0]) and _HAN_ONLY.match(pair[1]):
                found.append(pair)
    return found


def counted(text: str) -> Counter[str]:
    """How often each term is in a folded text, as the index holds it: `terms` and
    `written_terms` together, but quicker, since what repeats is looked at once.
    """
    parts = units(canonical(text))
    found = Counter(map(add, parts, parts[1:]))
    for pair in [pair for pair in found if " " in pair]:
        del found[pair]
    found.update([part for part in parts if len(part) > 1])
    found.update(_LONE.findall("".join(parts)))
    found.update(written_terms(text))
    return found
