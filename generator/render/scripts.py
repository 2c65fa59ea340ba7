"""Our ES modules as they are served: without comments and indentation, named by their content.

All modules of a build lie under one directory named by the hash of the tree, so relative
imports need no rewriting and an address never changes its bytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from generator.errors import YuqiError
from generator.fingerprint import digest

_QUOTED = {
    "'": re.compile(r"'(?:[^'\\\n]|\\.)*'"),
    '"': re.compile(r'"(?:[^"\\\n]|\\.)*"'),
    "`": re.compile(r"`(?:[^`\\]|\\.)*`", re.DOTALL),
}
_REGEX = re.compile(r"/(?![*/])(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*")
_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
_BEFORE_REGEX = re.compile(r"(?:[(,=:\[!&|?{};+>\n]|\breturn)\s*$")
_CODE = re.compile(r"[^'\"`/]+")
_LOOKBACK = 80


class ScriptError(YuqiError):
    """A script of ours that does not read as the lean JavaScript we write."""

    def __init__(self, name: str, detail: str) -> None:
        super().__init__(f"templates/{name}：{detail}")
        self.name = name
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Scripts:
    """The files to serve by destination, and the directory they share."""

    directory: str
    files: Mapping[str, bytes]


def scripts(sources: Mapping[str, str]) -> Scripts:
    """From sources by template name (`components/calculator/form.js`).

    Raises `ScriptError` for a text that cannot be read.
    """
    lean = {
        name.removeprefix("components/"): stripped(name, text)
        for name, text in sorted(sources.items())
    }
    parts = [part for name, text in lean.items() for part in (name, text)]
    directory = f"assets/{digest(*parts)[:12]}"
    return Scripts(directory, {f"{directory}/{name}": text.encode() for name, text in lean.items()})


def stripped(name: str, text: str) -> str:
    """Without comments and needless space; quoted texts and patterns as they are.

    Only what lies outside of literals is touched. It asks of our scripts that statements end in
    a semicolon or a brace and that a quoted template holds no further template.
    """
    pieces: list[str] = []
    code, at = "\n", 0  # the code since the last literal
    while at < len(text):
        found = _CODE.match(text, at) or _literal(text, at, code)
        if found is None and text[at] != "/":
            line = text.count("\n", 0, at) + 1
            raise ScriptError(name, f"第 {line} 行的引号没有成对")
        if found is None:
            code += "/"
        elif found.re is _COMMENT:
            code += _instead(found, code)
        elif found.re is _CODE:
            code += found[0]
        else:
            pieces += (_tidy(code), found[0])
            code = ""
        at = found.end() if found is not None else at + 1
    return "".join((*pieces, _tidy(code))).strip() + "\n"


def _literal(text: str, at: int, before: str) -> re.Match[str] | None:
    """The quoted text, comment or pattern that begins at `at`."""
    if text[at] in _QUOTED:
        return _QUOTED[text[at]].match(text, at)
    comment = _COMMENT.match(text, at)
    if comment is not None:
        return comment
    return _REGEX.match(text, at) if _BEFORE_REGEX.search(before[-_LOOKBACK:]) else None


def _instead(comment: re.Match[str], before: str) -> str:
    """What stands in a comment's place: a line end if it held one, else a gap between words."""
    if "\n" in comment[0]:
        return "\n"
    following = comment.string[comment.end() : comment.end() + 1]
    return " " if before[-1:].isalnum() and following.isalnum() else ""


def _tidy(code: str) -> str:
    """Gaps that separate nothing are closed; line ends stay wherever one could end a statement."""
    code = re.sub(r"[ \t]*\n\s*", "\n", code)
    code = re.sub(r" *([=(){}\[\],;:?<>&|!*%]) *", r"\1", code)
    code = re.sub(r"([{(\[,;=>&|?:])\n", r"\1", code)
    return re.sub(r"\n([})\].,?:])", r"\1", code)
