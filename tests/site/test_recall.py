"""The measure of the computed cards counts what it says, with the editors' own links hidden."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from benchmarks.recall import measured, pairs
from generator.catalogue import Catalogue, Edition
from generator.plan import names
from generator.shell import builder
from generator.shell.project import load
from tests.harness import TODAY, Site, article


def catalogue_of(site: Site) -> Catalogue:
    memory, _ = builder.examine(load(site.root / "site_config.yml"), Edition(TODAY))
    assert memory.catalogue is not None
    return memory.catalogue


def test_recall_is_of_the_curated_pairs_and_does_not_see_them(tmp_path: Path) -> None:
    site = Site.create(tmp_path)
    for number in range(8):
        category = "process" if number < 4 else "safety"
        tag = "[上门催收]" if number < 4 else "[贷款骗局]"
        path = f"content/articles/{category}/n{number}.md"
        site.write(path, article(f"第{number}个问题怎么办？", category=category, tags=tag))
    near = article("第0个问题怎么办？", tags="[上门催收]", related="[n1, n7]")
    site.write("content/articles/process/n0.md", near)
    catalogue = catalogue_of(site)
    words = names(load(site.root / "site_config.yml").settings)
    assert pairs(catalogue) == {("n0", "n1"), ("n0", "n7"), ("a", "b"), ("b", "a")}
    result = measured(catalogue, 3, words)
    assert result.pairs == 4
    assert result.chance == Fraction(4 * 3, 9)
    assert ("n0", "n7") in result.missed
    assert ("n0", "n1") not in result.missed
    assert result.cards == 4 - len(result.missed)
