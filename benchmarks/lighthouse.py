"""`python -m benchmarks.lighthouse [--sizes 1000] [--runs 3] [--stock]`: Lighthouse, page by page.

Each kind of page of the released site, on a simulated cheap phone, against a real nginx with gzip;
the report goes to the screen and to results/lighthouse.md. Node, nginx and Chromium must be there;
Lighthouse itself is installed once, from npm, beside the results.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.__main__ import RESULTS
from benchmarks.nginx import served
from benchmarks.pages import BuiltSite, generated_site, own_site, stock_site

_LIGHTHOUSE = "lighthouse@12.8.2"
_CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
_METRICS = {
    "FCP": "first-contentful-paint",
    "LCP": "largest-contentful-paint",
    "TBT": "total-blocking-time",
    "CLS": "cumulative-layout-shift",
    "KB": "total-byte-weight",
}
_FLAGS = "--headless --no-sandbox --disable-gpu"
_BUDGETS = {"FCP": 900, "LCP": 1000, "TBT": 0, "CLS": 0}


@dataclass(frozen=True)
class Looked:
    """One page: scores of 100, metrics (milliseconds, shift, bytes), requests, and what it failed.

    `index` is how fast Lighthouse found the processor, before it was slowed down.
    """

    kind: str
    scores: tuple[int, ...]
    metrics: dict[str, float]
    requests: int
    index: float
    failed: tuple[str, ...]


def main(arguments: Sequence[str] | None = None) -> int:
    """Look at everything; the exit code says only whether it could be done."""
    options = _options(arguments)
    program = _installed(RESULTS / ".lighthouse")
    work = RESULTS / ".pages"
    shutil.rmtree(work, ignore_errors=True)
    scores = ", ".join(_CATEGORIES)
    lines = [f"Median of {options.runs}; budget {_BUDGETS} (ms); scores: {scores}."]
    lines += ["", f"The processor is slowed down {options.slowdown:g} times."]
    for number, site in enumerate(_sites(work, options)):
        lines += ["", f"## {site.title}", "", *_HEAD]
        with served(site.root, work / f".nginx-{number}") as origin:
            for kind, path in site.pages.items():
                looked = _looked(program, kind, origin + path, options)
                print(f"{site.title}: {_row(looked)}", file=sys.stderr, flush=True)
                lines.append(_row(looked))
    report = "\n".join((*lines, ""))
    (RESULTS / "lighthouse.md").write_text(report, encoding="utf-8")
    print(report, end="")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.lighthouse", description=__doc__)
    parser.add_argument("--sizes", default="1000", help="sizes of the generated corpora")
    parser.add_argument("--runs", type=int, default=3, help="runs of each page")
    parser.add_argument("--seed", type=int, default=7, help="seed of the generated corpora")
    parser.add_argument(
        "--slowdown",
        type=float,
        default=4,
        help="how many times the processor is slowed down; Lighthouse means 4 for one with an index "
        "of 1,500 to 2,000, a phone of the middle class has up to 800",
    )
    parser.add_argument("--stock", action="store_true", help="stock mkdocs-material too")
    options = parser.parse_args(arguments)
    options.sizes = [int(size) for size in options.sizes.split(",") if size]
    return options


def _installed(folder: Path) -> Path:
    program = folder / "node_modules/.bin/lighthouse"
    if not program.exists():
        npm = ("npm", "install", "--prefix", str(folder), "--no-fund", "--no-audit", _LIGHTHOUSE)
        subprocess.run(npm, check=True, stdout=subprocess.DEVNULL)
    return program


def _sites(work: Path, options: argparse.Namespace) -> Iterator[BuiltSite]:
    """Each is built when its turn comes."""
    yield own_site(work / "own")
    if options.stock:
        yield stock_site(work / "stock-own", work / "own", "Stock Material, the same articles")
    for size in options.sizes:
        yield generated_site(work / f"generated-{size}", size, options.seed)
        if options.stock:
            title = f"Stock Material, {size:,} articles"
            yield stock_site(work / f"stock-{size}", work / f"generated-{size}", title)


def _looked(program: Path, kind: str, address: str, options: argparse.Namespace) -> Looked:
    """The medians of several looks at one page."""
    results = [_run(program, address, options.slowdown) for _ in range(options.runs)]
    audits = [result["audits"] for result in results]
    requests = audits[0]["network-requests"]["details"]["items"]
    return Looked(
        kind=kind,
        scores=tuple(
            round(100 * median(result["categories"][name]["score"] or 0 for result in results))
            for name in _CATEGORIES
        ),
        metrics={
            name: median(audit[identifier]["numericValue"] for audit in audits)
            for name, identifier in _METRICS.items()
        },
        requests=len(requests),
        index=median(result["environment"]["benchmarkIndex"] for result in results),
        failed=_failed(results[0]),
    )


def _run(program: Path, address: str, slowdown: float) -> Any:
    chromium = os.environ.get("CHROME_PATH") or shutil.which("chromium") or ""
    slower = f"--throttling.cpuSlowdownMultiplier={slowdown:g}"
    ended = subprocess.run(
        (str(program), address, "--output=json", "--quiet", slower, f"--chrome-flags={_FLAGS}"),
        env={**os.environ, "CHROME_PATH": chromium},
        capture_output=True,
        check=True,
        timeout=300,
    )
    return json.loads(ended.stdout)


def _failed(result: Any) -> tuple[str, ...]:
    """The audits that cost a category other than performance its full score."""
    weighted = (
        entry["id"]
        for name in _CATEGORIES[1:]
        for entry in result["categories"][name]["auditRefs"]
        if entry["weight"]
    )
    scores = {identifier: result["audits"][identifier]["score"] for identifier in weighted}
    return tuple(name for name, score in scores.items() if score is not None and score < 1)


_HEAD = (
    "| page | scores | FCP s | LCP s | TBT ms | CLS | KB | requests | processor | failed |",
    "|---|---|---|---|---|---|---|---|---|---|",
)


def _row(looked: Looked) -> str:
    metrics = looked.metrics
    cells = (
        looked.kind,
        " ".join(map(str, looked.scores)),
        f"{metrics['FCP'] / 1000:.2f}",
        f"{metrics['LCP'] / 1000:.2f}",
        f"{metrics['TBT']:.0f}",
        f"{metrics['CLS']:.3f}",
        f"{metrics['KB'] / 1024:.1f}",
        str(looked.requests),
        f"{looked.index:.0f}",
        ", ".join(looked.failed) or "–",
    )
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.exit(main())
