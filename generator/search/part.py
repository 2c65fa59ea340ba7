"""The search index as a part of a build: pages come in as they are made, files go out at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Generic, Protocol, TypeVar

from msgspec.structs import replace

from generator.fingerprint import digest, value_digest
from generator.search import entry, index
from generator.search.entry import Entry, Listing
from generator.search.index import Index, Listed
from generator.search.vocabulary import Vocabulary

Found = tuple[Entry, bytes]
"""What the index needs of one rendered page, and the page's text file."""
File = tuple[str, str, bytes | None]
"""Destination, fingerprint, and bytes unless the earlier ones still hold."""


class Planned(Protocol):
    """A planned page; search finds it if its destination has a listing."""

    @property
    def destination(self) -> str: ...


Page = TypeVar("Page", bound=Planned)


def examined(listing: Listing, body: str) -> Found:
    """`body` is the HTML of the page's Markdown, sanitised."""
    parts = entry.sections(body)
    content = entry.document(listing, parts)
    return entry.described(listing, parts, digest(content)), content


class SearchPart(Generic[Page]):
    """Gathers the entries of one build; `intact` are the fingerprints of files still there."""

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
        self._pages: dict[str, tuple[str, Page]] = {}
        self._listed: dict[str, Listing] = {}
        self._contents: dict[str, bytes] = {}
        self.entries: dict[str, Entry] = {}
        """Of the pages of this build, by fingerprint and listing."""

    def keep(self, fingerprint: str, page: Page) -> bool:
        """Take over what an earlier build knew of an unchanged page; false if it did not know."""
        listing = self._listings.get(page.destination)
        if listing is None:
            return True
        key = value_digest(listing, fingerprint)
        known = self._remembered.get(key)
        if known is not None:
            self._enter(key, fingerprint, page, listing, known)
        return known is not None

    def add(self, fingerprint: str, page: Page, found: Found | None) -> None:
        """A page that was rendered; nothing is `found` if it is not listed or could not be made."""
        listing = self._listings.get(page.destination)
        if listing is None or found is None:
            return
        key = value_digest(listing, fingerprint)
        self._enter(key, fingerprint, page, listing, found[0])
        self._contents[key] = found[1]

    def _enter(
        self, key: str, fingerprint: str, page: Page, listing: Listing, known: Entry
    ) -> None:
        self.entries[key] = known
        self._listed[key] = listing
        self._pages[key] = (fingerprint, page)

    def lacking(self) -> Iterator[tuple[str, Page]]:
        """Pages whose text file is neither here nor there, with their fingerprints."""
        for page, destination in self._documents(self._sorted()):
            there = self._intact.get(destination) == page.entry.name
            if not there and page.key not in self._contents:
                yield self._pages[page.key]

    def files(self, vocabulary: Vocabulary) -> tuple[Index, Iterable[File]]:
        """Every file of the index; to be called when no text is lacking."""
        pages = self._sorted()
        texts: dict[str, File] = {}
        for page, destination in self._documents(pages):
            name = page.entry.name
            there = self._intact.get(destination) == name
            texts[destination] = (destination, name, None if there else self._contents[page.key])
        inputs = index.inputs_digest(pages, vocabulary, self._generator)
        old = self._previous
        if old and old.inputs == inputs and self._all_intact(old):
            keys = tuple(page.key for page in pages)  # they change with any style or template
            same = replace(old, pages=keys)
            return same, [*texts.values(), *((name, mark, None) for name, mark in old.files)]
        made = index.made(pages, vocabulary, self._generator, old, self._remembered)
        files = (
            (name, mark, None if self._intact.get(name) == mark else made.contents[name])
            for name, mark in made.index.files
        )
        return made.index, [*texts.values(), *files]

    def _sorted(self) -> list[Listed]:
        pages = [Listed(key, it, self.entries[key]) for key, it in self._listed.items()]
        return sorted(pages, key=lambda page: (page.listing.order, page.key))

    def _documents(self, pages: Sequence[Listed]) -> Iterator[tuple[Listed, str]]:
        names = index.document_names(page.entry for page in pages)
        return zip(pages, map(index.document_path, names), strict=True)

    def _all_intact(self, old: Index) -> bool:
        return all(self._intact.get(name) == mark for name, mark in old.files)
