"""Debian's Chromium, started once for the tests of a package."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def launched() -> Iterator[Browser]:
    """The browser, for as long as the block lasts: its driver keeps threads, and other tests fork."""
    executable = shutil.which("chromium")
    if executable is None:
        pytest.fail(
            "these tests drive Debian's Chromium, and no `chromium` is on PATH: "
            "run `make browser`, or `apt-get install chromium`",
            pytrace=False,
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=_FLAGS)
        try:
            yield browser
        finally:
            browser.close()
