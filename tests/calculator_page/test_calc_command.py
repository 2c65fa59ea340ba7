"""`yuqi calc`: JSON in, JSON out, and what the exit code says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator.calculator import calculate, request_schema
from generator.shell.cli import main
from tests.calculator.engines import load_tables
from tests.calculator_page.projects import project
from tests.harness import REPOSITORY, Site

REQUEST = {
    "mode": "loan",
    "principal": "10000",
    "rate": "日 0.05%",
    "due": "2026-03-05",
    "as_of": "2026-04-04",
}
CONFIG = ["-f", str(REPOSITORY / "site_config.yml")]


def calc(data: str | bytes, *arguments: str) -> tuple[int, Any]:
    run = CliRunner().invoke(main, ["calc", *CONFIG, *arguments], input=data)
    return run.exit_code, json.loads(run.stdout)


def test_an_answer() -> None:
    code, answer = calc(json.dumps(REQUEST))
    assert code == 0
    assert answer == calculate(REQUEST, load_tables())
    assert answer["total"] == "10225.00"


def test_a_refused_request_names_its_fields() -> None:
    code, answer = calc(json.dumps(REQUEST | {"principal": "x", "rate": ""}))
    assert code == 1
    assert [error["field"] for error in answer["errors"]] == ["principal", "rate"]


@pytest.mark.parametrize("data", ["", "{", b"\xff\xfe", "[" * 100_000, " " * (1024 * 1024 + 1)])
def test_what_is_not_json_is_an_error_as_data(data: str | bytes) -> None:
    code, answer = calc(data)
    assert code == 2
    assert answer["ok"] is False
    assert answer["errors"][0]["code"] == "json"


@pytest.mark.parametrize("data", ["[]", "1", "null", '"loan"', '{"mode": 3}'])
def test_json_of_another_shape_is_refused(data: str) -> None:
    assert calc(data)[0] == 1


def test_the_schema() -> None:
    assert calc("", "--schema") == (0, request_schema())


def test_help_has_an_example_and_the_exit_codes() -> None:
    text = CliRunner().invoke(main, ["calc", "--help"]).output
    assert "yuqi calc" in text
    assert "principal" in text
    assert "退出码" in text


def test_faulty_tables_are_told_with_their_line(tmp_path: Path) -> None:
    site = project(tmp_path)
    site.replace("content/data/lpr.yml", "to: '2019-09-19'", "to: '2019-09-18'")
    run = CliRunner().invoke(main, ["calc", "-f", str(site.root / "site_config.yml")], input="{}")
    assert run.exit_code == 1
    assert "content/data/lpr.yml:6:28" in run.stderr


def test_a_project_without_tables_says_what_is_missing(tmp_path: Path) -> None:
    site = Site.create(tmp_path)
    run = CliRunner().invoke(main, ["calc", "-f", str(site.root / "site_config.yml")], input="{}")
    assert run.exit_code == 1
    assert "content/data/lpr.yml" in run.stderr
