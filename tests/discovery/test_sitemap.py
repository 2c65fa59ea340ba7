"""The sitemap holds every page to be found, with its own date, and keeps to its format."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from lxml import etree

from generator.discovery import sitemap
from generator.discovery.sitemap import Listed, sitemaps
from tests.discovery.conftest import Files, made
from tests.harness import Site, article

_SCHEMA = Path(__file__).parent / "schemas" / "sitemap.xsd"
_SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def _valid(content: bytes) -> etree._Element:
    root = etree.fromstring(content)
    etree.XMLSchema(etree.parse(_SCHEMA)).assertValid(root)
    return root


def _entries(content: bytes) -> dict[str, str]:
    return {
        entry.findtext("s:loc", "", _SPACE): entry.findtext("s:lastmod", "", _SPACE)
        for entry in _valid(content)
    }


def test_sitemap_of_the_real_site_is_valid_and_lists_every_page_once(real: Files) -> None:
    listed = _entries(real["sitemap.xml"])
    pages = {
        f"https://example.org/{quote(name.removesuffix('index.html'))}"
        for name, content in real.items()
        if name.endswith(".html") and b'content="noindex"' not in content
    }
    assert set(listed) == pages
    assert len(pages) > 70


def test_every_date_in_the_sitemap_is_printed_on_its_page(real: Files) -> None:
    for address, modified in _entries(real["sitemap.xml"]).items():
        name = f"{address.removeprefix('https://example.org/')}index.html"
        name = unquote(name)
        dates = re.findall(rb"\d{4}-\d\d-\d\d", re.sub(rb"<script.*?</script>", b"", real[name]))
        assert modified.encode() in dates or (not modified and not dates), name


def test_an_articles_date_is_the_later_of_its_own_two_and_not_the_day_of_the_build(
    tmp_path: Path,
) -> None:
    site = Site.create(tmp_path)
    text = article("丙怎么办呢？", related="[a]", published="2026-03-01", reviewed="2026-05-02")
    site.write("content/articles/process/c.md", text)
    listed = _entries(made(site.root)["sitemap.xml"])
    assert listed["https://test.example/c/"] == "2026-05-02"
    assert listed["https://test.example/a/"] == "2026-11-20"
    assert listed["https://test.example/stage/sued/"] == ""


def test_the_compressed_sitemap_holds_the_same_and_always_the_same_bytes(real: Files) -> None:
    packed = real["sitemap.xml.gz"]
    assert gzip.decompress(packed) == real["sitemap.xml"]
    assert packed[4:8] == b"\0\0\0\0", "a time in the head would differ from build to build"


def test_a_sitemap_beyond_the_limit_of_entries_becomes_an_index_of_parts() -> None:
    entries = [
        Listed(f"https://test.example/{at:06}/", f"2026-01-{at % 28 + 1:02}")
        for at in range(50_001)
    ]
    files = dict(sitemaps(entries, "https://test.example/"))
    assert set(files) == {
        "sitemap.xml",
        "sitemap.xml.gz",
        "sitemap-1.xml.gz",
        "sitemap-2.xml.gz",
    }
    index = _entries(files["sitemap.xml"].content())
    assert index == {
        "https://test.example/sitemap-1.xml.gz": "2026-01-28",
        "https://test.example/sitemap-2.xml.gz": entries[-1].modified,
    }
    parts = [gzip.decompress(files[f"sitemap-{at}.xml.gz"].content()) for at in (1, 2)]
    assert [len(_entries(part)) for part in parts] == [50_000, 1]


def test_a_sitemap_beyond_the_limit_of_bytes_is_cut_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "BYTE_LIMIT", 2_000)
    entries = [Listed(f"https://test.example/{at:03}/", "2026-01-01") for at in range(40)]
    files = dict(sitemaps(entries, "https://test.example/"))
    parts = [gzip.decompress(file.content()) for name, file in files.items() if "-" in name]
    assert len(parts) == 4
    assert all(len(part) <= 2_000 for part in parts)
    assert sum(len(_entries(part)) for part in parts) == 40


def test_addresses_with_signs_of_xml_are_escaped() -> None:
    (_, file), _ = sitemaps([Listed("https://test.example/tag/a&b/", "")], "https://test.example/")
    assert list(_entries(file.content())) == ["https://test.example/tag/a&b/"]


def test_robots_names_the_sitemap(real: Files) -> None:
    lines = real["robots.txt"].decode().splitlines()
    assert "Sitemap: https://example.org/sitemap.xml" in lines
    assert "Disallow" not in real["robots.txt"].decode()
