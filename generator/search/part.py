"""The search index as a part of a build: pages come in as they are made, files go out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.fingerprint import digest, value_digest
from generator.search import entry, index
from generator.search.entry import Entry, Listing
from generator.search.index import Index, Listed, MadeIndex
from generator.search.vocabulary import Vocabulary

Found = tuple[Entry, bytes]
"""What the index needs of one rendered page, and the page's text file."""
File = tuple[str, str, bytes | None]
"""Destination, fingerprint, and bytes unless the earlier ones still hold."""


def examined(listing: Listing, body: str) -> Found:
    """`body` is the HTML of the page's Markdown, sanitised."""
    parts = entry.sections(body)
    content = entry.document(listing, parts)
    return entry.described(listing, parts, digest(content)), content


class SearchPart:
    """Gathers the entries of one build; `intact` are the fingerprints of files still there.

    Pages are told apart by their destination; search finds those that have a listing.
    """

    def __init__(
        self,
        listings: Mapping[str, Listing],
        entries: Mapping[str, Entry],
        previous: Index | None,
        intact: Mapping[str, str],
        generator: str,
    ) -> None:
        self._listings = listings
        self._remembered = entries
        self._previous = previous
        self._intact = intact
        self._generator = generator
        self._pages: list[Listed] = []
        self._kept: list[File] = []
        self._known: dict[str, tuple[str, Entry]] = {}
        self.entries: dict[str, Entry] = {}
        """Of the pages of this build, by fingerprint and listing."""

    def knows(self, fingerprint: str, destination: str) -> bool:
        """Whether an earlier build knew all of this page, and its text is still there."""
        listing = self._listings.get(destination)
        if listing is None:
            return True
        key = value_digest(listing, fingerprint)
        known = self._remembered.get(key)
        if known is None or self._intact.get(index.text_path(known)) != known.name:
            return False
        self._known[destination] = (key, known)
        return True

    def keep(self, destination: str) -> None:
        """Take over what an earlier build `knows` of an unchanged page."""
        listing = self._listings.get(destination)
        if listing is not None:
            key, known = self._known.pop(destination)
            self._kept.append((index.text_path(known), known.name, None))
            self._enter(key, listing, known)

    def add(self, fingerprint: str, destination: str, found: Found | None) -> Iterator[File]:
        """The text file of a page that was rendered; none if it is not listed or could not be made."""
        listing = self._listings.get(destination)
        if listing is None or found is None:
            return
        known, content = found
        self._enter(value_digest(listing, fingerprint), listing, known)
        path = index.text_path(known)
        yield path, known.name, None if self._intact.get(path) == known.name else content

    def _enter(self, key: str, listing: Listing, known: Entry) -> None:
        self.entries[key] = known
        self._pages.append(Listed(listing, known))

    def made(self, vocabulary: Vocabulary) -> MadeIndex:
        """The index of all pages."""
        pages = sorted(self._pages, key=lambda page: (page.listing.order, page.listing.path))
        old = self._previous if self._previous and self._all_intact(self._previous) else None
        return index.made(pages, vocabulary, self._generator, old, self._remembered.values())

    def files(self, made: MadeIndex) -> Iterable[File]:
        """The texts that were kept and every other file of the index."""
        files = (
            (name, mark, None if self._intact.get(name) == mark else made.contents[name])
            for name, mark in made.index.files
        )
        return (*self._kept, *files)

    def _all_intact(self, old: Index) -> bool:
        return all(self._intact.get(name) == mark for name, mark in old.files)
