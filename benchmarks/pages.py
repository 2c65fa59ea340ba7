"""Built sites whose pages are looked at: ours as it is released, and stock mkdocs-material."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.commands import MKDOCS, RECORD_URLS, environment
from benchmarks.corpus import generate, to_mkdocs
from benchmarks.project import REPOSITORY, article_files, copy_project
from generator.catalogue import Edition
from generator.shell import builder, workers
from generator.shell.project import load

_TODAY = date(2026, 11, 24)


@dataclass(frozen=True)
class BuiltSite:
    """A folder to serve, and the pages to look at: kind of page → its path."""

    title: str
    root: Path
    pages: dict[str, str]


def own_site(work: Path) -> BuiltSite:
    """The repository's own articles, as they are released."""
    copy_project(REPOSITORY, work, articles=True)
    return BuiltSite("This site", _released(work), _kinds(work))


def generated_site(work: Path, count: int, seed: int) -> BuiltSite:
    """A generated corpus, as it is released."""
    generate(work, count, seed)
    return BuiltSite(f"Generated, {count:,} articles", _released(work), _kinds(work))


def stock_site(work: Path, articles: Path, title: str) -> BuiltSite:
    """The articles of one of our projects with stock Material."""
    to_mkdocs(articles, work)
    subprocess.run(MKDOCS.command, cwd=work, env=environment(), check=True)
    first = _first(articles)
    pages = {"front page": "/", "article": f"/{first.parent.name}/{first.stem}/"}
    return BuiltSite(title, work / MKDOCS.site, pages)


def _released(root: Path) -> Path:
    """Publish with compressed copies; who runs the site may stay empty, so not by the command."""
    subprocess.run(RECORD_URLS, cwd=root, env=environment(), check=True, stdout=subprocess.DEVNULL)
    target = root / "site"
    run = workers.parallel(workers.default_workers())
    builder.publish(load(root / "site_config.yml"), target, Edition(_TODAY), release=True, run=run)
    return target


def _kinds(root: Path) -> dict[str, str]:
    """One page of each kind that the site has."""
    article = _first(root)
    stages = sorted((root / "site" / "stage").iterdir())
    wanted = {
        "front page": "/",
        "article": f"/{article.stem}/",
        "category": f"/category/{article.parent.name}/",
        "stage": f"/stage/{stages[0].name}/",
        "calculator": "/calculator/",
        "how it calculates": "/calculator-method/",
        "search": "/search/",
        "sources": "/sources/",
        "glossary": "/glossary/",
        "help lines": "/help/",
    }
    return {
        kind: path
        for kind, path in wanted.items()
        if (root / "site" / path.strip("/") / "index.html").exists()
    }


def _first(root: Path) -> Path:
    files: Sequence[Path] = article_files(root)
    return files[0]
