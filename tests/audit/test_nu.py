"""The published HTML is valid by the checker of the people who write the standard."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from benchmarks.corpus import generate
from benchmarks.project import copy_project
from tests.harness import REPOSITORY, TODAY, Site

# `make nu` puts it there.
CHECKER = REPOSITORY / ".cache/nu/node_modules/vnu-jar/build/dist/vnu.jar"

pytestmark = pytest.mark.soak


def faults(folder: Path) -> list[str]:
    """What the checker calls an error, in every page below `folder`, as `file:line message`."""
    if not CHECKER.exists():
        pytest.fail("the checker is not there: run `make nu`", pytrace=False)
    options = ("--skip-non-html", "--errors-only", "--format", "json")
    ended = subprocess.run(
        ("java", "-jar", str(CHECKER), *options, str(folder)),
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    return [
        f"{entry.get('url', '')}:{entry.get('lastLine', 0)} {entry['message']}"
        for entry in json.loads(ended.stderr)["messages"]
    ]


def test_every_page_of_the_published_site_is_valid(tmp_path: Path) -> None:
    copy_project(REPOSITORY, tmp_path / "project", articles=True)
    site = Site(tmp_path / "project")
    site.build(as_of=TODAY)
    assert faults(site.target) == []


def test_every_page_of_a_generated_site_is_valid(tmp_path: Path) -> None:
    generate(tmp_path / "project", 120)
    site = Site(tmp_path / "project")
    site.build(as_of=TODAY)
    assert faults(site.target) == []


def test_the_checker_finds_a_planted_fault(tmp_path: Path) -> None:
    (tmp_path / "x.html").write_text("<!doctype html><html lang='zh'><title>x</title><p><div></p>")
    assert faults(tmp_path) != []
