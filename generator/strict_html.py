"""Reads pages written in a strict subset of HTML by their tags, without building a tree.

The subset is such that the tree a browser builds is the one the tags spell out: every element is
closed where it ends, none stands where the parser would move, drop, repeat or close another for
it, and an attribute is written in one way. What is not written like that is not read here at all.

Tags with nothing but blanks between them are looked up together: such a run is mostly the same
on every page, and where it leads depends on nothing but the elements it stands in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from html import unescape
from itertools import islice

from msgspec import Struct

_DOCTYPE = b"<!doctype html>"
_END = b"</html>"
# These look at each character once in a page that ends with `_END`.
_TAGS = re.compile(rb"<[^>]*+>")
_RUNS = re.compile(rb"<[^>]*+>(?>(?:[ \n]*+<[^>]*+>)*)")
_OWN_CODE = re.compile(rb"<(?:script|style)>")
_START = re.compile(
    r"<([a-z][a-z0-9]*+)"
    r"((?>(?:[ \n]++[a-z][a-z0-9:-]*+"
    r'(?>(?:="(?>(?:[^"<>&\r\0]++|&(?:amp|lt|gt|quot|nbsp|#34|#39);)*)")?))*))>'
)
_ATTRIBUTE = re.compile(r'([a-z][a-z0-9:-]*+)(?:="([^"]*+)")?')
# A parser changes or drops these signs, or takes what follows for something else.
_CHANGED = ("<", "\r", "\0")


def _names(written: str) -> frozenset[str]:
    return frozenset(written.split())


_HEADINGS = _names("h1 h2 h3 h4 h5 h6")
_VOID = _names("br hr img input link meta wbr")
_PHRASING = _names(
    """a abbr b bdi br button cite code data del dfn em i img input ins kbd label legend link mark
    meta meter noscript output progress q s samp script select small span strong sub sup textarea
    time u var wbr"""
)
# A paragraph ends where one of these begins.
_FLOW = _names(
    """address article aside blockquote details div dl fieldset figcaption figure footer form h1 h2
    h3 h4 h5 h6 header hr main nav ol p pre section summary table ul"""
)
# Names no element has: the parts of a document around its head and body.
_BEFORE, _PROLOGUE, _BETWEEN, _CLOSING, _AFTER = "#before", "#prologue", "#between", "#closing", "#"
# The element that groups terms may hold nothing else; elsewhere it may hold anything.
_TERM_GROUP = "#group"
_CHILDREN = {
    _BEFORE: "",
    _PROLOGUE: "html",
    "html": "head",
    "head": "link meta script style title",
    _BETWEEN: "body",
    _CLOSING: "",
    _AFTER: "",
    "ul": "li",
    "ol": "li",
    "dl": "dt dd div",
    _TERM_GROUP: "dt dd",
    "table": "caption thead tbody tfoot tr",
    "thead": "tr",
    "tbody": "tr",
    "tfoot": "tr",
    "tr": "th td",
    "select": "option",
    "option": "",
    "script": "",
    "style": "",
    "textarea": "",
    "title": "",
}
_ONLY = {name: _names(children) for name, children in _CHILDREN.items()}
# Text here would open the body, or open it again.
_TEXTLESS = frozenset((_BEFORE, _PROLOGUE, "html", "head", _BETWEEN, _CLOSING))
# None of these may stand in another of its kind, at any depth.
_EXCLUSIVE = _names("a button form")
_ENCLOSING = _EXCLUSIVE | {"p"}
# How many bytes are kept. The tags of header, footer and notes are the same on every page.
_REMEMBERED = 1 << 21

Sound = Callable[[str, Mapping[str, str | None]], bool]
"""Whether nothing is wrong with an element of this name and these attributes, one at least."""


class Reading(Struct, frozen=True):
    """What the tags of a page say, each once and in their order.

    `ids` are those of its elements, `links` the values of `href` and `src` as they are meant,
    `classes` the names in all `class`.
    """

    ids: tuple[str, ...]
    links: tuple[str, ...]
    classes: frozenset[str]


class _NotStrictError(Exception):
    """A tag that may not stand where it stands, or that is not sound."""


class _Tag(Struct, frozen=True):
    """A start tag."""

    name: str
    identifier: str
    link: str
    classes: tuple[str, ...]


class _Place(dict[bytes, "_Place"]):
    """A place in a document, by the elements around it: where each run of tags leads from there."""

    __slots__ = ("_learn", "allowed", "around", "end", "inner", "name", "outer")

    def __init__(self, name: str, end: bytes, outer: _Place | None, learn: _Learn) -> None:
        """In the element `name`; the tag `end` leads to `outer`.

        `learn` tells where a run not met before leads, or raises `_NotStrictError`.
        """
        super().__init__()
        self.name = name
        self.end = end
        self.outer = outer
        self.around: frozenset[str] = outer.around if outer is not None else frozenset()
        if name in _ENCLOSING:
            self.around |= {name}
        self.allowed = _allowed(name, self.around)
        self.inner: dict[str, _Place] = {}
        self._learn = learn

    def __missing__(self, run: bytes) -> _Place:
        self[run] = found = self._learn(self, run)
        return found

    def entered(self, name: str) -> _Place:
        """In an element that begins here."""
        if name in _VOID:
            return self
        if name not in self.inner:
            group = (self.name, name) == ("dl", "div")
            end = f"</{name}>".encode()
            self.inner[name] = _Place(_TERM_GROUP if group else name, end, self, self._learn)
        return self.inner[name]


_Learn = Callable[[_Place, bytes], _Place]


class StrictReader:
    """Reads many pages of one site; a run of tags it has met at such a place costs one look."""

    def __init__(self, sound: Sound) -> None:
        self._sound = sound
        self._forget()

    def _forget(self) -> None:
        self._learnt = 0
        self._document = _document(self._learn)
        self._tags: dict[bytes, _Tag] = {}
        self._ids: dict[bytes, list[str]] = {}
        self._links: dict[bytes, list[str]] = {}
        self._classes: dict[bytes, list[str]] = {}
        self._headings: dict[bytes, int] = {}
        self._own: dict[bytes, int] = {}
        self._inline: dict[str, bytes] = {}

    def read(self, content: bytes, inline: Collection[str]) -> Reading | None:
        """What is in a page, or `None` if it must be read thoroughly.

        `content` is UTF-8. It must be read thoroughly if it is not strict, an element in it is
        not sound, an id is there twice, it has not one `<h1>`, or a script or style of its own is
        not one of `inline`.
        """
        if self._learnt > _REMEMBERED:
            self._forget()
        if not content.startswith(_DOCTYPE) or not content.endswith(_END):
            return None
        runs = _RUNS.findall(content)
        here = self._document
        try:
            for run in runs:
                here = here[run]
        except _NotStrictError:
            return None
        counts = Counter(runs)
        own = sum([self._own[run] * counts[run] for run in counts if run in self._own])
        if here.name != _AFTER or not self._has_only(content, own, inline):
            return None
        return self._reading(counts)

    def _reading(self, counts: Mapping[bytes, int]) -> Reading | None:
        """What runs say that stand so often in a page."""
        if sum([self._headings[run] * counts[run] for run in counts if run in self._headings]) != 1:
            return None
        named = [run for run in counts if run in self._ids]
        ids = tuple([name for run in named for name in self._ids[run]])
        if len(set(ids)) != len(ids) or sum([counts[run] for run in named]) != len(named):
            return None
        links = [link for run in counts if run in self._links for link in self._links[run]]
        classes = [self._classes[run] for run in counts if run in self._classes]
        return Reading(ids, tuple(dict.fromkeys(links)), frozenset().union(*classes))

    def _has_only(self, content: bytes, number: int, inline: Collection[str]) -> bool:
        """Whether each of so many scripts and styles without attributes is one of `inline`."""
        for text in inline:
            if text not in self._inline and not any(sign in text for sign in _CHANGED):
                self._inline[text] = text.encode() + b"<"
                self._learnt += len(text)
        known = tuple([self._inline[text] for text in inline if text in self._inline])
        tags = islice(_OWN_CODE.finditer(content), number)
        return all(content.startswith(known, tag.end()) for tag in tags)

    def _learn(self, place: _Place, run: bytes) -> _Place:
        here, tags = place, []
        for text in _TAGS.findall(run):
            if text == here.end and here.outer is not None:
                here = here.outer
                continue
            tag = self._tags.get(text) or self._tag(text)
            if tag.name not in here.allowed:
                raise _NotStrictError
            tags.append(tag)
            here = here.entered(tag.name)
        if here.name in _TEXTLESS:
            raise _NotStrictError
        self._learnt += len(run)
        self._keep(run, tags)
        return here

    def _keep(self, run: bytes, tags: list[_Tag]) -> None:
        if ids := [tag.identifier for tag in tags if tag.identifier]:
            self._ids[run] = ids
        if links := [tag.link for tag in tags if tag.link]:
            self._links[run] = links
        if classes := [name for tag in tags for name in tag.classes]:
            self._classes[run] = classes
        if headings := sum([tag.name == "h1" for tag in tags]):
            self._headings[run] = headings
        if own := len(_OWN_CODE.findall(run)):
            self._own[run] = own

    def _tag(self, text: bytes) -> _Tag:
        start = _START.fullmatch(text.decode())
        if start is None:
            raise _NotStrictError
        name, written = start.groups()
        pairs = _ATTRIBUTE.findall(written)
        if "&" in written:
            pairs = [(key, unescape(value)) for key, value in pairs]
        attributes: dict[str, str] = dict(pairs)
        link, source = attributes.get("href", ""), attributes.get("src", "")
        if len(attributes) < len(pairs) or (link and source):
            raise _NotStrictError
        if attributes and not self._sound(name, attributes):
            raise _NotStrictError
        classes = tuple(attributes.get("class", "").split())
        tag = _Tag(name, attributes.get("id", ""), link or source, classes)
        self._tags[text] = tag
        self._learnt += len(text)
        return tag


def _document(learn: _Learn) -> _Place:
    """The place before everything; each part of a document is there once, in this order."""
    after = _Place(_AFTER, b"", None, learn)
    closing = _Place(_CLOSING, _END, after, learn)
    between = _Place(_BETWEEN, b"", None, learn)
    between.inner["body"] = _Place("body", b"</body>", closing, learn)
    html = _Place("html", b"", None, learn)
    html.inner["head"] = _Place("head", b"</head>", between, learn)
    prologue = _Place(_PROLOGUE, b"", None, learn)
    prologue.inner["html"] = html
    return _Place(_BEFORE, _DOCTYPE, prologue, learn)


def _allowed(name: str, around: frozenset[str]) -> frozenset[str]:
    """The names of the elements that may stand in an element."""
    if name in _ONLY:
        return _ONLY[name]
    allowed = _PHRASING if "p" in around else _PHRASING | _FLOW
    return allowed - (around & _EXCLUSIVE) - (_HEADINGS if name in _HEADINGS else frozenset())
