"""Serves a published tree on loopback the way a web host would."""

from __future__ import annotations

import mimetypes
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

INDEX = "index.html"


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # A browser opens several connections at once; the default queue of 5 can refuse one.
    request_queue_size = 64

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.files = files


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        name = path.lstrip("/")
        files = self.server.files
        if not name or name.endswith("/"):
            name += INDEX
        if name in files:
            self._send(HTTPStatus.OK, name)
        elif f"{name}/{INDEX}" in files:
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", f"/{name}/")
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self._send(HTTPStatus.NOT_FOUND, "404.html")

    def _send(self, status: HTTPStatus, name: str) -> None:
        content = self.server.files[name]
        media = mimetypes.guess_type(name)[0] or "application/octet-stream"
        self.send_response(status)
        self.send_header("Content-Type", f"{media}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the inherited name
        pass


@contextmanager
def served(files: Mapping[str, bytes]) -> Iterator[str]:
    """The origin, such as `http://127.0.0.1:40001`, for as long as the block lasts."""
    with _Server(files) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
