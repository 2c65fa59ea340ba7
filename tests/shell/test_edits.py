"""Changes to source files: all of them or none, whatever goes wrong in between."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.errors import YuqiError
from generator.shell.edits import EditSet
from tests.harness import Site, article
from tests.shell.running import run

FILES = {"a.md": b"one", "b.md": b"two", "folder/c.md": b"three"}


def full() -> OSError:
    return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, content in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    return tmp_path


def everything(folder: Path) -> dict[str, bytes]:
    """Every file, hidden ones too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def edit(project: Path) -> None:
    """Change two files, add two, remove one."""
    with EditSet(project) as edits:
        edits.write("a.md", "壹")
        edits.write_bytes("folder/c.md", b"III")
        edits.write("new.md", "new")
        edits.write("fresh/d.md", "four")
        edits.remove("b.md")


def failing(monkeypatch: pytest.MonkeyPatch, method: str, turn: int, error: BaseException) -> None:
    """The `turn`-th call of a method of `Path` raises, after doing half of a write.

    What a build remembers does not count: losing it is no error.
    """
    original: Callable[..., Any] = getattr(Path, method)
    calls = [0]

    def replacement(self: Path, *arguments: Any, **options: Any) -> Any:
        calls[0] += ".cache" not in self.parts
        if ".cache" in self.parts or calls[0] != turn:
            return original(self, *arguments, **options)
        if method == "write_bytes":
            original(self, arguments[0][: len(arguments[0]) // 2])
        raise error

    monkeypatch.setattr(Path, method, replacement)


def test_all_changes_are_made(project: Path) -> None:
    edit(project)
    assert everything(project) == {
        "a.md": "壹".encode(),
        "folder/c.md": b"III",
        "new.md": b"new",
        "fresh/d.md": b"four",
    }


def test_an_error_within_the_block_changes_nothing(project: Path) -> None:
    def interrupted() -> None:
        with EditSet(project) as edits:
            edits.write("a.md", "x")
            edits.remove("b.md")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        interrupted()
    assert everything(project) == FILES


@pytest.mark.parametrize("turn", [1, 2, 3, 4])
@pytest.mark.parametrize("method", ["write_bytes", "replace"])
def test_a_full_disk_changes_nothing(
    project: Path, monkeypatch: pytest.MonkeyPatch, method: str, turn: int
) -> None:
    with monkeypatch.context() as patch:
        failing(patch, method, turn, full())
        with pytest.raises(YuqiError, match="什么都没有改"):
            edit(project)
    assert everything(project) == FILES


def test_a_file_that_cannot_be_removed_changes_nothing(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        failing(patch, "unlink", 1, PermissionError(errno.EACCES, "no"))
        with pytest.raises(YuqiError):
            edit(project)
    assert everything(project) == FILES


def test_removing_what_is_not_there_changes_nothing(project: Path) -> None:
    def mistaken() -> None:
        with EditSet(project) as edits:
            edits.write("a.md", "x")
            edits.remove("nowhere.md")

    with pytest.raises(YuqiError):
        mistaken()
    assert everything(project) == FILES


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_ctrl_c_in_the_middle_changes_nothing(
    project: Path, monkeypatch: pytest.MonkeyPatch, turn: int
) -> None:
    with monkeypatch.context() as patch:
        failing(patch, "replace", turn, KeyboardInterrupt())
        with pytest.raises(KeyboardInterrupt):
            edit(project)
    assert everything(project) == FILES


# -- through the commands ---------------------------------------------------------------


@pytest.mark.parametrize("turn", [1, 2])
def test_a_rename_that_fails_is_told_and_leaves_every_file(
    site: Site, monkeypatch: pytest.MonkeyPatch, turn: int
) -> None:
    before = everything(site.root)
    with monkeypatch.context() as patch:
        failing(patch, "replace", turn, full())
        result = run(site, "rename", "a", "c")
    assert everything(site.root) == before
    assert result.exit_code == 3
    assert "什么都没有改" in result.stderr
    assert "已改名" not in result.stdout


def test_a_new_article_that_cannot_be_written_is_told(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything(site.root)
    flags = ["--category", "process", "--title", "丙还不上怎么办？", "--tag", "逾期"]
    with monkeypatch.context() as patch:
        failing(patch, "replace", 1, full())
        result = run(site, "new", "c", *flags, "--summary", "先看清自己欠多少，再决定怎么还。")
    assert everything(site.root) == before
    assert (result.exit_code, result.stdout) == (3, "")


def test_a_list_of_addresses_that_cannot_be_written_is_told(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.write("content/articles/process/c.md", article("丙还不上怎么办？"))
    path = "content/published-urls.txt"
    before = site.read(path)
    with monkeypatch.context() as patch:
        failing(patch, "replace", 1, full())
        result = run(site, "check", "--record-urls")
    assert site.read(path) == before
    assert result.exit_code == 3
    assert "什么都没有改" in result.stderr
