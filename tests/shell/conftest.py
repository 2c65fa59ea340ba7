"""A fresh project for every test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.harness import Site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site.create(tmp_path)
