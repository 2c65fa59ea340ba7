"""Where a site may be published: an empty place or our own site, by one build at a time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.shell.cli import main
from tests.harness import REPOSITORY, Site
from tests.publish.observe import Entry, entries

REFUSED = 3


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site.create(tmp_path)


def build(site: Site, *options: str) -> Result:
    """`yuqi build` as the command line runs it."""
    config = str(site.root / "site_config.yml")
    return CliRunner().invoke(main, ["build", "-f", config, "--as-of", "2026-11-24", *options])


# -- targets that are fine --------------------------------------------------------------


def test_a_target_that_does_not_exist_is_made_with_its_parents(site: Site, tmp_path: Path) -> None:
    target = tmp_path / "srv" / "www" / "站"
    assert build(site, "--site-dir", str(target)).exit_code == 0
    assert (target / "a" / "index.html").is_file()


def test_an_empty_folder_is_filled(site: Site) -> None:
    site.target.mkdir()
    assert build(site).exit_code == 0
    assert (site.target / "index.html").is_file()


def test_a_site_of_ours_is_replaced(site: Site) -> None:
    build(site)
    site.replace("content/articles/process/a.md", "甲逾期了", "丙逾期了")
    assert build(site).exit_code == 0
    assert "丙逾期了" in site.page("a/index.html")


def test_a_site_published_from_another_copy_is_replaced(site: Site, tmp_path: Path) -> None:
    target = tmp_path / "www"
    build(site, "--site-dir", str(target))
    (tmp_path / "second").mkdir()
    second = Site.create(tmp_path / "second")
    second.delete("content/articles/safety/b.md")
    second.replace("content/articles/process/a.md", "related: [b]", "redirect_from: [b]")
    assert build(second, "--site-dir", str(target)).exit_code == 0
    assert second.published(target) == second_build(second)


def second_build(site: Site) -> dict[str, bytes]:
    site.build()
    return site.published()


# -- refusals ---------------------------------------------------------------------------


def strangers(site: Site) -> Path:
    folder = site.root.parent / "photos"
    folder.mkdir()
    (folder / "wedding.jpg").write_bytes(b"irreplaceable")
    return folder


def home(site: Site) -> Path:
    folder = site.root.parent / "home" / "editor"
    (folder / ".ssh").mkdir(parents=True)
    (folder / ".ssh" / "id_ed25519").write_bytes(b"secret")
    (folder / ".profile").write_bytes(b"PATH=/bin\n")
    return folder


def hidden_file_only(site: Site) -> Path:
    folder = site.root.parent / "hidden"
    folder.mkdir()
    (folder / ".keep").touch()
    return folder


def foreign_manifest(site: Site) -> Path:
    folder = strangers(site)
    (folder / ".yuqi-manifest.json").write_bytes(b'{"files": []}')
    return folder


def a_file(site: Site) -> Path:
    path = site.root.parent / "notes.txt"
    path.write_bytes(b"notes")
    return path


def a_pipe(site: Site) -> Path:
    path = site.root.parent / "pipe"
    os.mkfifo(path)
    return path


def link_to_a_site(site: Site) -> Path:
    site.build()
    path = site.root.parent / "current"
    path.symlink_to(site.target)
    return path


def link_to_nothing(site: Site) -> Path:
    path = site.root.parent / "dangling"
    path.symlink_to(site.root.parent / "nowhere")
    return path


def below_a_file(site: Site) -> Path:
    return a_file(site) / "site"


def project_root(site: Site) -> Path:
    return site.root


def project_parent(site: Site) -> Path:
    return site.root.parent


def filesystem_root(_: Site) -> Path:
    return Path("/")


def content_folder(site: Site) -> Path:
    return site.root / "content"


def new_folder_inside_content(site: Site) -> Path:
    return site.root / "content" / "site"


def new_folder_inside_templates(site: Site) -> Path:
    return site.root / "templates" / "site"


def new_folder_inside_git(site: Site) -> Path:
    return site.root / ".git" / "site"


def cache_folder(site: Site) -> Path:
    return site.root / ".cache"


def content_through_a_link(site: Site) -> Path:
    link = site.root.parent / "elsewhere"
    link.symlink_to(site.root / "content")
    return link / "site"


def content_through_dots(site: Site) -> Path:
    return site.root / "new" / ".." / "content" / "site"


def content_through_dots_after_a_link(site: Site) -> Path:
    """The path means one folder to the system and another to whoever shortens it as text."""
    (site.root.parent / "deep" / "folder").mkdir(parents=True)
    (site.root / "link").symlink_to(site.root.parent / "deep" / "folder")
    return site.root / "link" / ".." / "content" / "site"


REFUSALS: tuple[Callable[[Site], Path], ...] = (
    strangers,
    home,
    hidden_file_only,
    foreign_manifest,
    a_file,
    a_pipe,
    link_to_a_site,
    link_to_nothing,
    below_a_file,
    project_root,
    project_parent,
    filesystem_root,
    content_folder,
    new_folder_inside_content,
    new_folder_inside_templates,
    new_folder_inside_git,
    cache_folder,
    content_through_a_link,
    content_through_dots,
)


@pytest.mark.parametrize("prepare", REFUSALS)
def test_a_target_that_is_not_ours_is_refused(site: Site, prepare: Callable[[Site], Path]) -> None:
    target = prepare(site)
    before = untouched(site)
    result = build(site, "--site-dir", str(target))
    assert result.exit_code == REFUSED, result.output
    assert "停下了" in result.stderr
    assert untouched(site) == before


def untouched(site: Site) -> dict[str, Entry]:
    """All around the project; a lock and the time of the folder it lies in do not count."""
    return {
        name: replace(entry, modified=0) if entry.kind[0] == "d" else entry
        for name, entry in entries(site.root.parent).items()
        if not name.endswith(".yuqi-lock")
    }


@pytest.mark.parametrize("prepare", [strangers, a_file, link_to_nothing])
def test_a_refusal_leaves_nothing_beside_the_target(
    site: Site, prepare: Callable[[Site], Path]
) -> None:
    """Not even a lock: the place beside somebody's home is often not ours to write to."""
    target = prepare(site)
    before = entries(site.root.parent)
    assert build(site, "--site-dir", str(target)).exit_code == REFUSED
    assert entries(site.root.parent) == before


def test_dots_after_a_link_do_not_lead_into_the_content(site: Site) -> None:
    before = entries(site.root / "content")
    target = content_through_dots_after_a_link(site)
    result = build(site, "--site-dir", str(target))
    assert entries(site.root / "content") == before
    published = site.root.parent / "deep" / "content" / "site" / "index.html"
    assert (result.exit_code, published.exists()) in [(0, True), (REFUSED, False)]


def test_the_configured_folder_is_judged_like_the_option(site: Site) -> None:
    site.write("site_config.yml", f"site_dir: content/site\n{site.read('site_config.yml')}")
    before = entries(site.root / "content")
    assert build(site).exit_code == REFUSED
    assert entries(site.root / "content") == before


# -- one build at a time ----------------------------------------------------------------

_HOLD = """
import sys
from pathlib import Path
from generator.shell.publish import Publication
with Publication(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def another_build(target: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process in the middle of publishing to `target`."""
    command = [sys.executable, "-c", _HOLD, str(target)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=REPOSITORY
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        try:
            yield process
        finally:
            process.stdin.close()


def test_a_second_build_is_refused_while_one_runs(site: Site) -> None:
    site.build()
    site.replace("content/articles/process/a.md", "甲逾期了", "丙逾期了")
    before = entries(site.root)
    with another_build(site.target):
        result = build(site)
        assert result.exit_code == REFUSED
        assert "另一个构建" in result.stderr
        assert entries(site.root) == before
    assert build(site).exit_code == 0
    assert "丙逾期了" in site.page("a/index.html")


def test_a_refused_build_leaves_what_the_running_one_has_staged(site: Site) -> None:
    site.build()
    with another_build(site.target):
        staged = site.target.with_name(".site.yuqi-staging") / "half.html"
        staged.parent.mkdir()
        staged.write_text("half")
        assert build(site).exit_code == REFUSED
        assert staged.read_text() == "half"


def test_the_lock_of_a_killed_build_is_free(site: Site) -> None:
    with another_build(site.target) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert build(site).exit_code == 0


def test_builds_to_different_folders_do_not_wait_for_each_other(site: Site) -> None:
    with another_build(site.root / "other"):
        assert build(site).exit_code == 0


def test_a_failed_build_gives_the_lock_back(site: Site) -> None:
    site.replace("content/articles/process/a.md", "title:", "titel:")
    assert build(site).exit_code == 1
    with another_build(site.target):
        pass
