"""Where a text names a telephone number, so that a wrong digit cannot send a reader astray."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.article import Placed
from generator.diagnostics import Span
from generator.mask import outside_code

# Service numbers of five or six digits, 400 and 800 lines, area codes, mobiles: not 110 or 120,
# which are amounts as well, and nothing that is counted or measured.
_NUMBER = re.compile(
    r"(?<![\d.,/〔-])(?:12\d{3}|9[56]\d{3,4}|[48]00[- ]?\d{3}[- ]?\d{4}|0\d{2,3}-\d{7,8}|1[3-9]\d{9})"
    r"(?![\d%.,/-]|\s?[元条万块人户天年个笔次％])"
)
_SENTENCE = re.compile(r"[^。！？；\n]+")
_CALLING = re.compile(r"打|拨|电话|热线|号码|来电|接线|短信")


def phones(text: str, offset: int) -> Iterator[Placed]:
    """Every number in a sentence about calling; the body of the file begins at `offset`."""
    prose = text[:offset] + outside_code(text[offset:])
    for sentence in _SENTENCE.finditer(prose):
        if _CALLING.search(sentence[0]):
            for match in _NUMBER.finditer(sentence[0]):
                at = sentence.start() + match.start()
                yield Placed(match[0], Span(at, at + len(match[0])))
