"""The base project of the whole-site tests is itself clean."""

from __future__ import annotations

from pathlib import Path

from tests.harness import Site


def test_base_project_has_no_findings_and_builds(tmp_path: Path) -> None:
    site = Site.create(tmp_path)
    assert site.findings() == []
    assert site.build().published
    assert not site.build().published
