"""Days, numbers of standards, telephone numbers and ranges, each on one line.

A browser may break 2026-11-24 or 1—3 behind the line in it. Signs that forbid it would be copied
with the number and be in the way of who looks for it, so an element keeps it together.
"""

from __future__ import annotations

import re

from generator.marks import CLOSE, OPEN

# What is part of a word or an address is none of these, and what is followed by the end of a tag or
# of a mark stands in it.
_REST = r"(?>(?:[\d.,]*\d)?)%?+"
_FIGURE = re.compile(
    rf"\d(?<![a-zA-Z\d_./-].){_REST}(?>(?:[-–—~～]\d{_REST})+)(?![a-zA-Z\d_/—-])"
    f"(?![^<>{OPEN}{CLOSE}]*+[>{CLOSE}])"
)
_PRE = re.compile("(<pre>.*?</pre>)", re.DOTALL)


def unbroken(html: str) -> str:
    """`html` as it is safe to print, attributes in it without `<` and `>`."""
    if "<pre>" in html:  # what is written there breaks where it must
        return "".join(part if part[:5] == "<pre>" else _kept(part) for part in _PRE.split(html))
    return _kept(html)


def _kept(html: str) -> str:
    return _FIGURE.sub(r'<span class="unbroken">\g<0></span>', html)
