"""The preview's server: this computer only, the site only, and a clean end."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, expect

from generator.shell.cli import main
from generator.shell.preview.studio import Studio
from tests.browser.previewing import PATIENCE, Preview, environment, previewing, sitting
from tests.harness import Site

TRAVERSALS = [
    "/../site_config.yml",
    "/../../../../../../etc/passwd",
    "/%2e%2e/site_config.yml",
    "/..%2fsite_config.yml",
    "/%2e%2e%2fsite_config.yml",
    "/a/../../site_config.yml",
    "/a/%2e%2e/%2e%2e/site_config.yml",
    "/..%5csite_config.yml",
    "/%252e%252e/site_config.yml",
    "//site_config.yml",
    "/site_config.yml",
    "/content/data/sources.yml",
    "/content/articles/process/a.md",
    "/templates/base.html",
    "/.cache/yuqi/build.cache",
    "/.yuqi-manifest.json",
    "/a/index.html%00.txt",
    "/%00",
    "/__yuqi__/",
    "/__yuqi__/server.py",
    "/__yuqi__/../studio.py",
    "/__yuqi__/%2e%2e/cli.py",
    "/__yuqi__/overlay.js/../server.py",
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site.create(tmp_path_factory.mktemp("preview"))


@pytest.fixture(scope="module")
def preview(site: Site) -> Iterator[Preview]:
    with previewing(site) as running:
        yield running


def test_pages_are_served_and_never_kept_by_the_browser(preview: Preview) -> None:
    answer = preview.get("/a/")
    assert answer.status == 200
    assert "甲逾期了怎么办？" in answer.body
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"


def test_head_answers_like_get_without_a_body(preview: Preview) -> None:
    got, head = preview.get("/a/"), preview.get("/a/", method="HEAD")
    assert (head.status, head.body) == (200, "")
    assert head.headers["content-length"] == got.headers["content-length"]


@pytest.mark.parametrize("path", ["/a", "/category/process"])
def test_a_folder_without_its_slash_is_redirected(preview: Preview, path: str) -> None:
    answer = preview.get(path)
    assert (answer.status, answer.headers["location"]) == (301, f"{path}/")


@pytest.mark.parametrize("path", ["/%2Fa", "/%2F%2Fa", "//a"])
def test_a_redirect_never_leaves_this_server(preview: Preview, path: str) -> None:
    location = preview.get(path).headers.get("location", "/")
    assert not location.startswith("//")


@pytest.mark.parametrize("path", ["/nowhere/", "/a/nowhere", "/404"])
def test_a_wrong_address_gets_the_sites_own_page(preview: Preview, path: str) -> None:
    answer = preview.get(path)
    assert answer.status == 404
    assert "找不到这一页" in answer.body


@pytest.mark.parametrize("path", TRAVERSALS)
def test_nothing_but_the_site_is_served(preview: Preview, path: str) -> None:
    answer = preview.get(path)
    assert answer.status == 404
    leaks = ("site_name:", "root:x:", "evidence:", "published:", "{% block", "import ")
    assert [leak for leak in leaks if leak in answer.body] == []


@pytest.mark.parametrize("path", ["/", "/a/", "/__yuqi__/state", "/__yuqi__/overlay.js"])
@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "0.0.0.0:{port}", None],
)
def test_another_name_is_refused(preview: Preview, path: str, host: str | None) -> None:
    """A page elsewhere could point its own name at this computer and read the drafts."""
    answer = preview.get(path, host=host.format(port=preview.port) if host else None)
    assert (answer.status, answer.body) == (403, "")


def test_localhost_is_another_name_for_this_computer(preview: Preview) -> None:
    assert preview.get("/a/", host=f"localhost:{preview.port}").status == 200


@pytest.mark.parametrize("seen", ["-1", "0", "abc", "", "--5", "%C2%B2", "99999999999999999999"])
def test_the_state_is_told_to_whoever_has_not_seen_it(preview: Preview, seen: str) -> None:
    answer = preview.get(f"/__yuqi__/state?seen={seen}")
    assert answer.status == 200
    assert '"failed": false' in answer.body


def test_only_the_loopback_address_is_bound(preview: Preview) -> None:
    links = Path(f"/proc/{preview.process.pid}/fd").iterdir()
    inodes = {str(link.readlink()).removeprefix("socket:[").removesuffix("]") for link in links}
    bound = []
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{preview.process.pid}/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[9] in inodes and fields[3] == "0A":  # listening
                address, port = fields[1].split(":")
                bound.append((address, int(port, 16)))
    assert bound == [("0100007F", preview.port)]


def test_a_port_in_use_is_refused_with_a_way_out(preview: Preview, site: Site) -> None:
    second = subprocess.run(
        [sys.executable, "-m", "generator", "serve", "--port", str(preview.port)],
        cwd=site.root,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert second.returncode == 1
    assert "--port" in second.stderr
    assert "Traceback" not in second.stderr


def test_nothing_is_written_into_the_project(preview: Preview, site: Site) -> None:
    preview.get("/a/")
    assert sorted(path.name for path in site.root.iterdir()) == [
        "content",
        "site_config.yml",
        "templates",
    ]


# -- its own process each ---------------------------------------------------------------


def test_the_preview_of_a_site_in_a_folder_stays_in_that_folder(
    chromium: Browser, tmp_path: Path
) -> None:
    site = Site.create(tmp_path)
    site.replace("site_config.yml", "https://test.example/", "https://test.example/sub/")
    with sitting(chromium, site) as desk:
        assert desk.preview.address.endswith("/sub/")
        assert desk.preview.get("/").headers["location"] == "/sub/"
        assert desk.preview.get("/sub/a").headers["location"] == "/sub/a/"
        assert desk.preview.get("/a/").status == 404
        page = desk.open("a/")
        expect(page.locator("h1")).to_have_text("甲逾期了怎么办？")
        site.replace("content/articles/process/a.md", "正文。", "改过。")
        expect(page.get_by_text("改过。")).to_be_visible(timeout=PATIENCE * 1000)


def test_ctrl_c_ends_it_quietly_in_the_middle_of_a_rebuild(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(studio: Studio) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Studio, "rebuild", interrupted)
    config = str(Site.create(tmp_path).root / "site_config.yml")
    result = CliRunner().invoke(main, ["serve", "-f", config, "--port", "0"])
    assert (result.exit_code, result.output) == (0, "")


def test_ctrl_c_ends_it_quietly_while_a_page_is_open(chromium: Browser, tmp_path: Path) -> None:
    site = Site.create(tmp_path)
    with previewing(site) as preview, chromium.new_context() as context:
        context.new_page().goto(preview.address)
        assert preview.interrupt() == 0
        assert "Traceback" not in preview.output
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", preview.port), PATIENCE)
