"""Every kind of fault, planted into a site that has none, is found and told by its code."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.audit.inspection import inspect
from generator.compression import compressed
from generator.policy import hashed
from generator.shell import manifest
from generator.shell.cli import main
from generator.shell.served import ServedFiles
from tests.harness import Site

PAGE = "a/index.html"
_WITH_MORE = """\
-- content/articles/process/c.md --
---
title: 丙逾期了怎么办？
summary: 丙到期没还足就是逾期，先看清自己欠多少。
category: process
tags: [逾期]
published: 2026-11-20
reviewed: 2026-11-20
review_due: 2027-05-20
related: [a]
redirect_from: [old-c]
---

## 先做什么

正文。[@law-1]
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return audited_site(tmp_path_factory.mktemp("audited"))


def audited_site(root: Path) -> Site:
    """A small site without a fault: every page says of itself what no other says."""
    site = Site.create(root, _WITH_MORE)
    site.replace("content/articles/safety/b.md", "到期没还足", "乙到期没还足")
    for short, long in (
        ("测试用的网站。", "测试用的网站，只有几篇文章。"),
        ("会发生什么。", "会发生什么，先看哪一步。"),
        ("认出骗局。", "认出骗局，别先交钱给他们。"),
    ):
        site.replace("site_config.yml", short, long)
    site.build()
    return site


@pytest.fixture
def files(site: Site) -> dict[str, bytes]:
    return {name: text for name, text in site.published().items() if name != manifest.NAME}


def codes(files: dict[str, bytes]) -> set[tuple[str, str]]:
    return {(finding.code, finding.path) for finding in inspect(files)}


def planted(files: dict[str, bytes], old: str, new: str, path: str = PAGE) -> set[tuple[str, str]]:
    """What is found once `old` has been replaced on a page; it must be there."""
    text = files[path].decode()
    assert old in text
    return codes(files | {path: text.replace(old, new, 1).encode()})


def test_a_sound_site_has_no_findings(files: dict[str, bytes]) -> None:
    assert codes(files) == set()


HEAD, BODY = "</head>", "</main>"


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("audit-inline", "<main", '<main style="color:red"'),
        ("audit-inline", "<main", '<main onclick="go()"'),
        ("audit-inline", HEAD, "<style>p{}</style></head>"),
        ("audit-inline", HEAD, "<script>go()</script></head>"),
        ("audit-inline", HEAD, '<script type="module">go()</script></head>'),
        ("audit-outside", HEAD, '<link rel="stylesheet" href="https://cdn.example/a.css"></head>'),
        ("audit-outside", HEAD, '<link rel="dns-prefetch" href="//cdn.example"></head>'),
        ("audit-outside", HEAD, '<script src="//cdn.example/a.js"></script></head>'),
        ("audit-outside", BODY, '<img alt="图" src="https://cdn.example/a.png"></main>'),
        (
            "audit-outside",
            BODY,
            '<img alt="图" srcset="/a.png 1x, https://c.example/b.png 2x"></main>',
        ),
        ("audit-outside", BODY, '<form action="https://c.example/"></form></main>'),
        ("audit-outside", BODY, '<a href="/b/" ping="https://c.example/">乙</a></main>'),
        (
            "audit-outside",
            HEAD,
            '<meta http-equiv="refresh" content="0; url=https://c.example/"></head>',
        ),
        ("audit-policy", "default-src 'none'", "default-src 'self'"),
        ("audit-policy", "base-uri 'none'", "base-uri 'self'"),
        ("audit-policy", "img-src 'self'", "img-src 'self' data:"),
        ("audit-policy", "img-src 'self'; ", ""),
        ("audit-policy", "form-action 'none'", "form-action 'none'; worker-src 'self'"),
        ("audit-policy", 'http-equiv="Content-Security-Policy"', 'name="policy"'),
        ("audit-policy", 'content="no-referrer"', 'content="origin"'),
        ("audit-policy", BODY, '<form action="/search/"></form></main>'),
        ("audit-head", 'lang="zh-CN"', 'lang="en"'),
        ("audit-head", "<!doctype html>", ""),
        ("audit-head", '<meta charset="utf-8">', ""),
        ("audit-head", "width=device-width", "width=980"),
        ("audit-head", "<title>", "<title></title><title>"),
        ("audit-heading", BODY, "<h1>又一个</h1></main>"),
        ("audit-heading", BODY, "<h2>二</h2><h4>跳了一级</h4></main>"),
        ("audit-heading", BODY, "<h2></h2></main>"),
        ("audit-id", BODY, '<p id="yq-main">又一个</p></main>'),
        ("audit-id", BODY, '<p aria-labelledby="nowhere">没有</p></main>'),
        ("audit-landmark", 'href="#yq-main"', 'href="#top"'),
        ("audit-landmark", BODY, "</main><main></main>"),
        ("audit-landmark", BODY, "<nav>甲</nav></main>"),
        ("audit-landmark", "<footer", "<div"),
        ("audit-name", BODY, '<img src="/images/a.png"></main>'),
        ("audit-name", BODY, '<input id="x"></main>'),
        ("audit-name", BODY, '<a href="/b/"></a></main>'),
        ("audit-name", BODY, "<button></button></main>"),
        ("audit-missing", HEAD, '<link rel="stylesheet" href="/assets/none.css"></head>'),
        ("audit-missing", BODY, '<a href="/none/">没有</a></main>'),
        ("audit-missing", BODY, '<div data-program="/assets/none.js"></div></main>'),
    ],
)
def test_a_planted_fault_of_a_page_is_found(
    files: dict[str, bytes], code: str, old: str, new: str
) -> None:
    assert (code, PAGE) in planted(files, old, new)


@pytest.mark.parametrize(
    "script",
    [
        "document.cookie = 'a=b'",
        "sessionStorage.setItem('yq-palette', 'dark')",
        "localStorage.setItem('yq-debt', '10000')",
        "localStorage.setItem(name, '10000')",
        "localStorage['yq-debt'] = 1",
        "localStorage.debt = 1",
        "indexedDB.open('yq')",
        "navigator.sendBeacon('/log', debt)",
        "new WebSocket('wss://x.example/')",
    ],
)
def test_a_script_that_keeps_something_is_found(files: dict[str, bytes], script: str) -> None:
    files["assets/x.js"] = b"import './y.js';"
    files["assets/y.js"] = script.encode()
    for old, new in (
        (HEAD, '<script src="/assets/x.js"></script></head>'),
        (BODY, '<p data-code="/assets/x.js"></p></main>'),
    ):
        assert ("audit-storage", PAGE) in planted(files, old, new)


def test_a_script_that_keeps_how_a_page_looks_is_none(files: dict[str, bytes]) -> None:
    files["assets/x.js"] = b"localStorage.setItem('yq-palette', value)"
    found = planted(files, HEAD, '<script src="/assets/x.js"></script></head>')
    assert not any(code == "audit-storage" for code, _ in found)


def test_an_inline_constant_named_by_its_hash_passes(files: dict[str, bytes]) -> None:
    code = "document.documentElement.className='js';"
    text = files[PAGE].decode().replace(HEAD, f"<script>{code}</script></head>")
    text = text.replace("script-src 'self'", f"script-src 'self' {hashed(code)}")
    assert codes(files | {PAGE: text.encode()}) == set()
    assert codes(files | {PAGE: text.replace(code, f"{code} ").encode()}) == {
        ("audit-inline", PAGE),
        ("audit-policy", PAGE),
    }


def test_data_for_search_engines_is_no_code(files: dict[str, bytes]) -> None:
    found = planted(files, HEAD, '<script type="application/ld+json">{}</script></head>')
    assert {code for code, _ in found} == {"audit-claim"}, "a second block, and nothing else"


def test_a_heavy_page_is_found(files: dict[str, bytes]) -> None:
    heavy = f"<p>{os.urandom(24_000).hex()}</p></main>"
    assert planted(files, BODY, heavy) == {("audit-weight", PAGE)}


def test_a_heavy_file_weighs_on_every_page_that_loads_it(files: dict[str, bytes]) -> None:
    name = next(name for name in files if name.endswith("icon.svg"))
    found = codes(files | {name: os.urandom(40_000)})
    assert ("audit-weight", PAGE) in found
    assert ("audit-weight", "index.html") in found


def test_too_many_requests_are_found(files: dict[str, bytes]) -> None:
    for number in range(7):
        files[f"images/{number}.png"] = b"x"
    images = "".join(f'<img alt="图" src="/images/{number}.png">' for number in range(7))
    lazy = images.replace("<img", '<img loading="lazy"')
    assert planted(files, BODY, f"{images}</main>") == {("audit-requests", PAGE)}
    assert planted(files, BODY, f"{lazy}</main>") == set()


def test_a_page_nothing_leads_to_is_found(files: dict[str, bytes]) -> None:
    stray = codes(files | {"stray/index.html": files[PAGE]})
    assert ("audit-unreachable", "stray/index.html") in stray


def test_a_compressed_copy_that_holds_something_else_is_found(files: dict[str, bytes]) -> None:
    name = f"{PAGE}.gz"
    assert codes(files | {name: compressed(name, files[PAGE])}) == set()
    for stale in (compressed(name, b"old"), b"no archive", b"\x1f\x8b\x08cut short"):
        assert codes(files | {name: stale}) == {("audit-copy", name)}
        assert codes(files | {f"{PAGE}.br": stale}) == {("audit-copy", f"{PAGE}.br")}


def test_a_redirect_to_nowhere_is_found(files: dict[str, bytes]) -> None:
    path = "old-c/index.html"
    assert ("audit-missing", path) in planted(files, "url=/c/", "url=/gone/", path)


def test_a_folder_without_a_front_page_is_no_site(files: dict[str, bytes]) -> None:
    del files["index.html"]
    assert ("audit-front", "index.html") in codes(files)


def test_the_command_tells_what_it_found_and_leaves_with_its_code(
    files: dict[str, bytes], tmp_path: Path
) -> None:
    for name, content in files.items():
        target = tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    sound = CliRunner().invoke(main, ["audit", str(tmp_path)])
    assert (sound.exit_code, sound.output) == (
        0,
        f"检查了 {sum(name.endswith('.html') for name in files)} 个页面：0 处错误，0 处提醒\n",
    )
    (tmp_path / PAGE).write_text(files[PAGE].decode().replace("<main", '<main style="x"'), "utf-8")
    text = CliRunner().invoke(main, ["audit", str(tmp_path)])
    assert text.exit_code == 1
    assert text.output.startswith(
        f"{PAGE} 错误 有内联的代码或样式：<main> 的 style 属性 [audit-inline]\n"
    )
    told = CliRunner().invoke(main, ["audit", str(tmp_path), "--format", "json"])
    assert [(entry["code"], entry["path"]) for entry in json.loads(told.output)] == [
        ("audit-inline", PAGE)
    ]
    annotated = CliRunner().invoke(main, ["audit", str(tmp_path), "--format", "annotations"])
    assert annotated.output.startswith(f"::error file={PAGE},title=audit-inline::")


def test_the_manifest_is_not_served(site: Site) -> None:
    assert manifest.NAME in site.published()
    assert manifest.NAME not in ServedFiles(site.target)
