"""What leads to a page and what it says of itself: every kind of fault, planted, is found."""

from __future__ import annotations

import gzip

import pytest

from generator.shell import manifest
from tests.audit.test_faults import PAGE, audited_site, codes, planted

Files = dict[str, bytes]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Files:
    site = audited_site(tmp_path_factory.mktemp("listed"))
    return {name: text for name, text in site.published().items() if name != manifest.NAME}


@pytest.fixture
def files(sound: Files) -> Files:
    return dict(sound)


def test_a_sound_site_has_no_findings(files: Files) -> None:
    assert codes(files) == set()


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("audit-canonical", 'rel="canonical"', 'rel="author"'),
        ("audit-canonical", 'rel="canonical" href="https://test.example/a/"', 'rel="canonical" href="https://test.example/b/"'),
        ("audit-canonical", 'rel="canonical" href="https://test.example/a/"', 'rel="canonical" href="http://other.example/a/"'),
        ("audit-canonical", 'rel="canonical" href="https://test.example/a/"', 'rel="canonical" href="/a/"'),
        ("audit-canonical", "</head>", '<link rel="canonical" href="https://test.example/a/"></head>'),
        ("audit-description", '<meta name="description" content="', '<meta name="description" content="" title="'),
        ("audit-description", "<title>", f"<title>{'长' * 80}"),
        ("audit-claim", '"headline":"甲', '"headline":"乙'),
        ("audit-claim", '"datePublished":"2026-11-20"', '"datePublished":"2026-11-19"'),
        ("audit-claim", '"upDate":"2026-11-20', '"upDate":"2026-11-21'),
        ("audit-claim", '"name":"首页"', '"name":"主页"'),
        ("audit-claim", '"item":"https://test.example/"', '"item":"https://test.example/none/"'),
        ("audit-claim", '"@type":"Article"', '"@type":"NewsArticle"'),
        ("audit-claim", '"@type":"Article"', '"@type":"FAQPage"'),
        ("audit-claim", '{"@context"', '{{"@context"'),
        ("audit-claim", "</main>", '<script type="application/ld+json">{}</script></main>'),
        ("audit-claim", 'type="application/ld+json"', 'type="application/json"'),
        ("audit-missing", 'href="/a/index.txt"', 'href="/a/none.txt"'),
    ],
)  # fmt: skip
def test_a_page_that_says_something_else_of_itself_is_found(
    files: Files, code: str, old: str, new: str
) -> None:
    assert (code, PAGE) in planted(files, old, new)


@pytest.mark.parametrize(
    ("code", "path", "old", "new"),
    [
        ("audit-sitemap", "sitemap.xml", "<url><loc>https://test.example/a/</loc><lastmod>2026-11-20</lastmod></url>\n", ""),
        ("audit-sitemap", "sitemap.xml", "https://test.example/a/", "https://test.example/none/"),
        ("audit-sitemap", "sitemap.xml", "https://test.example/a/", "https://test.example/b/"),
        ("audit-sitemap", "sitemap.xml", "https://test.example/a/", "https://test.example/old-c/"),
        ("audit-sitemap", "sitemap.xml", "<lastmod>2026-11-20", "<lastmod>2026-11-24"),
        ("audit-sitemap", "sitemap.xml", "</urlset>", ""),
        ("audit-sitemap", "robots.txt", "Sitemap:", "# Sitemap:"),
        ("audit-feed", "feed.xml", "<title>甲", "<title>乙"),
        ("audit-feed", "feed.xml", "<summary>甲逾期到期", "<summary>甲逾期没到期"),
        ("audit-feed", "feed.xml", "<published>2026-11-20", "<published>2026-11-19"),
        ("audit-feed", "feed.xml", "<updated>2026-11-20T00:00:00+08:00</updated>\n<category", "<updated>2026-11-21T00:00:00+08:00</updated>\n<category"),
        ("audit-feed", "feed.xml", 'href="https://test.example/a/"', 'href="https://test.example/none/"'),
        ("audit-feed", "feed.xml", "</feed>", ""),
        ("audit-feed", "feed.json", '"title": "甲', '"title": "乙'),
        ("audit-feed", "feed.json", '"items"', '"entries"'),
        ("audit-text", "a/index.txt", "甲逾期", "丁逾期"),
        ("audit-text", "a/index.txt", "https://test.example/a/", "https://test.example/b/"),
        ("audit-redirect", "old-c/index.html", '<meta name="robots" content="noindex">', ""),
        ("audit-redirect", "old-c/index.html", "url=/c/", "url=/404.html"),
        ("audit-canonical", "old-c/index.html", 'href="https://test.example/c/"', 'href="https://test.example/a/"'),
    ],
)  # fmt: skip
def test_a_list_that_is_wrong_is_found(
    files: Files, code: str, path: str, old: str, new: str
) -> None:
    found = planted(files, old, new, path)
    told = "feed.xml" if (code, path, new) == ("audit-feed", "feed.json", '"title": "乙') else path
    assert (code, told) in found


def test_two_pages_with_one_title_or_description_are_found(files: Files) -> None:
    title = files["b/index.html"].decode().split("<title>")[1].split("</title>")[0]
    found = planted(files, "甲逾期了怎么办？ - 测试站</title>", f"{title}</title>")
    assert ("audit-duplicate", "b/index.html") in found


def test_a_missing_sitemap_or_format_of_a_feed_is_found(files: Files) -> None:
    del files["sitemap.xml"], files["category/process/feed.json"]
    assert codes(files) >= {
        ("audit-sitemap", "sitemap.xml"),
        ("audit-feed", "category/process/feed.xml"),
    }


def test_a_compressed_sitemap_of_another_build_is_found(files: Files) -> None:
    files["sitemap.xml.gz"] = gzip.compress(b"<urlset/>", mtime=0)
    assert ("audit-sitemap", "sitemap.xml.gz") in codes(files)


def test_an_index_of_sitemaps_is_read_with_its_parts(files: Files) -> None:
    whole = files["sitemap.xml"]
    files["sitemap-1.xml.gz"] = gzip.compress(whole, mtime=0)
    index = (
        b'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        b"<sitemap><loc>https://test.example/sitemap-1.xml.gz</loc></sitemap></sitemapindex>"
    )
    files |= {"sitemap.xml": index, "sitemap.xml.gz": gzip.compress(index, mtime=0)}
    assert codes(files) == set()
    del files["sitemap-1.xml.gz"]
    assert ("audit-sitemap", "sitemap.xml") in codes(files)
