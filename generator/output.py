"""What goes into a build and what comes out of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Generic, Protocol, TypeVar

from msgspec import Struct, field

from generator.article import Parsed, Source
from generator.catalogue import Catalogue
from generator.pictures import Seen
from generator.related import Dealt
from generator.search.entry import Entry
from generator.search.index import Index

MANY = 48
"""From so many items on it is worth while to spread them over processes."""
FEW = 4096
"""Of so many items all that is made may be in memory at once."""

Item = TypeVar("Item")
Result = TypeVar("Result")
Value = TypeVar("Value")
Value_co = TypeVar("Value_co", covariant=True)


class Aside(Protocol[Value_co]):
    """Something that is worked out while something else is done; leaving it gives it up."""

    def __enter__(self) -> Aside[Value_co]: ...

    def __exit__(self, *error: object) -> None: ...

    def result(self) -> Value_co:
        """To be called once."""
        ...


class Run(Protocol):
    """How work is done: by one process after the other, or by several at once if a shell can."""

    def __call__(
        self, make: Callable[[], Callable[[Item], Result]], items: Sequence[Item]
    ) -> Iterator[Result]:
        """Applies what `make` makes to every item, in order.

        It may begin with the call. Whoever calls it takes all results, or the build has failed.
        """
        ...

    def aside(self, work: Callable[[], Value], kind: type[Value]) -> Aside[Value]:
        """Begins `work`, of which comes a `kind`: structs, tuples, dictionaries, texts, numbers."""
        ...


class _Later(Generic[Value]):
    def __init__(self, work: Callable[[], Value]) -> None:
        self.result = work

    def __enter__(self) -> _Later[Value]:
        return self

    def __exit__(self, *error: object) -> None:
        """Nothing has begun."""


class _Serial:
    def __call__(
        self, make: Callable[[], Callable[[Item], Result]], items: Sequence[Item]
    ) -> Iterator[Result]:
        if items:
            yield from map(make(), items)

    def aside(self, work: Callable[[], Value], kind: type[Value]) -> Aside[Value]:
        return _Later(work)


serial: Run = _Serial()
"""One after the other, each when it is asked for."""


class SiteSources(Struct, frozen=True):
    """All files a build reads, already in memory. Templates, styles and scripts are texts by name.

    `classes` are all that a page may carry; `refused` are the paths that are there and could not be
    read; `generator` is the digest of the code that makes pages, libraries included.
    """

    config: Source
    articles: tuple[Source, ...]
    standing: tuple[Source, ...]
    data: Mapping[str, Source]
    images: tuple[Source, ...]
    templates: Mapping[str, str]
    styles: Mapping[str, str]
    scripts: Mapping[str, str]
    classes: frozenset[str]
    assets: Mapping[str, bytes]
    refused: frozenset[str]
    generator: str
    font: bytes = b""
    """What pictures for sharing are drawn with; a build without it draws none."""

    def is_refused(self, path: str) -> bool:
        """Whether `path`, or a folder it is in, is reported for what it is and not for absence."""
        parts = path.split("/")
        return any("/".join(parts[:end]) in self.refused for end in range(1, len(parts) + 1))


class Output(Struct, frozen=True):
    """One file of the site. `content` is `None` when the previous bytes still hold."""

    destination: str
    fingerprint: str
    content: bytes | None


class Learnt(Struct):
    """What a build finds out and the next one may use: it only ever saves time.

    `parsed` is by the key of a source; `facts`, packed, are by fingerprint; `dealt` are the cards;
    `uses` of terms, packed, are by what decides them; `fingerprints` of outputs by all that went
    into them, which is quicker to tell; `compiled` are templates, see `generator.render.compiled`;
    `pictures` are by their key; `entries`, what search knows of a page, by its fingerprint and
    listing; `unlike` are pairs of articles, see `generator.rules.duplicates`.
    """

    parsed: dict[str, Parsed] = field(default_factory=dict)
    facts: dict[str, bytes] = field(default_factory=dict)
    dealt: Dealt = field(default_factory=Dealt)
    uses: dict[str, bytes] = field(default_factory=dict)
    fingerprints: dict[str, str] = field(default_factory=dict)
    compiled: Mapping[str, bytes] = field(default_factory=dict)
    pictures: dict[str, Seen] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)
    index: Index | None = None
    unlike: bytes = b""


class Previous(Struct, frozen=True):
    """What an earlier build left. `outputs` are fingerprints by destination, only of files whose
    bytes are still there.
    """

    learnt: Learnt = field(default_factory=Learnt)
    outputs: Mapping[str, str] = field(default_factory=dict)


class Memory(Struct):
    """Filled by a build: what it learnt, and what commands ask about."""

    learnt: Learnt = field(default_factory=Learnt)
    addresses: tuple[str, ...] = ()
    catalogue: Catalogue | None = None
