"""Where a text names articles of a law: “民事诉讼法第 264 条”, “第二百二十五条、第二百二十七条”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.article import Citation, Fence, Provision
from generator.diagnostics import Span
from generator.mask import outside_code

_NUMBER = r"(?:\d{1,4}|[零〇一二两三四五六七八九十百千]{1,9})"
_MORE = rf"(?:\s?条)?\s?[、，和及至到—–-]\s?(?:第\s?)?{_NUMBER}"
# With 第, or right behind the name of a law: “治安法 50 条”. “50 条信息” is neither.
_NAMED = re.compile(rf"[第法》）)](?:(?<=第)\s?{_NUMBER}|(?<!第)\s?\d{{1,4}})(?>(?:{_MORE})*)\s?条")
_ONE = re.compile(_NUMBER)
_SENTENCE_END = re.compile(r"[。！？；|\n]")
_DIGITS = {digit: at for at, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}


def provisions(
    text: str, offset: int, fences: Sequence[Fence], citations: Sequence[Citation]
) -> tuple[Provision, ...]:
    """Every article named in the file `text`, whose body begins at `offset`; code is no text."""
    return tuple(_provisions(_prose(text, offset, fences), citations))


def _provisions(prose: str, citations: Sequence[Citation]) -> Iterator[Provision]:
    for match in _NAMED.finditer(prose):
        line_start = prose.rfind("\n", 0, match.start()) + 1
        line_end = _end(prose, match.end(), "\n")
        start = line_start + _last_end(prose[line_start : match.start()])
        end = _SENTENCE_END.search(prose, match.end())
        cited = tuple(
            dict.fromkeys(
                citation.source_id
                for citation in citations
                if line_start <= citation.span.start < line_end
            )
        )
        for one in _ONE.finditer(match[0]):
            at = match.start() + one.start()
            yield Provision(
                number=number(one[0]),
                span=Span(at, at + len(one[0])),
                before=prose[line_start:at],
                sentence=prose[start : end.start() if end else len(prose)],
                cited=cited,
            )


def _prose(text: str, offset: int, fences: Sequence[Fence]) -> str:
    """The file with code blanked; what stands in a component counts as text."""
    prose = text[:offset] + outside_code(text[offset:])
    for fence in fences:
        start, end = fence.text_span.start, fence.text_span.end
        prose = prose[:start] + fence.text + prose[end:]
    return prose


def _end(text: str, start: int, mark: str) -> int:
    end = text.find(mark, start)
    return len(text) if end < 0 else end


def _last_end(text: str) -> int:
    """Behind the last sentence that ends in `text`."""
    return max((match.end() for match in _SENTENCE_END.finditer(text)), default=0)


def number(written: str) -> int:
    """`264` and `二百六十四` are the same number."""
    if written.isdecimal():
        return int(written)
    total = digit = 0
    for char in written:
        if char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit
