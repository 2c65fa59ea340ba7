"""Modules are joined and made small without a change of what they do; other shapes are refused."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from py_mini_racer import MiniRacer

from generator.calculator import calculate
from generator.calculator.spec import MODES
from generator.pages.calculator import EXAMPLES
from generator.render.kinds import kinds, only
from generator.render.minifier import VERSION, ScriptError, minified
from generator.render.modules import programs
from generator.render.scripts import scripts
from tests.calculator.engines import ROOT, SCRIPTS, load_tables
from tests.calculator_page.projects import project

OWN = {path.name: path.read_text("utf-8") for path in SCRIPTS.glob("*.js")}


def test_joined_modules_run_after_those_they_import() -> None:
    (program,) = programs({
        "c/z.js": "const two = 2;\n\nexport { two };\n",
        "c/m.js": "import { two } from './z.js';\nconst four = two + two;\nexport { four };\n",
        "c/a.js": "import { four } from './m.js';\nimport { two } from './z.js';\nout = four + two;\n",
    }).values()  # fmt: skip
    context = MiniRacer()
    context.eval(program.served())
    assert context.eval("out") == 6
    assert context.eval("typeof two + typeof four") == "undefinedundefined"


@pytest.mark.parametrize(
    ("modules", "at", "said"),
    [
        ({"a": "export const b = 1;\n"}, "a", "export const b"),
        ({"a": "import b from './b.js';\n"}, "a", "import b from"),
        ({"a": "import { b } from './b.js';\n"}, "a", "b 在 c/b.js 里没有"),
        ({"a": "import { b } from './b.js';\n", "b": "export { c };\n"}, "a", "b 在 c/b.js 里没有"),
        (
            {
                "a": "import { x } from './b.js';\n",
                "b": "import { y } from './d.js';\nexport { x };\n",
                "d": "import { x } from './b.js';\nexport { y };\n",
            },
            "b",
            "转成了一圈",
        ),
        (
            {
                "a": "import { x } from './b.js';\nconst [y, z] = [1, 2];\n",
                "b": "function z() {}\nexport { x };\n",
            },
            "a",
            "名字 z 在 c/b.js 里已经用了",
        ),
        (
            {
                "a": "import { x } from './b.js';\n/** @type {any} */ const { y: z } = x;\n",
                "b": "let z;\nexport { x };\n",
            },
            "a",
            "名字 z",
        ),
    ],
)
def test_modules_of_another_shape_are_refused(modules: dict[str, str], at: str, said: str) -> None:
    with pytest.raises(ScriptError, match=re.escape(said)) as caught:
        programs({f"c/{name}.js": text for name, text in modules.items()})
    assert caught.value.name == f"c/{at}.js"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("let a = 'open;\n", "第 1 行：unterminated string literal"),
        ("a = 1;\nb = (;\n", "第 2 行：unexpected ;"),
        ("a = `open", "第 1 行：unterminated template literal"),
    ],
)
def test_what_is_not_javascript_is_refused_with_its_line(text: str, said: str) -> None:
    with pytest.raises(ScriptError, match=re.escape(said)):
        minified("x.js", text)


def test_declarations_stay_in_their_order() -> None:
    """The library moves those that take something apart to the front, where it can."""
    text = """\
const log = [];
const said = (word) => (log.push(word), { word, log });
function run() {
  const first = { word: said('a').word };
  const { word } = said(first.word + 'b');
  const [one] = log;
  /** @type {string[]} */ const [, , two] = [...log, said('c').word];
  const last = said(word + 'd');
  const { log: all } = said({ last }.last.word);
  return all.concat(one, two);
}
globalThis.told = run();
"""
    whole, small = MiniRacer(), MiniRacer()
    whole.eval(text)
    small.eval(minified("x.js", text))
    told = "JSON.stringify(told)"
    assert small.eval(told) == whole.eval(told)


def test_what_cannot_be_kept_in_order_is_refused() -> None:
    text = "function f(g) {\n  let a = g();\n  const { b } = g();\n  return [a, b];\n}\n"
    with pytest.raises(ScriptError, match="第 3 行：拆开赋值"):
        minified("x.js", text)


def test_a_mistake_is_told_of_the_module_that_has_it() -> None:
    modules = {
        "c/a.js": "import { x } from './b.js';\nx();\ny(;\n",
        "c/b.js": "const x = () => 1;\nexport { x };\n",
    }
    with pytest.raises(ScriptError, match="第 3 行") as caught:
        programs(modules)["c/a.js"].served()
    assert caught.value.name == "c/a.js"


def test_the_small_engine_gives_the_same_answers() -> None:
    """The one program that is served has the engine in it; here it is told to hand it out."""
    text = OWN["engine.js"]
    export = text.rindex("export {")
    entry = "import { calculate } from './engine.js';\nglobalThis.served = calculate;\n"
    (program,) = programs({"c/engine.js": text, "c/a.js": entry}).values()
    small, whole = MiniRacer(), MiniRacer()
    small.eval(program.served())
    whole.eval(text[:export])
    tables = json.dumps(load_tables().to_json())
    for request in (
        (
            '{"mode":"loan","principal":"12345.67","rate":"年 18%","basis":"360",'
            '"due":"2024-01-31","as_of":"2026-03-01","compounding":"monthly","claimed":"19000"}'
        ),
        '{"mode":"loan","principal":"x"}',
    ):
        call = f"({request}, {tables}))"
        told = whole.eval(f"JSON.stringify(calculate{call}")
        assert small.eval(f"JSON.stringify(served{call}") == told


def test_the_calculator_is_one_small_file_for_each_kind_of_debt() -> None:
    served = scripts({f"components/calculator/{name}": text for name, text in OWN.items()})
    programs = {f"calculator/form-{mode}.js" for mode in MODES}
    assert served.addresses.keys() == programs
    assert served.files.keys() == {served.site, *served.addresses.values()}
    name = served.addresses["calculator/form-loan.js"]
    once, again = (served.files[name].served() for _ in range(2))
    assert once == again
    assert len(once) < sum(map(len, OWN.values())) / 2
    assert not re.search(r"\bimport\b(?!\()|\bexport\b", once)


def test_what_is_kept_for_a_kind_is_served_to_it_alone() -> None:
    text = "f();\n// only b\ng();\n\n// only a\nh();\n// all kinds\nk();\n"
    assert kinds(["no();\n", text]) == ("a", "b")
    assert only("a", {"x": text}) == {"x": "f();\n\n\n\n// only a\nh();\n// all kinds\nk();\n"}
    served = scripts({"components/c/x.js": text})
    assert [served.files[served.addresses[f"c/x-{kind}.js"]].served() for kind in "ab"] == [
        "(()=>{f(),h(),k()})()",
        "(()=>{f(),g(),k()})()",
    ]


@pytest.mark.parametrize("mode", MODES)
def test_the_engine_of_one_kind_gives_the_same_answers(mode: str) -> None:
    (parts,) = only(mode, {"engine.js": OWN["engine.js"]}).values()
    context = MiniRacer()
    context.eval(parts[: parts.rindex("export {")])
    tables = load_tables()
    (request,) = (it for _, it in EXAMPLES if it["mode"] == mode)
    for claimed in ("", "12345.67"):
        asked = request | {"claimed": claimed}
        call = f"calculate({json.dumps(asked)}, {json.dumps(tables.to_json())})"
        assert json.loads(str(context.eval(f"JSON.stringify({call})"))) == calculate(asked, tables)


def test_an_address_is_of_the_sources_and_of_the_library() -> None:
    one = scripts({"components/a/x.js": "f();"})
    other = scripts({"components/a/x.js": "g();"})
    assert one.addresses["a/x.js"] != other.addresses["a/x.js"]
    assert one.site == other.site
    assert f'"tdewolff-minify=={VERSION}"' in (ROOT / "pyproject.toml").read_text("utf-8")


def test_a_broken_script_is_a_finding(tmp_path: Path) -> None:
    site = project(tmp_path)
    path = "templates/components/calculator/report.js"
    site.write(path, site.read(path).replace("const PREFIX = 'v=2&';", "const PREFIX = 'v;"))
    assert site.findings() == [f"{path} template-error"]
    site.write(path, "export default 1;\n")
    assert site.findings() == [f"{path} template-error"]


def test_a_missing_script_is_a_finding(tmp_path: Path) -> None:
    site = project(tmp_path)
    site.delete("templates/components/calculator/form.js")
    assert "templates/components/calculator/form.js template-missing" in site.findings()
