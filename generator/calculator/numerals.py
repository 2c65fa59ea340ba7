"""What people type on a Chinese keyboard, brought to plain digits and signs."""

import re

_SPACES = re.compile("[ \t\r\n\f\v\u00a0\u3000\ufeff\u200b-\u200d]+")
_SIGNS = {
    "￥": "¥", "。": ".", "—": "-", "–": "-", "−": "-", "～": "~", "·": ".", "、": ",",
}  # fmt: skip
_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100}
# The 百 of 百分之 is no number.
_CHINESE = re.compile("(?:[零〇一二两三四五六七八九十]|百(?!分))+(?:点[零〇一二三四五六七八九]+)?")
LONGEST = 100
"""Longest text looked at, in characters; nobody writes one number that long."""


def normalised(text: str) -> str:
    """Full-width forms made plain, Latin letters small, runs of spaces one, none at the ends.

    A text that is too long comes back as ``?``, which no reading accepts.
    """
    if len(text) > LONGEST:
        return "?"
    return _SPACES.sub(" ", "".join(_plain(sign) for sign in text)).strip(" ")


def _plain(sign: str) -> str:
    sign = _SIGNS.get(sign, sign)
    if "\uff01" <= sign <= "\uff5e":
        sign = chr(ord(sign) - 0xFEE0)
    return sign.lower() if "A" <= sign <= "Z" else sign


def with_digits(text: str) -> str:
    """Chinese numbers below 1000 written in digits: ``万分之一点七五`` → ``万分之1.75``."""
    return _CHINESE.sub(lambda found: _number(found[0]), text)


def _number(text: str) -> str:
    whole, _, part = text.partition("点")
    if any(sign in _TENS for sign in whole):
        value, digit = 0, -1
        for sign in whole:
            if sign in _TENS:
                value += (1 if digit < 0 else digit) * _TENS[sign]
                digit = -1
            else:
                digit = _DIGITS[sign]
        digits = str(value + max(digit, 0))
    else:
        digits = "".join(str(_DIGITS[sign]) for sign in whole)
    return digits + ("." + "".join(str(_DIGITS[sign]) for sign in part) if part else "")
