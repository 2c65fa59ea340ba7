"""JavaScript made small: no comments, no needless space, short names for what is local."""

from __future__ import annotations

import re

from generator.errors import YuqiError

VERSION = "2.24.12"
"""Of the library: part of a script's address, so that an address never changes its bytes."""

_WHERE = re.compile(r"(?P<what>.*) on line (?P<line>\d+) and column \d+\n.*", re.DOTALL)


class ScriptError(YuqiError):
    """A script of ours that cannot be read: its name and what is wrong with it."""

    def __init__(self, name: str, detail: str) -> None:
        super().__init__(f"templates/{name}：{detail}")
        self.name = name
        self.detail = detail


def minified(name: str, text: str) -> str:
    """A script that does the same; names that others can see stay as they are.

    To be called after any worker has been forked: the library brings threads of its own, which is
    why it is not imported before. Of the declarations of one scope it puts those that take something
    apart first: `const a = f(x); const { b } = (x = g());` comes out wrong, so scripts assign nothing
    inside a declaration. Raises `ScriptError` for what is not JavaScript.
    """
    import minify  # type: ignore[import-untyped]  # the library has no types

    try:
        return str(minify.string("application/javascript", text))
    except minify.MinifyError as error:
        found = _WHERE.fullmatch(str(error))
        detail = f"第 {found['line']} 行：{found['what']}" if found else str(error)
        raise ScriptError(name, detail) from error
