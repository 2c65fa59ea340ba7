"""The JavaScript of search in one lasting V8: the engine alone, or all of it over files in memory."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from py_mini_racer import MiniRacer

from generator.search import characters
from tests.harness import REPOSITORY

_FOLDER = REPOSITORY / "templates" / "components" / "search"
_EXPORT = re.compile(r"\nexport \{([^{}\n]*)\};\n\Z")
_IMPORT = re.compile(r"^import .*\n", re.MULTILINE)
# What a browser has and V8 has not, as far as `lookup.js` needs it.
_BROWSER = """
const files = {};
const fetch = async (name) => ({
  ok: name in files, status: 404, json: async () => JSON.parse(files[name]), text: async () => files[name],
});
class URL { constructor(name, base) { this.href = (base.href || '') + name.replace('../../../', ''); } }
class TextDecoder { decode() { return COMMON; } }
"""


class Engine:
    """engine.js with the whole table of traditional characters."""

    def __init__(self) -> None:
        self._context = MiniRacer()
        self._context.eval(_EXPORT.sub("\n", (_FOLDER / "engine.js").read_text("utf-8")))
        table = {chr(old): new for old, new in characters.simplified().items()}
        self._context.eval(f"const TABLE = {json.dumps(table)};")

    def call(self, expression: str, **names: Any) -> Any:
        """The value of an expression in which `names` stand for values."""
        return json.loads(str(self._context.eval(f"JSON.stringify({_bound(expression, names)})")))

    def close(self) -> None:
        self._context.close()


class Desk:
    """`search()` as a page has it, over the files of an index."""

    def __init__(self) -> None:
        self._context = MiniRacer()
        self._context.eval(f"const COMMON = {json.dumps(characters.common())};{_BROWSER}")
        self._context.eval(_EXPORT.sub("\n", (_FOLDER / "engine.js").read_text("utf-8")))
        lookup = (_FOLDER / "lookup.js").read_text("utf-8").replace("import.meta.url", "''")
        body = _EXPORT.sub(r"\nreturn {\1};\n", _IMPORT.sub("", lookup))
        self._context.eval(f"const opened = () => {{ {body} }};")
        self._context.eval("let search; let answers;")

    def open(self, files: Mapping[str, bytes]) -> None:
        """Forget all files and take these."""
        texts = json.dumps({name: content.decode() for name, content in files.items()})
        self._context.eval("for (const name of Object.keys(files)) delete files[name];")
        self._context.eval(f"Object.assign(files, {texts}); ({{ search }} = opened());")

    def ask(self, *queries: str, **options: Any) -> list[list[str]]:
        """The addresses of the results of each query, in order."""
        asked = f"Promise.all({json.dumps(queries)}.map((q) => search(q, {json.dumps(options)})))"
        told = "JSON.stringify(all.map((found) => found.map((result) => result.url)))"
        self._context.eval(f"answers = ''; {asked}.then((all) => {{ answers = {told}; }});")
        return list(json.loads(str(self._context.eval("answers"))))

    def close(self) -> None:
        self._context.close()


def _bound(expression: str, names: Mapping[str, Any]) -> str:
    parameters = ", ".join(names)
    values = ", ".join(json.dumps(value) for value in names.values())
    return f"(({parameters}) => {expression})({values})"
