"""`python -m benchmarks [--sizes 3,1000] [--runs N] [--peers]`: measure and print a report."""

from __future__ import annotations

import argparse
import shutil
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import fmean

from benchmarks.commands import HELP, MKDOCS, Tool, environment, hugo, hugo_and_pagefind
from benchmarks.corpus import Corpus, generate, to_hugo, to_mkdocs
from benchmarks.measure import CommandError, measure
from benchmarks.peers import install
from benchmarks.project import (
    REPOSITORY,
    article_files,
    copy_project,
    products_by_name,
    publishable_sources,
)
from benchmarks.report import Section, render
from benchmarks.scenarios import Project, Result, ours, peers

# Folders in it begin with a dot: type checkers take any other for a package.
RESULTS = Path(__file__).resolve().parent / "results"
# Every page of stock Material carries the whole navigation: the work grows with the square.
MKDOCS_LIMIT = 2000

Work = tuple[Tool, Callable[[Path, Path], None]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run everything; 1 when a command failed."""
    options = _options(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what runs is ended too
    work = options.work.resolve() / ".work"
    shutil.rmtree(work, ignore_errors=True)
    others = _peer_works(options.peers)
    start = _start(options.runs)
    sections = []
    for project in _projects(work, options):
        _say(f"{project.title}: {project.articles:,} articles")
        sections.append(_section(project, others))
        if not options.keep:
            shutil.rmtree(work)
    report = render(sections, start, options.runs)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "latest.md").write_text(report, encoding="utf-8")
    print(report, end="")
    results = [start, *(result for section in sections for result in section.results)]
    return 0 if all(result.measurement for result in results) else 1


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--sizes", default="3,1000", help="sizes of the generated corpora")
    parser.add_argument("--runs", type=int, default=3, help="timed runs of each build")
    parser.add_argument("--seed", type=int, default=7, help="seed of the generated corpora")
    parser.add_argument(
        "--peers", action="store_true", help="install and run Hugo and Pagefind too"
    )
    parser.add_argument(
        "--work",
        type=Path,
        default=RESULTS,
        help="where the projects are put, in `.work`; on a disk, new files can cost more than pages",
    )
    parser.add_argument("--keep", action="store_true", help="leave the projects in `.work`")
    options = parser.parse_args(arguments)
    options.sizes = [int(size) for size in options.sizes.split(",") if size]
    return options


def _peer_works(wanted: bool) -> list[Work]:
    works: list[Work] = [(MKDOCS, to_mkdocs)]
    if wanted:
        tools = install(RESULTS / ".peers")
        works += [(hugo(tools), to_hugo), (hugo_and_pagefind(tools), to_hugo)]
    return works


def _projects(work: Path, options: argparse.Namespace) -> Iterator[Project]:
    """The repository's own articles, then the generated corpora, each made when its turn comes."""
    root = work / "repository"
    copy_project(REPOSITORY, root, articles=True)
    corpus = Corpus(options.seed, publishable_sources(root), products_by_name(root))
    yield Project("This site", root, corpus, 0, options.runs)
    for size in options.sizes:
        root = work / f"generated-{size}"
        corpus = generate(root, size, options.seed)
        yield Project("Generated", root, corpus, size, options.runs)


def _section(project: Project, works: Sequence[Work]) -> Section:
    """Measure one corpus: the peers first, because our own scenarios change it."""
    articles = project.articles
    works = [work for work in works if work[0] is not MKDOCS or articles <= MKDOCS_LIMIT]
    sizes = [path.stat().st_size for path in article_files(project.root)]
    theirs = [_said(result) for result in peers(project.root, project.runs, works)]
    mine = [_said(result) for result in ours(project)]
    return Section(project.title, articles, fmean(sizes or [0]), [*mine, *theirs])


def _start(runs: int) -> Result:
    """Starting our command line without doing anything."""
    name = " ".join(HELP)
    try:
        return Result(name, measure(HELP, REPOSITORY, runs, environment=environment()))
    except (CommandError, OSError) as error:
        return Result(name, None, note=str(error))


def _said(result: Result) -> Result:
    seconds = f"{result.measurement.wall:.2f} s" if result.measurement else "failed"
    _say(f"  {result.name}: {seconds}")
    return result


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
