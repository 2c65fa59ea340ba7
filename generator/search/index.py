"""The files of the search index: one manifest with a stable address, all else named by content.

search/index.json               how many pages, the names of everything else, the words of a query
search/t/<number>.<name>.txt    a shard: terms and where they are
search/s/<number>.<name>.txt    a shard: sounds and the pairs that have them, whole titles
search/p/<number>.<name>.json   what a result shows of eight pages, without their text
search/d/<name>.json            the text of one page: `Entry.name`, see `document_names`
search/sounds.<name>.json       how characters sound
search/simplified.<name>.json   what traditional characters are in simplified ones
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from generator.fingerprint import digest
from generator.search import characters, postings
from generator.search.entry import Entry, Listing
from generator.search.vocabulary import Vocabulary
from generator.terms import FUNCTION

MANIFEST = "search/index.json"
CARDS = 8
"""So many pages share a file of cards."""
_NAME = 6
"""Hex digits of a name; two pages with one name are told apart by the next digits."""
_BASE, _FIRST = 24, 48
_FEW = 16


class Listed(Struct, frozen=True):
    """A page of the index. `key` is of its listing and all that decides its text."""

    key: str
    listing: Listing
    entry: Entry


class Index(Struct, frozen=True):
    """The files of an index but for the pages' texts: fingerprints by destination, and of what
    and by which code they were made. `terms` and `sounds` are the contents of the shards, `heard`
    of the table of sounds: they save making all again when few of the `pages` changed.
    """

    inputs: str
    generator: str
    files: tuple[tuple[str, str], ...]
    pages: tuple[str, ...]
    terms: tuple[bytes, ...]
    sounds: tuple[bytes, ...]
    heard: bytes


class MadeIndex(Struct, frozen=True):
    """An index with the bytes of its files."""

    index: Index
    contents: Mapping[str, bytes]


def document_names(entries: Iterable[Entry]) -> list[str]:
    """The name of each page's text file, from its own digest as far as that tells it apart."""
    taken: dict[str, str] = {}
    names = []
    for entry in entries:
        start = 0
        while taken.setdefault(name := entry.name[start : start + _NAME], entry.name) != entry.name:
            start += _NAME
        names.append(name)
    return names


def document_path(name: str) -> str:
    return f"search/d/{name}.json"


def inputs_digest(pages: Sequence[Listed], vocabulary: Vocabulary, generator: str) -> str:
    """What an index depends on; the key of a page says more, for it depends on its template."""
    own = (page.entry.digest for page in pages)
    return digest(generator, vocabulary.model_dump_json(), *own)


def made(
    pages: Sequence[Listed],
    vocabulary: Vocabulary,
    generator: str,
    old: Index | None,
    remembered: Mapping[str, Entry],
) -> MadeIndex:
    """Every file of the index. `pages` are in order; `old` is an earlier index and `remembered`
    holds the entries of its pages.
    """
    changed = _changed(pages, old, generator, remembered)
    terms = _terms(pages, changed)
    sounds, heard = _spoken(pages, changed)
    contents = _contents(pages, terms, sounds, heard, vocabulary)
    files = tuple((name, digest(content)) for name, content in contents.items())
    inputs = inputs_digest(pages, vocabulary, generator)
    keys = tuple(page.key for page in pages)
    index = Index(inputs, generator, files, keys, tuple(terms), tuple(sounds), heard)
    return MadeIndex(index, contents)


class _Changed(Struct, frozen=True):
    """An earlier index of as many pages, and the places of a few with what stood there."""

    index: Index
    places: Sequence[tuple[int, Entry]]


def _changed(
    pages: Sequence[Listed], old: Index | None, generator: str, remembered: Mapping[str, Entry]
) -> _Changed | None:
    """None if everything has to be made again."""
    if old is None or old.generator != generator or len(pages) != len(old.pages):
        return None
    places = zip(range(len(pages)), old.pages, pages, strict=True)
    changed = [(at, was) for at, was, page in places if was != page.key]
    if len(changed) > _FEW or any(was not in remembered for _, was in changed):
        return None
    return _Changed(old, [(at, remembered[was]) for at, was in changed])


def _terms(pages: Sequence[Listed], changed: _Changed | None) -> list[bytes]:
    """The shards of terms."""
    count = len(pages)
    if changed is None:
        gathered = postings.gathered(page.entry.terms for page in pages)
        return postings.shards(postings.written(gathered, count), postings.shard_count(count))
    news = (
        change
        for at, was in changed.places
        for change in postings.changes(at, was.terms, pages[at].entry.terms)
    )
    return postings.exchanged(changed.index.terms, news, count)


def _spoken(pages: Sequence[Listed], changed: _Changed | None) -> tuple[Sequence[bytes], bytes]:
    """The shards of sounds, and how characters sound."""
    if changed and all(was.spoken == pages[at].entry.spoken for at, was in changed.places):
        return changed.index.sounds, changed.index.heard
    spoken = [page.entry.spoken for page in pages]
    shards = postings.shards(postings.sound_lines(spoken), postings.sound_shard_count(len(pages)))
    return shards, _sounds(frozenset("".join(spoken)))


def _contents(
    pages: Sequence[Listed],
    terms: Sequence[bytes],
    sounds: Sequence[bytes],
    heard: bytes,
    vocabulary: Vocabulary,
) -> dict[str, bytes]:
    """Every file, the manifest at the end."""
    contents: dict[str, bytes] = {}

    def named(folder: str, ending: str, parts: Iterable[bytes]) -> str:
        names = []
        for number, part in enumerate(parts):
            names.append(digest(part)[:_NAME])
            contents[f"search/{folder}/{number}.{names[-1]}.{ending}"] = part
        return "".join(names)

    def alone(name: str, part: bytes) -> str:
        path = f"{name}.{digest(part)[:_NAME]}.json"
        contents[f"search/{path}"] = part
        return path

    words = vocabulary.normalised()
    fields = {
        "pages": len(pages),
        "terms": named("t", "txt", terms),
        "sounds": named("s", "txt", sounds),
        "cards": named("p", "json", _cards(pages)),
        "readings": alone("sounds", heard),
        "simplified": alone("simplified", _traditional(frozenset(postings.keys(terms)))),
        "doubtful": "".join(c for c in characters.common() if ord(c) in characters.simplified()),
        "particles": "".join(sorted(FUNCTION)),
        "synonyms": [[row.words, row.means] for row in words.synonyms],
        "tails": sorted(words.tails, key=lambda word: (-len(word), word)),
        "crisis": words.crisis,
    }
    contents[MANIFEST] = _json(fields)
    return contents


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _cards(pages: Sequence[Listed]) -> Iterable[bytes]:
    names = document_names(page.entry for page in pages)
    rows = [
        (one.path, one.title, one.summary, one.aliases, name)
        for one, name in zip((page.listing for page in pages), names, strict=True)
    ]
    return (_json(rows[at : at + CARDS]) for at in range(0, len(rows), CARDS))


def _traditional(held: frozenset[str]) -> bytes:
    """Traditional characters whose simplified form the index holds, each before that form."""
    pairs = characters.simplified().items()
    return _json("".join(chr(old) + new for old, new in pairs if new in held))


def _sounds(spoken: frozenset[str]) -> bytes:
    """What looks alike, all syllables, and the number of the first one of each character: those in daily use in the
    order of GB 2312, then the others that titles have.
    """
    heard = characters.readings()
    everyday = characters.common()[: characters.EVERYDAY]
    others = "".join(sorted(spoken & heard.keys() - set(everyday)))
    syllables = sorted({syllable for row in heard.values() for syllable in row})
    number = {syllable: at for at, syllable in enumerate(syllables)}
    codes = "".join(
        chr(_FIRST + at // _BASE) + chr(_FIRST + at % _BASE)
        for at in (number[heard[character][0]] for character in everyday + others)
    )
    return _json(
        {
            "syllables": " ".join(syllables),
            "others": others,
            "codes": codes,
            "shapes": characters.SHAPES,
        }
    )
