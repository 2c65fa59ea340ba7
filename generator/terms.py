"""What an article is about, as weighted terms. Depends on its own text and nothing else.

Chinese is not segmented: a term is a pair of neighbouring Han characters, which
needs no dictionary and finds every word of two characters and the parts of longer
ones. Latin words and numbers of two or more characters are terms as well.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from generator.characters import nfkc

Terms = tuple[tuple[str, int], ...]
"""(term, weight), heaviest first, ties by term."""

# A term keeps at most so much weight, and an article so many terms.
_WEIGHT_LIMIT = 12
_TERM_LIMIT = 48
_TITLE, _ALIAS, _SUMMARY, _HEADING = 4, 2, 2, 2
_BODY_LIMIT = 3

# Characters that carry grammar, not subject: a pair with one of them says nothing.
FUNCTION = frozenset(
    "的了是在和与或不也就都而及等你我他她它们这那个有没要会能可以把被给对从到向还再先后前"
    "着过吗呢吧啊么哪什怎样多少几其之于为因所只又很更最最每各该此时说看做用让叫去来上下中里"
)
_HAN = range(0x3400, 0xA000)


def _subject() -> str:
    """The Han characters that carry subject, as ranges for a pattern."""
    bounds = [_HAN.start - 1, *sorted(map(ord, FUNCTION)), _HAN.stop]
    gaps = ((before + 1, after - 1) for before, after in pairwise(bounds))
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in gaps if first <= last)


# Every two neighbours, overlapping: a look ahead takes no room, so the next begins inside it.
_PAIR = re.compile(f"(?=([{_subject()}]{{2}}))")
_WORD = re.compile(r"[a-z0-9]{2,}")
_CODE = re.compile(r"\[@[^\[\]]*+\]|\]\([^()]*+\)|`[^`]*+`")


def pairs(text: str) -> list[str]:
    """The terms of a text with repetitions, pairs first."""
    folded = nfkc(text).lower()
    found: list[str] = _PAIR.findall(folded)
    found += _WORD.findall(folded)
    return found


def weighted(
    title: str, aliases: Iterable[str], summary: str, headings: Iterable[str], body: str
) -> Terms:
    """Those of an article."""
    weights: dict[str, int] = {}
    for weight, texts in (
        (_TITLE, (title,)),
        (_ALIAS, aliases),
        (_SUMMARY, (summary,)),
        (_HEADING, headings),
    ):
        for text in texts:
            for term in set(pairs(text)):
                weights[term] = weights.get(term, 0) + weight
    for term, count in Counter(pairs(_CODE.sub(" ", body))).items():
        if count > 1 or term in weights:
            weights[term] = weights.get(term, 0) + min(count, _BODY_LIMIT)
    # Most terms are too light to be kept, so they need not be put in order.
    floor = min(sorted(weights.values(), reverse=True)[:_TERM_LIMIT], default=0)
    heavy = (entry for entry in weights.items() if entry[1] >= floor)
    ranked = sorted(heavy, key=lambda entry: (-entry[1], entry[0]))
    return tuple((term, min(weight, _WEIGHT_LIMIT)) for term, weight in ranked[:_TERM_LIMIT])
