"""Runs commands, in this process or in one of their own, and looks at what they left."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from click.testing import CliRunner, Result

from generator.shell.cli import main
from tests.harness import TODAY, Site

# The name `yuqi` was installed under, beside the interpreter that runs the tests.
YUQI = Path(sys.executable).with_name("yuqi")


def epoch(day: date = TODAY) -> str:
    """Noon in Beijing, as `SOURCE_DATE_EPOCH` gives it."""
    return str(int(datetime(day.year, day.month, day.day, 4, tzinfo=UTC).timestamp()))


def run(
    site: Site, *arguments: str, env: Mapping[str, str | None] | None = None, answers: str = ""
) -> Result:
    """Call a command on `site`. An exception that is no exit is raised here: a user would see it."""
    command, *rest = arguments
    return CliRunner(catch_exceptions=False).invoke(
        main,
        [command, "--config-file", str(site.root / "site_config.yml"), *rest],
        env={"SOURCE_DATE_EPOCH": epoch()} | dict(env or {}),
        input=answers,
    )


def spawn(
    site: Site, *command: str, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a process in the project's folder, not at a terminal."""
    return subprocess.run(
        command,
        cwd=site.root,
        env=os.environ | {"SOURCE_DATE_EPOCH": epoch()} | dict(env or {}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def module(*arguments: str) -> tuple[str, ...]:
    """`python -m generator` with arguments."""
    return (sys.executable, "-m", "generator", *arguments)


def sources(site: Site) -> dict[str, bytes]:
    """Every file an editor owns, by path; what builds remember is left out."""
    folders = ("content", "templates")
    found = {"site_config.yml": (site.root / "site_config.yml").read_bytes()}
    for path in sorted(file for folder in folders for file in (site.root / folder).rglob("*")):
        if path.is_file():
            found[path.relative_to(site.root).as_posix()] = path.read_bytes()
    return found


def changed(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> set[str]:
    """Paths whose bytes differ, or that only one side has."""
    return {path for path in {*before, *after} if before.get(path) != after.get(path)}
