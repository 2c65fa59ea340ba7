"""Promise 2, the other shell: `mkdocs build` publishes what `yuqi build` publishes, as safely."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.harness import REPOSITORY, Site, article
from tests.publish.observe import beyond_search, changed, cold_bytes, cold_copy, entries, inodes
from tests.publish.random_edits import EDITS, Editor, base_site
from tests.publish.test_targets import another_build

# Noon of 2026-11-24 in Beijing, the day the harness builds as of.
_ENVIRONMENT = {**os.environ, "SOURCE_DATE_EPOCH": "1795492800", "NO_MKDOCS_2_WARNING": "1"}
_LIMIT = 60  # seconds; a build that hangs must fail, not stop the tests
ARTICLE = "content/articles/process/a.md"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site.create(tmp_path)


def start(module: str, site: Site, *options: str, day: str | None = None) -> subprocess.Popen[str]:
    environment = _ENVIRONMENT | ({"SOURCE_DATE_EPOCH": day} if day else {})
    return subprocess.Popen(
        [sys.executable, "-m", module, "build", "-f", str(site.root / "site_config.yml"), *options],
        cwd=REPOSITORY,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def run(module: str, site: Site, *options: str, day: str | None = None) -> tuple[int, str]:
    """Exit code and everything printed. `day` is a `SOURCE_DATE_EPOCH`."""
    process = start(module, site, *options, day=day)
    try:
        output, _ = process.communicate(timeout=_LIMIT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise
    return process.returncode, output


def mkdocs(site: Site, *options: str) -> None:
    """`mkdocs build` that must go well, into the folder `yuqi build` uses."""
    code, output = run("mkdocs", site, "-d", str(site.target), *options)
    assert code == 0, output


def beside(site: Site) -> set[str]:
    return {path.name for path in site.root.iterdir() if path.name.startswith(".site.")}


# -- the same bytes ---------------------------------------------------------------------


def test_mkdocs_and_yuqi_publish_the_same_bytes(site: Site) -> None:
    mkdocs(site)
    with cold_copy(site) as cold:
        assert run("generator", cold)[0] == 0
        assert site.published() == cold.published()


def test_a_strict_mkdocs_build_of_a_clean_project_passes(site: Site) -> None:
    mkdocs(site, "--strict")
    assert site.published() == cold_bytes(site)


def test_mkdocs_options_about_cleaning_change_nothing(site: Site) -> None:
    mkdocs(site, "--dirty")
    assert site.published() == cold_bytes(site)
    site.replace(ARTICLE, "正文。", "改过的正文。")
    mkdocs(site, "--clean")
    assert site.published() == cold_bytes(site)


def test_the_configured_folder_is_used_without_the_option(site: Site) -> None:
    code, output = run("mkdocs", site)
    assert code == 0, output
    assert site.published() == cold_bytes(site)


def equal_after_edits(root: Path, seed: int, steps: int) -> None:
    """Edit, build warm with one shell or the other, compare with the other one's cold build."""
    site = base_site(root)
    editor = Editor(site, seed)
    edits = tuple(name for name in EDITS if name != "pass_days")
    done = [f"seed {seed}"]
    for number in range(steps):
        if number % 4 == 2:
            site.build()
        else:
            mkdocs(site)
        assert site.published() == cold_bytes(site), done
        if number % 4 == 3:
            with cold_copy(site) as cold:
                mkdocs(cold)
                assert cold.published() == site.published(), done
        assert not site.build().published, done
        done.append(editor.step(edits))


def test_both_shells_agree_after_every_edit(tmp_path: Path) -> None:
    equal_after_edits(tmp_path, seed=21, steps=12)


@pytest.mark.soak
@pytest.mark.parametrize("seed", [22, 23])
def test_both_shells_agree_after_each_of_many_edits(tmp_path: Path, seed: int) -> None:
    equal_after_edits(tmp_path, seed=seed, steps=60)


def test_the_day_is_read_alike(site: Site) -> None:
    site.write("content/articles/process/later.md", article("庚定时了吗？", published="2026-12-01"))
    # 2026-11-30 16:00 UTC is midnight in Beijing.
    for day, present in (("1796054399", False), ("1796054400", True)):
        assert run("mkdocs", site, day=day)[0] == 0
        by_mkdocs = site.published()
        assert ("later/index.html" in by_mkdocs) is present
        assert run("generator", site, "--clean", day=day)[0] == 0
        assert site.published() == by_mkdocs


def test_a_draft_is_not_published(site: Site) -> None:
    site.write("content/articles/process/z.md", article("己还没写好没有？", draft="true"))
    mkdocs(site)
    assert "z/index.html" not in site.published()
    assert site.published() == cold_bytes(site)


# -- the live site ----------------------------------------------------------------------


def test_an_unchanged_mkdocs_build_does_not_touch_the_tree(site: Site) -> None:
    mkdocs(site)
    before = entries(site.target)
    mkdocs(site)
    assert entries(site.target) == before
    assert beside(site) == {".site.yuqi-lock"}


def test_mkdocs_never_writes_into_a_live_file(site: Site) -> None:
    site.build()
    before = inodes(site.target)
    retained = site.root / "retained"
    retained.mkdir()
    for number, name in enumerate(sorted(before)):
        (retained / str(number)).hardlink_to(site.target / name)
    kept, old = entries(retained), site.published()
    site.replace(ARTICLE, "正文。", "改过的正文。")
    mkdocs(site)
    assert entries(retained) == kept
    assert beyond_search(changed(old, site.published())) == {"a/index.html", "a/index.txt"}


def test_a_changed_live_tree_is_healed(site: Site) -> None:
    mkdocs(site)
    expected = site.published()
    page = site.target / "a" / "index.html"
    page.write_text("changed")
    (site.target / "stray.html").write_text("stray")
    mkdocs(site)
    assert site.published() == expected


@pytest.mark.parametrize(
    "path, old, new, place, word",
    [
        (ARTICLE, "title:", "titel:", f"{ARTICLE}:2:", "titel"),
        (ARTICLE, "[@law-1]", "[@law-9]", f"{ARTICLE}:15:", "law-9"),
        (ARTICLE, "正文。", "[坏链接](/nowhere/)", f"{ARTICLE}:15:", "/nowhere/"),
        ("content/data/sources.yml", "id: law-1", "id: law 1", "content/data/sources.yml:1:", "id"),
        ("templates/article.html", "<h1 ", "<h1 onclick='x()' ", "a/index.html", "onclick"),
    ],
)
def test_an_error_is_told_with_its_place_and_leaves_the_live_site(
    site: Site, path: str, old: str, new: str, place: str, word: str
) -> None:
    site.build()
    before = entries(site.target)
    site.replace(path, old, new)
    code, output = run("mkdocs", site, "-d", str(site.target))
    assert code != 0
    assert any(place in line and word in line for line in output.splitlines()), output
    assert "Traceback" not in output
    assert entries(site.target) == before
    assert beside(site) == {".site.yuqi-lock"}
    assert not site.root.joinpath("docs").exists()


def test_all_errors_of_all_files_are_told_at_once(site: Site) -> None:
    site.replace(ARTICLE, "title:", "titel:")
    site.replace("content/articles/safety/b.md", "[@law-1]", "[@law-9]")
    site.write("content/articles/safety/notes.txt", "x")
    code, output = run("mkdocs", site)
    assert code != 0
    for place in (ARTICLE, "content/articles/safety/b.md", "content/articles/safety/notes.txt"):
        assert place in output


def test_all_errors_of_the_plugin_options_are_told_at_once(site: Site) -> None:
    text = site.read("site_config.yml")
    text = text.replace("crisis:", "krisis:").replace("id: safety", "id: Safe ty")
    text = text.replace("  - yuqi:\n", "  - yuqi:\n      page_sizes: {cards: many}\n")
    site.write("site_config.yml", text)
    code, output = run("mkdocs", site)
    assert code != 0
    assert "Traceback" not in output
    lines = text.splitlines()
    for word in ("krisis", "Safe ty", "many"):
        number = next(at for at, line in enumerate(lines, 1) if word in line)
        assert f"site_config.yml:{number}:" in output, output
    assert not site.target.exists()


def test_a_configuration_is_good_for_both_shells_or_for_none(tmp_path: Path) -> None:
    site = Site.create(tmp_path)
    lines = [line for line in site.read("site_config.yml").splitlines() if "docs_dir" not in line]
    site.write("site_config.yml", "\n".join(lines) + "\n")
    assert (run("generator", site)[0] == 0) == (run("mkdocs", site)[0] == 0)


@pytest.mark.parametrize("name", ["content/articles/loop", "content/loop", "content/images"])
def test_a_link_that_loops_does_not_hang_mkdocs(site: Site, name: str) -> None:
    site.build()
    before = entries(site.target)
    (site.root / name).symlink_to(site.root / "content")
    code, output = run("mkdocs", site)
    assert code != 0
    assert name in output
    assert entries(site.target) == before


def test_a_pipe_in_the_content_does_not_hang_mkdocs(site: Site) -> None:
    os.mkfifo(site.root / "content" / "articles" / "process" / "pipe.md")
    code, output = run("mkdocs", site)
    assert code != 0
    assert "content/articles/process/pipe.md" in output


# -- targets and locks ------------------------------------------------------------------


def test_mkdocs_refuses_a_folder_that_is_not_ours(site: Site, tmp_path: Path) -> None:
    """MkDocs alone would empty it."""
    folder = tmp_path / "photos"
    folder.mkdir()
    (folder / "wedding.jpg").write_bytes(b"irreplaceable")
    before = entries(folder)
    code, output = run("mkdocs", site, "-d", str(folder))
    assert code != 0
    assert "停下了" in output
    assert "Traceback" not in output
    assert entries(folder) == before


@pytest.mark.parametrize("name", [".", "..", "templates", "content/site", "templates/site"])
def test_mkdocs_refuses_to_publish_over_the_project(site: Site, name: str) -> None:
    before = entries(site.root)
    code, output = run("mkdocs", site, "-d", str(site.root / name))
    assert code != 0
    assert "Traceback" not in output
    assert entries(site.root) == before


def test_mkdocs_waits_for_nobody(site: Site) -> None:
    site.build()
    site.replace(ARTICLE, "正文。", "改过的正文。")
    before = entries(site.target)
    with another_build(site.target):
        code, output = run("mkdocs", site)
        assert code != 0
        assert "另一个构建" in output
        assert entries(site.target) == before
    mkdocs(site)


def killed_at_random(site: Site, seed: int, kills: int) -> None:
    """Kill builds until so many died; the moments follow how fast this machine is just now."""
    source = random.Random(seed)
    started = time.monotonic()
    mkdocs(site)
    duration = time.monotonic() - started
    for number in range(10 * kills):
        before = site.published()
        old = "<html" if number == 0 else f'<html data-round="{number}"'
        site.replace("templates/base.html", old, f'<html data-round="{number + 1}"')
        after = cold_bytes(site)
        process = start("mkdocs", site, "-d", str(site.target))
        try:
            process.communicate(timeout=duration * source.uniform(0.4, 1.0))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        process.communicate(timeout=_LIMIT)
        killed = process.returncode != 0
        duration *= 1.05 if killed else 0.8
        assert site.published() in (before, after)
        if number % 2:
            mkdocs(site)
        else:
            site.build()
        assert site.published() == after
        assert beside(site) - {".site.yuqi-staging"} == {".site.yuqi-lock"}
        kills -= killed
        if kills == 0:
            return
    raise AssertionError("most builds ended before they could be killed")


def test_mkdocs_builds_killed_at_random_moments(site: Site) -> None:
    killed_at_random(site, seed=31, kills=5)


@pytest.mark.soak
def test_many_mkdocs_builds_killed_at_random_moments(site: Site) -> None:
    killed_at_random(site, seed=32, kills=40)
