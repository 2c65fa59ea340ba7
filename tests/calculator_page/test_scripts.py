"""The stripper leaves every program as it was, and refuses what it does not understand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from py_mini_racer import MiniRacer

from generator.render.scripts import ScriptError, scripts, stripped
from tests.calculator.engines import SCRIPTS, load_tables
from tests.calculator_page.projects import project

MODULES = sorted(path.name for path in SCRIPTS.glob("*.js"))


@pytest.mark.parametrize(
    ("source", "lean"),
    [
        ("a = 1; // one\nb = 2;\n", "a=1;b=2;\n"),
        ("/** doc\n * more */\nf();\n", "f();\n"),
        ("f(/** @type {string} */ (x));", "f((x));\n"),
        ("return/**/x;", "return x;\n"),
        ("let a = 'it // not';", "let a='it // not';\n"),
        ('a = "/* not */  b";', 'a="/* not */  b";\n'),
        ("a = `  // ${b}\n  keep  `;", "a=`  // ${b}\n  keep  `;\n"),
        ("a = /[/'\"]\\/ {2}/.test(b);", "a=/[/'\"]\\/ {2}/.test(b);\n"),
        ("a = b / c / d; // e", "a=b / c / d;\n"),
        ("return /x  y/g;", "return /x  y/g;\n"),
        ("a\n++\nb\n", "a\n++\nb\n"),
        ("a + +b - -c", "a + +b - -c\n"),
        ("const f = () => {\n  g();\n};\nh();", "const f=()=>{g();};h();\n"),
        ("if (a) {\n}\n(b)\n", "if(a){}\n(b)\n"),
        ("x\n  .y()\n  .z();", "x.y().z();\n"),
        ("a = 'it\\'s'; b", "a='it\\'s';b\n"),
    ],
)
def test_stripping(source: str, lean: str) -> None:
    assert stripped("x.js", source) == lean


@pytest.mark.parametrize("text", ["a = 'open;\n", "a = `open", 'b = "x\n"'])
def test_an_open_quotation_is_refused_with_its_line(text: str) -> None:
    with pytest.raises(ScriptError, match="第 1 行"):
        stripped("x.js", text)


@pytest.mark.parametrize("name", MODULES)
def test_stripping_is_stable(name: str) -> None:
    lean = stripped(name, (SCRIPTS / name).read_text("utf-8"))
    assert stripped(name, lean) == lean


def test_the_stripped_engine_gives_the_same_answers() -> None:
    text = (SCRIPTS / "engine.js").read_text("utf-8")
    context = MiniRacer()
    lean = stripped("engine.js", text)
    context.eval(lean[: lean.rindex("export{")])
    whole = MiniRacer()
    whole.eval(text[: text.rindex("export {")])
    tables = json.dumps(load_tables().to_json())
    for request in (
        (
            '{"mode":"loan","principal":"12345.67","rate":"年 18%","basis":"360",'
            '"due":"2024-01-31","as_of":"2026-03-01","compounding":"monthly","claimed":"19000"}'
        ),
        '{"mode":"loan","principal":"x"}',
    ):
        call = f"JSON.stringify(calculate({request}, {tables}))"
        assert context.eval(call) == whole.eval(call)


def test_one_directory_named_by_the_whole_tree() -> None:
    one = scripts({"components/a/x.js": "f();", "components/a/y.js": "g();"})
    other = scripts({"components/a/x.js": "f();", "components/a/y.js": "h();"})
    assert one.directory != other.directory
    assert set(one.files) == {f"{one.directory}/a/x.js", f"{one.directory}/a/y.js"}
    commented = scripts({"components/a/x.js": "// c\nf();", "components/a/y.js": "g();"})
    assert commented == one


def test_a_broken_script_is_a_finding(tmp_path: Path) -> None:
    site = project(tmp_path)
    site.write("templates/components/calculator/report.js", "const a = 'open;\n")
    path = "templates/components/calculator/report.js"
    assert site.findings() == [f"{path} template-error"]


def test_a_missing_script_is_a_finding(tmp_path: Path) -> None:
    site = project(tmp_path)
    site.delete("templates/components/calculator/report.js")
    path = "templates/components/calculator/report.js"
    assert site.findings() == [f"{path} template-missing"]
