"""Writes a site beside the live one and exchanges them when it is whole.

`Publication` is a context manager: leaving it without `commit()` removes what was
staged, and the live site is as it was. Unchanged files are hard links to the live
ones, so no file the live site shares is ever opened for writing. After the exchange
the site as it was stays beside the new one, for the next build to start from; see
`generator.shell.staging`.
"""

from __future__ import annotations

import fcntl
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from generator.errors import BuildLockedError, SiteTargetError, StagingError
from generator.output import Output, serial
from generator.shell import manifest
from generator.shell.apart import Apart
from generator.shell.exchange import exchange, recover, replace_by_two_renames
from generator.shell.live import Live
from generator.shell.manifest import Entry, Identity, Manifest
from generator.shell.staging import Staging, remove


def real_target(site: Path) -> Path:
    """Where a target really is; a link in its last part is left for the check to refuse."""
    return site.resolve() if site.name in ("", "..") else site.parent.resolve() / site.name


# With fewer files a process costs more than it saves; of more it copies much of what it inherits.
_WORTH_FORKING, _WORTH_COPYING = 500, 20_000


class Publication:
    """One build's way to the site directory `site`; see the module's docstring."""

    def __init__(
        self, site: Path, *, clean: bool = False, hosted: bool = False, apart: bool = False
    ) -> None:
        """`clean` makes everything anew, whatever is there. `apart` reads files in another process.

        A `hosted` build is written by MkDocs, which opens files in place: no file of the live
        site may lie where it writes.
        """
        self.site = real_target(site)
        self._staging = Staging(self.site.with_name(f".{self.site.name}.yuqi-staging"))
        self._aside = self.site.with_name(f".{self.site.name}.yuqi-aside")
        self._lock_path = self.site.with_name(f".{self.site.name}.yuqi-lock")
        self.clean = clean
        self._hosted = hosted
        self._apart = apart
        self._lock: IO[bytes]
        self._live: Live
        self._entries: dict[str, Entry] = {}
        self._kept: dict[str, Identity] = {}
        self._fresh: set[str] = set()
        self._committed = False

    # -- life ---------------------------------------------------------------------------

    def __enter__(self) -> Self:
        self._check_target()
        try:
            self.site.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SiteTargetError(f"建不了 {self.site.parent}：{error.strerror}") from error
        self._lock = self._locked()
        try:
            recover(self.site, self._aside)
            remove(self._aside)
            if self.clean or self._hosted:
                self._staging.discard()
            listed = self._check_target()
            apart = self._apart and len(listed) >= _WORTH_FORKING and not self.clean
            # One after the other: there are mostly two processors, and one makes the site.
            then = self._staging.begin if apart else None
            self._live = Live(self.site, listed, apart=apart, then=then)
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
        """Roll back what was not committed."""
        try:
            self._live.close()
            self._staging.close()
            if not self._committed and (self._hosted or self._staging.is_touched):
                self._staging.discard()
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

    def _check_target(self) -> Manifest:
        """The manifest of the site that is there; refuses what is no site of ours."""
        if self.site.is_symlink():
            raise SiteTargetError(f"{self.site} 是符号链接，请直接给出真正的文件夹")
        if not self.site.exists():
            return {}
        if not self.site.is_dir():
            raise SiteTargetError(f"{self.site} 已经存在，而且不是文件夹")
        listed = manifest.read(self.site)
        if listed is None and any(self.site.iterdir()):
            raise SiteTargetError(
                f"{self.site} 里有别的东西，也没有本站的清单 {manifest.NAME}，不敢替换；"
                "请换一个空文件夹"
            )
        return listed or {}

    # -- while building -----------------------------------------------------------------

    @property
    def intact(self) -> Mapping[str, str]:
        """Destination → fingerprint of the live files that can be kept."""
        return {} if self.clean else self._live

    @property
    def staging(self) -> Path:
        """Where MkDocs writes when it hosts the build."""
        return self._staging.root

    def live_path(self, destination: str) -> Path:
        return self.site / destination

    def path_of(self, destination: str) -> Path:
        """Where the bytes of an output that was added are until the commit."""
        tree = self._staging.root if destination in self._fresh else self.site
        return tree / destination

    def add(self, output: Output) -> None:
        """Stage one output: written if it is new, linked at the commit if it is kept."""
        if output.content is None:
            self.expect_kept(output)
            return
        self.expect(output, output.content)
        self._staging.write(output.destination, output.content)

    def expect(self, output: Output, content: bytes) -> None:
        """Announce a fresh file; MkDocs writes it where it hosts the build."""
        self._entries[output.destination] = Entry(manifest.sha256(content), output.fingerprint)
        self._fresh.add(output.destination)

    def expect_kept(self, output: Output) -> None:
        self._entries[output.destination] = self._live.entries[output.destination]
        self._kept[output.destination] = self._live.identities[output.destination]

    # -- the end ------------------------------------------------------------------------

    def commit(self) -> bool:
        """Exchange the staged site with the live one; `False` if they are the same already."""
        if self._is_unchanged():
            return False
        self._staging.write(manifest.NAME, manifest.dump(self._entries))
        self._staging.settle({*self._fresh, manifest.NAME}, self._kept, self.site)
        self._verify()
        if not self.site.exists() or not any(self.site.iterdir()):
            self.staging.rename(self.site)
        elif not exchange(self.staging, self.site):
            replace_by_two_renames(self.staging, self.site, self._aside)
            self._aside.rename(self.staging)
        self._committed = True
        return True

    def _is_unchanged(self) -> bool:
        listed = self._live.entries
        if self._fresh or self._entries.keys() != listed.keys():
            return False
        if set(manifest.files_below(self.site)) != {*listed, manifest.NAME}:
            return False
        return manifest.read_bytes(self.site) == manifest.dump(self._entries)

    def _verify(self) -> None:
        """The staged tree holds exactly the expected files, the written ones byte for byte."""
        written = sorted(self._fresh)
        shared = self._apart and _WORTH_FORKING <= len(written) <= _WORTH_COPYING
        begun = Apart if shared else serial.aside
        half = len(written) // 2
        with begun(partial(self._differing, written[:half]), list[str]) as other:
            present = set(manifest.files_below(self.staging))
            expected = {*self._entries, manifest.NAME}
            if present != expected:
                strays = "、".join(sorted(present ^ expected)[:5])
                raise StagingError(f"暂存的文件和清单不一致：{strays}")
            differing = [*self._differing(written[half:]), *other.result()]
        if differing:
            raise StagingError(f"暂存的 {differing[0]} 和生成的内容不一致，磁盘可能有问题")

    def _differing(self, names: Sequence[str]) -> list[str]:
        """Those of the written files that are not what was made."""
        staging, entries = self.staging, self._entries
        return [name for name in names if manifest.intact(staging, name, entries[name]) is None]

    # -- for the summary ----------------------------------------------------------------

    @property
    def fresh(self) -> int:
        return len(self._fresh)

    @property
    def kept(self) -> int:
        return len(self._kept)

    @property
    def removed(self) -> int:
        return len(self._live.entries.keys() - self._entries.keys())

    @property
    def outputs(self) -> dict[str, str]:
        return {name: entry.fingerprint for name, entry in self._entries.items()}
