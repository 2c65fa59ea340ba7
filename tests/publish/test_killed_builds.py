"""Promise 1: `kill -9` at any moment leaves the old site or the new one, and the next build mends."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from generator.shell import cache
from tests.harness import REPOSITORY, Site, article
from tests.publish.killer import Killer, Outcome, Request
from tests.publish.observe import changed, cold_bytes, cold_copy

Tree = dict[str, bytes]


@pytest.fixture(scope="module")
def killer() -> Iterator[Killer]:
    with Killer() as process:
        yield process


# What a build starts from: the site as it was before the last exchange.
WORKSHOP = ".site.yuqi-staging"


@dataclass(frozen=True)
class Scenario:
    """A project with something to build, and what its site may hold before and after."""

    template: Site
    old: Tree | None
    new: Tree

    def copy(self, root: Path) -> Site:
        """The project in `root` as it was; a build changes none of the sources copied there."""
        for path in [*root.glob(".site.*"), root / "site", root / ".cache"]:
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        names = ("site", WORKSHOP, ".cache") if root.exists() else ("",)
        found = [path for name in names if (path := self.template.root / name).exists()]
        # Unlike a copy by Python this keeps what is one file under two names one file.
        if found:
            subprocess.run(["cp", "-a", *found, root], check=True)
        return Site(root)


def request(site: Site, **options: int | bool) -> Request:
    settings = str(site.root / "site_config.yml")
    return replace(Request(settings, str(site.target)), **options)  # type: ignore[arg-type]


def current(site: Site) -> Tree | None:
    return site.published() if site.target.exists() else None


@pytest.fixture
def edit(tmp_path: Path) -> Scenario:
    """An edit that makes the build write, keep and remove outputs."""
    site = Site.create(tmp_path)
    site.write("content/articles/safety/c.md", article("丙会不会坐牢？", category="safety"))
    site.write("content/articles/safety/d.md", article("丁还能借钱吗？", category="safety"))
    site.write("content/articles/safety/f.md", article("己那时还在吗？", category="safety"))
    site.build()
    site.delete("content/articles/safety/f.md")
    site.build()
    old = site.published()
    site.replace("content/articles/process/a.md", "正文。", "改过的正文。")
    site.write("content/articles/process/e.md", article("戊刚刚写好没有？"))
    site.delete("content/articles/safety/d.md")
    scenario = Scenario(site, old, cold_bytes(site))
    names = changed(old, scenario.new)
    assert {"a/index.html", "e/index.html", "d/index.html"} < names < {*old, *scenario.new}
    return scenario


@pytest.fixture
def first(tmp_path: Path) -> Scenario:
    """A project that was never built."""
    site = Site.create(tmp_path)
    return Scenario(site, None, cold_bytes(site))


def recovers(site: Site, scenario: Scenario) -> None:
    """One build later everything is as if nothing had happened."""
    site.build()
    assert site.published() == scenario.new
    left = {path.name for path in site.root.iterdir() if path.name.startswith(".site.")}
    assert left - {WORKSHOP} == {".site.yuqi-lock"}
    assert not site.build().published


def complete(scenario: Scenario, killer: Killer, work: Path, **options: bool) -> Outcome:
    outcome = killer.run(request(scenario.copy(work), **options))
    assert outcome.code == 0
    assert current(Site(work)) == scenario.new
    return outcome


def killed_everywhere(
    scenario: Scenario, killer: Killer, work: Path, every: int, **options: bool
) -> tuple[list[str], dict[int, Tree | None]]:
    """Kill a build at each of its operations, or at every so-manieth and those around the swap.

    Returns what the build did, operation by operation, and the site at each kill, both
    counted from 1.
    """
    operations = [what for what, _ in complete(scenario, killer, work, **options).operations]
    moments = range(1, len(operations) + 1)
    states: dict[int, Tree | None] = {}
    for kill_at in moments:
        if kill_at % every and not around_swap(operations, kill_at):
            continue
        site = scenario.copy(work)
        outcome = killer.run(request(site, kill_at=kill_at, **options))
        assert outcome.killed
        assert not outcome.orphans
        assert len(outcome.operations) == kill_at
        states[kill_at] = current(site)
        assert_old_or_new(site, scenario, outcome)
        recovers(site, scenario)
    return operations, states


def around_swap(operations: list[str], kill_at: int) -> bool:
    swaps = [at for at, what in enumerate(operations, 1) if what in ("exchange", "rename")]
    return any(abs(kill_at - swap) <= 2 for swap in swaps)


def assert_old_or_new(site: Site, scenario: Scenario, outcome: Outcome) -> None:
    """Where the system has no exchange, the old site may stand beside its place."""
    aside = site.root / ".site.yuqi-aside"
    if scenario.old is not None and not site.target.exists() and aside.exists():
        assert site.published(aside) == scenario.old, outcome.operations[-1]
        assert "exchange" not in {what for what, _ in outcome.operations}
    else:
        assert current(site) in (scenario.old, scenario.new), outcome.operations[-1]


# -- every operation --------------------------------------------------------------------


def sampled(every: int) -> pytest.MarkDecorator:
    """Some of the operations in a normal run, all of them in a soak."""
    everywhere = pytest.param(1, id="all", marks=pytest.mark.soak)
    return pytest.mark.parametrize("every", [pytest.param(every, id="some"), everywhere])


@sampled(10)
def test_an_edit_killed_anywhere_is_published_whole_or_not_at_all(
    edit: Scenario, killer: Killer, tmp_path: Path, every: int
) -> None:
    operations, states = killed_everywhere(edit, killer, tmp_path / "work", every)
    swap = operations.index("exchange") + 1
    assert {swap - 1, swap, swap + 1, swap + 2} <= states.keys()
    assert states == {at: edit.old if at <= swap else edit.new for at in states}
    assert {"open", "write", "link", "mkdir", "remove", "rmdir", "rename"} <= set(operations)


@sampled(10)
def test_a_first_build_killed_anywhere_is_published_whole_or_not_at_all(
    first: Scenario, killer: Killer, tmp_path: Path, every: int
) -> None:
    operations, states = killed_everywhere(first, killer, tmp_path / "work", every)
    assert "exchange" not in operations
    swap = operations.index("rename") + 1
    assert states == {at: first.old if at <= swap else first.new for at in states}


@sampled(14)
def test_without_links_a_killed_build_is_published_whole_or_not_at_all(
    edit: Scenario, killer: Killer, tmp_path: Path, every: int
) -> None:
    work = tmp_path / "work"
    operations, _ = killed_everywhere(edit, killer, work, every, has_links=False)
    assert "link" not in operations


@sampled(14)
def test_with_a_damaged_cache_a_killed_build_is_published_whole_or_not_at_all(
    edit: Scenario, killer: Killer, tmp_path: Path, every: int
) -> None:
    for part in cache.folder(edit.template.root).iterdir():
        part.write_bytes(b"damaged")
    killed_everywhere(edit, killer, tmp_path / "work", every)


@sampled(14)
def test_without_an_exchange_the_old_site_is_never_lost(
    edit: Scenario, killer: Killer, tmp_path: Path, every: int
) -> None:
    """Two renames leave one moment without a site; the old one then stands beside its place."""
    work = tmp_path / "work"
    _, states = killed_everywhere(edit, killer, work, every, has_exchange=False)
    assert list(states.values()).count(None) == 1


def test_only_staged_files_the_lock_and_the_cache_are_opened_for_writing(
    edit: Scenario, killer: Killer, tmp_path: Path
) -> None:
    site = edit.copy(tmp_path / "work")
    outcome = killer.run(request(site))
    written = {Path(path) for what, path in outcome.operations if what == "open"}
    places = (site.root / WORKSHOP, cache.folder(site.root))
    strangers = {path for path in written if not any(map(path.is_relative_to, places))}
    assert strangers == {site.root / ".site.yuqi-lock"}


def test_a_killed_cache_write_leaves_nothing_behind_for_ever(
    edit: Scenario, killer: Killer, tmp_path: Path
) -> None:
    site = edit.copy(tmp_path / "work")
    last = len(killer.run(request(site)).operations)
    for kill_at in (last - 1, last):
        site = edit.copy(tmp_path / "work")
        assert killer.run(request(site, kill_at=kill_at)).killed
        site.build()
        assert {path.suffix for path in cache.folder(site.root).iterdir()} == {".cache"}


# -- the build that mends is killed as well ---------------------------------------------


def killed_twice(scenario: Scenario, killer: Killer, work: Path, step: int) -> int:
    operations = [what for what, _ in complete(scenario, killer, work).operations]
    swap = operations.index("exchange") + 1
    count = 0
    for first_kill in (swap // 2, swap, swap + 1, swap + 5, len(operations)):
        for second_kill in range(1 + first_kill % step, 1000, step):
            site = scenario.copy(work)
            assert killer.run(request(site, kill_at=first_kill)).killed
            outcome = killer.run(request(site, kill_at=second_kill))
            assert current(site) in (scenario.old, scenario.new)
            recovers(site, scenario)
            count += 1
            if not outcome.killed:
                break
    return count


def test_a_build_killed_while_it_mends_a_killed_one(
    edit: Scenario, killer: Killer, tmp_path: Path
) -> None:
    assert killed_twice(edit, killer, tmp_path / "work", step=60) > 5


@pytest.mark.soak
def test_a_build_killed_anywhere_while_it_mends_a_killed_one(
    edit: Scenario, killer: Killer, tmp_path: Path
) -> None:
    assert killed_twice(edit, killer, tmp_path / "work", step=1) > 200


# -- workers ----------------------------------------------------------------------------


@pytest.fixture
def large(tmp_path: Path) -> Site:
    """Enough articles for workers, published."""
    site = Site.create(tmp_path)
    for number in range(90):
        body = "".join(f"## 第 {at} 步做什么\n\n{'正文，' * 60}。[@law-1]\n\n" for at in range(8))
        site.write(f"content/articles/process/p{number}.md", article(f"第{number}问怎么办？", body))
    site.build()
    return site


def everything_changes(site: Site, round_number: int) -> None:
    """An edit after which every page is rendered anew."""
    old = "<html" if round_number == 0 else f'<html data-round="{round_number}"'
    for name in ("base", "redirect"):
        site.replace(f"templates/{name}.html", old, f'<html data-round="{round_number + 1}"')


@pytest.mark.parametrize("kill_at_fork", [1, 2, 3])
def test_a_worker_that_starts_after_its_build_was_killed_ends_too(
    large: Site, killer: Killer, kill_at_fork: int
) -> None:
    everything_changes(large, 0)
    outcome = killer.run(request(large, workers=3, kill_at_fork=kill_at_fork))
    assert outcome.killed
    assert not outcome.orphans


def uninterrupted(site: Site) -> float:
    """Seconds a build takes when everything changes, start of the process included."""
    with cold_copy(site) as copy:
        started = time.monotonic()
        with start(copy) as process:
            process.communicate()
            assert process.returncode == 0
        return time.monotonic() - started


def start(site: Site) -> subprocess.Popen[bytes]:
    """`yuqi build --workers 2`; workers keep the pipe open as long as they live."""
    options = ["-f", str(site.root / "site_config.yml"), "--as-of", "2026-11-24", "--workers", "2"]
    return subprocess.Popen(
        [sys.executable, "-m", "generator", "build", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=REPOSITORY,
        start_new_session=True,
    )


def kill(process: subprocess.Popen[bytes], moment: float) -> bool:
    """Kill the build, not its workers; whether it was still running. They must end by themselves."""
    try:
        process.communicate(timeout=moment)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
    try:
        process.communicate(timeout=8)
    except subprocess.TimeoutExpired as error:
        os.killpg(process.pid, signal.SIGKILL)
        raise AssertionError("a worker outlived its build") from error
    assert process.returncode in (0, -signal.SIGKILL)
    return process.returncode != 0


def killed_at_random(site: Site, seed: int, kills: int) -> None:
    """Kill builds until so many died; the moments follow how fast this machine is just now."""
    source = random.Random(seed)
    duration = uninterrupted(site)
    for number in range(10 * kills):
        before = site.published()
        everything_changes(site, number)
        after = cold_bytes(site)
        killed = kill(start(site), duration * source.uniform(0.2, 1.0))
        duration *= 1.05 if killed else 0.8
        assert site.published() in (before, after)
        site.build()
        assert site.published() == after
        assert not site.build().published
        kills -= killed
        if kills == 0:
            return
    raise AssertionError("most builds ended before they could be killed")


def test_builds_killed_at_random_moments(large: Site) -> None:
    killed_at_random(large, seed=1, kills=5)


@pytest.mark.soak
def test_many_builds_killed_at_random_moments(large: Site) -> None:
    killed_at_random(large, seed=2, kills=50)
