"""The last look at a page: nothing inline, nothing from elsewhere, ids once, links that arrive."""

from __future__ import annotations

import pytest

from generator import inspection
from generator.inspection import Inspector

_PAGE = "<!doctype html><html><head><title>甲</title>{}</head><body><h1>甲</h1>{}</body></html>"


def _codes(head: str = "", body: str = "") -> list[str]:
    page = _PAGE.format(head, body).encode()
    return [finding.code for finding in Inspector("").inspect("a/index.html", page, ())[1]]


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<link rel="stylesheet" href="/assets/site.css">', ""),
        ('<link rel="canonical" href="https://x.example/a/">', ""),
        ('<link rel="icon" href="/assets/icon.svg">', ""),
        ('<script src="/assets/site.js"></script>', ""),
        ("", '<a href="https://x.example/">甲</a>'),
        ("", '<a href="http://www.gov.cn/">甲</a>'),
        ("", '<a href="tel:12356">甲</a>'),
        ("", '<img src="/images/x.png" alt="甲">'),
        ("", '<p id="a">甲</p><p id="b">乙</p>'),
        ("", "<p>onclick= style= javascript:</p>"),
    ],
)
def test_what_a_page_may_have_passes(head: str, body: str) -> None:
    assert _codes(head, body) == []


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("<script>x()</script>", ""),
        ("<style>p{}</style>", ""),
        ("", '<p style="color:red">甲</p>'),
        ("", '<p onclick="x()">甲</p>'),
        ("", '<p ONCLICK="x()">甲</p>'),
        ("", '<svg onload="x()"></svg>'),
        ('<script src="https://x.example/x.js"></script>', ""),
        ('<script src="//x.example/x.js"></script>', ""),
        ('<link rel="stylesheet" href="https://x.example/x.css">', ""),
        ('<link rel="preload icon" href="https://x.example/x">', ""),
        ('<link rel="preconnect" href="https://x.example/">', ""),
        ('<link rel="dns-prefetch" href="//x.example/">', ""),
        ('<link rel="prefetch" href="https://x.example/x">', ""),
        ("", '<img src="https://x.example/x.png" alt="甲">'),
        ("", '<img src="data:image/png;base64,AA" alt="甲">'),
        ("", '<img srcset="/a.png 1x, https://x.example/b.png 2x" alt="甲">'),
        ("", '<picture><source srcset="https://x.example/b.png"></picture>'),
        ("", '<iframe src="https://x.example/"></iframe>'),
        ("", '<video poster="https://x.example/x.png"></video>'),
        ("", '<video><track src="https://x.example/x.vtt"></video>'),
        ("", '<object data="https://x.example/x"></object>'),
        ("", '<input type="image" src="https://x.example/x.png">'),
        ("", '<svg><use href="https://x.example/x.svg#a"/></svg>'),
        ("", '<svg><image href="https://x.example/x.png"/></svg>'),
        ("", '<form action="https://x.example/"></form>'),
        ("", '<button formaction="https://x.example/">甲</button>'),
        ("", '<a href="javascript:x()">甲</a>'),
        ("", '<a href=" javascript:x()">甲</a>'),
        ("", '<a href="java\nscript:x()">甲</a>'),
        ("", '<a href="data:text/html,x">甲</a>'),
        ("", '<a href="/b/" ping="https://x.example/">甲</a>'),
        ("", "<h1>乙</h1>"),
    ],
)
def test_breach_of_the_policy_is_found(head: str, body: str) -> None:
    assert set(_codes(head, body)) == {"page-policy"}


def test_page_without_its_heading_is_a_breach() -> None:
    (finding,) = Inspector("").inspect("a/index.html", b"<p>x</p>", ())[1]
    assert finding.code == "page-policy"


def test_id_twice_is_found_once() -> None:
    body = '<p id="a"></p><p id="a"></p><p id="a"></p>'
    assert _codes(body=body) == ["page-duplicate-id"]


def test_files_that_are_no_pages_are_not_looked_into() -> None:
    assert Inspector("").inspect("assets/x.css", b"<script>", ()) == (
        inspection.PageFacts((), ()),
        (),
        frozenset(),
    )


@pytest.mark.parametrize(
    ("link", "base", "target"),
    [
        ("/b/", "", "b/index.html"),
        ("/b/#c", "", "b/index.html#c"),
        ("/b/#%E7%94%B2", "", "b/index.html#甲"),
        ("/%E7%94%B2/", "", "甲/index.html"),
        ("#c", "", "a/index.html#c"),
        ("#", "", "a/index.html"),
        ("", "", "a/index.html"),
        ("/", "", "index.html"),
        ("/b", "", "b"),
        ("/b/?x=1#c", "", "b/index.html#c"),
        ("../b/", "", "b/index.html"),
        ("/sub/b/", "/sub", "b/index.html"),
        ("/b/", "/sub", "/b/"),
        ("/subway/", "/sub", "/subway/"),
        ("/", "/sub", "/"),
        ("../../b/", "/sub", "/b/"),
        ("https://x.example/", "", ""),
        ("//x.example/", "", ""),
        ("tel:12356", "", ""),
    ],
)
def test_link_is_resolved_as_a_browser_would(link: str, base: str, target: str) -> None:
    assert inspection.resolve("a/index.html", link, base) == target


@pytest.mark.parametrize("link", ["//[x", "https://[x/", "/[x", "#[x", "http://x:y/", "//x:99999/"])
def test_odd_addresses_are_judged_without_an_exception(link: str) -> None:
    _codes(body=f'<a href="{link}">甲</a><img src="{link}" alt="甲">')


def test_only_the_very_text_that_is_allowed_may_stand_inline() -> None:
    page = _PAGE.format("<script>a()</script>", "").encode()
    assert Inspector("").inspect("a/index.html", page, ("a()",))[1] == ()
    assert Inspector("").inspect("a/index.html", page, ("a();",))[1] != ()
    attributed = _PAGE.format('<script type="module">a()</script>', "").encode()
    assert Inspector("").inspect("a/index.html", attributed, ("a()",))[1] != ()


def test_what_one_page_did_wrong_the_next_is_told_as_well() -> None:
    inspector = Inspector("")
    pages = [b'<h1>a</h1><a href="javascript:x">b</a><p onclick="a()" id="c">d</p>'] * 3
    found = [inspector.inspect("a/index.html", page, ())[1] for page in pages]
    assert len(found[0]) == 2
    assert found == [found[0]] * 3
    sound, _, _ = inspector.inspect("b/index.html", b'<h1>a</h1><a href="/x/">b</a>', ())
    again, _, _ = inspector.inspect("b/c/index.html", b'<h1>a</h1><a href="/x/">b</a>', ())
    assert sound == again


def test_a_relative_link_leads_elsewhere_from_each_page() -> None:
    inspector = Inspector("")
    page = b'<h1>a</h1><a href="x/">b</a>'
    assert inspector.inspect("a/index.html", page, ())[0].links == ("a/x/index.html",)
    assert inspector.inspect("b/index.html", page, ())[0].links == ("b/x/index.html",)
