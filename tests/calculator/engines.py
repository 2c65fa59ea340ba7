"""Runs the JavaScript files in one lasting V8, the way the browser would."""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from py_mini_racer import MiniRacer

from generator.calculator import Tables, calculate, read_tables
from generator.render.modules import programs

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "templates" / "components" / "calculator"
EXPORT = re.compile(r"\nexport \{([^{}\n]*)\};\n\Z")

Json = dict[str, Any]
PY = True


def data_file(name: str) -> Any:
    """A parsed data file of the site."""
    return yaml.safe_load((ROOT / "content" / "data" / name).read_text(encoding="utf-8"))


@cache
def load_tables() -> Tables:
    """The tables of the site."""
    tables, problems = read_tables(data_file("lpr.yml"), data_file("calculator.yml"))
    assert tables is not None, problems
    return tables


def script(name: str) -> tuple[str, list[str]]:
    """A script without its export line, and the names it exports."""
    text = (SCRIPTS / name).read_text(encoding="utf-8")
    found = EXPORT.search(text)
    assert found is not None, f"{name} ends with one export line"
    return text[: found.start() + 1], [part.strip() for part in found[1].split(",")]


def served(*names: str) -> str:
    """What the site serves of these scripts, its exports handed out: tests run the small form."""
    own = {path.name: path.read_text(encoding="utf-8") for path in SCRIPTS.glob("*.js")}
    lines = []
    for name in names:
        exported = ", ".join(script(name)[1])
        lines.append(f"import {{ {exported} }} from './{name}';\n")
        lines.append(f"Object.assign(globalThis, {{ {exported} }});\n")
    entry = "".join(sorted(lines, key=lambda line: not line.startswith("import")))
    return programs({**{f"c/{name}": text for name, text in own.items()}, "c/a.js": entry})[
        "c/a.js"
    ].served()


@dataclass
class JavaScript:
    """A context that outlives single calls: loading the file is not part of what is tested."""

    context: MiniRacer

    @classmethod
    def of(cls, *names: str, tables: Tables | None = None) -> "JavaScript":
        """Scripts by file name, with these tables or those of the site."""
        context = MiniRacer()
        context.eval(served(*names))
        context.eval(f"const TABLES = {json.dumps((tables or load_tables()).to_json())};")
        return cls(context)

    def run(self, expression: str) -> Any:
        """Value of an expression, by way of JSON."""
        return json.loads(str(self.context.eval(f"JSON.stringify({expression})")))

    def call(self, name: str, *arguments: Any) -> Any:
        """Call a function of the file with JSON arguments."""
        return self.run(f"{name}(...JSON.parse({json.dumps(json.dumps(arguments))}))")

    def calculate(self, request: Any) -> Json:
        """What the page would get."""
        text = json.dumps(json.dumps(request))
        answer: Json = self.run(f"calculate(JSON.parse({text}), TABLES)")
        return answer


def both(javascript: JavaScript, request: Any) -> Json:
    """The answer of Python, after JavaScript gave the same."""
    answer: Json = calculate(request, load_tables())
    assert not PY or javascript.calculate(request) == answer
    return answer
