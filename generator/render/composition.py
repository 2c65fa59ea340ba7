"""The small scripts of all components as the one program every page loads.

A component's `script.js` imports nothing and exports `start`, which is called with every element
that carries `data-module="COMPONENT"`. Each script keeps its names to itself inside a block, and
one that throws stops no other.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.render.minifier import ScriptError
from generator.render.modules import Module, Program, module

_BIND = """\
function bind(name, start) {
  for (const element of document.querySelectorAll('[data-module="' + name + '"]')) {
    queueMicrotask(() => start(element));
  }
}
"""


def composed(sources: Mapping[str, str]) -> Program:
    """From the texts by template name (`components/X/script.js`), in the order of their names.

    Raises `ScriptError` for a script that is not of the shape above.
    """
    scripts = tuple(module(name, sources[name]) for name in sorted(sources))
    return Program(scripts, _BIND + "".join(map(_block, scripts)))


def _block(script: Module) -> str:
    if "start" not in script.exports or script.imports:
        raise ScriptError(script.name, "不能有 import，最后一行要导出 start：export { start };")
    component = script.name.split("/")[-2]
    return f'{{\n{script.code}\nbind("{component}", start);\n}}\n'
