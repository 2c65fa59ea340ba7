"""`[@id]` → numbered notes: marked before Markdown runs, set after sanitising."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from msgspec import Struct

from generator.facts import SourceRow
from generator.marks import CLOSE, OPEN
from generator.mask import outside_code
from generator.scanner import CITATION, CITED

_MARK = re.compile(f"{OPEN}c:([a-z0-9-]+){CLOSE}")

LEVELS = {
    "text-read": "读过条文",
    "secondary": "据公开报道和转载，没有读到官网原文",
}
_DOUBTS = ("记忆", "未核", "未见", "待核", "未读到", "未逐条", "见 evidence", "见 rule")
_OFFICIAL = (".gov.cn", ".pbccrc.org.cn", ".nifa.org.cn")


class CitedSource(Struct, frozen=True, cache_hash=True):
    """A source in the words a reader sees. Empty strings stand for what it does not have."""

    id: str
    title: str
    issuer: str
    document: str
    effective: str
    until: str
    status: str
    quote: str
    level: str
    checked: str
    url: str


class Note(Struct, frozen=True):
    """A cited source with its number on the page and the ids of the places that cite it."""

    number: int
    source: CitedSource
    places: tuple[str, ...]


@lru_cache(maxsize=1024)  # a row is cited on many pages; one value serves them all
def cited_source(row: SourceRow) -> CitedSource:
    """Raises `KeyError` for a row that is only remembered: it may not be published.

    An article number or a quotation is printed only where the text itself was read,
    and nothing whose own entry says that it was remembered or not checked.
    """
    read = row.verified == "text-read"
    article = _checked(row.article) if read else ""
    return CitedSource(
        id=row.id,
        title=row.title,
        issuer=row.issuer,
        document=" ".join(part for part in (_checked(row.number), article) if part),
        effective=_checked(row.effective),
        until=row.until.isoformat() if row.until else "",
        status=row.status,
        quote=(row.quote or "") if read else "",
        level=LEVELS[row.verified],
        checked=row.checked.isoformat(),
        url=official_url(row),
    )


def _checked(text: str | None) -> str:
    """`text` unless the editors noted in it that it is not certain."""
    return text if text and not any(doubt in text for doubt in _DOUBTS) else ""


def cited(source_id: str) -> str:
    """The mark `resolve` turns into a link to the note of a source."""
    return f"{OPEN}c:{source_id}{CLOSE}"


def mark(text: str) -> str:
    """Replace citations by marks that neither Markdown nor the sanitiser touches."""
    return replaced(text, cited)


def replaced(text: str, told: Callable[[str], str]) -> str:
    """`text` with every citation in it as what is `told` of each of its sources.

    The space an editor sets before a citation would part the number from its sentence: it goes.
    """
    pieces: list[str] = []
    at = 0
    for match in CITATION.finditer(outside_code(text)):
        pieces.append(text[at : match.start()].rstrip(" \t"))
        pieces += [told(name) for name in CITED.findall(match[0])]
        at = match.end()
    return "".join((*pieces, text[at:]))


def resolve(html: str, sources: Sequence[CitedSource]) -> tuple[str, tuple[Note, ...]]:
    """Set the marks of `html` as links to notes, numbered by first appearance."""
    by_id = {source.id: source for source in sources}
    numbers: dict[str, int] = {}
    places: dict[str, list[str]] = {}

    def link(match: re.Match[str]) -> str:
        source_id = match[1]
        number = numbers.setdefault(source_id, len(numbers) + 1)
        uses = places.setdefault(source_id, [])
        uses.append(f"yq-cite-{number}-{len(uses) + 1}")
        return (
            f'<sup class="cite"><a href="#yq-note-{number}" id="{uses[-1]}"'
            f' aria-label="出处 {number}">{number}</a></sup>'
        )

    resolved = _MARK.sub(link, html)
    notes = tuple(Note(number, by_id[key], tuple(places[key])) for key, number in numbers.items())
    return resolved, notes


def official_url(row: SourceRow) -> str:
    """The address of the row if a reader may be sent there, else `""`."""
    host = urlsplit(row.url or "").hostname or ""
    return row.url or "" if f".{host}".endswith(_OFFICIAL) else ""
