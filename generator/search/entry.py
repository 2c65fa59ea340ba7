"""What the index keeps of one page, from the page alone: its terms by weight, and its text.

A term's weight adds up over the fields it stands in (BM25F); the length that tempers
repetitions is that of a usual article, not of this site's, so that no page's entry depends
on another page. Weights are kept as levels, steps of a logarithm.
"""

from __future__ import annotations

import html
import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct, json

from generator.fingerprint import value_digest
from generator.search import packed_terms, tokens
from generator.search.packed_terms import LEVELS

_STEPS = 1.6
"""Levels for each doubling of a weight."""
_BOUNDS = [2 ** ((level + 0.5) / _STEPS) for level in range(LEVELS - 1)]
_TITLE, _ALIAS, _ALIAS_AGAIN, _SUMMARY, _HEADING = 7.0, 4.0, 1.0, 2.0, 2.0
_USUAL_LENGTH = 1500
_OFTEN = 4 * LEVELS
_APART = " \n"

_CITATION = re.compile(r'<sup class="cite">.*?</sup>')
_HEADING_TAG = re.compile(r'<h[2-6][^>]*? id="([^"]*)"[^>]*>(.*?)</h[2-6]>', re.DOTALL)
# The two rows of a fact check that must not be read apart: `templates/components/fact-check`.
_CLAIM = re.compile(
    r"<dt>说法</dt><dd[^>]*>(.*?)</dd></div>\s*"
    r'<div class="fact-check__row"><dt>结论</dt><dd[^>]*>(.*?)</dd>',
    re.DOTALL,
)
_BLOCK = re.compile(
    r"<(?=/?(?:p|li|[uod]l|d[td]|t[dhr]|table|div|aside|blockquote|pre|summary|br)\b)"
)
_TAG = re.compile(r'<[^>"]*(?:"[^"]*"[^>"]*)*>')
# A Han character with another one, or with a number.
_SPOKEN = re.compile(r"[^\x00-\x7f]{2}$|[^\x00-\x7f][0-9.]+$|[0-9.]+[^\x00-\x7f]$")


class Listing(Struct, frozen=True, gc=False):
    """A page as search knows it before rendering. `path` is its address on the site.

    `order` sorts the pages of the index; those that come last are the newest.
    """

    order: str
    path: str
    title: str
    summary: str
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


class Entry(Struct, frozen=True, gc=False):
    """`terms` are packed, see `packed_terms`; `spoken` is `=` with the mark of the title, then the
    pairs that can be found by their sound; `name` is the digest of the page's text file, `digest`
    of all the index knows of the page.
    """

    terms: bytes
    spoken: str
    name: str
    digest: str


class Section(Struct, frozen=True):
    """A heading with the text below it, as readers see it; the first has no heading."""

    anchor: str
    heading: str
    text: str


def sections(body: str) -> tuple[Section, ...]:
    """The text of a rendered body (sanitised HTML), without citation marks and tags.

    A claim keeps its verdict beside it: a snippet must not pass it on as ours.
    """
    parts = _HEADING_TAG.split(_CLAIM.sub(r"有人说：“\1” 结论：\2。", _CITATION.sub("", body)))
    heads = [("", ""), *((parts[at], parts[at + 1]) for at in range(1, len(parts), 3))]
    found = (
        Section(html.unescape(anchor), _plain(heading), _plain(text))
        for (anchor, heading), text in zip(heads, parts[::3], strict=True)
    )
    return tuple(section for section in found if section.heading or section.text)


def _plain(markup: str) -> str:
    """Text; what stands in different blocks is kept apart by a space."""
    return " ".join(html.unescape(_TAG.sub("", _BLOCK.sub(" <", markup))).split())


def document(listing: Listing, parts: Iterable[Section]) -> bytes:
    """The file a browser reads to show a stretch of the page and to look for a phrase."""
    told = [[part.anchor, part.heading, part.text] for part in parts]
    return json.encode([listing.path, told])


def described(listing: Listing, parts: Sequence[Section], name: str) -> Entry:
    """The entry of a page whose text file has the digest `name`."""
    terms, spoken = _described(listing, parts)
    known = value_digest((listing, terms), name, spoken)
    return Entry(terms, spoken, name, known)


def _described(listing: Listing, parts: Sequence[Section]) -> tuple[bytes, str]:
    """`Entry.terms` and `Entry.spoken` of a page."""
    title = _counted((listing.title,))
    names = _counted((*listing.aliases, *listing.tags))
    body = _counted(part.text for part in parts)
    temper = 0.5 + 0.5 * body.total() / _USUAL_LENGTH
    weights: dict[str, float] = {}
    for counts, first, again in (
        (title, _TITLE, 0.0),
        (names, _ALIAS, _ALIAS_AGAIN),
        (_counted((listing.summary,)), _SUMMARY, 0.0),
        (_counted(part.heading for part in parts), _HEADING, 0.0),
    ):
        for term, count in counts.items():
            weights[term] = weights.get(term, 0.0) + first + again * (count - 1)
    lines: list[list[str]] = [[] for _ in range(LEVELS)]
    for term, weight in weights.items():
        lines[_level(weight + body.pop(term, 0) / temper)].append(term)
    by_count = [lines[_level(max(count, 1) / temper)] for count in range(_OFTEN + 1)]
    for term, count in body.items():
        by_count[count if count < _OFTEN else _OFTEN].append(term)
    mark = tokens.mark(tokens.canonical(tokens.folded(listing.title)))
    heard = sorted(filter(_SPOKEN.match, title.keys() | names.keys()))
    return packed_terms.pack(lines), " ".join((f"={mark:x}", *heard))


def _counted(texts: Iterable[str]) -> Counter[str]:
    return tokens.counted(tokens.folded(_APART.join(texts)))


def _level(weight: float) -> int:
    return bisect(_BOUNDS, weight)
