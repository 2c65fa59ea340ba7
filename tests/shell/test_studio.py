"""The preview's memory: when a try to build counts as a change."""

from __future__ import annotations

from pathlib import Path

from generator.shell.commands.serve import _changes
from generator.shell.preview.studio import Studio
from tests.harness import TODAY, Site

A = "content/articles/process/a.md"


def _studio(site: Site) -> Studio:
    return Studio(site.root / "site_config.yml", lambda: TODAY)


def test_a_try_that_changes_nothing_reloads_nobody(tmp_path: Path) -> None:
    site = Site.create(tmp_path)
    studio = _studio(site)
    assert studio.rebuild() is not None
    generation, _ = studio.state(-1, 0)
    assert studio.rebuild() is None
    assert studio.state(-1, 0)[0] == generation


def test_an_edit_a_mistake_and_its_repair_each_count(tmp_path: Path) -> None:
    site = Site.create(tmp_path)
    studio = _studio(site)
    studio.rebuild()
    seen = [studio.shown]
    for old, new in (("正文。", "改了。"), ("[@law-1]", "[@law-9]"), ("[@law-9]", "[@law-1]")):
        site.replace(A, old, new)
        assert studio.rebuild() is not None
        seen.append(studio.state(-1, 0)[0])
    assert seen == sorted(set(seen))
    assert studio.shown == seen[-1]


def test_watching_says_when_it_has_begun(tmp_path: Path) -> None:
    assert next(_changes(tmp_path)) == frozenset()
