"""ES modules that import one another, joined into the one file that is served.

The modules are ours, so their shape is fixed and anything else is refused: imports first, each
`import { a, b } from './name.js';` from the same folder, and at most one `export { a, b };`, the
last line. A name at the top level belongs to one module only, since joined they share one scope.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from generator.render.minifier import ScriptError, minified

_IMPORT = re.compile(r"^import \{ (?P<names>[\w$, ]+) \} from '\./(?P<file>[\w-]+\.js)';\n", re.M)
_EXPORT = re.compile(r"^export \{ (?P<names>[\w$, ]+) \};\n\Z", re.MULTILINE)
_OTHER = re.compile(r"^(?:import|export)\b", re.MULTILINE)
_TOP = re.compile(
    r"^(?:/\*\*.*?\*/ )?(?:const|let|(?:async )?function\*?|class) (?:(\w+)|\{([^}=]*)\}|\[([^\]=]*)\])",
    re.MULTILINE,
)


class Module(Struct, frozen=True):
    """One file, `name` as in `templates/`: its code alone, and what it takes and gives."""

    name: str
    code: str
    imports: tuple[tuple[str, tuple[str, ...]], ...]
    exports: tuple[str, ...]

    def declared(self) -> Iterator[str]:
        """The names at the top level."""
        for found in _TOP.finditer(self.code):
            for name in re.split(r"[\s,]+", found[1] or found[2] or found[3]):
                yield name.partition(":")[2] or name


class Program(Struct, frozen=True):
    """Modules as one text; the last one gives it its name, and exports what it exports."""

    modules: tuple[Module, ...]
    source: str

    def served(self) -> str:
        """The text to serve. Raises `ScriptError`, which names the module at fault."""
        entry = self.modules[-1].name if self.modules else ""
        try:
            return minified(entry, self.source)
        except ScriptError:
            for it in self.modules:
                minified(it.name, "\n" * len(it.imports) + it.code)
            raise


def programs(sources: Mapping[str, str]) -> Mapping[str, Program]:
    """Of the modules of one folder, by name: a program for each that no other imports.

    Raises `ScriptError` for a module of another shape.
    """
    modules = {name: module(name, text) for name, text in sorted(sources.items())}
    imported = {name for it in modules.values() for name, _ in it.imports}
    return {name: _program(name, modules) for name in modules if name not in imported}


def module(name: str, text: str) -> Module:
    """Raises `ScriptError` for one of another shape."""
    folder = name.rpartition("/")[0]
    imports = tuple(
        (f"{folder}/{it['file']}", _names(it["names"])) for it in _IMPORT.finditer(text)
    )
    code = _IMPORT.sub("", text)
    export = _EXPORT.search(code)
    if export is not None:
        code = code[: export.start()]
    stray = _OTHER.search(code)
    if stray is not None:
        detail = f"“{code[stray.start() :].splitlines()[0]}”这样的 import 或 export 不能用"
        raise ScriptError(name, detail)
    return Module(name, code, imports, _names(export["names"]) if export is not None else ())


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(","))


def _program(entry: str, modules: Mapping[str, Module]) -> Program:
    ordered: dict[str, Module] = {}
    _visit(entry, modules, (), ordered)
    owners: dict[str, str] = {}
    for name, it in ordered.items():
        for declared in it.declared():
            if owners.setdefault(declared, name) != name:
                raise ScriptError(name, f"顶层的名字 {declared} 在 {owners[declared]} 里已经用了")
    code = "".join(it.code for it in ordered.values())
    exports = ", ".join(modules[entry].exports)
    text = f"{code}export {{ {exports} }};\n" if exports else f"(() => {{\n{code}}})();\n"
    return Program(tuple(ordered.values()), text)


def _visit(
    name: str, modules: Mapping[str, Module], path: tuple[str, ...], done: dict[str, Module]
) -> None:
    if name in done:
        return
    if name in path:
        raise ScriptError(name, "几个脚本互相 import，转成了一圈")
    it = modules[name]
    for other, names in it.imports:
        if other not in modules or not set(names) <= set(modules[other].exports):
            raise ScriptError(name, f"要 import 的 {'、'.join(names)} 在 {other} 里没有")
        _visit(other, modules, (*path, name), done)
    done[name] = it
