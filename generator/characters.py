"""Characters no text of ours may hold, however they are written."""

from __future__ import annotations

import re
import unicodedata

# C0 and C1 controls except tab and line feed, line separators, the byte-order mark, and
# what Unicode sets aside for no character at all.
CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000)
    )
    + "]"
)
# Private use: readers see a box, and the build marks citations and components with them.
PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
KINDS = (("file-control", CONTROL), ("file-reserved-char", PRIVATE))
# What NFKC makes of the commonest marks; the rest of a usual text it leaves alone.
_WIDE = tuple(zip("，：（）；？！％…", (*",:();?!%", "..."), strict=True))
ENTITY = re.compile(r"&#(?:[xX]([0-9A-Fa-f]{1,6})|([0-9]{1,7}));?")


def is_clean(text: str) -> bool:
    """Whether there is certainly none of `KINDS` in it; `False` means that one has to look.

    Python knows of every character whether it can be printed; none of these can.
    """
    return text.replace("\n", "").replace("\t", "").replace("\u3000", "").isprintable()


def plain_marks(text: str) -> str:
    """The text with common full-width marks as NFKC writes them."""
    for wide, plain in _WIDE:
        text = text.replace(wide, plain)
    return text


def nfkc(text: str) -> str:
    """The text in that form. Python takes long for one with a character that is not."""
    text = plain_marks(text)
    return text if unicodedata.is_normalized("NFKC", text) else unicodedata.normalize("NFKC", text)


def of_entity(match: re.Match[str]) -> str:
    """The character a numeric entity stands for; `""` if it stands for none."""
    code = int(match[1], 16) if match[1] else int(match[2])
    return chr(code) if code < 0x110000 else ""
