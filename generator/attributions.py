"""Where a text says that the law demands something, and what that sentence rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.article import Attribution, Citation
from generator.diagnostics import Span
from generator.rules.phrases import is_meant, own_statements

_LAW = re.compile(r"法律(?:明确|明文|上)?(?:规定|要求|禁止|不许|不准|不允许)|违法|犯法")
_SENTENCE_END = re.compile(r"[。！？；|\n]")
# The citations of a sentence stand behind its full stop.
_CITED = re.compile(r"[。！？；]?(?:[ \t]*\[@[^\]\n]*\])*")


def attributions(text: str, citations: Sequence[Citation]) -> tuple[Attribution, ...]:
    """Those of sentences with a source of their own, in the file `text`."""
    return tuple(_attributions(text, citations)) if _LAW.search(text) else ()


def _attributions(text: str, citations: Sequence[Citation]) -> Iterator[Attribution]:
    masked = own_statements(text)
    for match in filter(lambda found: is_meant(masked, found), _LAW.finditer(masked)):
        ends = [end.start() for end in _SENTENCE_END.finditer(masked, 0, match.start())]
        closing = _SENTENCE_END.search(masked, match.end())
        start = _behind(text, ends[-1]) if ends else 0
        end = _behind(text, closing.start() if closing else len(text))
        cited = tuple(
            dict.fromkeys(
                citation.source_id for citation in citations if start <= citation.span.start < end
            )
        )
        if cited:
            yield Attribution(Span(match.start(), match.end()), match[0], cited)


def _behind(text: str, end: int) -> int:
    """Behind the citations of the sentence that ends at `end`."""
    found = _CITED.match(text, end)
    return found.end() if found else end
