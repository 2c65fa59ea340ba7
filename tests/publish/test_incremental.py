"""Promise 2: a warm build equals a cold one, byte for byte, after any sequence of edits."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.errors import FindingsError
from generator.shell import cache
from tests.harness import Site, article
from tests.publish.damage import DAMAGES, Damage
from tests.publish.observe import cold_copy, entries, inodes
from tests.publish.random_edits import EDITS, Editor, base_site

MANIFEST = ".yuqi-manifest.json"
# A broken article, and the text a mistake is made in.
MISTAKES = (
    ("title:", "titel:"),
    ("tags: [", "tags: "),
    ("[@law-1]", "[@law-9]"),
    ("## 再看什么", "## 先做什么 {#first}"),
    ("## 再看什么", "[坏](/nowhere/)"),
    ("## 再看什么", "<script>x</script>"),
    ("category: ", "category: x"),
)


class History:
    """A site, its editor and everything that was done, to be replayed from the seed."""

    def __init__(self, root: Path, seed: int) -> None:
        self.site = base_site(root)
        self.editor = Editor(self.site, seed)
        self.damage = Damage(self.site, self.editor.random)
        self.done = [f"seed {seed}"]
        self.build()

    def run(self, steps: int) -> None:
        chance = self.editor.random
        for number in range(steps):
            kind = chance.random()
            if kind < 0.72:
                self.edit()
            elif kind < 0.87:
                self.spoil()
            elif kind < 0.95:
                self.mistake()
            else:
                self.look()
            if number % 7 == 0:
                self.damage.keep_copies()

    def edit(self, names: tuple[str, ...] = EDITS) -> None:
        self.done.append(self.editor.step(names))
        before, tree = listed(self.site), inodes(self.site.target)
        self.build()
        after, now = listed(self.site), inodes(self.site.target)
        links = {name for name in after if before.get(name) == after[name]}
        copied = {name for name in links if tree[name] != now[name]}
        assert not copied, self.done

    def spoil(self, names: tuple[str, ...] = DAMAGES) -> None:
        """Damage, often together with an edit."""
        name = self.editor.random.choice(names)
        self.done.append(name)
        if self.editor.random.random() < 0.6:
            self.done.append(self.editor.step(EDITS))
        getattr(self.damage, name)()
        self.build()

    def mistake(self) -> None:
        """A build that fails in between, with other edits around it."""
        self.done += ["mistake", self.editor.step(EDITS)]
        old, new = self.editor.random.choice(MISTAKES)
        choices = [p for p in self.editor.pieces.values() if old in self.site.read(p.path)]
        if not choices:
            return
        public = [piece for piece in choices if piece.slug in self.editor.public()]
        self.site.replace((public or choices)[0].path, old, new)
        before = entries(self.site.target)
        try:
            self.site.build(as_of=self.editor.day)
        except FindingsError:
            assert entries(self.site.target) == before, self.done
        else:
            assert not public, self.done
        self.editor.save()
        self.build()

    def look(self) -> None:
        """`yuqi check` on another day, which shares the cache with builds."""
        self.done += ["look", self.editor.step(EDITS)]
        told = self.site.findings(self.editor.day)
        # Random texts and days that pass may earn these reminders; anything else is a mistake.
        earned = ("url-", "text-typography", "review-overdue")
        errors = [line for line in told if not any(code in line for code in earned)]
        assert errors == [], self.done
        self.editor.pass_days()
        self.editor.save()
        self.build()

    def build(self) -> None:
        site, day = self.site, self.editor.day
        try:
            site.build(as_of=day)
        except FindingsError as error:
            raise AssertionError((self.done, error.findings)) from error
        with cold_copy(site) as cold:
            cold.build(as_of=day)
            differing = differences(site.published(), cold.published())
            assert not differing, (self.done, differing)
            assert remembered(site) == remembered(cold), self.done
        assert not site.build(as_of=day).published, self.done


def listed(site: Site) -> dict[str, list[str]]:
    outputs: dict[str, list[str]] = json.loads(site.page(MANIFEST))["outputs"]
    return outputs


def differences(warm: dict[str, bytes], cold: dict[str, bytes]) -> list[str]:
    return sorted(name for name in {*warm, *cold} if warm.get(name) != cold.get(name))


def remembered(site: Site) -> cache.Remembered:
    """But for compiled templates, which Python writes in more than one way."""
    kept = cache.load(cache.folder(site.root))
    kept.learnt.compiled = {}
    return kept


# -- random histories -------------------------------------------------------------------


@pytest.mark.parametrize("seed", [1, 2])
def test_a_warm_build_equals_a_cold_one_after_every_step(tmp_path: Path, seed: int) -> None:
    History(tmp_path, seed).run(30)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10, 14))
def test_a_warm_build_equals_a_cold_one_after_each_of_a_thousand_steps(
    tmp_path: Path, seed: int
) -> None:
    History(tmp_path, seed).run(250)


def test_every_edit_and_every_damage_in_turn(tmp_path: Path) -> None:
    history = History(tmp_path, seed=3)
    for name in EDITS:
        history.edit((name,))
    history.damage.keep_copies()
    for name in DAMAGES:
        history.spoil((name,))


@pytest.mark.parametrize("old, new", MISTAKES)
def test_a_mistake_that_is_made_and_mended_leaves_no_trace(
    tmp_path: Path, old: str, new: str
) -> None:
    history = History(tmp_path, seed=5)
    published = history.site.published()
    path = next(p.path for p in history.editor.pieces.values() if p.slug in history.editor.public())
    text = history.site.read(path)
    history.site.replace(path, old, new)
    with pytest.raises(FindingsError):
        history.site.build(as_of=history.editor.day)
    history.site.write(path, text)
    assert not history.site.build(as_of=history.editor.day).published
    assert history.site.published() == published


# -- what a build remembers -------------------------------------------------------------


def test_the_cache_holds_the_current_articles_and_outputs_and_no_others(tmp_path: Path) -> None:
    history = History(tmp_path, seed=6)
    for _ in range(8):
        history.edit()
        kept = remembered(history.site)
        articles = [parsed for parsed in kept.learnt.parsed.values() if parsed.standing is None]
        assert len(articles) == len(history.editor.pieces)
        assert kept.outputs.keys() == listed(history.site).keys()
        assert set(kept.learnt.facts) <= set(kept.outputs.values())


SOURCES_PAGE = """\
---
title: 法规与来源
summary: 本站引用的每一份法规、标准和公开资料，哪篇文章用到它，核实到什么程度。
reviewed: 2026-11-20
review_due: 2027-05-20
listing: sources
---

正文。
"""


def test_an_article_that_only_moves_is_led_to_where_it_is(tmp_path: Path) -> None:
    """Nothing in the file changes, so only its path tells the lists that show it."""
    site = Site.create(tmp_path)
    site.write("content/pages/sources.md", SOURCES_PAGE)
    text = article("丙还不上时先做什么？", category="safety")
    site.write("content/articles/safety/early.md", text)
    site.build()
    assert 'href="/early/"' in site.page("category/safety/index.html")
    site.delete("content/articles/safety/early.md")
    site.write("content/articles/safety/late.md", text)
    site.build()
    warm = site.published()
    assert 'href="/late/"' in site.page("category/safety/index.html")
    site.build(clean=True)
    assert differences(warm, site.published()) == []


def check(site: Site) -> None:
    site.findings()


def build_cleanly(site: Site) -> None:
    site.build(clean=True)


@pytest.mark.parametrize("between", [check, build_cleanly])
def test_a_check_or_a_clean_build_takes_nothing_from_the_next_build(
    tmp_path: Path, between: Callable[[Site], None]
) -> None:
    site = Site.create(tmp_path)
    site.build()
    between(site)
    built = site.build()
    assert (built.published, built.fresh) == (False, 0)


@pytest.mark.parametrize(
    "path, old, new",
    [
        ("content/data/sources.yml", "id: law-1", "id: law 1"),
        ("content/articles/process/a.md", "title:", "titel:"),
        ("content/articles/process/a.md", "[@law-1]", "[@law-9]"),
    ],
)
def test_a_check_that_finds_a_mistake_takes_nothing_from_the_next_build(
    tmp_path: Path, path: str, old: str, new: str
) -> None:
    """A typing error, found and mended, must not cost the pages that did not change."""
    site = Site.create(tmp_path)
    site.build()
    text = site.read(path)
    site.replace(path, old, new)
    assert site.findings() != []
    site.write(path, text)
    assert site.build().fresh == 0


@pytest.mark.parametrize(
    "path, old, new, code",
    [
        ("templates/article.html", "<h1 ", "<h1 onclick='x()' ", "page-policy"),
        ("templates/article.html", "<h1 ", "<h1 id='yq-main' ", "page-duplicate-id"),
        ("content/articles/process/a.md", "正文。", "[坏](/nowhere/)", "link-broken"),
        ("content/articles/process/a.md", "正文。", f"{'- ' * 1000}深", "body-nesting"),
    ],
)
def test_what_only_rendering_finds_is_found_by_every_check_and_build(
    tmp_path: Path, path: str, old: str, new: str, code: str
) -> None:
    site = Site.create(tmp_path)
    site.build()
    site.replace(path, old, new)
    first = site.findings()
    assert any(code in line for line in first), first
    assert site.findings() == first
    for _ in range(2):
        with pytest.raises(FindingsError) as caught:
            site.build()
        assert code in {finding.code for finding in caught.value.findings}
