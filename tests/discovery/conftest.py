"""The real site and a small one, made in memory once a session."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import site as core
from generator.catalogue import Edition
from generator.output import Memory, Output, Previous
from generator.shell.project import load
from tests.harness import REPOSITORY, TODAY

Files = dict[str, bytes]


def made(root: Path) -> Files:
    """Every output of a project by destination."""
    project = load(root / "site_config.yml")
    events = core.build(project.settings, project.sources, Edition(TODAY), Previous(), Memory())
    outputs = [event for event in events if isinstance(event, Output)]
    return {output.destination: output.content or b"" for output in outputs}


@pytest.fixture(scope="session")
def real() -> Files:
    """Ours, as the repository has it."""
    return made(REPOSITORY)
