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
    r"[01489](?<![\d.,/〔-].)(?:(?<=1)(?:2\d{3}|[3-9]\d{9})|(?<=9)[56]\d{3,4}"
    r"|(?<=[48])00[- ]?\d{3}[- ]?\d{4}|(?<=0)\d{2,3}-\d{7,8})"
    r"(?![\d%.,/-]|[^\S\n]?[元条万块人户天年个笔次％])"
)
_ENDS = "。！？；\n"
_SENTENCE_END = re.compile(rf"[{_ENDS}]")
_CALLING = re.compile(r"打|拨|电话|热线|号码|来电|接线|短信")


def phones(text: str, offset: int) -> Iterator[Placed]:
    """Every number in a sentence about calling; the body of the file begins at `offset`."""
    prose = text[:offset] + outside_code(text[offset:])
    end, calling = 0, False
    for match in _NUMBER.finditer(prose):
        if match.start() >= end:  # in another sentence than the one before
            start = max(prose.rfind(mark, end, match.start()) for mark in _ENDS) + 1
            closing = _SENTENCE_END.search(prose, match.end())
            end = closing.start() if closing else len(prose)
            calling = bool(_CALLING.search(prose, start, end))
        if calling:
            yield Placed(match[0], Span(*match.span()))
