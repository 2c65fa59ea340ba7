"""The shape of the package: a pure core, one folder of shells, small modules and functions."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import generator

_PACKAGE = Path(generator.__file__).parent
_LINE_LIMIT = 400
_FUNCTION_LIMIT = 40
# Disk, clock, processes, network, chance, the terminal: the shells' alone.
_FORBIDDEN_MODULES = frozenset(
    [
        "os",
        "io",
        "pathlib",
        "subprocess",
        "socket",
        "shutil",
        "tempfile",
        "time",
        "threading",
        "multiprocessing",
        "concurrent",
        "asyncio",
        "random",
        "secrets",
        "signal",
        "fcntl",
        "ctypes",
        "sys",
        "logging",
        "glob",
        "fileinput",
        "mmap",
        "select",
        "http",
        "ssl",
        "importlib",
        "locale",
        "getpass",
        "platform",
        "click",
        "mkdocs",
        "watchfiles",
        "webbrowser",
        "builtins",
        "gc",
        "atexit",
        "uuid",
        "pickle",
        "shelve",
        "sqlite3",
        "queue",
        "sched",
        "zoneinfo",
    ]
)
_FORBIDDEN_CALLS = frozenset(
    [
        "open",
        "print",
        "input",
        "exec",
        "eval",
        "compile",
        "__import__",
        "globals",
        "breakpoint",
        "today",
        "now",
        "utcnow",
        "fromtimestamp",
        "read_text",
        "read_bytes",
        "write_text",
        "write_bytes",
        "urlopen",
        "getenv",
    ]
)
# `re.compile` is no code; a picture is opened from bytes in memory.
_ALLOWED_CALLS = frozenset(("re.compile", "Image.open"))
_ALLOWED_IMPORTS = frozenset(("io.BytesIO",))  # memory


@cache
def _modules() -> dict[str, tuple[str, ast.Module]]:
    texts = {
        path.relative_to(_PACKAGE).as_posix(): path.read_text("utf-8")
        for path in sorted(_PACKAGE.rglob("*.py"))
    }
    return {name: (text, ast.parse(text)) for name, text in texts.items()}


def _core() -> dict[str, ast.Module]:
    return {
        name: tree
        for name, (_, tree) in _modules().items()
        if not name.startswith("shell/") and name != "__main__.py"
    }


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []


def test_core_touches_no_disk_clock_process_or_terminal() -> None:
    found = [
        f"{name}:{getattr(node, 'lineno', 0)} imports {module}"
        for name, tree in _core().items()
        for node in ast.walk(tree)
        for module in _imported(node)
        if module.split(".")[0] in _FORBIDDEN_MODULES or module.startswith("generator.shell")
        if module not in _ALLOWED_IMPORTS
    ]
    assert found == []


def test_core_calls_nothing_that_reads_the_world() -> None:
    found = []
    for name, tree in _core().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                if called.rsplit(".", 1)[-1] in _FORBIDDEN_CALLS and called not in _ALLOWED_CALLS:
                    found.append(f"{name}:{node.lineno} calls {called}")
    assert found == []


def test_core_has_no_state_of_its_own() -> None:
    found = [
        f"{name}:{node.lineno} {ast.unparse(node)[:60]}"
        for name, tree in _core().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Global | ast.Nonlocal)
    ]
    found += [
        f"{name}:{node.lineno} assigns to a lower-case name of the module"
        for name, tree in _core().items()
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name) and re.fullmatch(r"_?[a-z][a-z_]*", target.id)
    ]
    assert found == []


def test_core_swallows_no_exception() -> None:
    found = [
        f"{name}:{node.lineno}"
        for name, tree in _core().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or all(isinstance(each, ast.Pass) for each in node.body))
    ]
    assert found == []


def test_no_pattern_has_a_possessive_group() -> None:
    """Python before 3.11.5 finds other things with one; an atomic group it gets right."""
    possessive = re.compile(r"\)(?:[*+?]|\{[\d,]*\})\+")
    found = []
    for name, (_, tree) in _modules().items():
        told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and id(node) not in told:
                text = (
                    node.value.decode("latin-1")
                    if isinstance(node.value, bytes)
                    else str(node.value)
                )
                if possessive.search(text):
                    found.append(f"{name}:{node.lineno}")
    assert found == []


def test_no_module_is_too_long() -> None:
    lengths = {name: text.count("\n") for name, (text, _) in _modules().items()}
    assert {name: length for name, length in lengths.items() if length > _LINE_LIMIT} == {}


def test_half_of_the_modules_are_short() -> None:
    lengths = sorted(text.count("\n") for text, _ in _modules().values())
    assert lengths[len(lengths) // 2] < 150


def test_no_function_is_too_long() -> None:
    long = {
        f"{name}:{node.lineno} {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for name, (_, tree) in _modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > _FUNCTION_LIMIT
    }
    assert long == {}


def test_every_module_says_what_it_is() -> None:
    assert [name for name, (_, tree) in _modules().items() if not ast.get_docstring(tree)] == []


def test_modules_are_nouns_and_not_a_drawer() -> None:
    drawers = {"utils", "util", "helpers", "common", "misc", "base"}
    assert [name for name in _modules() if Path(name).stem in drawers] == []
