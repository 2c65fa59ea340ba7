"""Promise 1: whatever goes wrong, the published site stays as it was, whole."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator.errors import FindingsError, StagingError
from generator.output import Output
from generator.shell import exchange, publish
from generator.shell.cli import main
from generator.shell.publish import Publication
from generator.shell.staging import Staging
from tests.harness import Site, article, png
from tests.publish.observe import Entry, beyond_search, changed, cold_bytes, entries, inodes

MANIFEST = ".yuqi-manifest.json"
ARTICLE = "content/articles/process/a.md"
OWN = {"a/index.html", "a/index.txt"}
FACT_CHECK = "```fact-check\nclaim: 某说法\nverdict: 无依据\nbasis: 没有。[@law-1]\n```\n"
PNG = png(0)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site.create(tmp_path)


@pytest.fixture
def live(site: Site) -> Site:
    """A published site with one edit waiting to be built."""
    site.build()
    site.replace(ARTICLE, "正文。", "改过的正文。")
    return site


# What the next build starts from: the site as it was before the exchange.
WORKSHOP = ".site.yuqi-staging"


def beside(site: Site) -> list[str]:
    """What publishing leaves next to the site, the lock excepted."""
    left = {path.name for path in site.root.iterdir() if path.name.startswith(".site.")}
    return sorted(left - {".site.yuqi-lock"})


# -- what is published ------------------------------------------------------------------


def test_the_tree_holds_what_the_manifest_lists_and_nothing_else(site: Site) -> None:
    site.write("content/images/photo.png", PNG)
    site.write("content/schema/article.json", "{}")
    site.write(ARTICLE, article(body=f"## 先看\n\n![图](/images/photo.png)\n\n{FACT_CHECK}"))
    site.build()
    published = site.published()
    listed = json.loads(published.pop(MANIFEST))["outputs"]
    assert {name: hashlib.sha256(content).hexdigest() for name, content in published.items()} == {
        name: digest for name, (digest, _) in listed.items()
    }
    known = re.compile(
        r"(.+/)?index\.(html|txt)|404\.html|images/photo\.[0-9a-f]{12}\.png|assets/[0-9a-f]{12}/.+"
        r"|(.+/)?feed\.(xml|json)|sitemap\.xml(\.gz)?|(robots|llms)\.txt|search/index\.json"
        r"|search/(d/[0-9a-f]{12}|(p/\d+|sounds|simplified)\.[0-9a-f]{6})\.json|search/[tx]/\d+\.[0-9a-f]{6}\.txt"
    )
    assert [name for name in published if not known.fullmatch(name)] == []


def test_no_source_leaks(site: Site) -> None:
    site.build()
    suffixes = {Path(name).suffix for name in site.published()}
    assert suffixes <= {".html", ".css", ".js", ".svg", ".json", ".txt", ".xml", ".gz"}
    assert [
        name
        for name in site.published()
        if re.search(r"macro|example|style\.css|script\.js|\.md", name)
    ] == []


def test_folders_are_published_only_for_their_files(site: Site) -> None:
    site.build()
    folders = {name for name, entry in entries(site.target).items() if entry.kind[0] == "d"}
    needed = {parent.as_posix() for name in site.published() for parent in Path(name).parents}
    assert folders == needed


# -- hard links -------------------------------------------------------------------------


def test_unchanged_files_are_links_and_changed_ones_are_new(live: Site) -> None:
    before, old = inodes(live.target), live.published()
    live.build()
    after, new = inodes(live.target), live.published()
    assert beyond_search(changed(old, new)) == OWN
    fresh = {name for name in after if before.get(name) != after[name]}
    assert fresh == {*changed(old, new) & new.keys(), MANIFEST}


def test_no_live_inode_is_ever_written(live: Site) -> None:
    retained = live.root / "retained"
    shutil.copytree(live.target, retained, copy_function=os.link)
    before = entries(retained)
    for title in ("丙逾期了怎么办？", "丁逾期了怎么办？"):
        live.write(ARTICLE, article(title, related="[b]"))
        live.build()
    live.build(clean=True)
    assert entries(retained) == before


def test_an_unchanged_build_does_not_touch_the_tree(site: Site) -> None:
    site.build()
    before = entries(site.target)
    built = site.build()
    assert not built.published
    assert (built.fresh, built.removed) == (0, 0)
    assert entries(site.target) == before


# -- systems without the exchange or without links --------------------------------------


@pytest.fixture
def no_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publish, "exchange", lambda *_: False)


@pytest.mark.usefixtures("no_exchange")
def test_without_an_exchange_two_renames_do(live: Site) -> None:
    before = inodes(live.target)
    assert live.build().published
    assert live.published() == cold_bytes(live)
    after = inodes(live.target)
    fresh = {name for name in after if before.get(name) != after[name]}
    assert beyond_search(fresh) == {*OWN, MANIFEST}
    assert beside(live) == [WORKSHOP]


@pytest.mark.usefixtures("no_exchange")
def test_a_cut_between_the_renames_is_recovered(live: Site) -> None:
    before = entries(live.target)
    aside = live.root / ".site.yuqi-aside"
    live.target.rename(aside)
    (live.root / ".site.yuqi-staging").mkdir()
    exchange.recover(live.target, aside)
    assert {**entries(live.target), ".": before["."]} == before
    live.target.rename(aside)
    built = live.build()
    # A changed shard of the search replaces another: as many files come as go.
    assert built.kept == len(before_files(before)) - 1 - built.fresh
    assert live.published() == cold_bytes(live)
    assert beside(live) == [WORKSHOP]


def before_files(tree: dict[str, Entry]) -> list[str]:
    return [name for name, entry in tree.items() if entry.kind[0] == "-"]


def test_an_old_tree_set_aside_does_not_replace_the_live_one(live: Site) -> None:
    before = entries(live.target)
    shutil.copytree(live.target, live.root / ".site.yuqi-aside")
    exchange.recover(live.target, live.root / ".site.yuqi-aside")
    assert entries(live.target) == before
    live.build()
    assert beside(live) == [WORKSHOP]


@pytest.mark.usefixtures("no_exchange")
@pytest.mark.parametrize("error", [OSError(errno.EIO, "disk"), KeyboardInterrupt()])
def test_a_second_rename_that_fails_brings_the_old_site_back(
    live: Site, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    before, rename = live.published(), Path.rename

    def fails(path: Path, target: Path) -> Path:
        if path.name == ".site.yuqi-staging":
            raise error
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises(type(error)):
        live.build()
    monkeypatch.undo()
    assert live.target.exists(), "the live site is gone"
    assert live.published() == before
    assert beside(live) == []


def test_an_exchange_that_fails_leaves_the_old_site(
    live: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Path) -> bool:
        raise OSError(errno.EIO, "disk")

    before = entries(live.target)
    monkeypatch.setattr(publish, "exchange", fails)
    with pytest.raises(OSError, match="disk"):
        live.build()
    assert entries(live.target) == before
    assert beside(live) == []


def test_where_links_cannot_be_made_files_are_copied(
    live: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: str) -> None:
        raise OSError(errno.EXDEV, "no links")

    monkeypatch.setattr(os, "link", fails)
    before = inodes(live.target)
    assert live.build().kept
    assert set(before.values()).isdisjoint(inodes(live.target).values())
    assert live.published() == cold_bytes(live)


# -- a full disk ------------------------------------------------------------------------


class FullDisk:
    """Makes the n-th write below a folder fail half way, like a disk that has filled up."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: Path, allowed: int) -> None:
        self.left = allowed
        opened, written = Path.open, os.write

        def is_full(path: Path) -> bool:
            if not path.is_relative_to(folder):
                return False
            self.left -= 1
            return self.left < 0

        def opening(path: Path, mode: str = "r", *args: Any, **options: Any) -> Any:
            file = opened(path, mode, *args, **options)
            if set(mode) & set("wx") and is_full(path):
                file.write(b"half")
                file.close()
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
            return file

        def writing(descriptor: int, data: bytes) -> int:
            if is_full(Path(os.readlink(f"/proc/self/fd/{descriptor}"))):
                written(descriptor, b"half")
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return written(descriptor, data)

        monkeypatch.setattr(Path, "open", opening)
        monkeypatch.setattr(os, "write", writing)


@pytest.mark.parametrize("allowed", [0, 1, 5, "manifest"])
def test_a_full_disk_leaves_the_live_site(
    live: Site, monkeypatch: pytest.MonkeyPatch, allowed: int | str
) -> None:
    live.replace("templates/base.html", "<!doctype html>", "<!DOCTYPE html>")
    before = entries(live.target)
    pages = sum(name.endswith(".html") for name in before)
    writes = pages if isinstance(allowed, str) else allowed
    full = FullDisk(monkeypatch, live.root / ".site.yuqi-staging", writes)
    with pytest.raises(OSError, match="No space"):
        live.build()
    monkeypatch.undo()
    assert full.left == -1
    assert entries(live.target) == before
    assert beside(live) == []
    assert live.build().published
    assert live.published() == cold_bytes(live)


def test_a_full_disk_is_told_and_not_a_traceback(
    live: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    FullDisk(monkeypatch, live.root / ".site.yuqi-staging", 0)
    config = str(live.root / "site_config.yml")
    result = CliRunner().invoke(main, ["build", "-f", config, "--as-of", "2026-11-24"])
    assert isinstance(result.exception, SystemExit), result.exception
    assert "停下了" in result.stderr


@pytest.mark.parametrize("apart", [False, True], ids=["alone", "in two"])
@pytest.mark.parametrize("damaged", ["404.html", "a/index.html", "sitemap.xml"])
def test_a_file_the_disk_changed_is_not_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damaged: str, apart: bool
) -> None:
    """The first half of the files is read back by one process, the second by another."""
    monkeypatch.setattr(publish, "_WORTH_FORKING", 1)
    written = Staging.write

    def writing(staging: Staging, name: str, content: bytes) -> None:
        written(staging, name, content[:-1] + b"?" if name == damaged else content)

    monkeypatch.setattr(Staging, "write", writing)
    names = ["404.html", "a/index.html", "b/index.html", "sitemap.xml"]
    with Publication(tmp_path / "site", apart=apart) as publication:
        for name in names:
            publication.add(Output(name, "1", name.encode()))
        with pytest.raises(StagingError, match=re.escape(damaged)):
            publication.commit()
    assert not (tmp_path / "site").exists()


def test_a_cache_that_does_not_fit_costs_nothing_but_time(
    live: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    FullDisk(monkeypatch, live.root / ".cache", 0)
    assert live.build().published
    assert live.published() == cold_bytes(live)
    assert {path.suffix for path in (live.root / ".cache" / "yuqi").iterdir()} == {".cache"}


def test_a_place_where_no_cache_can_be_costs_nothing_but_time(site: Site) -> None:
    site.write(".cache", "a file where the folder should be")
    assert site.build().published
    assert not (site.root / ".cache").is_dir()
    assert site.published() == cold_bytes(site)


# -- findings ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path, old, new",
    [
        (ARTICLE, "title:", "titel:"),
        (ARTICLE, "[@law-1]", "[@law-9]"),
        (ARTICLE, "正文。", "[坏链接](/nowhere/)"),
        ("content/data/sources.yml", "id: law-1", "id: law 1"),
        ("content/published-urls.txt", "/a/", "/a/\n/lost/"),
        ("templates/article.html", "<h1 ", "<h1 onclick='x()' "),
        ("templates/article.html", "{% block main %}", "{% block main %}{% endif %}"),
        ("templates/article.html", "page.title", "page.titel"),
        ("templates/base.css", "{", ""),
        ("templates/components/card/style.css", "{", "{{"),
        ("templates/components/card/macro.html", "{% endmacro %}", ""),
        ("site_config.yml", "site_name:", "site_nmae:"),
    ],
)
def test_an_error_anywhere_leaves_the_live_site(live: Site, path: str, old: str, new: str) -> None:
    before = entries(live.target)
    live.replace(path, old, new)
    with pytest.raises(FindingsError):
        live.build()
    assert entries(live.target) == before
    assert beside(live) == []
