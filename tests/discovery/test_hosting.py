"""The generated configuration serves the site: with a real nginx, asked as a browser asks."""

from __future__ import annotations

import gzip
import http.client
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.hosting import nginx, static_host
from generator.hosting.served import FOREVER, LIFETIMES, PAGES, Hosted, hosted
from generator.shell.cli import main
from generator.shell.project import load_settings
from generator.shell.served import ServedFiles
from tests.harness import REPOSITORY, Site, article

_NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
MOVED = "-- content/articles/process/c.md --\n" + article(
    "丙逾期了怎么办？", related="[a]", redirect_from="[old-c]"
)


def _of(site: Site) -> Hosted:
    settings, findings = load_settings(site.root / "site_config.yml")
    assert settings is not None, findings
    return hosted(ServedFiles(site.target), settings)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = Site.create(tmp_path_factory.mktemp("hosted"), MOVED)
    site.build()
    return site


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Server:
    port: int
    log: Path

    def get(self, path: str, **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        found = {name.lower(): value for name, value in answer.getheaders()}
        body = answer.read()
        connection.close()
        return Answer(answer.status, found, body)


@pytest.fixture(scope="module")
def server(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The site with compressed copies, as a release has them."""
    place = tmp_path_factory.mktemp("nginx")
    for path in [*site.target.rglob("*.html"), *site.target.rglob("*.css")]:
        path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes(), mtime=0))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    told = nginx.server(_of(site), str(site.target), listen=f"127.0.0.1:{port}")
    log = place / "access.log"
    (place / "site.conf").write_text(told.replace("/var/log/nginx/yuqi.log", str(log)))
    folders = "".join(
        f"{kind}_temp_path {place}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (place / "nginx.conf").write_text(
        f"daemon off;\nmaster_process off;\nworker_processes 1;\npid {place}/pid;\n"
        f"error_log {place}/error.log;\nevents {{ }}\n"
        f"http {{\ninclude /etc/nginx/mime.types;\n{folders}include {place}/site.conf;\n}}\n"
    )
    command = [_NGINX, "-p", str(place), "-c", str(place / "nginx.conf")]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        yield Server(port, log)
    finally:
        process.terminate()
        process.wait(10)


def _wait(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("nginx does not answer")


def test_a_page_comes_with_its_type_its_lifetime_and_every_header(
    server: Server, site: Site
) -> None:
    answer = server.get("/a/")
    assert (answer.status, answer.body) == (200, (site.target / "a/index.html").read_bytes())
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "public, max-age=300"
    for name, value in _of(site).headers.items():
        assert answer.headers[name.lower()] == value
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert "nginx/" not in answer.headers["server"]


def test_the_policy_of_the_host_allows_what_each_page_allows_itself(site: Site) -> None:
    told = _of(site).headers["Content-Security-Policy"]
    assert "unsafe" not in told
    assert "'sha256-" in told


def test_compressed_copies_are_sent_to_those_who_read_them(server: Server) -> None:
    plain = server.get("/a/")
    packed = server.get("/a/", **{"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert "content-encoding" not in plain.headers
    assert packed.headers["vary"] == "Accept-Encoding"
    feed = server.get("/feed.xml", **{"Accept-Encoding": "gzip"})
    assert feed.headers["content-encoding"] == "gzip", "what has no copy is compressed at once"


def test_old_addresses_lead_to_the_new_one_in_one_step(server: Server) -> None:
    answer = server.get("/old-c/")
    assert (answer.status, answer.headers["location"]) == (301, "/c/")
    assert server.get("/a").headers["location"] == "/a/"


def test_a_wrong_address_gets_the_page_for_it(server: Server, site: Site) -> None:
    answer = server.get("/none/")
    assert (answer.status, answer.body) == (404, (site.target / "404.html").read_bytes())
    assert "content-security-policy" in answer.headers


@pytest.mark.parametrize("path", ["/.yuqi-manifest.json", "/.git/config", "/category/"])
def test_what_is_no_page_is_not_shown(server: Server, path: str) -> None:
    assert server.get(path).status in (403, 404)


@pytest.mark.parametrize(
    ("path", "kind", "lifetime"),
    [
        ("/feed.xml", "application/atom+xml; charset=utf-8", "public, max-age=3600"),
        (
            "/category/process/feed.json",
            "application/feed+json; charset=utf-8",
            "public, max-age=3600",
        ),
        ("/a/index.txt", "text/plain; charset=utf-8", "public, max-age=3600"),
        ("/robots.txt", "text/plain; charset=utf-8", "public, max-age=3600"),
        ("/sitemap.xml.gz", "application/gzip", "public, max-age=3600"),
    ],
)
def test_files_have_their_type_and_lifetime(
    server: Server, path: str, kind: str, lifetime: str
) -> None:
    answer = server.get(path)
    assert answer.status == 200
    assert answer.headers["cache-control"] == lifetime
    assert answer.headers["content-type"] == kind


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/assets/0123456789ab/site.js", True),
        ("/og/0123456789ab.png", True),
        ("/images/a/photo.0123456789ab.png", True),
        ("/search/t/1.0123ab.txt", True),
        ("/search/d/0123ab.json", True),
        ("/search/index.json", False),
        ("/a/index.txt", False),
        ("/", False),
    ],
)
def test_only_what_never_changes_is_kept_for_a_year(path: str, kept: bool) -> None:
    told = [lifetime for pattern, lifetime in LIFETIMES if re.search(pattern, path)]
    assert ([*told, PAGES][0] == FOREVER) is kept


def test_files_named_after_their_content_are_kept_for_ever(server: Server, site: Site) -> None:
    for path in site.target.glob("assets/*/*"):
        answer = server.get(f"/{path.relative_to(site.target).as_posix()}")
        assert "immutable" in answer.headers["cache-control"], path


def test_the_log_holds_no_query_and_no_referrer(server: Server) -> None:
    server.get("/b/?debt=12345", Referer="https://elsewhere.example/secret")
    for _ in range(100):
        if server.log.is_file() and "GET /b/ " in server.log.read_text():
            break
        time.sleep(0.05)
    told = server.log.read_text()
    assert "GET /b/ HTTP" in told
    assert "12345" not in told
    assert "secret" not in told


def test_a_site_below_a_path_is_served_there(site: Site) -> None:
    told = nginx.server(Hosted("h", "/sub", {}, (("/sub/old/", "/sub/a/"),)), "/srv")
    assert '"/sub/old/" "/sub/a/";' in told
    assert "error_page 404 /sub/404.html;" in told


def test_static_hosts_get_the_same_headers_and_redirects(site: Site) -> None:
    found = _of(site)
    text = static_host.headers(found)
    for name, value in found.headers.items():
        assert f"\n  {name}: {value}\n" in text
    assert "/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n" in text
    assert static_host.redirects(found) == "/old-c/ /c/ 301\n"


def test_the_command_prints_each_of_them(site: Site) -> None:
    config = ["-f", str(site.root / "site_config.yml")]
    for kind, sign in (
        ("nginx", "server_name test.example;"),
        ("headers", "/*\n"),
        ("redirects", "301"),
    ):
        result = CliRunner().invoke(main, ["hosting", kind, *config])
        assert result.exit_code == 0
        assert sign in result.output
    refused = CliRunner().invoke(main, ["hosting", "nginx", str(REPOSITORY / "docs"), *config])
    assert refused.exit_code == 2
