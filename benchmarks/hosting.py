"""A web host on loopback that compresses texts and counts what it sends."""

from __future__ import annotations

import gzip
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

_BINARY = ("image/", "font/", "application/octet-stream")


@dataclass
class Host:
    """Where it answers, and what it has sent since it began."""

    origin: str
    counted: list[int] = field(default_factory=list)

    def sent(self) -> tuple[int, int]:
        """Bytes of bodies, and answers."""
        return sum(self.counted), len(self.counted)


@contextmanager
def hosted(root: Path) -> Iterator[Host]:
    """Serves a folder for as long as the block lasts."""
    host = Host("")

    class Handler(SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            path = root / unquote(urlsplit(self.path).path).lstrip("/")
            file = path / "index.html" if path.is_dir() else path
            if not file.is_file():
                self.send_error(404)
                return
            media = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            plain = media.startswith(_BINARY)
            body = file.read_bytes() if plain else _compressed(file)
            host.counted.append(len(body))
            self.send_response(200)
            self.send_header("Content-Type", media)
            self.send_header("Content-Length", str(len(body)))
            if not plain:
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the inherited name
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        host.origin = f"http://127.0.0.1:{server.server_port}"
        try:
            yield host
        finally:
            server.shutdown()


@cache
def _compressed(file: Path) -> bytes:
    return gzip.compress(file.read_bytes(), 9, mtime=0)
