"""`python -m benchmarks.reach [--sizes 100,1000]`: what one query fetches as the site grows.

The questions of `tests/search/` are asked on generated corpora, each by a reader who has nothing of
the index yet. Counted are the files of the index, as a host with gzip sends them.
"""

from __future__ import annotations

import argparse
import gzip
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Request, sync_playwright

from benchmarks import engines
from benchmarks.commands import environment
from benchmarks.corpus import generate
from benchmarks.hosting import hosted
from benchmarks.search import FLAGS, RESULTS, questions

_KINDS = {
    "index": "manifest",
    "t": "terms, sounds, titles",
    "p": "cards",
    "d": "texts",
    "sounds": "readings",
    "simplified": "traditional",
}
_EACH = 3
"""Of so many questions one is asked."""
_KIND = re.compile(r"search/([a-z]+)\b")


def main(arguments: Sequence[str] | None = None) -> int:
    """Build each corpus, ask, print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reach", description=__doc__)
    parser.add_argument("--sizes", default="100,1000", help="sizes of the generated corpora")
    sizes = [int(size) for size in parser.parse_args(arguments).sizes.split(",")]
    kinds = " | ".join(_KINDS.values())
    lines = [
        f"| articles | bytes of a query: median, 95 %, most | requests: median, most | {kinds} |",
        f"|---|---|---|{'---|' * len(_KINDS)}",
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        lines += [_row(size, [*_fetched(browser, _site(size))]) for size in sizes]
        browser.close()
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "reach.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))
    return 0


def _site(size: int) -> Path:
    root = RESULTS / ".reach" / str(size)
    shutil.rmtree(root, ignore_errors=True)
    generate(root, size)
    command = ["yuqi", "build", "--as-of", "2026-11-24"]
    subprocess.run(command, cwd=root, check=True, capture_output=True, env=environment())
    return root / "site"


Fetched = dict[str, list[int]]
"""Kind of file → the sizes of those fetched."""


def _fetched(browser: Browser, site: Path) -> Iterator[Fetched]:
    """What each question fetches."""
    sized = cache(lambda name: len(gzip.compress((site / name).read_bytes(), 9, mtime=0)))
    ours = engines.ours(site)
    with hosted(site) as host:
        for query, _ in questions()[::_EACH]:
            page = browser.new_page()
            page.goto(host.origin + ours.page)
            found: Fetched = defaultdict(list)
            for url in _asked(page, ours.ask, query):
                name = urlsplit(url).path.lstrip("/")
                if kind := _KIND.match(name):
                    found[kind[1]].append(sized(name))
            yield found


def _asked(page: Page, ask: str, query: str) -> set[str]:
    """The addresses a query asks for; the page is closed afterwards."""
    urls: set[str] = set()

    def note(request: Request) -> None:
        urls.add(request.url)

    page.on("request", note)
    page.evaluate(ask, [query, False])
    page.close()
    return urls


def _row(size: int, fetched: Sequence[Fetched]) -> str:
    totals = sorted(sum(map(sum, found.values())) / 1024 for found in fetched)
    requests = [sum(map(len, found.values())) for found in fetched]
    late = totals[int(0.95 * len(totals))]
    kinds = (median(sum(found.get(kind, ())) for found in fetched) / 1024 for kind in _KINDS)
    return (
        f"| {size:,} | {median(totals):.0f}, {late:.0f}, {totals[-1]:.0f} KB "
        f"| {median(requests):.0f}, {max(requests)} "
        f"| {' | '.join(f'{kind:.1f} KB' for kind in kinds)} |"
    )


if __name__ == "__main__":
    sys.exit(main())
