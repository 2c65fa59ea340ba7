"""A server on this machine that answers as the search engines' do, errors included."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@dataclass(slots=True)
class Answer:
    """`wait` are seconds before it comes."""

    status: int
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    wait: float = 0


@dataclass(slots=True)
class Engine:
    """`answers` are given one after the other, the last one again and again."""

    address: str = ""
    answers: list[Answer] = field(default_factory=list)
    asked: list[tuple[str, str, bytes]] = field(default_factory=list)
    """(path with query, content type, body) of every request."""

    def json(self, at: int = 0) -> Any:
        return json.loads(self.asked[at][2])


@contextmanager
def running(*answers: Answer) -> Iterator[Engine]:
    engine = Engine(answers=list(answers))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # the library's name
            body = self.rfile.read(int(self.headers["Content-Length"]))
            engine.asked.append((self.path, self.headers["Content-Type"], body))
            answer = engine.answers[min(len(engine.asked), len(engine.answers)) - 1]
            time.sleep(answer.wait)
            try:
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer.body.encode())
            except OSError:
                return  # the client did not wait

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    engine.address = f"http://127.0.0.1:{server.server_address[1]}/push"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield engine
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
