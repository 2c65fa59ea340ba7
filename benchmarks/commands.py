"""Every command the benchmarks run, in one place, and what it leaves behind."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.peers import PeerTools

# The day the generated articles are written for; without it they would go stale.
_EPOCH = "1795478400"


@dataclass(frozen=True)
class Tool:
    """A command run inside a project, the folder it fills, and all it keeps between runs."""

    name: str
    command: tuple[str, ...]
    site: str
    leftovers: tuple[str, ...]


OURS = Tool(
    "yuqi",
    ("yuqi", "build", "-f", "site_config.yml", "--site-dir", "site"),
    "site",
    ("site", ".site.yuqi-staging", ".cache"),
)
RECORD_URLS = ("yuqi", "check", "-f", "site_config.yml", "--record-urls")
HELP = ("yuqi", "--help")
MKDOCS = Tool("stock mkdocs-material", ("mkdocs", "build", "--quiet"), "site", ("site",))

_BOTH = '"$0" --quiet && "$1" --quiet --site public'


def hugo(tools: PeerTools) -> Tool:
    """Hugo alone: pages, related cards, sitemap, feed; no search."""
    command = (str(tools.hugo), "--quiet")
    return Tool("Hugo", command, "public", ("public", "resources"))


def hugo_and_pagefind(tools: PeerTools) -> Tool:
    """Hugo, then Pagefind over what it wrote, measured as one."""
    command = ("sh", "-c", _BOTH, str(tools.hugo), str(tools.pagefind))
    return Tool("Hugo + Pagefind", command, "public", ("public", "resources"))


def environment() -> dict[str, str]:
    """The caller's environment, this interpreter's commands first, byte code kept as usual."""
    inherited = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    return {**inherited, "PATH": path, "SOURCE_DATE_EPOCH": _EPOCH}
