"""Debian's WebKit, driven over the W3C protocol: a second engine beside Chromium.

`webkit2gtk-driver` brings the driver and a browser to drive; it needs a display, which is a virtual
one. The protocol is JSON over HTTP, so the few commands used here need no library.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from socket import create_server
from typing import Any

PROGRAMS = ("WebKitWebDriver", "Xvfb")
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
_SECONDS = 60


class WebKitError(Exception):
    """What the driver answered instead of a value."""


class WebKit:
    """One page of one browser. Elements are named by CSS selectors."""

    def __init__(self, port: int) -> None:
        self._port = port
        capabilities: Any = {"capabilities": {"alwaysMatch": {}}}
        self._session = str(self._ask("POST", "/session", capabilities)["sessionId"])

    def open(self, address: str) -> None:
        self._command("POST", "/url", {"url": address})

    def address(self) -> str:
        return str(self._command("GET", "/url"))

    def run(self, script: str, *arguments: Any) -> Any:
        """The value of a function body; `arguments` are what it was given."""
        return self._command("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def type(self, selector: str, text: str) -> None:
        self._command("POST", f"/element/{self._find(selector)}/value", {"text": text})

    def click(self, selector: str) -> None:
        self._command("POST", f"/element/{self._find(selector)}/click", {})

    def text(self, selector: str) -> str:
        return str(self._command("GET", f"/element/{self._find(selector)}/text"))

    def wait(self, script: str) -> None:
        """Until a function body gives something true."""
        end = time.monotonic() + _SECONDS
        while not self.run(script):
            if time.monotonic() > end:
                raise WebKitError(f"never came true: {script}")
            time.sleep(0.05)

    def resize(self, width: int, height: int) -> None:
        self._command("POST", "/window/rect", {"width": width, "height": height})

    def close(self) -> None:
        self._command("DELETE", "")

    def _find(self, selector: str) -> str:
        found = self._command("POST", "/element", {"using": "css selector", "value": selector})
        return str(found[_ELEMENT])

    def _command(self, method: str, path: str, body: Any = None) -> Any:
        return self._ask(method, f"/session/{self._session}{path}", body)

    def _ask(self, method: str, path: str, body: Any) -> Any:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=_SECONDS)
        try:
            text = None if body is None else json.dumps(body)
            connection.request(method, path, text, {"Content-Type": "application/json"})
            value = json.loads(connection.getresponse().read())["value"]
        finally:
            connection.close()
        if isinstance(value, dict) and "error" in value:
            raise WebKitError(f"{value['error']}: {value.get('message', '')}")
        return value


@contextmanager
def webkit() -> Iterator[WebKit]:
    """A browser that is ended with the block; `WebKitError` where it is not installed."""
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    if missing:
        raise WebKitError(f"not on PATH: {', '.join(missing)}; `make soak` installs them")
    with _display() as display, _driver(display) as port:
        browser = _started(port)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def _display() -> Iterator[str]:
    """The name of a virtual display; the server picks a free one and tells it."""
    reading, writing = os.pipe()
    command = [
        "Xvfb",
        "-displayfd",
        str(writing),
        "-screen",
        "0",
        "1400x1000x24",
        "-nolisten",
        "tcp",
    ]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        try:
            with os.fdopen(reading) as told:
                yield f":{told.readline().strip()}"
        finally:
            server.terminate()


@contextmanager
def _driver(display: str) -> Iterator[int]:
    with create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    environment = os.environ | {
        "DISPLAY": display,
        "GDK_BACKEND": "x11",
        "LANG": "C.UTF-8",
        "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",  # pages are ours; containers refuse it
        "LIBGL_ALWAYS_SOFTWARE": "1",
        "WEBKIT_DISABLE_COMPOSITING_MODE": "1",
    }
    command = ["WebKitWebDriver", f"--port={port}", "--host=127.0.0.1"]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, env=environment, stdout=quiet, stderr=quiet) as driver:
        try:
            yield port
        finally:
            driver.terminate()


def _started(port: int) -> WebKit:
    """The driver takes a moment before it listens."""
    end = time.monotonic() + _SECONDS
    while True:
        try:
            return WebKit(port)
        except ConnectionRefusedError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
