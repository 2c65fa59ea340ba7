"""Changes the Python engine a little, one place at a time, and sees whether the tests notice.

Run by hand: ``python -m tests.calculator.mutation [module …]``. A mutant is first asked the
requests of a fixed corpus (what the agreement tests draw, valid and broken): an answer other than
the engine's own, which JavaScript shares, has found it. Those that pass are given to the other
tests of this folder. What survives must be listed in ``survivors.yml`` with the reason why no
test can tell it from the engine; anything else makes the run fail.
"""

import ast
import contextlib
import copy
import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import types
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from .engines import ROOT, data_file
from .requests import MODES, Json
from .test_agreement import broken

PACKAGE = ROOT / "generator" / "calculator"
SURVIVORS = Path(__file__).with_name("survivors.yml")
OTHER_TESTS = ("test_bounds.py", "test_readers.py", "test_vectors.py", "test_tables.py")
OWN_TESTS = {
    "reading": ("test_reading.py",),
    "numerals": ("test_reading.py",),
    "schema": ("test_tables.py",),
    "rows": ("test_tables.py",),
}
"""Modules that a request does not reach: only these tests can find their mutants."""
SECONDS = 20

SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult,
    ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}


@dataclass(frozen=True)
class Mutant:
    """A changed module: where, and the line before and after."""

    module: str
    place: str
    before: str
    after: str
    source: str

    @property
    def key(self) -> str:
        """What ``survivors.yml`` lists it by: stable while other lines move."""
        return f"{self.module}.{self.place}: {self.before}  →  {self.after}"


def changes(node: ast.AST) -> list[Callable[[Any], None]]:
    """Ways to change one node, each as a function that does it to a copy."""
    if isinstance(node, ast.Compare):
        return [_swapping(index) for index in range(len(node.ops))]
    if isinstance(node, (ast.BinOp, ast.AugAssign, ast.BoolOp)) and type(node.op) in SWAPS:
        return [lambda n: setattr(n, "op", SWAPS[type(n.op)]())]
    if isinstance(node, ast.Constant) and type(node.value) is bool:
        return [lambda n: setattr(n, "value", not n.value)]
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return [lambda n: setattr(n, "value", n.value + 1)]
    if isinstance(node, (ast.If, ast.IfExp, ast.While)):
        return [lambda n: setattr(n, "test", ast.UnaryOp(ast.Not(), n.test))]
    if isinstance(node, ast.comprehension):
        return [_negating(index) for index in range(len(node.ifs))]
    if isinstance(node, ast.Name) and node.id in NAMES:
        return [lambda n: setattr(n, "id", NAMES[n.id])]
    return []


def _swapping(index: int) -> Callable[[Any], None]:
    def change(node: Any) -> None:
        node.ops[index] = SWAPS[type(node.ops[index])]()

    return change


def _negating(index: int) -> Callable[[Any], None]:
    def change(node: Any) -> None:
        node.ifs[index] = ast.UnaryOp(ast.Not(), node.ifs[index])

    return change


def mutants(path: Path) -> Iterator[Mutant]:
    """Every mutant of a module; docstrings, annotations and decorators stay as they are."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    for number, (node, owner) in enumerate(_places(tree, "")):
        for index, _ in enumerate(changes(node)):
            fresh = copy.deepcopy(tree)
            twin = list(_places(fresh, ""))[number][0]
            changes(twin)[index](twin)
            source = ast.unparse(ast.fix_missing_locations(fresh))
            before, after = _difference(ast.unparse(tree), source)
            yield Mutant(path.stem, owner or "module", before, after, source)


def _places(node: ast.AST, owner: str) -> Iterator[tuple[ast.AST, str]]:
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "type_comment"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                inner = getattr(child, "name", "")
                inside = f"{owner}.{inner}".strip(".") if inner else owner
                yield child, inside
                yield from _places(child, inside)


def _difference(one: str, other: str) -> tuple[str, str]:
    for before, after in zip(one.splitlines(), other.splitlines(), strict=False):
        if before != after:
            return before.strip(), after.strip()
    return "", ""


def corpus(size: int) -> list[Json]:
    """Requests of every mode, valid and broken, the same in every run."""
    found: list[Json] = []
    fixed = settings(
        max_examples=size, derandomize=True, database=None, deadline=None,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    for strategy in MODES.values():
        fixed(given(request=strategy)(lambda request: found.append(request)))()

    def spoil(data: st.DataObject, mode: str) -> None:
        found.append(broken(data, mode))

    fixed(given(data=st.data(), mode=st.sampled_from(sorted(MODES)))(spoil))()
    return found


class _Loader(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives one module of the engine from other source."""

    def __init__(self, name: str, source: str) -> None:
        self.name, self.source = name, source

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        return importlib.util.spec_from_loader(name, self) if name == self.name else None

    def exec_module(self, module: types.ModuleType) -> None:
        exec(compile(self.source, self.name, "exec"), module.__dict__)


def answers(requests: list[Json], data: tuple[Any, Any]) -> Iterator[str]:
    """Answers of the engine as it is imported now."""
    engine = importlib.import_module("generator.calculator")
    tables, problems = engine.read_tables(*data)
    assert tables is not None, problems
    for request in requests:
        yield json.dumps(engine.calculate(request, tables), sort_keys=True)


def killed_by_corpus(
    mutant: Mutant, requests: list[Json], right: list[str], data: tuple[Any, Any]
) -> bool:
    """Whether a child process with the mutant answers anything else, fails or never ends."""
    child = os.fork()
    if child == 0:
        signal.alarm(SECONDS)
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # the child ends here
        for name in [name for name in sys.modules if name.startswith("generator.calculator")]:
            del sys.modules[name]
        name = f"generator.calculator.{mutant.module}".removesuffix(".__init__")
        sys.meta_path.insert(0, _Loader(name, mutant.source))
        same = False
        with contextlib.suppress(BaseException):
            same = all(a == b for a, b in zip(answers(requests, data), right, strict=True))
        os._exit(0 if same else 1)
    return os.waitpid(child, 0)[1] != 0


def killed_by_tests(mutant: Mutant) -> bool:
    """Whether the other tests of the folder fail with the mutant in place."""
    with tempfile.TemporaryDirectory() as folder:
        for part in ("generator", "content", "templates", "tests"):
            shutil.copytree(ROOT / part, Path(folder) / part)
        changed = Path(folder) / "generator" / "calculator" / f"{mutant.module}.py"
        changed.write_text(mutant.source, encoding="utf-8")
        tests = [f"tests/calculator/{n}" for n in OWN_TESTS.get(mutant.module, OTHER_TESTS)]
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
        with contextlib.suppress(subprocess.TimeoutExpired):
            run = subprocess.run(command, cwd=folder, capture_output=True, timeout=90, check=False)
            return run.returncode != 0
        return True


def main(names: list[str]) -> int:
    """Run over the modules named, or all; 1 if a survivor has no reason."""
    reasons: dict[str, str] = yaml.safe_load(SURVIVORS.read_text(encoding="utf-8")) or {}
    data = (data_file("lpr.yml"), data_file("calculator.yml"))
    requests = corpus(150)
    right = list(answers(requests, data))
    total, left = 0, []
    for path in sorted(PACKAGE.glob("*.py")):
        if names and path.stem not in names:
            continue
        found = list(mutants(path))
        passed = found
        if path.stem not in OWN_TESTS:
            passed = [m for m in found if not killed_by_corpus(m, requests, right, data)]
        passed = [m for m in passed if m.key in reasons or not killed_by_tests(m)]
        total += len(found)
        left += passed
        print(f"{path.stem}: {len(found)} mutants, {len(passed)} survive", flush=True)
        for mutant in passed:
            print(f"  {'listed' if mutant.key in reasons else 'NEW'}  {mutant.key}", flush=True)
    unlisted = [mutant for mutant in left if mutant.key not in reasons]
    print(f"{total} mutants, {total - len(left)} found, {len(left)} survive, "
          f"{len(unlisted)} of them without a reason")  # fmt: skip
    return 1 if unlisted else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
