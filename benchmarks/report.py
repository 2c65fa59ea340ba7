"""Results as Markdown: ratios first, then seconds and memory."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from itertools import pairwise
from math import log

from benchmarks.measure import Measurement
from benchmarks.scenarios import Result

_PACKAGES = ("yuqi", "mkdocs", "mkdocs-material", "markdown", "jinja2")
_HEAD = ("build", "s, median", "s, min–max", "CPU s", "memory MB", "largest MB", "site MB")


@dataclass(frozen=True)
class Section:
    """All results on one corpus; `mean_bytes` is the mean size of an article's Markdown."""

    title: str
    articles: int
    mean_bytes: float
    results: Sequence[Result]

    @property
    def name(self) -> str:
        """Title and size."""
        return f"{self.title}, {self.articles:,}"

    @property
    def cold(self) -> Measurement | None:
        """Our own cold build: the first result."""
        return self.results[0].measurement


def render(sections: Sequence[Section], start: Result, runs: int) -> str:
    """The whole report."""
    blocks = [
        "# Benchmarks",
        _setting(runs),
        "## Ratios: ours ÷ theirs, cold",
        _ratios(sections),
        *_growth(sections),
        "## Start",
        _results([start]),
        *_remarks([start]),
    ]
    for section in sections:
        size = f"{section.mean_bytes / 1000:.1f} KB of Markdown each"
        blocks.append(f"## {section.name} articles, {size}")
        blocks.append(_results(section.results))
        blocks.extend(_remarks(section.results))
    return "\n\n".join(blocks) + "\n"


def _setting(runs: int) -> str:
    packages = ", ".join(filter(None, map(_package, _PACKAGES)))
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return "\n".join(
        (
            f"- Python {platform.python_version()}, {packages}",
            f"- {len(os.sched_getaffinity(0))} cores, Linux {platform.machine()}, load {load}",
            f"- Whole processes. Seconds: median of {runs} runs (stock MkDocs: one).",
            "- Memory: a run of its own, peak of the summed PSS of all processes, every 20 ms.",
            "- Largest: the peak resident set of the biggest single process.",
        )
    )


def _package(name: str) -> str:
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return ""


def _ratios(sections: Sequence[Section]) -> str:
    rows = [
        (section.name, peer.name, *_quotients(section.cold, peer.measurement))
        for section in sections
        for peer in section.results[1:]
        if section.cold and peer.measurement and not peer.name.startswith("yuqi")
    ]
    return _table(("corpus", "peer", "time", "memory"), rows) if rows else "No peer was measured."


def _quotients(mine: Measurement, theirs: Measurement) -> tuple[str, str]:
    memory = f"{mine.tree_peak / theirs.tree_peak:.2f}" if theirs.tree_peak else ""
    return f"{mine.wall / theirs.wall:.2f}", memory


def _growth(sections: Sequence[Section]) -> Iterator[str]:
    """The exponent between corpora of 1,000 articles and more: 1 is linear."""
    grown = [section for section in sections if section.cold and section.articles >= 1000]
    for small, large in pairwise(grown):
        if small.cold and large.cold and small.articles < large.articles:
            times = large.cold.wall / small.cold.wall
            exponent = log(times) / log(large.articles / small.articles)
            sizes = f"{small.articles:,} to {large.articles:,}"
            yield f"Growth of our cold build, {sizes} articles: exponent {exponent:.2f}."


def _results(results: Sequence[Result]) -> str:
    return _table(_HEAD, [_row(result) for result in results])


def _row(result: Result) -> tuple[str, ...]:
    measured = result.measurement
    if measured is None:
        return (result.name, "failed", *[""] * (len(_HEAD) - 2))
    low, high = measured.wall_range
    return (
        result.name,
        f"{measured.wall:.2f}",
        f"{low:.2f}–{high:.2f}",
        f"{measured.cpu:.2f}",
        f"{measured.tree_peak / 1e6:,.0f}",
        f"{measured.max_rss / 1e6:,.0f}",
        f"{result.site_bytes / 1e6:,.1f}" if result.site_bytes else "",
    )


def _remarks(results: Sequence[Result]) -> Iterator[str]:
    """What the notes of the results say: a list, then the failures."""
    noted = [result for result in results if result.note]
    if lines := [f"- {result.name}: {result.note}" for result in noted if result.measurement]:
        yield "\n".join(lines)
    for result in noted:
        if result.measurement is None:
            yield f"{result.name} failed:\n\n```text\n{result.note}\n```"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    marks = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, marks, *rows))
