"""Articles that say nearly the same: a sketch of each, and the pairs whose sketches agree.

A sketch is the smallest hashes of what an article's clauses begin and end with (bottom-k
minhash), so the share of equal hashes estimates the share of equal text. It is made when an
article is parsed and kept with it; comparing costs the same for every article of any site, and
two that were compared once are not compared again.
"""

from __future__ import annotations

import hashlib
import re
import struct
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain, groupby
from zlib import crc32

from generator.article import Article
from generator.diagnostics import Diagnostic
from generator.messages import finding
from generator.scanner import CITATION

ALIKE = 60
"""From this estimated share of equal text on (percent) two articles are near-duplicates."""

_SIZE = 64
_SHINGLE = 8
# With less text than this there is nothing to compare.
_LEAST = 24
# A sketch is looked for by its first hashes, and in a crowd only among its neighbours. One hash
# in common is a stock phrase; of two articles that are alike one pair in 600 has no second one.
_LOOKED_UP = 10
_NEIGHBOURS = 4
_SHARED = 2
# Of the number of a pair, made from those of its sketches.
_ODD = 0x9E3779B97F4A7C15
_LARGEST = (1 << 64) - 1
_CLAUSE = re.compile(r"[\w%]{6,}")
_NO_TEXT = re.compile(rf"{CITATION.pattern}|\]\([^()\n]*\)")
_NO_CHARACTER = " \t*_`"


def sketch(body: str) -> bytes:
    """The smallest hashes in ascending order, four bytes each; empty for a short text."""
    text = _NO_TEXT.sub("", body)
    for mark in _NO_CHARACTER:
        text = text.replace(mark, "")
    clauses: list[str] = _CLAUSE.findall(text)
    shingles = {clause[:_SHINGLE] for clause in clauses} | {
        clause[-_SHINGLE:] for clause in clauses
    }
    if len(shingles) < _LEAST:
        return b""
    smallest = sorted([crc32(shingle.encode()) for shingle in shingles])[:_SIZE]
    return struct.pack(f">{len(smallest)}I", *smallest)


def likeness(one: bytes, other: bytes) -> int:
    """The estimated share of equal text of two sketches, in percent."""
    mine, others = set(_hashes(one)), set(_hashes(other))
    size = min(len(mine), len(others))
    union = sorted(mine | others)[:size]
    return 100 * sum(value in mine and value in others for value in union) // max(size, 1)


def near_duplicates(
    articles: Iterable[Article], unlike: bytes, code: str
) -> tuple[tuple[Diagnostic, ...], bytes]:
    """Each pair that says nearly the same, reported once, at the title of the later one; and the
    pairs that do not, for the next time: `unlike` are those of an earlier build, `code` is the
    digest of the generator.
    """
    ordered = sorted(articles, key=lambda article: (article.published, article.slug))
    marks = [_mark(article.sketch, code) for article in ordered]
    known = frozenset(array("Q", unlike))
    hashes = cache(lambda at: frozenset(_hashes(ordered[at].sketch)))
    strangers: set[int] = set()
    near = []
    for one, other in _candidates(ordered):
        key = (marks[one] * _ODD + marks[other]) & _LARGEST
        if key not in known:
            # Most pairs end here: the estimate can only be smaller than this share.
            mine, others = hashes(one), hashes(other)
            if 100 * len(mine & others) >= ALIKE * min(len(mine), len(others)):
                near.append((one, other))
                continue
        strangers.add(key)
    findings = tuple(_alike((ordered[one], ordered[other]) for one, other in sorted(near)))
    return findings, array("Q", sorted(strangers)).tobytes()


def _alike(near: Iterable[tuple[Article, Article]]) -> Iterator[Diagnostic]:
    for earlier, later in near:
        share = likeness(earlier.sketch, later.sketch)
        if share >= ALIKE:
            yield finding(
                "article-duplicate", later.path, later.title_span, other=earlier.path, share=share
            )


def _mark(sketch: bytes, code: str) -> int:
    """Tells sketches apart, and what was found of them by other code."""
    return int.from_bytes(hashlib.blake2b(sketch, digest_size=8, key=code.encode()).digest())


def _candidates(articles: list[Article]) -> set[tuple[int, int]]:
    # A hash and who has it in one number: in order, all who share it stand side by side.
    held = sorted(
        value * len(articles) + at
        for at, article in enumerate(articles)
        for value in _hashes(article.sketch[: 4 * _LOOKED_UP])
    )
    groups = groupby(held, len(articles).__rfloordiv__)
    holders = ([number % len(articles) for number in sharing] for _, sharing in groups)
    meetings = Counter(
        chain.from_iterable(
            zip(holding, holding[apart:])  # noqa: B905  the others have nobody so far behind
            for holding in holders
            if len(holding) > 1
            for apart in range(1, _NEIGHBOURS + 1)
        )
    )
    return {pair for pair, times in meetings.items() if times >= _SHARED}


def _hashes(packed: bytes) -> tuple[int, ...]:
    return struct.unpack(f">{len(packed) // 4}I", packed)
