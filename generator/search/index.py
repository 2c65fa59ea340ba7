"""The files of the search index: one manifest with a stable address, all else named by content.

search/index.json        how many pages, the names of everything else, the words of a query
search/t/<number>.<name>.txt    a shard: terms and where they are
search/d/<name>.json            what a result shows of one page
search/sounds.<name>.json       how characters sound, for typing errors and pinyin
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.fingerprint import digest
from generator.search import characters, postings
from generator.search.entry import Entry
from generator.search.vocabulary import Vocabulary
from generator.terms import FUNCTION

MANIFEST = "search/index.json"
_NAME = 6
"""Hex digits of a name; two pages with one name are told apart by the next digits."""
_BASE, _FIRST = 24, 48
_FEW = 16


@dataclass(frozen=True, slots=True)
class Index:
    """The files of an index but for the pages' texts: fingerprints by destination, and of what
    and by which code they were made. `readings` saves asking the library again, `lines` and the
    keys of `pages` gathering all terms again when few pages changed.
    """

    inputs: str
    generator: str
    files: tuple[tuple[str, str], ...]
    readings: str
    pages: tuple[str, ...]
    lines: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MadeIndex:
    """An index with the bytes of its files."""

    index: Index
    contents: Mapping[str, bytes]


def document_names(entries: Sequence[Entry]) -> list[str]:
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


def inputs_digest(entries: Sequence[Entry], vocabulary: Vocabulary, generator: str) -> str:
    """What an index depends on."""
    own = (part for entry in entries for part in (entry.name, entry.terms, entry.spoken))
    return digest(generator, vocabulary.model_dump_json(), *own)


def made(
    pages: Mapping[str, Entry],
    vocabulary: Vocabulary,
    generator: str,
    old: Index | None,
    remembered: Mapping[str, Entry],
) -> MadeIndex:
    """Every file of the index. `pages` are the entries by key, in order; `old` is an earlier index
    and `remembered` holds the entries of its pages.
    """
    old = old if old and old.generator == generator else None
    readings = old.readings if old else _told(characters.readings())
    entries = list(pages.values())
    terms = _exchanged(pages, old, remembered) if old else {}
    if not terms:
        found = postings.gathered(entry.terms for entry in entries)
        terms = {term: postings.written(numbers) for term, numbers in found.items()}
    lines = dict(terms)
    held = frozenset("".join(terms))
    spoken = (pair for entry in entries for pair in entry.spoken.split())
    lines |= postings.sound_lines(spoken)
    contents, shards = _sharded(lines, len(entries))
    sounds = _sounds(readings)
    sounds_name = f"search/sounds.{digest(sounds)[:_NAME]}.json"
    contents[sounds_name] = sounds
    contents[MANIFEST] = _manifest(
        {
            "pages": len(entries),
            "shards": shards,
            "documents": "".join(document_names(entries)),
            "sounds": sounds_name.removeprefix("search/"),
            "simplified": _traditional(held),
            "particles": "".join(sorted(FUNCTION)),
            **_words(vocabulary.normalised()),
        }
    )
    files = tuple((name, digest(content)) for name, content in contents.items())
    inputs = inputs_digest(entries, vocabulary, generator)
    return MadeIndex(Index(inputs, generator, files, readings, tuple(pages), terms), contents)


def _exchanged(
    pages: Mapping[str, Entry], old: Index, remembered: Mapping[str, Entry]
) -> dict[str, str]:
    """The lines of `old` with the terms of a few pages exchanged; none if that is not the way."""
    if len(pages) != len(old.pages):
        return {}
    places = zip(range(len(pages)), old.pages, pages, strict=True)
    changed = [(at, was, key) for at, was, key in places if was != key]
    if len(changed) > _FEW or any(was not in remembered for _, was, _ in changed):
        return {}
    lines = dict(old.lines)
    for at, was, key in changed:
        postings.exchange(lines, at, remembered[was].terms, pages[key].terms)
    return lines


def _sharded(lines: Mapping[str, str], pages: int) -> tuple[dict[str, bytes], str]:
    """The files that hold `lines`, and the names of all of them as the manifest tells them."""
    contents: dict[str, bytes] = {}
    names = []
    for number, text in enumerate(postings.shards(lines, postings.shard_count(pages))):
        names.append(digest(text)[:_NAME])
        contents[f"search/t/{number}.{names[-1]}.txt"] = text.encode()
    return contents, "".join(names)


def _manifest(fields: Mapping[str, object]) -> bytes:
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()


def _words(vocabulary: Vocabulary) -> dict[str, object]:
    return {
        "synonyms": [[row.words, row.means] for row in vocabulary.synonyms],
        "tails": sorted(vocabulary.tails, key=lambda word: (-len(word), word)),
        "crisis": vocabulary.crisis,
    }


def _traditional(held: frozenset[str]) -> str:
    """Traditional characters whose simplified form the index holds, each before that form."""
    pairs = characters.simplified().items()
    return "".join(chr(old) + new for old, new in sorted(pairs) if new in held)


def _told(readings: Mapping[str, tuple[str, ...]]) -> str:
    return "\n".join(" ".join((character, *heard)) for character, heard in readings.items())


def _heard(readings: str) -> dict[str, tuple[str, ...]]:
    rows = (line.split(" ") for line in readings.split("\n"))
    return {character: tuple(heard) for character, *heard in rows}


def _sounds(readings: str) -> bytes:
    """All syllables, and for each character of GB 2312 in order the number of its first one."""
    heard = characters.readings()
    syllables = sorted({syllable for row in heard.values() for syllable in row})
    number = {syllable: at for at, syllable in enumerate(syllables)}
    codes = "".join(
        chr(_FIRST + number[row[0]] // _BASE) + chr(_FIRST + number[row[0]] % _BASE)
        for row in heard.values()
    )
    return _manifest({"syllables": " ".join(syllables), "codes": codes})
