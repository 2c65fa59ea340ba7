"""Help is instant, Chinese, and shows how a command is used."""

from __future__ import annotations

import re
import sys

import click
import pytest
from click.testing import CliRunner

from generator.shell.cli import COMMANDS, main
from tests.harness import Site
from tests.shell.running import YUQI, module, spawn

HEAVY = ("jinja2", "markdown", "mkdocs", "pydantic", "yaml", "lightningcss", "watchfiles", "nh3")
CHINESE = re.compile("[\u4e00-\u9fff]")


def command(name: str) -> click.Command:
    found = main.get_command(click.Context(main), name)
    assert isinstance(found, click.Command)
    return found


@pytest.mark.parametrize("option", ["--help", "-h"])
@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_is_chinese_and_has_examples(name: str, option: str) -> None:
    result = CliRunner().invoke(main, [*([name] if name else []), option])
    assert result.exit_code == 0
    assert CHINESE.search(result.output)
    assert f"yuqi {name}" in result.output.split("例子：\n", 1)[1]


@pytest.mark.parametrize("name", COMMANDS)
def test_examples_use_options_that_exist(name: str) -> None:
    found = command(name)
    known = {option for parameter in found.params for option in parameter.opts}
    example = (found.help or "").split("例子：", 1)[1]
    used = set(re.findall(r"(?<!\S)(--?[a-z][a-z-]*)", example))
    assert used <= known


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_explained_in_chinese(name: str) -> None:
    options = [entry for entry in command(name).params if isinstance(entry, click.Option)]
    assert [option.name for option in options if not CHINESE.search(option.help or "")] == []


def test_the_overview_lists_every_command_and_the_exit_codes() -> None:
    output = CliRunner().invoke(main, ["--help"]).output
    listed = output.split("命令:", 1)[1]
    assert re.findall(r"^  ([a-z]+)  ", listed, re.MULTILINE) == sorted(COMMANDS)
    assert re.search(r"退出码：0 .*1 .*2 .*3 ", output)


def test_each_commands_one_line_help_agrees_with_its_own() -> None:
    for name, line in COMMANDS.items():
        assert CHINESE.search(line), name
        assert command(name).name == name


@pytest.mark.parametrize("arguments", [["--help"], ["-h"]])
def test_help_imports_nothing_that_builds(site: Site, arguments: list[str]) -> None:
    code = (
        "import sys\n"
        f"sys.argv = ['yuqi', *{arguments!r}]\n"
        "from generator.shell.cli import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert end.code == 0\n"
        f"print(*(name for name in {HEAVY!r} if name in sys.modules), file=sys.stderr)\n"
    )
    result = spawn(site, sys.executable, "-c", code)
    assert "例子：" in result.stdout
    assert result.stderr.split() == []


@pytest.mark.parametrize(
    "arguments", [["--help"], ["check"], ["nonsense"], ["rename", "a"], ["related", "a", "--why"]]
)
def test_the_module_and_the_command_are_one(site: Site, arguments: list[str]) -> None:
    by_module, by_name = spawn(site, *module(*arguments)), spawn(site, str(YUQI), *arguments)
    assert by_module.args != by_name.args
    assert (by_module.returncode, by_module.stdout, by_module.stderr) == (
        by_name.returncode,
        by_name.stdout,
        by_name.stderr,
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["build", "--nonsense"],
        ["rename", "a"],
        ["check", "--format", "html"],
        ["new"],
    ],
)
def test_a_misspelt_command_line_is_a_usage_error(arguments: list[str]) -> None:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "--help" in result.stderr
