"""The files of the search index: one manifest with a stable address, all else named by content.

search/index.json               how many pages, the names of everything else, the words of a query
search/t/<number>.<name>.txt    a shard: terms and where they are, sounds and the pairs that have
                                them, whole titles
search/x/<number>.<name>.txt    a shard: the rest of terms that very many pages have
search/p/<number>.<name>.json   what a result shows of eight pages, without their text
search/d/<name>.json            the text of one page
search/sounds.<name>.json       how characters sound
search/simplified.<name>.json   what traditional characters are in simplified ones
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, json

from generator.fingerprint import digest
from generator.search import characters, postings, sounds
from generator.search.entry import Entry, Listing
from generator.search.vocabulary import Vocabulary
from generator.terms import FUNCTION

MANIFEST = "search/index.json"
CARDS = 8
"""So many pages share a file of cards."""
_NAME, _TEXT_NAME = 6, 12
"""Hex digits of a name. Files without a number need more, to be told apart; their names say nothing
of a page, for a request must not tell what somebody looks for.
"""
_FEW = 16


class Listed(Struct, frozen=True):
    """A page of the index."""

    listing: Listing
    entry: Entry


class Index(Struct, frozen=True):
    """The files of an index but for the pages' texts: fingerprints by destination, and of what
    and by which code they were made. `pages` are the digests of their entries. `terms` and `rests`
    are the contents of the shards, `heard` of the table of sounds: they save making all again when
    few pages changed or came.
    """

    inputs: str
    generator: str
    files: tuple[tuple[str, str], ...]
    pages: tuple[str, ...]
    terms: tuple[bytes, ...]
    rests: tuple[bytes, ...]
    heard: bytes


class MadeIndex(Struct, frozen=True):
    """An index with the bytes of its files; an index that still holds has none."""

    index: Index
    contents: Mapping[str, bytes]


def text_path(entry: Entry) -> str:
    """Where the text of a page is."""
    return f"search/d/{entry.name[:_TEXT_NAME]}.json"


def made(
    pages: Sequence[Listed],
    vocabulary: Vocabulary,
    generator: str,
    old: Index | None,
    remembered: Iterable[Entry],
) -> MadeIndex:
    """Every file of the index. `pages` are in order; `old` is an earlier index and `remembered`
    holds the entries of its pages.
    """
    own = tuple(page.entry.digest for page in pages)
    inputs = digest(generator, vocabulary.model_dump_json(), *own)
    if old and old.inputs == inputs:
        return MadeIndex(old, {})
    changed = _changed(own, old, generator, remembered)
    terms, rests, heard = _changed_shards(pages, changed) if changed else _shards(pages)
    contents = _contents(pages, terms, rests, heard, vocabulary)
    files = tuple((name, mark) for name, (mark, _) in contents.items())
    index = Index(inputs, generator, files, own, tuple(terms), tuple(rests), heard)
    return MadeIndex(index, {name: content for name, (_, content) in contents.items()})


class _Changed(Struct, frozen=True):
    """An earlier index, and the places of a few pages with what stood there, if anything did."""

    index: Index
    places: Sequence[tuple[int, Entry | None]]


def _changed(
    own: Sequence[str], old: Index | None, generator: str, remembered: Iterable[Entry]
) -> _Changed | None:
    """None if everything has to be made again."""
    if old is None or old.generator != generator or len(own) < len(old.pages):
        return None
    if len(own).bit_length() != len(old.pages).bit_length():
        return None  # other shards, and lines of another length
    was = dict(enumerate(old.pages))
    changed = [at for at, now in enumerate(own) if was.get(at) != now]
    if len(changed) > _FEW:
        return None
    wanted = {was[at] for at in changed if at in was}
    known = {entry.digest: entry for entry in remembered if entry.digest in wanted}
    if known.keys() != wanted:
        return None
    return _Changed(old, [(at, known[was[at]] if at in was else None) for at in changed])


_Shards = tuple[Sequence[bytes], Sequence[bytes], bytes]
"""Of terms, of rests, and the table of sounds."""


def _shards(pages: Sequence[Listed]) -> _Shards:
    count = len(pages)
    gathered = postings.gathered((page.entry.terms for page in pages), count)
    lines, rests = postings.written(gathered, count)
    spoken = [page.entry.spoken for page in pages]
    lines |= sounds.lines(spoken)
    return (
        postings.shards(lines, postings.shard_count(count)),
        postings.shards(rests, postings.rest_count(count)),
        sounds.readings(frozenset("".join(spoken))),
    )


def _changed_shards(pages: Sequence[Listed], changed: _Changed) -> _Shards:
    old, count = changed.index, len(pages)
    news = (
        change
        for at, was in changed.places
        for change in postings.changes(at, was.terms if was else None, pages[at].entry.terms)
    )
    lines, rests = postings.revised(old.terms, old.rests, news, count)
    heard = old.heard
    if any(not was or was.spoken != pages[at].entry.spoken for at, was in changed.places):
        spoken = [page.entry.spoken for page in pages]
        lines |= sounds.differing(_spoken_before(spoken, changed), spoken)
        heard = sounds.readings(frozenset("".join(spoken)))
    return postings.exchanged(old.terms, lines), postings.exchanged(old.rests, rests), heard


def _spoken_before(spoken: Sequence[str], changed: _Changed) -> list[str]:
    before = {at: was.spoken for at, was in changed.places if was}
    return [before.get(at, told) for at, told in enumerate(spoken[: len(changed.index.pages)])]


def _contents(
    pages: Sequence[Listed],
    terms: Sequence[bytes],
    rests: Sequence[bytes],
    heard: bytes,
    vocabulary: Vocabulary,
) -> dict[str, tuple[str, bytes]]:
    """Digest and bytes of every file, the manifest at the end."""
    contents: dict[str, tuple[str, bytes]] = {}

    def named(folder: str, ending: str, parts: Iterable[bytes]) -> str:
        names = []
        for number, part in enumerate(map(_marked, parts)):
            names.append(part[0][:_NAME])
            contents[f"search/{folder}/{number}.{names[-1]}.{ending}"] = part
        return "".join(names)

    def alone(name: str, content: bytes) -> str:
        part = _marked(content)
        path = f"{name}.{part[0][:_NAME]}.json"
        contents[f"search/{path}"] = part
        return path

    words = vocabulary.normalised()
    fields = {
        "pages": len(pages),
        "terms": named("t", "txt", terms),
        "rests": named("x", "txt", rests),
        "cards": named("p", "json", _cards(pages)),
        "readings": alone("sounds", heard),
        "simplified": alone("simplified", _traditional(frozenset(postings.keys(terms)))),
        "doubtful": "".join(c for c in characters.common() if ord(c) in characters.simplified()),
        "particles": "".join(sorted(FUNCTION)),
        "synonyms": [[row.words, row.means] for row in words.synonyms],
        "tails": sorted(words.tails, key=lambda word: (-len(word), word)),
        "crisis": words.crisis,
    }
    contents[MANIFEST] = _marked(json.encode(fields))
    return contents


def _marked(content: bytes) -> tuple[str, bytes]:
    return digest(content), content


def _cards(pages: Sequence[Listed]) -> Iterable[bytes]:
    rows = [
        (it.path, it.title, it.summary, it.aliases, entry.name[:_TEXT_NAME])
        for it, entry in ((page.listing, page.entry) for page in pages)
    ]
    return (json.encode(rows[at : at + CARDS]) for at in range(0, len(rows), CARDS))


def _traditional(held: frozenset[str]) -> bytes:
    """Traditional characters whose simplified form the index holds, each before that form."""
    pairs = characters.simplified().items()
    return json.encode("".join(chr(old) + new for old, new in pairs if new in held))
