"""The tree the next site is put together in: reused for speed, never believed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.errors import FindingsError
from generator.shell.manifest import Identity
from generator.shell.staging import Staging
from tests.harness import Site, article
from tests.publish.observe import cold_bytes, inodes

ARTICLE = "content/articles/process/a.md"


@pytest.fixture
def live(tmp_path: Path) -> Site:
    """A site published twice, so that the one before lies beside it, and an edit not yet built."""
    site = Site.create(tmp_path)
    site.build()
    site.replace(ARTICLE, "正文。", "改过的正文。")
    site.build()
    site.replace(ARTICLE, "改过的", "再改过的")
    return site


@pytest.fixture
def left(live: Site) -> Path:
    return live.root / ".site.yuqi-staging"


def test_only_what_differs_is_linked(
    live: Site, left: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = inodes(live.target)
    there = dict(inodes(left).items() & before.items())
    link, linked = os.link, set()

    def counted(source: str, target: str) -> None:
        linked.add(Path(target).relative_to(left).as_posix())
        link(source, target)

    monkeypatch.setattr(os, "link", counted)
    live.build()
    kept = dict(inodes(live.target).items() & before.items())
    assert len(there) > len(kept) / 2
    assert linked == kept.keys() - there.keys()
    assert live.published() == cold_bytes(live)


def other_bytes(left: Path, outside: Path) -> None:
    """Same name, size and times, other bytes: in a file of its own, not in the live site's."""
    page = left / "b/index.html"
    status, content = page.stat(), page.read_bytes()
    page.unlink()
    page.write_bytes(content.replace("正文".encode(), "假话".encode()))
    os.utime(page, ns=(status.st_atime_ns, status.st_mtime_ns))


def gone(left: Path, outside: Path) -> None:
    shutil.rmtree(left / "b")
    (left / "index.html").unlink()


def strangers(left: Path, outside: Path) -> None:
    (left / "deep/er").mkdir(parents=True)
    (left / "deep/er/file.html").write_text("nobody's")
    (left / "empty").mkdir()
    os.mkfifo(left / "pipe")


def links_out(left: Path, outside: Path) -> None:
    shutil.rmtree(left / "a")
    (left / "a").symlink_to(outside)
    (left / "index.html").unlink()
    (left / "index.html").symlink_to(outside / "index.html")


def file_for_folder(left: Path, outside: Path) -> None:
    shutil.rmtree(left / "a")
    (left / "a").write_text("a file")


def folder_for_file(left: Path, outside: Path) -> None:
    (left / "a/index.html").unlink()
    (left / "a/index.html/inside").mkdir(parents=True)
    (left / "a/index.html/inside/file").write_text("deep")


def a_file(left: Path, outside: Path) -> None:
    shutil.rmtree(left)
    left.write_text("a file")


def a_link(left: Path, outside: Path) -> None:
    shutil.rmtree(left)
    left.symlink_to(outside)


@pytest.mark.parametrize(
    "damage",
    [
        other_bytes,
        gone,
        strangers,
        links_out,
        file_for_folder,
        folder_for_file,
        a_file,
        a_link,
    ],
)
def test_whatever_lies_there_the_site_is_the_clean_one(
    live: Site, left: Path, tmp_path: Path, damage: Callable[[Path, Path], None]
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "index.html").write_text("not ours")
    damage(left, outside)
    assert live.build().published
    assert live.published() == cold_bytes(live)
    assert [path.read_text() for path in outside.iterdir()] == ["not ours"]


def test_a_failed_build_leaves_what_was_there(live: Site, left: Path) -> None:
    before = inodes(left)
    live.write(ARTICLE, article("丙逾期了怎么办？", related="[nobody]"))
    with pytest.raises(FindingsError):
        live.build()
    assert inodes(left) == before


def test_a_page_takes_the_place_of_a_folder_and_a_folder_that_of_a_page(tmp_path: Path) -> None:
    live, root = tmp_path / "live", tmp_path / "staging"
    (live / "kept").mkdir(parents=True)
    (live / "kept/file").write_text("kept")
    (root / "x/deep").mkdir(parents=True)
    (root / "x/deep/old").write_text("old")
    (root / "y").write_text("old")
    (root / "kept").write_text("old")
    status = (live / "kept/file").stat()
    kept: dict[str, Identity] = {"kept/file": (status.st_dev, status.st_ino)}
    staging = Staging(root)
    staging.write("x", b"new")
    staging.write("y/z", b"new")
    staging.settle({"x", "y/z"}, kept, live)
    found = {
        path.relative_to(root).as_posix(): path.read_text()
        for path in root.rglob("*")
        if path.is_file()
    }
    assert found == {"x": "new", "y/z": "new", "kept/file": "kept"}
