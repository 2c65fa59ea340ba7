"""What is measured on one corpus: cold, unchanged, one edit, one more article; the peers cold."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count as numbers
from pathlib import Path

from benchmarks.commands import MKDOCS, OURS, RECORD_URLS, Tool, environment
from benchmarks.corpus import Corpus, write_article
from benchmarks.measure import CommandError, Measurement, measure, run
from benchmarks.project import article_files


@dataclass(frozen=True)
class Result:
    """One line of a table: the measurement, or why there is none."""

    name: str
    measurement: Measurement | None
    site_bytes: int = 0
    note: str = ""


@dataclass(frozen=True)
class Project:
    """A project on disk. `linkable` articles of `corpus` lie in it; further ones can be added."""

    title: str
    root: Path
    corpus: Corpus
    linkable: int
    runs: int

    @property
    def articles(self) -> int:
        """How many articles the project has now."""
        return len(article_files(self.root))


def cold(tool: Tool, project: Path, runs: int) -> Result:
    """A build with nothing left from an earlier one."""

    def clean() -> None:
        for leftover in tool.leftovers:
            shutil.rmtree(project / leftover, ignore_errors=True)

    try:
        measured = measure(tool.command, project, runs, prepare=clean, environment=environment())
    except CommandError as error:
        return Result(f"{tool.name}, cold", None, note=str(error))
    return Result(f"{tool.name}, cold", measured, _bytes(project / tool.site))


def ours(project: Project) -> Iterator[Result]:
    """Our cold build, then the warm ones that follow it; none of these when it fails."""
    _record_urls(project.root)
    first = cold(OURS, project.root, project.runs)
    yield first
    if first.measurement is None:
        return
    yield _warm(project, "yuqi, nothing changed", lambda: None)
    yield _warm(project, "yuqi, one article edited", _editor(project))
    yield _warm(project, "yuqi, one article added", _author(project))


def peers(
    root: Path,
    runs: int,
    works: Sequence[tuple[Tool, Callable[[Path, Path], None]]],
) -> Iterator[Result]:
    """Each peer's cold build of the articles in `root`, in a project of its own beside it."""
    for tool, convert in works:
        project = root.with_name(f"{root.name}-{tool.name.replace(' ', '-').lower()}")
        convert(root, project)
        yield cold(tool, project, 1 if tool is MKDOCS else runs)


def _warm(project: Project, name: str, change: Callable[[], None]) -> Result:
    """Builds after a change. The first is not measured: it says which HTML files differ."""
    site = project.root / OURS.site
    try:
        before = _digests(site)
        change()
        run(OURS.command, project.root, environment=environment())
        note = _difference(before, _digests(site))
        measured = measure(
            OURS.command, project.root, project.runs, prepare=change, environment=environment()
        )
    except CommandError as error:
        return Result(name, None, note=str(error))
    return Result(name, measured, _bytes(site), note)


def _editor(project: Project) -> Callable[[], None]:
    """Appends another sentence to the same article at each call."""
    files = article_files(project.root)
    article, nonce = files[len(files) // 2], numbers()

    def edit() -> None:
        sentence = project.corpus.edit(0, next(nonce))
        article.write_text(article.read_text("utf-8") + sentence, encoding="utf-8")

    return edit


def _author(project: Project) -> Callable[[], None]:
    """Writes the next article of the corpus at each call."""
    index = numbers(project.linkable)

    def add() -> None:
        write_article(project.root, project.corpus, next(index), project.linkable)

    return add


def _record_urls(root: Path) -> None:
    """Give the project its list of published addresses, as a site that is alive has one."""
    try:
        run(RECORD_URLS, root, environment=environment())
    except CommandError:
        return  # only warnings depend on it


def _digests(site: Path) -> dict[str, bytes]:
    return {
        str(page.relative_to(site)): hashlib.sha256(page.read_bytes()).digest()
        for page in site.rglob("*.html")
    }


def _difference(before: dict[str, bytes], after: dict[str, bytes]) -> str:
    changed = sum(before[page] != after[page] for page in before.keys() & after.keys())
    new, gone = len(after.keys() - before.keys()), len(before.keys() - after.keys())
    return f"HTML files: {changed} changed, {new} new, {gone} gone, of {len(after):,}"


def _bytes(site: Path) -> int:
    return sum(path.stat().st_size for path in site.rglob("*") if path.is_file())
