"""What an article is, stage by stage.

`Source` (path and bytes) → `Article` (front matter typed, body scanned). Both
are frozen; an `Article` depends on its own file and the parser alone, so it can
be kept between builds under the digest of its bytes.

There are very many of the small values. Those of an article are kept packed; nothing in any of
them leads back to it, so `gc=False` spares the garbage collector walking them.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from generator.diagnostics import Diagnostic, Span
from generator.packed import Packing
from generator.terms import Terms


class Source(Struct, frozen=True, gc=False):
    """A file as it was read. `path` is relative to the project, with forward slashes."""

    path: str
    content: bytes
    digest: str

    def text(self) -> str:
        """Decoded, with line-feed line ends. Raises `UnicodeDecodeError` for other encodings."""
        return self.content.decode("utf-8").replace("\r\n", "\n")

    @property
    def stem(self) -> str:
        return self.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]

    @property
    def folder(self) -> str:
        return self.path.rsplit("/", 2)[-2]


class Placed(Struct, frozen=True, gc=False):
    """A word of the front matter and where it stands, for findings of later stages."""

    value: str
    span: Span


class Heading(Struct, frozen=True, gc=False):
    """A heading of the body; `span` covers its line."""

    level: int
    text: str
    anchor: str
    span: Span


class Link(Struct, frozen=True, gc=False):
    """A link or image target as written; `span` covers the target itself."""

    target: str
    span: Span
    image: bool = False


class Citation(Struct, frozen=True, gc=False):
    """One `[@id]`; `span` covers the id. `past` says that its line tells of something over."""

    source_id: str
    span: Span
    past: bool = False


class Provision(Struct, frozen=True, gc=False):
    """An article of a law named in the text; `span` covers the number.

    `sentence` is where it stands and `before` the line up to it; `cited` are the sources the
    whole line rests on.
    """

    number: int
    span: Span
    before: str
    sentence: str
    cited: tuple[str, ...]


class Attribution(Struct, frozen=True, gc=False):
    """Words that make something a demand of the law; `cited` are the sources of their sentence."""

    span: Span
    said: str
    cited: tuple[str, ...]


class Check(Struct, frozen=True, gc=False):
    """What a fact-check fence says."""

    claim: str
    verdict: str
    basis: str


class Fence(Struct, frozen=True, gc=False):
    """A component fence: its name, its text, the spans of both, and its values if it is a
    fact-check.
    """

    name: str
    text: str
    span: Span
    text_span: Span
    check: Check | None = None


class Scan(Struct, frozen=True):
    """What one pass over the body found, in order of appearance."""

    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    citations: tuple[Citation, ...]
    fences: tuple[Fence, ...]
    provisions: tuple[Provision, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    phones: tuple[Placed, ...] = ()

    @property
    def checks(self) -> tuple[Check, ...]:
        return tuple(fence.check for fence in self.fences if fence.check is not None)


SCAN = Packing(Scan)
TERMS: Packing[Terms] = Packing(Terms)


class Change(Struct, frozen=True, gc=False):
    """What an editor corrected or brought up to date, and when; `kind` says which."""

    day: date
    kind: str
    text: str


class Article(Struct, frozen=True):
    """A valid article. Spans are character offsets in the decoded file.

    `scanned` and `weighed` are its scan and its terms, packed. `cited` are the sources of its text,
    `lines` the numbers of the help lines it shows, each once.
    """

    slug: str
    path: str
    digest: str
    title: str
    summary: str
    category: str
    stages: tuple[str, ...]
    tags: tuple[str, ...]
    aliases: tuple[str, ...]
    product: str | None
    published: date
    reviewed: date
    review_due: date
    draft: bool
    related: tuple[Placed, ...]
    redirect_from: tuple[Placed, ...]
    title_span: Span
    category_span: Span
    aliases_span: Span | None
    product_span: Span | None
    review_due_span: Span
    stage_spans: tuple[Span, ...]
    body_offset: int
    scanned: bytes
    weighed: bytes
    sketch: bytes
    """What near-duplicates are found by; see `generator.rules.duplicates`."""
    checks: tuple[Check, ...]
    cited: tuple[str, ...]
    lines: tuple[str, ...]
    changes: tuple[Change, ...] = ()

    @property
    def scan(self) -> Scan:
        """Unpacked at each call: to be kept by whoever asks for more than one thing."""
        return SCAN.unpack(self.scanned)

    @property
    def terms(self) -> Terms:
        """Unpacked at each call."""
        return TERMS.unpack(self.weighed)

    @property
    def modified(self) -> date:
        """The article's own date for machines: the latest of those its page prints of itself."""
        return max(self.published, self.reviewed, *(change.day for change in self.changes))

    def body(self, source: Source) -> str:
        """The Markdown behind the front matter; `source` is the file this was parsed from."""
        return source.text()[self.body_offset :]


class Standing(Struct, frozen=True):
    """A page that is no article: a stage's introduction, or one the site itself needs.

    `listing` names what is generated below its text; `""` for nothing. `cited` and `lines` are
    those of an `Article`.
    """

    slug: str
    path: str
    title: str
    summary: str
    reviewed: date
    review_due: date
    listing: str
    review_due_span: Span
    body_offset: int
    scan: Scan
    cited: tuple[str, ...]
    lines: tuple[str, ...]

    def body(self, source: Source) -> str:
        """The Markdown behind the front matter; `source` is the file this was parsed from."""
        return source.text()[self.body_offset :]


class Parsed(Struct, frozen=True):
    """The outcome of parsing one file: an article or a page unless the findings forbid it."""

    article: Article | None
    findings: tuple[Diagnostic, ...]
    standing: Standing | None = None
