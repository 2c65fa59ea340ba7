"""`yuqi serve` as an editor runs it: a process of its own, on a free port."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

from tests.browser.observation import Recorder
from tests.harness import TODAY, Site

PATIENCE = 30.0
_ADDRESS = re.compile(r"打开 (http://127\.0\.0\.1:\d+\S*) ")


def environment() -> dict[str, str]:
    """The day is pinned: what is due or published must not depend on when the tests run."""
    noon = datetime(TODAY.year, TODAY.month, TODAY.day, 4, tzinfo=UTC)
    return os.environ | {"SOURCE_DATE_EPOCH": str(int(noon.timestamp()))}


def wait_until(holds: Callable[[], bool], what: Callable[[], str]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, what()
        time.sleep(0.02)


@dataclass
class Preview:
    """A running preview and what it has printed."""

    process: subprocess.Popen[bytes]
    log: Path

    @property
    def output(self) -> str:
        return self.log.read_text("utf-8")

    @property
    def address(self) -> str:
        """As printed, with a slash at its end."""
        match = _ADDRESS.search(self.output)
        assert match is not None, self.output
        return match[1]

    @property
    def port(self) -> int:
        port = urlsplit(self.address).port
        assert port is not None
        return port

    def get(self, path: str, *, method: str = "GET", host: str | None = "") -> Answer:
        """The answer to one request; `host` replaces the header, `None` leaves it out."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.putrequest(method, path, skip_host=True)
            if host is not None:
                connection.putheader("Host", host or f"127.0.0.1:{self.port}")
            connection.endheaders()
            return Answer.of(connection.getresponse())
        finally:
            connection.close()

    def wait_for_output(self, text: str) -> None:
        wait_until(lambda: text in self.output or self._ended(), lambda: self.output)
        assert text in self.output, self.output

    def wait_for_watches(self, count: int) -> None:
        """The address is printed before the watch begins; an edit in between would be lost."""
        wait_until(lambda: self._watches() >= count or self._ended(), lambda: self.output)
        assert not self._ended(), self.output

    def wait_for_page(self, path: str, text: str) -> None:
        wait_until(lambda: text in self.get(path).body, lambda: self.output)

    def _watches(self) -> int:
        count = 0
        with suppress(FileNotFoundError):  # files are closed meanwhile, or the process has ended
            for entry in Path(f"/proc/{self.process.pid}/fdinfo").iterdir():
                count += entry.read_text().count("inotify wd:")
        return count

    def _ended(self) -> bool:
        return self.process.poll() is not None

    def interrupt(self) -> int:
        """Press Ctrl+C; the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


@dataclass(frozen=True)
class Answer:
    """Status, headers by lower-case name, body."""

    status: int
    headers: dict[str, str]
    body: str

    @classmethod
    def of(cls, response: HTTPResponse) -> Answer:
        headers = {name.lower(): value for name, value in response.getheaders()}
        return cls(response.status, headers, response.read().decode())


@contextmanager
def previewing(site: Site, *arguments: str) -> Iterator[Preview]:
    """A preview of `site` that watches already."""
    arguments = arguments or ("--port", "0")
    log = site.root.parent / "preview.log"
    # Started from a script in the background, a process would ignore Ctrl+C.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "generator", "serve", *arguments],
            cwd=site.root,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    signal.signal(signal.SIGINT, before)
    try:
        preview = Preview(process, log)
        preview.wait_for_output("按 Ctrl+C 结束")
        preview.wait_for_watches(_folders(site.root))
        yield preview
    finally:
        process.kill()
        process.wait()


def _folders(root: Path) -> int:
    tops = [root / "content", root / "templates"]
    below = [path for top in tops for path in top.rglob("*") if path.is_dir()]
    return len(below) + sum(top.is_dir() for top in tops)


@dataclass
class Desk:
    """An editor's desk: a preview and the pages open on it."""

    preview: Preview
    recorder: Recorder
    browser: Browser
    contexts: ExitStack

    def blank(self) -> Page:
        """An empty page that is recorded."""
        context = self.contexts.enter_context(self.browser.new_context())
        self.recorder.watch(context)
        return context.new_page()

    def open(self, path: str = "") -> Page:
        """A page of the preview that waits for changes already."""
        page = self.blank()
        with page.expect_response(lambda response: "/__yuqi__/state" in response.url):
            page.goto(self.preview.address + path)
        return page


@contextmanager
def sitting(browser: Browser, site: Site) -> Iterator[Desk]:
    """At the end the console must have stayed clean and nobody else been asked."""
    with previewing(site) as preview:
        recorder = Recorder(f"http://127.0.0.1:{preview.port}")
        with ExitStack() as contexts:
            yield Desk(preview, recorder, browser, contexts)
        recorder.assert_clean()
