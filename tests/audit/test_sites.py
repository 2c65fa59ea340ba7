"""The repository's own site and a generated one keep every promise the audit knows."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from benchmarks.corpus import generate
from benchmarks.project import copy_project
from generator.audit.inspection import inspect
from generator.shell.served import ServedFiles
from tests.harness import REPOSITORY, TODAY, Site

MANY = 120


def audited(site: Site, as_of: date = TODAY) -> set[str]:
    """What is wrong with the site once it is built, one line a finding."""
    site.build(as_of=as_of)
    return {
        f"{finding.path} {finding.code} {finding.message}"
        for finding in inspect(ServedFiles(site.target))
    }


def generated(root: Path, count: int) -> Site:
    generate(root, count)
    return Site(root)


def test_the_published_site_passes(tmp_path: Path) -> None:
    copy_project(REPOSITORY, tmp_path / "project", articles=True)
    assert audited(Site(tmp_path / "project")) == set()


def test_a_generated_site_passes(tmp_path: Path) -> None:
    assert audited(generated(tmp_path / "project", MANY)) == set()


def largest(site: Site) -> dict[str, int]:
    """Bytes of the largest page of each kind: articles lie at the top, lists in folders."""
    found: dict[str, int] = {}
    for name, content in site.published().items():
        if name.endswith(".html"):
            parts = name.split("/")
            kind = "page" if len(parts) < 3 else parts[0]
            found[kind] = max(found.get(kind, 0), len(content))
    return found


@pytest.mark.soak
def test_a_site_of_a_thousand_articles_passes_and_its_pages_are_no_larger(tmp_path: Path) -> None:
    small, large = (generated(tmp_path / f"site-{count}", count) for count in (MANY, 1000))
    assert audited(large) == set()
    small.build(as_of=TODAY)
    few, many = largest(small), largest(large)
    assert many["page"] <= few["page"] * 1.25
    # A list of the small site may not fill its page yet: the fullest one there is the measure.
    fullest = max(size for kind, size in few.items() if kind != "page")
    lists = {kind: size for kind, size in many.items() if kind != "page"}
    assert {kind: size for kind, size in lists.items() if size > fullest * 1.25} == {}
