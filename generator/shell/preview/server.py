"""The preview's HTTP server: loopback only, from memory, with a long poll for changes."""

from __future__ import annotations

import json
import mimetypes
import re
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from urllib.parse import parse_qs, unquote, urlsplit

from generator.diagnostics import Severity
from generator.pages.frame import destination
from generator.shell.preview.studio import Studio

PREFIX = "/__yuqi__/"
_WAIT = 25.0
_MISSING = "404.html"
_POLICY = re.compile(rb'(http-equiv="Content-Security-Policy" content=")([^"]*)(")')
_EMPTY = (
    '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>还没有能看的页面</title>'
    '<link rel="icon" href="data:,">'
    "<body><p>还没有能看的页面：先改好列出的问题，这里会自动刷新。</p></body></html>"
)


class PreviewServer(ThreadingHTTPServer):
    """Answers from a studio; its threads end with the process."""

    daemon_threads = True

    def __init__(self, port: int, studio: Studio) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.studio = studio
        self.hosts = {f"{name}:{self.server_port}" for name in ("127.0.0.1", "localhost")}


class _Handler(BaseHTTPRequestHandler):
    server: PreviewServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:  # the name http.server calls
        self._answer(with_body=True)

    def do_HEAD(self) -> None:  # likewise
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        # A page of another site must not reach this server through a name it controls.
        if self.headers.get("Host") not in self.server.hosts:
            self._send(HTTPStatus.FORBIDDEN, b"", "text/plain", with_body=with_body)
            return
        address = urlsplit(self.path)
        path = f"/{unquote(address.path).lstrip('/')}"
        if path.startswith(PREFIX):
            self._own(path.removeprefix(PREFIX), address.query, with_body=with_body)
        else:
            self._page(path, with_body=with_body)

    def _own(self, name: str, query: str, *, with_body: bool) -> None:
        if name == "state":
            asked = parse_qs(query)
            seen, page = _number(asked.get("seen", [""])[0]), asked.get("page", [""])[0]
            self._send(
                HTTPStatus.OK, self._state(seen, page), "application/json", with_body=with_body
            )
        elif name in ("overlay.js", "overlay.css"):
            body = files("generator.shell.preview").joinpath(name).read_bytes()
            self._send(HTTPStatus.OK, body, _media_type(name), with_body=with_body)
        else:
            self._send(HTTPStatus.NOT_FOUND, b"", "text/plain", with_body=with_body)

    def _state(self, seen: int, page: str) -> bytes:
        """`page` is the path of the page that asks."""
        generation, located = self.server.studio.state(seen, _WAIT)
        findings = [
            {
                "place": entry.place,
                "severity": entry.finding.severity,
                "message": entry.finding.message,
                "hint": entry.finding.hint,
                "excerpt": entry.excerpt,
            }
            for entry in located
        ]
        failed = any(entry.finding.severity is Severity.ERROR for entry in located)
        shown = self.server.studio.since(self._name(page) or _MISSING)
        state = {"generation": generation, "shown": shown, "failed": failed, "findings": findings}
        return json.dumps(state, ensure_ascii=False).encode()

    def _name(self, path: str) -> str:
        """The file a path is answered with; `""` if there is none."""
        base = self.server.studio.base_path
        name = destination(base, path)
        is_there = path.startswith(f"{base}/") and self.server.studio.page(name) is not None
        return name if is_there else ""

    def _page(self, path: str, *, with_body: bool) -> None:
        studio = self.server.studio
        base = studio.base_path
        name = destination(base, path)
        # Before its bytes: a page that changes in between is told so and comes again.
        since = studio.since(name)
        content = studio.page(name) if path.startswith(f"{base}/") else None
        if content is not None:
            body = _live(name, content, since)
            self._send(HTTPStatus.OK, body, _media_type(name), with_body=with_body)
        elif studio.page(f"{name}/index.html") is not None:
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", f"{path}/")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif path == "/" and base:
            self.send_response(HTTPStatus.FOUND)
            self.send_header("Location", f"{base}/")
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            since = studio.since(_MISSING)
            body = _live(_MISSING, studio.page(_MISSING) or _EMPTY.encode(), since)
            self._send(HTTPStatus.NOT_FOUND, body, "text/html", with_body=with_body)

    def _send(self, status: HTTPStatus, body: bytes, media: str, *, with_body: bool) -> None:
        self.send_response(status)
        charset = "; charset=utf-8" if media.startswith("text/") or "json" in media else ""
        self.send_header("Content-Type", media + charset)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the inherited name
        """Requests are not worth a line each; findings are, and they are printed elsewhere."""


def _number(text: str) -> int:
    """What a page says it has seen; -1, which no state is, for anything else."""
    try:
        return int(text)
    except ValueError:
        return -1


def _media_type(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"


def _live(name: str, content: bytes, since: int) -> bytes:
    """A page with our overlay in it, told since when it is so, and a policy that lets it work."""
    if not name.endswith(".html"):
        return content
    script = f'<script src="{PREFIX}overlay.js?shown={since}"></script>'.encode()
    content = _POLICY.sub(lambda match: match[1] + _widened(match[2]) + match[3], content)
    return content.replace(b"</body>", script + b"</body>", 1)


def _widened(policy: bytes) -> bytes:
    """`policy` with scripts, styles and requests allowed from this very server."""
    directives = dict(
        part.strip().partition(b" ")[::2] for part in policy.split(b";") if part.strip()
    )
    for name in (b"script-src", b"style-src", b"connect-src"):
        sources = directives.get(name, b"")
        if b"'self'" not in sources:
            directives[name] = (sources + b" 'self'").strip()
    return b"; ".join(b" ".join((name, value)).strip() for name, value in directives.items())
