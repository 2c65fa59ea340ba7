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
    seen = [studio.since("a/index.html")]
    for old, new in (("正文。", "改了。"), ("[@law-1]", "[@law-9]"), ("[@law-9]", "[@law-1]")):
        site.replace(A, old, new)
        assert studio.rebuild() is not None
        seen.append(studio.state(-1, 0)[0])
    assert seen == sorted(set(seen))
    assert seen[0] < studio.since("a/index.html") <= seen[-1]


def test_an_edited_page_is_shown_before_the_build_is_done_and_once(tmp_path: Path) -> None:
    site = Site.create(tmp_path)
    studio = _studio(site)
    studio.rebuild()
    before = {name: studio.since(name) for name in ("a/index.html", "b/index.html")}
    site.replace(A, "正文。", "改了。")
    studio.rebuild()
    generation, _ = studio.state(-1, 0)
    page = studio.page("a/index.html")
    assert page is not None
    assert "改了。".encode() in page
    assert before["a/index.html"] < studio.since("a/index.html") < generation
    assert studio.since("b/index.html") == before["b/index.html"]


def test_a_page_shown_early_goes_if_the_build_fails(tmp_path: Path) -> None:
    site = Site.create(tmp_path)
    studio = _studio(site)
    studio.rebuild()
    good = studio.page("a/index.html")
    # The second time with the same finding.
    for old, new in (("正文。", "改了。[没有](/nowhere/)"), ("改了。", "又改了。")):
        site.replace(A, old, new)
        assert studio.rebuild() is not None
        assert studio.page("a/index.html") == good
        assert studio.since("a/index.html") == studio.state(-1, 0)[0]


def test_watching_says_when_it_has_begun(tmp_path: Path) -> None:
    assert next(_changes(tmp_path)) == frozenset()
