"""What of a Markdown text is not prose, blanked with spaces of the same length: offsets stay.

Every pattern is linear in the length of a line: an article must not be able to make the
build hang. Possessive quantifiers and excluded characters see to that; of a group it is an atomic
one, `(?>(?:…)*)`, for Python before 3.11.5 gets `(?:…)*+` wrong. Python looks for a pattern far
faster if it begins with characters: what must stand before them is asked behind them.
"""

from __future__ import annotations

import re
from functools import lru_cache

_BLOCK = re.compile(
    r"(`(?<=^`)`{2,}+|~(?<=^~)~{2,}+)[^\n`]*+\n(?>(?:(?!\1)[^\n]*+\n)*)\1[ \t]*+$", re.MULTILINE
)
# Not over an empty line, a new list entry, quote, heading, row or other beginning of a block.
CODE_SPAN = re.compile(
    r"(`(?<![`\\]`)`*)((?:[^\n|]|\n(?![ \t]*(?:\n|[-*+>#|:!?]|\d+\.))){1,400}?)(?<!`)\1(?!`)"
)
AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]*:[^\s<>]*)>")
TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>?")


@lru_cache(maxsize=4)  # many rules ask for that of the body they look at
def outside_code(text: str) -> str:
    """`text` with everything blanked in which a citation is not a citation but words."""
    if "`" in text or "~~~" in text:
        for match in reversed(list(_BLOCK.finditer(text))):
            text = text[: match.start()] + blank(match[0]) + text[match.end() :]
        text = CODE_SPAN.sub(blank_match, text)
    return without_markup(text)


def without_markup(prose: str) -> str:
    if "<" not in prose:
        return prose
    return TAG.sub(blank_match, AUTOLINK.sub(blank_match, prose))


def blank_match(match: re.Match[str]) -> str:
    return blank(match[0])


def blank(text: str) -> str:
    """Spaces of the same length, line breaks kept."""
    return "\n".join(" " * len(line) for line in text.split("\n"))
