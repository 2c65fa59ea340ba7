"""Small projects that have the calculator's tables."""

from __future__ import annotations

from pathlib import Path

from tests.harness import REPOSITORY, Site, article

DATA = ("content/data/lpr.yml", "content/data/calculator.yml")
PATH = "content/articles/process/a.md"
NAMES = ("", "-card", "-judgment", "-method", "-private")
ADDRESSES = "".join(f"/calculator{name}/\n" for name in NAMES)

FENCE = """\
```overdue
title: 逾期 30 天
mode: loan
principal: 10000
rate: 日 0.05%
due: 2026-03-05
as_of: 2026-04-04
```
"""


def project(tmp_path: Path, body: str = "") -> Site:
    """A site with both tables and, in article a, this body. The tables hold for ten years here."""
    site = Site.create(tmp_path)
    options = "      review_after: {tables: 3650}\n"
    site.replace("site_config.yml", "      stages:\n", f"{options}      stages:\n")
    for path in DATA:
        site.write(path, (REPOSITORY / path).read_text("utf-8"))
    site.write("content/published-urls.txt", site.read("content/published-urls.txt") + ADDRESSES)
    lines = sorted(site.read("content/published-urls.txt").splitlines())
    site.write("content/published-urls.txt", "".join(f"{line}\n" for line in lines))
    if body:
        site.write(PATH, article("甲逾期了怎么办？", body, related="[b]"))
    return site


def line_of(site: Site, text: str, path: str = PATH) -> int:
    """The number of the first line that holds `text`."""
    lines = site.read(path).splitlines()
    return next(at for at, line in enumerate(lines, start=1) if text in line)
