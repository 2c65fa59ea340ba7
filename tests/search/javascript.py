"""The JavaScript of search in one lasting V8; the engine has no DOM and imports nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from py_mini_racer import MiniRacer

from generator.search import characters
from tests.harness import REPOSITORY

_ENGINE = REPOSITORY / "templates" / "components" / "search" / "engine.js"
_EXPORT = re.compile(r"\nexport \{[^{}\n]*\};\n\Z")


class Engine:
    """engine.js with the whole table of traditional characters."""

    def __init__(self) -> None:
        self._context = MiniRacer()
        self._context.eval(_EXPORT.sub("\n", _ENGINE.read_text("utf-8")))
        table = {chr(old): new for old, new in characters.simplified().items()}
        self._context.eval(f"const TABLE = {json.dumps(table)};")

    def call(self, expression: str, **names: Any) -> Any:
        """The value of an expression in which `names` stand for values."""
        return json.loads(str(self._context.eval(f"JSON.stringify({_bound(expression, names)})")))

    def close(self) -> None:
        self._context.close()


def _bound(expression: str, names: Mapping[str, Any]) -> str:
    parameters = ", ".join(names)
    values = ", ".join(json.dumps(value) for value in names.values())
    return f"(({parameters}) => {expression})({values})"
