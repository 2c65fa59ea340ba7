"""A release carries compressed copies of its texts; nothing else does."""

from __future__ import annotations

import gzip
from pathlib import Path

import brotli
import pytest

from generator.shell import manifest, workers
from tests.harness import Site, article
from tests.publish.observe import changed

# Search engines ask for this one by its name.
OWN = {"sitemap.xml.gz"}
_TEXTS = (".html", ".js", ".json", ".svg", ".txt", ".xml")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site.create(tmp_path)
    for number in range(50):  # enough that workers are worth forking
        site.write(f"content/articles/process/n{number}.md", article(f"第{number}种情况怎么办？"))
    slugs = "".join(f"/n{number}/\n" for number in range(50))
    site.write("content/published-urls.txt", site.read("content/published-urls.txt") + slugs)
    return site


def copies(files: dict[str, bytes]) -> dict[str, bytes]:
    return {
        name: data
        for name, data in files.items()
        if name.endswith((".br", ".gz")) and name not in OWN
    }


def test_every_text_has_both_copies_and_they_hold_the_same(site: Site) -> None:
    site.build(release=True, run=workers.parallel(2))
    files = site.published()
    found = copies(files)
    texts = {name for name in files if name.endswith(_TEXTS) and name != manifest.NAME}
    assert set(found) >= {f"{name}{suffix}" for name in texts for suffix in (".br", ".gz")} - OWN
    for name, data in found.items():
        plain = brotli.decompress(data) if name.endswith(".br") else gzip.decompress(data)
        assert plain == files[name.rpartition(".")[0]], name
    listed = manifest.read(site.target)
    assert listed is not None
    assert set(found) <= set(listed)


def test_copies_are_the_same_whoever_makes_them(site: Site) -> None:
    site.build(release=True, run=workers.parallel(2))
    by_workers = site.published()
    site.build(release=True, clean=True)
    assert site.published() == by_workers


def test_only_copies_of_what_changed_are_made_again(site: Site) -> None:
    site.build(release=True)
    assert site.build(release=True).published is False
    site.replace("content/articles/process/n7.md", "正文。", "改过的正文。")
    before = site.published()
    built = site.build(release=True)
    names = changed(before, site.published())
    assert built.fresh == len(names & site.published().keys())
    copied = {f"n7/index.html{suffix}" for suffix in ("", ".br", ".gz")}
    assert {name for name in names if ".html" in name} == copied
    assert brotli.decompress(site.published()["n7/index.html.br"]).decode() == site.page(
        "n7/index.html"
    )


def test_a_damaged_copy_is_made_again(site: Site) -> None:
    site.build(release=True)
    sound = site.published()
    (site.target / "a/index.html.br").write_bytes(b"x")
    site.build(release=True)
    assert site.published() == sound


def test_a_plain_build_has_no_copies_and_a_release_after_it_adds_them(site: Site) -> None:
    site.build()
    plain = site.published()
    assert copies(plain) == {}
    site.build(release=True)
    released = site.published()
    assert copies(released) != {}
    site.build()
    assert site.published() == plain
