"""`python -m benchmarks.search`: ours, Pagefind and Material's search, asked the same in one run.

Two corpora: the pages of this site with the questions of `tests/search/`, and two hundred pages of
known sentences, where every page that contains a query can be counted.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import fmean, median
from time import perf_counter
from typing import Any

import yaml
from playwright.sync_api import Browser, sync_playwright

from benchmarks import engines
from benchmarks.commands import environment
from benchmarks.engines import Engine
from benchmarks.hosting import Host, hosted
from benchmarks.peers import PeerTools, install
from benchmarks.project import REPOSITORY, copy_project

RESULTS = Path(__file__).resolve().parent / "results"
_TESTS = REPOSITORY / "tests" / "search"
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run"]
_COLD = 8
"""So many queries are asked in a browser of their own, which has nothing: its costs are those of
the page as well. The others share a page, one after the other."""

Question = tuple[str, frozenset[str]]


@dataclass(frozen=True)
class Cost:
    """Of one query: bytes as sent (gzip), requests, milliseconds."""

    bytes: int
    requests: int
    time: float


@dataclass(frozen=True)
class Asked:
    """What one engine did on one corpus."""

    engine: Engine
    built: float
    answers: list[list[str]]
    cold: list[Cost]
    warm: list[Cost]

    @property
    def index_bytes(self) -> int:
        files = (path for path in self.engine.root.rglob("*") if path.is_file())
        names = ((path.relative_to(self.engine.root).as_posix(), path) for path in files)
        return sum(p.stat().st_size for name, p in names if name.startswith(self.engine.index))


def main() -> int:
    """Run everything and print the tables."""
    work = RESULTS / ".search"
    shutil.rmtree(work, ignore_errors=True)
    tools = install(RESULTS / ".peers")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        real = [*_asked(browser, _site(work / "real"), tools, questions(), exact=False)]
        sentences, queries = _sentences()
        corpus = _corpus(work / "corpus", sentences)
        exact = [*_asked(browser, corpus, tools, queries, exact=True)]
        browser.close()
    report = "\n".join((*_ranking(real), "", *_matching(exact, sentences)))
    (RESULTS / "search.md").write_text(f"{report}\n", encoding="utf-8")
    print(report)
    return 0


def _site(root: Path) -> Path:
    copy_project(REPOSITORY, root, articles=True)
    return root


def questions() -> list[Question]:
    """Those of the tests, with the articles that answer each."""
    rows: list[dict[str, Any]] = []
    for name in ("queries.yml", "unseen.yml"):
        rows += yaml.safe_load((_TESTS / name).read_text("utf-8"))["queries"]
    return [(row["query"], frozenset(row["topic"].split())) for row in rows]


def _sentences() -> tuple[dict[str, str], list[Question]]:
    """Slug → text of the pages, and which of them contain each query."""
    corpus = yaml.safe_load((_TESTS / "corpus.yml").read_text("utf-8"))
    rng = random.Random(7)
    texts = {f"p{at}": "".join(rng.sample(corpus["sentences"], 8)) for at in range(200)}
    queries = [
        (query, frozenset(slug for slug, text in texts.items() if query in text))
        for query in corpus["queries"]
    ]
    return texts, queries


def _corpus(root: Path, texts: dict[str, str]) -> Path:
    copy_project(REPOSITORY, root, articles=False)
    for at, (slug, text) in enumerate(texts.items()):
        front = (
            f"title: 第{at}页的问答？\nsummary: 这一页是从句子里随便取出来的。\ncategory: process\n"
            "tags: [问答]\npublished: 2026-11-20\nreviewed: 2026-11-20\nreview_due: 2027-05-20\n"
        )
        path = root / "content" / "articles" / "process" / f"{slug}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\n{front}---\n\n{text}\n", encoding="utf-8")
    return root


def _asked(
    browser: Browser, project: Path, tools: PeerTools, questions: Sequence[Question], *, exact: bool
) -> Iterator[Asked]:
    """Each engine on one corpus. Ours comes first: the others index the pages it has."""
    site = project / "site"
    build = ["yuqi", "build", "--as-of", "2026-11-24"]
    ours, built = _timed(lambda: _run(build, project, engines.ours(site)))
    content = engines.pages(site)
    if exact:
        content = [page for page in content if page.path.strip("/")[0] == "p"]
    yield _measured(browser, ours, built, questions, exact=exact)
    for make in (engines.pagefind, engines.material):
        root = project.with_name(f"{project.name}-{make.__name__}")
        engine, built = _timed(partial(make, tools, content, root))
        yield _measured(browser, engine, built, questions, exact=exact)


def _run(command: list[str], folder: Path, engine: Engine) -> Engine:
    subprocess.run(command, cwd=folder, check=True, capture_output=True, env=environment())
    return engine


def _timed(make: Callable[[], Engine]) -> tuple[Engine, float]:
    start = perf_counter()
    return make(), perf_counter() - start


def _measured(
    browser: Browser, engine: Engine, built: float, questions: Sequence[Question], *, exact: bool
) -> Asked:
    queries = [query for query, _ in questions]
    with hosted(engine.root) as host:
        cold = [_cold(browser, host, engine, query) for query in queries[:: len(queries) // _COLD]]
        page = browser.new_page()
        page.goto(host.origin + engine.page)
        answers, warm = [], []
        for query in queries:
            before, start = host.sent(), perf_counter()
            answers.append(page.evaluate(engine.ask, [query, exact]))
            warm.append(_cost(host, before, start))
        page.close()
    return Asked(engine, built, answers, cold, warm)


def _cold(browser: Browser, host: Host, engine: Engine, query: str) -> Cost:
    context = browser.new_context()
    page = context.new_page()
    before, start = host.sent(), perf_counter()
    page.goto(host.origin + engine.page)
    page.evaluate(engine.ask, [query, False])
    cost = _cost(host, before, start)
    context.close()
    return cost


def _cost(host: Host, before: tuple[int, int], start: float) -> Cost:
    time = (perf_counter() - start) * 1000
    after = host.sent()
    return Cost(after[0] - before[0], after[1] - before[1], time)


def _slugs(urls: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(url.strip("/").removesuffix("/index.html") for url in urls))


def _ranking(asked: Sequence[Asked]) -> Iterator[str]:
    asked_for = questions()
    yield f"## {len(asked_for)} questions on this site"
    yield ""
    yield (
        "| engine | in the first three | mean reciprocal rank | cold: bytes, requests, ms "
        "| warm: bytes, requests, ms | index | build |"
    )
    yield "|---|---|---|---|---|---|---|"
    for one in asked:
        ranks = []
        for (_, wanted), urls in zip(asked_for, one.answers, strict=True):
            places = [at for at, slug in enumerate(_slugs(urls), 1) if slug in wanted]
            ranks.append(min(places, default=0))
        first = sum(0 < rank <= 3 for rank in ranks) / len(ranks)
        mean = fmean(1 / rank if rank else 0 for rank in ranks)
        yield f"| {one.engine.name} | {first:.1%} | {mean:.3f} | {_costs(one)} |"


def _matching(asked: Sequence[Asked], texts: dict[str, str]) -> Iterator[str]:
    _, queries = _sentences()
    yield f"## {len(queries)} words on {len(texts)} pages that are known"
    yield ""
    yield (
        "| engine | recall | precision | cold: bytes, requests, ms | warm: bytes, requests, ms "
        "| index | build |"
    )
    yield "|---|---|---|---|---|---|---|"
    for one in asked:
        found = expected = right = 0
        for (_, wanted), urls in zip(queries, one.answers, strict=True):
            got = {slug for slug in _slugs(urls) if slug in texts}
            found, expected = found + len(got), expected + len(wanted)
            right += len(got & wanted)
        recall, precision = right / expected, right / found if found else 0
        yield f"| {one.engine.name} | {recall:.2f} | {precision:.2f} | {_costs(one)} |"


def _costs(one: Asked) -> str:
    def told(costs: Sequence[Cost]) -> str:
        size = median(cost.bytes for cost in costs) / 1024
        requests = median(cost.requests for cost in costs)
        return f"{size:.0f} KB, {requests:.0f}, {median(cost.time for cost in costs):.0f}"

    size = one.index_bytes / 1024
    return f"{told(one.cold)} | {told(one.warm)} | {size:.0f} KB | {one.built:.1f} s"


if __name__ == "__main__":
    sys.exit(main())
