"""Chinese typography: gaps between Chinese and Latin, full-width punctuation; and its mending.

The rules are autocorrect's. Code, addresses, citations and blanks to be filled in are put out of
its sight, and every change is traced back to the characters it touches.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from generator.article import Fence
from generator.components import prose_alone
from generator.diagnostics import Diagnostic, Span
from generator.edit import Edit
from generator.messages import finding

# Stands for what must not be looked at: neither Chinese nor Latin nor punctuation.
_HIDDEN = "\ue002"
_UNTOUCHED = re.compile(
    r"(?=[\[\]\u3000 \t{&h!?*+#>\"\d-])(?:"
    r"^[ \t]*\[[^\]\n]+\]:[^\n]*|^[ \t]*(?:!!!|\?\?\?\+?)[ \t]*\w+[ \t]*\"|\"[ \t]*$"
    r"|^[ \t]*(?:[-*+]|\d+\.|#{1,6}|>)[ \t]|\[@[^\]\n]*\]"
    r"|\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\]\[[^\]\n]*\]|[\[\]\u3000]|[ \t]{2,}"
    r"|\{#[^}\n]*\}|&#?\w+;|https?://[^\s\u3000-\u9fff\uff00-\uffef]+)",
    re.MULTILINE,
)
_CHINESE = r"\u3400-\u9fff"
_MARK = r"\u3001-\u3020\uff01-\uff20"
_WIDE = r"\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
# A line without any of these is left as it is by every rule; most lines are. Each is found by a
# character that is rare in Chinese, and what stands beside that is looked at then.
_SUSPECT = re.compile(
    rf"[!-)+-@A-Za-z^|{{}}¥￥$'\"\d \t{_WIDE}](?:"
    rf"(?<=[{_CHINESE}{_MARK}].)(?:(?<=[{_CHINESE}][!-)+-@A-Za-z^|}}¥￥$])|(?<=[{_MARK}][ \t]))"
    rf"|(?=[{_CHINESE}{_MARK}])(?:(?<=[!-)+-@A-Za-z|{{])(?=[{_CHINESE}])|(?<=[ \t])(?=[{_MARK}]))"
    rf"|(?<=['\"{_WIDE}])|(?<=\d：\d))"
)
_ROUNDS = 4
_CONTEXT = 6


def findings(
    body: str, masked: str, fences: Sequence[Fence], path: str, offset: int
) -> Iterator[Diagnostic]:
    """One finding for each place; `offset` is where the body begins in the file."""
    for span, better in edits(body, masked, fences, offset):
        start, end = span.start - offset, span.end - offset
        before, after = body[max(0, start - _CONTEXT) : start], body[end : end + _CONTEXT]
        before, after = before.rpartition("\n")[2], after.partition("\n")[0]
        written = f"{before}{body[start:end]}{after}"
        shown = Span(span.start, max(span.end, span.start + 1))
        yield finding(
            "text-typography", path, shown, written=written, better=f"{before}{better}{after}"
        )


def edits(body: str, masked: str, fences: Sequence[Fence], offset: int) -> list[Edit]:
    """Every change that typography asks for, in order; spans count from the file's beginning.

    `masked` is the body without its code, see `mask.outside_code`.
    """
    prose = _prose(body, masked, fences, offset)
    found: list[Edit] = []
    at = 0
    while suspect := _SUSPECT.search(prose, at):
        start = prose.rfind("\n", 0, suspect.start()) + 1
        at = prose.find("\n", suspect.start()) % (len(prose) + 1)
        line = _visible(prose[start:at])
        if _SUSPECT.search(line):
            found.extend((span.shifted(offset + start), new) for span, new in _line_edits(line))
    return found


def _prose(body: str, masked: str, fences: Sequence[Fence], offset: int) -> str:
    """The body with code hidden, and of a component's text what is no prose."""
    if masked != body:
        lines = zip(body.split("\n"), masked.split("\n"), strict=True)
        masked = "\n".join(_hidden(own, kept) for own, kept in lines)
    for fence in fences:
        start = fence.text_span.start - offset
        text = prose_alone(fence, _HIDDEN)
        masked = masked[:start] + text + masked[start + len(text) :]
    return masked


def _visible(line: str) -> str:
    """A line with everything hidden that is no prose of ours."""
    return _UNTOUCHED.sub(lambda match: _HIDDEN * len(match[0]), line)


def _hidden(own: str, kept: str) -> str:
    if own == kept:
        return own
    return "".join(a if a == b else _HIDDEN for a, b in zip(own, kept, strict=True))


def _line_edits(line: str) -> Iterator[Edit]:
    better = _corrected(line)
    if better == line:
        return
    # Most corrections touch a few characters of a long line: the rest need not be compared.
    head = _shared(line, better)
    tail = _shared(line[:head:-1], better[:head:-1])
    old, new = line[head : len(line) - tail], better[head : len(better) - tail]
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        # What is hidden must stay: where the comparison cannot tell, the line is left alone.
        if what != "equal" and _HIDDEN not in old[a:b] + new[c:d]:
            yield Span(head + a, head + b), new[c:d]


def _shared(one: str, other: str) -> int:
    """With how many characters both begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _corrected(line: str) -> str:
    """Corrected until nothing more changes: one correction can make room for another."""
    import autocorrect_py  # a large library, and most files need none of it

    for _ in range(_ROUNDS):
        better = autocorrect_py.format(line)
        if better == line:
            break
        line = better
    return line
