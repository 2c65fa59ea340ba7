"""`python -m benchmarks.calculator`: how long the calculator thinks, in Python and on a slow phone.

A loan of ten years with a hundred payments is run, answered (the conventions table runs it again
for every other choice) and searched by the gap finder, all options that multiply the tries being
given. The browser is Debian's Chromium, plain and with its processor slowed down six times through
the DevTools protocol; it runs the small form of the engine, as it is served.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import yaml
from playwright.sync_api import Page, sync_playwright

from generator.calculator import Tables, calculate, read_tables
from generator.calculator.account import run
from generator.calculator.fields import Faults, Place, read
from generator.calculator.loan_answer import read_loan
from generator.calculator.spec import MODES
from generator.render.modules import programs

REPOSITORY = Path(__file__).resolve().parents[1]
ENGINE = REPOSITORY / "templates" / "components" / "calculator" / "engine.js"
RUNS = 15
AT_ONCE = 12
"""Tries between two breaths of the page, as in form.js."""

LONG: dict[str, Any] = {
    "mode": "loan", "principal": "100000", "interest": "500", "rate": "年 18%", "basis": "360",
    "due": "2016-01-31", "as_of": "2026-01-30", "remaining": "20000", "grace_days": "3",
    "payments": [
        {"date": (date(2016, 2, 10) + timedelta(36 * at)).isoformat(), "amount": "123.45"}
        for at in range(100)
    ],
}  # fmt: skip
CLAIMED = LONG | {"claimed": "234567.89"}
USUAL: dict[str, Any] = {
    "mode": "loan", "principal": "10000", "rate": "年 18%", "basis": "360", "interest": "120",
    "due": "2026-03-05", "as_of": "2026-08-01", "remaining": "20000", "grace_days": "3",
    "payments": [{"date": "2026-04-01", "amount": "500"}], "claimed": "34567.89",
}  # fmt: skip
"""What a reader would ask: five months late, one payment, everything said that can be said."""

IN_PAGE = """async ([request, tables, runs, atOnce]) => {
  const middle = (times) => times.sort((a, b) => a - b)[times.length >> 1];
  const timed = (work) => {
    const from = performance.now();
    work();
    return performance.now() - from;
  };
  const plain = { ...request };
  delete plain.claimed;
  const answers = Array.from({ length: runs }, () => timed(() => calculate(plain, tables)));
  const searches = [], pieces = [];
  let size = 0;
  for (let at = 0; at < runs; at += 1) {
    const search = gapSearch(request, tables);
    size = search.size;
    let sum = 0, done = false;
    while (!done) {
      const piece = timed(() => { done = search.step(atOnce); });
      sum += piece;
      pieces.push(piece);
      await new Promise((go) => setTimeout(go, 0));
    }
    searches.push(sum + timed(() => search.answer()));
  }
  return { answer: middle(answers), search: middle(searches), piece: Math.max(...pieces), size };
}"""


def tables_of_the_site() -> Tables:
    """The rates and rules the site calculates with."""
    folder = REPOSITORY / "content" / "data"
    lpr, rules = (
        yaml.safe_load((folder / name).read_text("utf-8")) for name in ("lpr.yml", "calculator.yml")
    )
    tables, problems = read_tables(lpr, rules)
    if tables is None:
        raise SystemExit(f"the tables have problems: {problems}")
    return tables


def milliseconds(work: Callable[[], object]) -> float:
    """The middle of several runs."""
    times = []
    for _ in range(RUNS):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return median(times) * 1000


def in_python(tables: Tables) -> Iterator[str]:
    """Lines of the report."""
    values = read(LONG, MODES["loan"], Place(Faults(tables), "", ""))
    loan = read_loan(values, tables)
    assert loan is not None
    once = milliseconds(lambda: run(loan))
    whole = milliseconds(lambda: calculate(LONG, tables))
    yield f"Python, ten years, 100 payments: one run {once:.1f} ms, answer {whole:.1f} ms"


def in_browser(page: Page, tables: Tables, slowdown: int) -> Iterator[str]:
    """Lines of the report, for a processor that many times slower."""
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slowdown})
    for name, request in (("ten years, 100 payments", CLAIMED), ("five months, 1 payment", USUAL)):
        found = page.evaluate(
            IN_PAGE, [request, json.loads(json.dumps(tables.to_json())), RUNS, AT_ONCE]
        )
        yield (
            f"Chromium, {slowdown} times slower, {name}: "
            f"one run {found['search'] / found['size']:.2f} ms, answer {found['answer']:.1f} ms; "
            f"gap finder {found['search']:.1f} ms for {found['size']} tries, "
            f"longest piece {found['piece']:.1f} ms"
        )


def main() -> int:
    """Print the report; nothing fails because something was slow."""
    tables = tables_of_the_site()
    for line in in_python(tables):
        print(line)
    entry = "import { calculate, gapSearch } from './engine.js';\nObject.assign(globalThis, { calculate, gapSearch });\n"
    small = programs({"c/engine.js": ENGINE.read_text("utf-8"), "c/a.js": entry})["c/a.js"].served()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page()
        page.add_script_tag(content=small)
        for slowdown in (1, 6):
            for line in in_browser(page, tables, slowdown):
                print(line)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
