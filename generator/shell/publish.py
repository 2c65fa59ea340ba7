"""Writes a site beside the live one and exchanges them when it is whole.

`Publication` is a context manager: leaving it without `commit()` removes what was
staged, and the live site is as it was. Unchanged files are hard links to the live
ones, so no file the live site shares is ever opened for writing.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from generator.errors import BuildLockedError, SiteTargetError, StagingError
from generator.output import Output
from generator.shell import manifest
from generator.shell.exchange import exchange, recover, replace_by_two_renames
from generator.shell.manifest import Entry


def real_target(site: Path) -> Path:
    """Where a target really is; a link in its last part is left for the check to refuse."""
    return site.resolve() if site.name in ("", "..") else site.parent.resolve() / site.name


class Publication:
    """One build's way to the site directory `site`; see the module's docstring."""

    def __init__(self, site: Path, *, clean: bool = False) -> None:
        """`clean` makes everything anew, whatever is there."""
        self.site = real_target(site)
        self.staging = self.site.with_name(f".{self.site.name}.yuqi-staging")
        self._aside = self.site.with_name(f".{self.site.name}.yuqi-aside")
        self._lock_path = self.site.with_name(f".{self.site.name}.yuqi-lock")
        self.clean = clean
        self._lock: IO[bytes]
        self._live: dict[str, Entry] = {}
        self._present: set[str] = set()
        self._intact: dict[str, str] = {}
        self._entries: dict[str, Entry] = {}
        self._kept: list[str] = []
        self._fresh: list[str] = []
        self._folders: set[str] = set()

    # -- life ---------------------------------------------------------------------------

    def __enter__(self) -> Self:
        self._check_target()
        try:
            self.site.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SiteTargetError(f"建不了 {self.site.parent}：{error.strerror}") from error
        self._lock = self._locked()
        try:
            self._remove_staging()
            self._check_target()
            self._read_live()
        except BaseException:
            self._lock.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Roll back what was not committed; after a commit this removes the old site."""
        try:
            self._remove_staging()
        finally:
            self._lock.close()

    def _locked(self) -> IO[bytes]:
        lock = self._lock_path.open("ab")
        try:
            # A record lock belongs to this process alone: forked workers do not hold it.
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            lock.close()
            raise BuildLockedError(f"另一个构建正在写 {self.site}，等它结束再试") from error
        return lock

    def _check_target(self) -> None:
        if self.site.is_symlink():
            raise SiteTargetError(f"{self.site} 是符号链接，请直接给出真正的文件夹")
        if not self.site.exists():
            return
        if not self.site.is_dir():
            raise SiteTargetError(f"{self.site} 已经存在，而且不是文件夹")
        if any(self.site.iterdir()) and manifest.read(self.site) is None:
            raise SiteTargetError(
                f"{self.site} 里有别的东西，也没有本站的清单 {manifest.NAME}，不敢替换；"
                "请换一个空文件夹"
            )

    def _remove_staging(self) -> None:
        recover(self.site, self._aside)
        for leftover in (self.staging, self._aside):
            if leftover.is_symlink() or leftover.is_file():
                leftover.unlink()
            elif leftover.exists():
                shutil.rmtree(leftover)

    def _read_live(self) -> None:
        """Learn which live files may be kept: those whose bytes are what the manifest says."""
        self._live = manifest.read(self.site) or {}
        self._present = set(manifest.files_below(self.site))
        if self.clean:
            return
        self._intact = {
            name: entry.fingerprint
            for name, entry in self._live.items()
            if name in self._present and manifest.is_intact(self.site, name, entry)
        }

    # -- while building -----------------------------------------------------------------

    @property
    def intact(self) -> dict[str, str]:
        """Destination → fingerprint of the live files that can be kept."""
        return self._intact

    def live_path(self, destination: str) -> Path:
        return self.site / destination

    def path_of(self, destination: str) -> Path:
        """Where the bytes of an output that was added are until the commit."""
        staged = self.staging / destination
        return staged if staged.exists() else self.live_path(destination)

    def add(self, output: Output) -> None:
        """Stage one output: written if it is new, linked at the commit if it is kept."""
        if output.content is None:
            self.expect_kept(output)
            return
        self.expect(output, output.content)
        if not manifest.is_inside(output.destination):
            raise StagingError(f"输出地址不在网站里：{output.destination}")
        with Path(self._staged(output.destination)).open("xb") as file:
            file.write(output.content)

    def expect(self, output: Output, content: bytes) -> None:
        """Announce a fresh file; MkDocs writes it where it hosts the build."""
        self._entries[output.destination] = Entry(manifest.sha256(content), output.fingerprint)
        self._fresh.append(output.destination)

    def expect_kept(self, output: Output) -> None:
        self._entries[output.destination] = self._live[output.destination]
        self._kept.append(output.destination)

    def _staged(self, name: str) -> str:
        """The path of a file in the staging tree, its folder made. Text: there are many of them."""
        path = f"{self.staging}/{name}"
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            os.makedirs(folder, exist_ok=True)
            self._folders.add(folder)
        return path

    # -- the end ------------------------------------------------------------------------

    def commit(self) -> bool:
        """Exchange the staged site with the live one; `False` if they are the same already."""
        if self._is_unchanged():
            return False
        for name in self._kept:
            self._link(name)
        Path(self._staged(manifest.NAME)).write_bytes(manifest.dump(self._entries))
        self._verify()
        if not self.site.exists() or not any(self.site.iterdir()):
            self.staging.rename(self.site)
        elif not exchange(self.staging, self.site):
            replace_by_two_renames(self.staging, self.site, self._aside)
        return True

    def _is_unchanged(self) -> bool:
        if self._fresh or self._entries.keys() != self._live.keys():
            return False
        if self._present != {*self._live, manifest.NAME}:
            return False
        return manifest.read_bytes(self.site) == manifest.dump(self._entries)

    def _link(self, name: str) -> None:
        live, target = f"{self.site}/{name}", self._staged(name)
        try:
            os.link(live, target)
        except FileExistsError:
            pass  # MkDocs has copied it
        except OSError:
            # Another disk, or one without hard links: a copy costs more and serves as well.
            shutil.copyfile(live, target)

    def _verify(self) -> None:
        """The staged tree holds exactly the expected files, the written ones byte for byte."""
        present = set(manifest.files_below(self.staging))
        expected = {*self._entries, manifest.NAME}
        if present != expected:
            strays = "、".join(sorted(present ^ expected)[:5])
            raise StagingError(f"暂存的文件和清单不一致：{strays}")
        for name in self._fresh:
            if not manifest.is_intact(self.staging, name, self._entries[name]):
                raise StagingError(f"暂存的 {name} 和生成的内容不一致，磁盘可能有问题")

    # -- for the summary ----------------------------------------------------------------

    @property
    def fresh(self) -> int:
        return len(self._fresh)

    @property
    def kept(self) -> int:
        return len(self._kept)

    @property
    def removed(self) -> int:
        return len(self._live.keys() - self._entries.keys())

    @property
    def outputs(self) -> dict[str, str]:
        return {name: entry.fingerprint for name, entry in self._entries.items()}
