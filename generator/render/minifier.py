"""JavaScript made small: no comments, no needless space, short names for what is local."""

from __future__ import annotations

import re

from generator.errors import YuqiError

VERSION = "2.24.12"
"""Of the library: part of a script's address, so that an address never changes its bytes."""

_WHERE = re.compile(r"(?P<what>.*) on line (?P<line>\d+) and column \d+\n.*", re.DOTALL)
# Of declarations of one kind in a row the library puts those that take something apart first,
# even where they use what the others declare or do. Of another kind than those around they stay.
_TYPE = r"[ \t]*(?:/\*\*.*?\*/ )?"
_APART = re.compile(rf"^({_TYPE})const (?=[{{\[])", re.MULTILINE)
_LET_BEFORE = re.compile(
    rf"^{_TYPE}let (?![{{\[]).*;\n(?P<apart>{_TYPE}(?:const|let) [{{\[])", re.MULTILINE
)
_UNSAFE = "拆开赋值的声明不能紧跟在 let 后面，中间的次序会被弄错；把它移到 let 前面"


class ScriptError(YuqiError):
    """A script of ours that cannot be read: its name and what is wrong with it."""

    def __init__(self, name: str, detail: str) -> None:
        super().__init__(f"templates/{name}：{detail}")
        self.name = name
        self.detail = detail


def minified(name: str, text: str) -> str:
    """A script that does the same; names that others can see stay as they are.

    The library brings threads of its own, which a forked process lacks: no process that is begun
    after the first call may call it. Raises `ScriptError` for what is not JavaScript.
    """
    late = _LET_BEFORE.search(text)
    if late is not None:
        line = text.count("\n", 0, late.start("apart")) + 1
        raise ScriptError(name, f"第 {line} 行：{_UNSAFE}")
    import minify  # type: ignore[import-untyped]  # the library has no types

    try:
        return str(minify.string("application/javascript", _APART.sub(r"\1let ", text)))
    except minify.MinifyError as error:
        found = _WHERE.fullmatch(str(error))
        detail = f"第 {found['line']} 行：{found['what']}" if found else str(error)
        raise ScriptError(name, detail) from error
