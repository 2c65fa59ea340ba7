"""Promise 1: a published tree that somebody changed is made whole by the next build."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from generator.errors import SiteTargetError
from tests.harness import REPOSITORY, Site
from tests.publish.observe import Entry, entries

MANIFEST = ".yuqi-manifest.json"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site.create(tmp_path)


def rewrite_keeping_size_and_time(page: Path, _: Path) -> None:
    status = page.stat()
    page.write_bytes(page.read_bytes().replace(b"<h1", b"<h2"))
    os.utime(page, ns=(status.st_atime_ns, status.st_mtime_ns))


def truncate(page: Path, _: Path) -> None:
    page.write_bytes(b"")


def remove(page: Path, _: Path) -> None:
    page.unlink()


def link_to_other_bytes(page: Path, outside: Path) -> None:
    page.unlink()
    page.symlink_to(outside / "secret")


def link_to_same_bytes(page: Path, outside: Path) -> None:
    shutil.copy(page, outside / "same")
    page.unlink()
    page.symlink_to(outside / "same")


def turn_into_folder(page: Path, _: Path) -> None:
    page.unlink()
    page.mkdir()


def turn_into_pipe(page: Path, _: Path) -> None:
    page.unlink()
    os.mkfifo(page)


def add_file(page: Path, _: Path) -> None:
    page.with_name("shell.php").write_bytes(b"<?php")


def add_link(page: Path, outside: Path) -> None:
    page.with_name("more").symlink_to(outside)


def turn_folder_into_file(page: Path, _: Path) -> None:
    shutil.rmtree(page.parent)
    page.parent.write_bytes(b"file")


def move_folder_outside(page: Path, outside: Path) -> None:
    shutil.move(page.parent, outside / "a")
    page.parent.symlink_to(outside / "a")


def remove_folder(page: Path, _: Path) -> None:
    shutil.rmtree(page.parent)


def pad_manifest(page: Path, _: Path) -> None:
    path = page.parent.parent / MANIFEST
    path.write_bytes(path.read_bytes() + b"\n")


def list_a_file_outside(page: Path, outside: Path) -> None:
    digest = hashlib.sha256((outside / "secret").read_bytes()).hexdigest()
    add_to_manifest(page, "../../outside/secret", digest)


def list_an_impossible_name(page: Path, _: Path) -> None:
    add_to_manifest(page, "nul\0", "0" * 64)


def add_to_manifest(page: Path, name: str, digest: str) -> None:
    path = page.parent.parent / MANIFEST
    listed = json.loads(path.read_bytes())
    listed["outputs"][name] = [digest, "0"]
    path.write_text(json.dumps(listed))


TAMPERINGS: tuple[Callable[[Path, Path], None], ...] = (
    rewrite_keeping_size_and_time,
    truncate,
    remove,
    link_to_other_bytes,
    link_to_same_bytes,
    turn_into_folder,
    turn_into_pipe,
    add_file,
    add_link,
    turn_folder_into_file,
    move_folder_outside,
    remove_folder,
    pad_manifest,
    list_a_file_outside,
    list_an_impossible_name,
)


@pytest.mark.parametrize("tamper", TAMPERINGS)
def test_a_changed_live_tree_is_healed(site: Site, tamper: Callable[[Path, Path], None]) -> None:
    site.build()
    expected = site.published()
    outside = site.root.parent / "outside"
    outside.mkdir()
    (outside / "secret").write_bytes(b"secret")
    tamper(site.target / "a" / "index.html", outside)
    before = entries(outside)
    assert site.build().published
    assert_plain(entries(site.target), before)
    assert site.published() == expected
    assert entries(outside) == before
    assert not site.build().published


def assert_plain(tree: dict[str, Entry], outside: dict[str, Entry]) -> None:
    """Files and folders only, none of them shared with a place outside."""
    assert {entry.kind[0] for entry in tree.values()} == {"-", "d"}
    foreign = {entry.inode for entry in outside.values()}
    assert [name for name, entry in tree.items() if entry.inode in foreign] == []


def test_a_manifest_that_is_a_link_is_refused_or_replaced(site: Site) -> None:
    site.build()
    path, outside = site.target / MANIFEST, site.root / "manifest"
    shutil.move(path, outside)
    path.symlink_to(outside)
    before = outside.read_bytes()
    with suppress(SiteTargetError):
        site.build()
        assert not path.is_symlink()
    assert outside.read_bytes() == before


def test_a_manifest_that_is_a_pipe_does_not_hang_the_build(site: Site) -> None:
    site.build()
    (site.target / MANIFEST).unlink()
    os.mkfifo(site.target / MANIFEST)
    config = str(site.root / "site_config.yml")
    command = [sys.executable, "-m", "generator", "build", "-f", config, "--as-of", "2026-11-24"]
    assert subprocess.run(command, cwd=REPOSITORY, timeout=15, check=False).returncode in (0, 3)
