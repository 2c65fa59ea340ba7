"""Strict YAML with a place for every key and value.

Scalars stay strings (only a plain empty, `~` or `null` is `None`): the typed
models decide what is a date or a number, so `no` never becomes `False` and
`2026-11-24` is judged where the field is known. Duplicate keys, aliases, tags,
tabs and full-width colons are findings, never guesses.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import NoReturn

import yaml
from msgspec import Struct, field

from generator import characters
from generator.diagnostics import Diagnostic, Span
from generator.messages import finding

Value = str | None | list["Value"] | dict[str, "Value"]
Path = tuple[str | int, ...]

_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MISWRITTEN = re.compile(
    r"^[ ]*+(?:(?P<tabs>\t+)|(?:- )?(?P<key>[A-Za-z0-9_-]+)[ ]*+(?P<colon>：))", re.MULTILINE
)
_DEPTH_LIMIT = 24
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))


class YamlDocument(Struct, frozen=True):
    """A parsed document: plain values, where they stand, and what is wrong."""

    value: Value
    values: Mapping[Path, Span]
    keys: Mapping[Path, Span]
    findings: tuple[Diagnostic, ...]

    def span(self, location: Sequence[str | int]) -> Span | None:
        """Where `location` stands; the nearest enclosing value if it has no place."""
        path = tuple(location)
        while path:
            if path in self.values:
                return self.values[path]
            path = path[:-1]
        return self.values.get(())


def parse(text: str, path: str, offset: int = 0) -> YamlDocument:
    """Read `text`, which begins at character `offset` of the file `path`."""
    repaired, added, findings = _repair(text, path, offset)
    reader = _Reader(path, offset, len(repaired), added)
    value: Value = None
    try:
        value = reader.read_document(yaml.parse(repaired, Loader=_Loader))
    except yaml.MarkedYAMLError as error:
        findings.append(_syntax_finding(error, path, reader))
    except yaml.reader.ReaderError:
        # `decode` replaces what YAML cannot hold; only a caller with another text gets here.
        detail, fix = "有 YAML 不允许的字符", "删掉它"
        findings.append(finding("yaml-syntax", path, detail=detail, fix=fix))
    return YamlDocument(value, reader.values, reader.keys, (*findings, *reader.findings))


def _repair(text: str, path: str, offset: int) -> tuple[str, list[int], list[Diagnostic]]:
    """Report tabs and full-width colons, and mend them so that the rest can be judged.

    Also returns where, in the mended text, a character stands that the file has not.
    """
    findings: list[Diagnostic] = []
    pieces: list[str] = []
    added: list[int] = []
    at = length = 0
    for match in _MISWRITTEN.finditer(text):
        start, end = match.span("tabs" if match["tabs"] else "colon")
        span = Span(start, end).shifted(offset)
        if match["tabs"]:
            findings.append(finding("yaml-tab", path, span))
        else:
            findings.append(finding("yaml-fullwidth-colon", path, span, key=match["key"]))
        mended = "  " * (end - start) if match["tabs"] else ": "
        pieces += (text[at:start], mended)
        length += start - at + len(mended)
        added.extend(range(length - len(mended) + end - start, length))
        at = end
    return "".join((*pieces, text[at:])), added, findings


def _syntax_finding(error: yaml.MarkedYAMLError, path: str, reader: _Reader) -> Diagnostic:
    problem = str(error.problem or "")
    if "mapping values are not allowed" in problem:
        detail, fix = "这一行的值里又有“冒号加空格”", "用英文双引号把整个值括起来"
    elif "could not find expected ':'" in problem:
        detail, fix = "这一行少了冒号", "写成“键: 值”，冒号是半角，后面有一个空格"
    elif "found character" in problem and "cannot start any token" in problem:
        detail, fix = "值不能以这个符号开头", "用英文双引号把整个值括起来"
    elif "expected a single document" in problem:
        detail, fix = "中间多了一行“---”", "只留开头和结尾的“---”"
    elif "quoted scalar" in problem or "quoted scalar" in str(error.context or ""):
        detail, fix = "引号没有成对", "检查这一行的英文引号"
    else:
        detail, fix = f"读不懂（{problem or error.context}）", "检查缩进、引号和冒号"
    mark = error.problem_mark or error.context_mark
    if "quoted scalar" in str(error.context or ""):
        mark = error.context_mark
    span = reader.mark_span(mark) if mark else None
    return finding("yaml-syntax", path, span, detail=detail, fix=fix)


class _NotPlainError(Exception):
    """The document has what we do not read; it is reported already."""


class _Reader(Struct):
    """Builds plain values from the events of one document, collecting places and findings."""

    path: str
    offset: int
    length: int
    added: list[int]
    values: dict[Path, Span] = field(default_factory=dict)
    keys: dict[Path, Span] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)

    def mark_span(self, mark: yaml.Mark) -> Span:
        start, end = self._at(mark.index), self.offset + self.length - len(self.added)
        return Span(min(start, max(end - 1, self.offset)), min(start + 1, end))

    def _at(self, index: int) -> int:
        """Offset in the file of a character of the text that was read, which may be mended."""
        at = min(index, self.length)
        return self.offset + at - (bisect_left(self.added, at) if self.added else 0)

    def _span(self, node: yaml.Event) -> Span:
        start_mark, end_mark = node.start_mark, node.end_mark
        assert start_mark is not None  # the parser marks everything it makes
        assert end_mark is not None
        start = self._at(start_mark.index)
        return Span(start, max(start, self._at(end_mark.index)))

    def report(self, code: str, node: yaml.Event, **values: object) -> None:
        self.findings.append(finding(code, self.path, self._span(node), **values))

    def read_document(self, events: Iterator[yaml.Event]) -> Value:
        """The value of the one document; `None` also when it cannot be read as plain data."""
        try:
            for event in events:
                if isinstance(event, yaml.NodeEvent):
                    value = self._value(event, events, ())
                    self._expect_end(events)
                    return value
        except _NotPlainError:
            self.values.clear()
            self.keys.clear()
        return None

    def _expect_end(self, events: Iterator[yaml.Event]) -> None:
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                detail, fix = "中间多了一行“---”", "只留开头和结尾的“---”"
                self.report("yaml-syntax", event, detail=detail, fix=fix)
                raise _NotPlainError

    def _refuse(self, code: str, event: yaml.Event, **values: object) -> NoReturn:
        self.report(code, event, **values)
        raise _NotPlainError

    def _check_plain(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self._refuse("yaml-alias", event)
        if tag := getattr(event, "tag", None):
            self._refuse("yaml-tag", event, tag=tag)

    def _value(self, event: yaml.Event, events: Iterator[yaml.Event], location: Path) -> Value:
        self._check_plain(event)
        if len(location) > _DEPTH_LIMIT:
            self._refuse("yaml-nesting", event, limit=_DEPTH_LIMIT)
        self.values[location] = span = self._span(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.MappingStartEvent):
            value, end = self._mapping(events, location)
        else:
            value, end = self._sequence(events, location)
        self.values[location] = Span(span.start, max(span.start, self._span(end).end))
        return value

    def _scalar(self, event: yaml.ScalarEvent) -> str | None:
        for code, pattern in () if characters.is_clean(event.value) else characters.KINDS:
            if found := pattern.search(event.value):
                self.report(code, event, char=f"{ord(found[0]):04X}")
        if event.style in (None, "") and event.value in _NULLS:
            return None
        return str(event.value)

    def _sequence(self, events: Iterator[yaml.Event], location: Path) -> tuple[Value, yaml.Event]:
        result: list[Value] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                return result, event
            result.append(self._value(event, events, (*location, len(result))))
        raise AssertionError("the parser ends every sequence")

    def _mapping(self, events: Iterator[yaml.Event], location: Path) -> tuple[Value, yaml.Event]:
        result: dict[str, Value] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                return result, event
            self._check_plain(event)
            if not isinstance(event, yaml.ScalarEvent):
                self._refuse("yaml-key", event)
            key, place = str(event.value), (*location, str(event.value))
            doubled = key in result
            if doubled:
                self.report("yaml-duplicate-key", event, key=key)
                # Read past the second value; what was found of the first one stays.
                kept = {
                    path: span for path, span in self.values.items() if path[: len(place)] == place
                }
                self._value(next(events), events, place)
                self.values.update(kept)
                continue
            self.keys[place] = self._span(event)
            result[key] = self._value(next(events), events, place)
        raise AssertionError("the parser ends every mapping")
