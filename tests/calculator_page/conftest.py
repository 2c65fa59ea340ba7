"""A browser, a served site with the calculator, and readers held to a clean record."""

from __future__ import annotations

import mimetypes
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.calculator_page.projects import FENCE, project

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    files: dict[str, bytes]


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        name = self.path.partition("?")[0].lstrip("/")
        name = name + "index.html" if name.endswith("/") or not name else name
        content = self.server.files.get(name)
        self.send_response(404 if content is None else 200)
        media = mimetypes.guess_type(name)[0] or "application/octet-stream"
        self.send_header("Content-Type", f"{media}; charset=utf-8")
        self.send_header("Content-Length", str(len(content or b"")))
        self.end_headers()
        self.wfile.write(content or b"")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the inherited name
        pass


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    executable = shutil.which("chromium")
    if executable is None:
        pytest.fail("no `chromium` on PATH: run `make browser`", pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@pytest.fixture(scope="package")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    site = project(tmp_path_factory.mktemp("served"), FENCE)
    site.build()
    server = _Server(("127.0.0.1", 0), _Handler)
    server.files = site.published()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


NewReader = Callable[..., Page]


@pytest.fixture
def reader(chromium: Browser, origin: str) -> Iterator[NewReader]:
    """Opens a page in a fresh context; nothing may fail, be logged or leave the origin."""
    problems: list[str] = []
    with ExitStack() as contexts:

        def open_page(path: str = "/calculator/", **options: Any) -> Page:
            context = chromium.new_context(
                **{"base_url": origin, "viewport": {"width": 360, "height": 800}} | options
            )
            contexts.callback(context.close)
            _watch(context, origin, problems)
            page = context.new_page()
            page.goto(path)
            if (
                options.get("java_script_enabled", True)
                and path.startswith("/calculator")
                and "method" not in path
            ):
                page.wait_for_selector("#yq-form button[type=submit]:enabled", state="attached")
            return page

        yield open_page
    assert problems == []


def _watch(context: BrowserContext, origin: str, problems: list[str]) -> None:
    context.on("console", lambda message: problems.append(f"{message.type}: {message.text}"))
    context.on("weberror", lambda event: problems.append(f"page error: {event.error}"))
    context.on(
        "request",
        lambda request: (
            None
            if request.url.startswith((origin, "blob:"))
            else problems.append(f"outside: {request.url}")
        ),
    )
