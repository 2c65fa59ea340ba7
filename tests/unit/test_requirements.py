"""What is locked can be installed where we say it can."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

REPOSITORY = Path(__file__).parents[2]
_PINNED = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)", re.MULTILINE)


def _oldest() -> str:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]
    return f"{str(project['requires-python']).removeprefix('>=')}.0"


@pytest.mark.parametrize("lock", ["site.txt", "dev.txt"])
def test_every_locked_package_takes_the_oldest_python_we_promise(lock: str) -> None:
    pinned = _PINNED.findall((REPOSITORY / "requirements" / lock).read_text())
    assert len(pinned) > 20
    wanted = {name: distribution(name).metadata["Requires-Python"] or "" for name, _ in pinned}
    too_new = {
        name: python
        for name, python in wanted.items()
        if not SpecifierSet(python).contains(_oldest())
    }
    assert too_new == {}


@pytest.mark.parametrize("lock", ["site.txt", "dev.txt"])
def test_what_is_installed_is_what_is_locked(lock: str) -> None:
    pinned = _PINNED.findall((REPOSITORY / "requirements" / lock).read_text())
    assert {name: distribution(name).version for name, _ in pinned} == dict(pinned)
