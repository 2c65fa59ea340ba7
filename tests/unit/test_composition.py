"""The small scripts of all components become one program, and each still does what it did."""

from __future__ import annotations

import pytest
from py_mini_racer import MiniRacer

from generator.render.composition import composed
from generator.render.minifier import ScriptError
from generator.render.scripts import BEFORE_PAINT, scripts

STUB = """
var made = [];
var document = { querySelectorAll: (query) => [query] };
var queueMicrotask = (run) => { try { run(); } catch (error) { made.push("failed"); } };
"""


def made_by(sources: dict[str, str]) -> str:
    """What the scripts push into `made`, run as they are served."""
    context = MiniRacer()
    context.eval(STUB)
    names = {f"components/{name}/script.js": text for name, text in sources.items()}
    context.eval(composed(names).served())
    return str(context.eval("made.join()"))


def test_every_script_starts_on_its_own_elements_and_keeps_its_names() -> None:
    script = (
        "const own = '{}';\nfunction start(element) {{\n  made.push(own + element);\n}}\n\n"
        "export {{ start }};\n"
    )
    told = made_by({"b": script.format("B"), "a": script.format("A")})
    assert told == 'A[data-module="a"],B[data-module="b"]'


def test_a_script_that_throws_does_not_stop_the_others() -> None:
    bad = "function start() {\n  nothing();\n}\nexport { start };\n"
    good = "function start() {\n  made.push('good');\n}\nexport { start };\n"
    assert made_by({"a": bad, "b": good}) == "failed,good"


@pytest.mark.parametrize(
    "text",
    [
        "function start() {}\n",
        "function begin() {}\nexport { begin };\n",
        "import { a } from './a.js';\nfunction start() {}\nexport { start };\n",
        "export function start() {}\nexport { start };\n",
    ],
)
def test_a_script_of_another_shape_is_refused(text: str) -> None:
    with pytest.raises(ScriptError, match=r"components/a/script\.js"):
        composed({"components/a/script.js": text})


def test_the_address_of_the_common_file_is_its_own() -> None:
    own = {"components/a/script.js": "function start() {}\nexport { start };\n"}
    one = scripts(own | {"components/b/x.js": "f();\n"})
    other = scripts(own | {"components/b/x.js": "g();\n"})
    assert one.site == other.site
    assert one.addresses != other.addresses
    assert one.files.keys() == {one.site, *one.addresses.values()}


def test_the_inline_line_must_not_end_its_own_element() -> None:
    assert scripts({BEFORE_PAINT: "// why\na();\n  b();\n"}).before_paint == "a();b();"
    with pytest.raises(ScriptError, match=r"before-paint\.js"):
        scripts({BEFORE_PAINT: "a('</script>');\n"})
