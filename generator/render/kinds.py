"""Parts of a folder's modules that only one kind of page needs.

A line `// only KIND` at the left edge begins what pages of another kind are served without, up to
the next such line or to `// all kinds`. What is outside may not name what is inside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_PART = re.compile(r"^// only (?P<kind>\w+)\n(?:(?!// (?:only|all) ).*\n)*", re.MULTILINE)


def kinds(texts: Iterable[str]) -> tuple[str, ...]:
    """The kinds that parts are kept for, in alphabetical order."""
    return tuple(sorted({found["kind"] for text in texts for found in _PART.finditer(text)}))


def only(kind: str, sources: Mapping[str, str]) -> Mapping[str, str]:
    """The modules for one kind; lines that are left out stay as empty ones, so that lines count."""

    def part(found: re.Match[str]) -> str:
        return found[0] if found["kind"] == kind else "\n" * found[0].count("\n")

    return {name: _PART.sub(part, text) for name, text in sources.items()}
