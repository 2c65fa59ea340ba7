"""Broken trees: names, encodings, links, special files, sizes."""

from __future__ import annotations

import os
import socket

from generator.shell.tree import ARTICLE_LIMIT, DATA_LIMIT, IMAGE_LIMIT, TEMPLATE_LIMIT
from tests.harness import Site, article
from tests.site.broken import (
    BODY,
    CONFIG,
    IMAGE,
    PNG,
    RELATED,
    SOURCES,
    TITLE,
    URLS,
    A,
    C,
    Change,
    both,
    case,
    file,
    link,
    linked_folder,
    swap,
)

_GOOD = article("丙逾期了怎么办？", related="[b]")
_EXAMPLE = "templates/components/fact-check/example.md"


def _fifo(path: str) -> Change:
    return lambda site: os.mkfifo(site.root / path)


def _reencoded(path: str, encoding: str) -> Change:
    return lambda site: site.write(path, site.read(path).encode(encoding))


def _linked_config(site: Site) -> None:
    place = site.root / CONFIG
    place.rename(site.root / "elsewhere.yml")
    place.symlink_to("elsewhere.yml")


def _socket(site: Site) -> None:
    # A socket's path is short by law, a test's folder is not: bound from inside.
    here = os.getcwd()
    os.chdir((site.root / C).parent)
    try:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind("c.md")
    finally:
        os.chdir(here)


NAMES = (
    case(
        "slug the site uses",
        file("content/articles/process/search.md", article("丙逾期了怎么办？")),
        "content/articles/process/search.md slug-reserved",
    ),
    case(
        "slug in two categories",
        file("content/articles/safety/a.md", article(category="safety")),
        "content/articles/safety/a.md slug-duplicate",
    ),
    case(
        "further fault of a duplicate slug",
        file("content/articles/safety/a.md", article(category="safety", related="[nope]")),
        "content/articles/safety/a.md slug-duplicate",
        f"content/articles/safety/a.md:{RELATED}:11 related-unknown",
    ),
    case(
        "name with a capital",
        file("content/articles/process/Case.md", _GOOD),
        "content/articles/process/Case.md path-name",
    ),
    case(
        "name in Chinese",
        file("content/articles/process/逾期.md", _GOOD),
        "content/articles/process/逾期.md path-name",
    ),
    case(
        "name with an underscore",
        file("content/articles/process/a_b.md", _GOOD),
        "content/articles/process/a_b.md path-name",
    ),
    case(
        "name not UTF-8",
        file("content/articles/process/\udcff.md", _GOOD),
        "content/articles/process/\udcff.md path-name",
    ),
    case(
        "name ends in a line feed",
        file("content/articles/process/c.md\n", _GOOD),
        "content/articles/process/c.md\n path-name",
    ),
    case(
        "folder name with a space",
        file("content/articles/my notes/c.md", _GOOD),
        "content/articles/my notes path-name",
    ),
    case(
        "image name in Chinese",
        file("content/images/图 片.png", PNG),
        "content/images/图 片.png path-name",
    ),
    case(
        "article in no category",
        file("content/articles/c.md", _GOOD),
        "content/articles/c.md path-unexpected",
    ),
    case(
        "article in a folder of a category",
        file("content/articles/process/more/c.md", _GOOD),
        "content/articles/process/more/c.md path-unexpected",
    ),
    case("file of no kind", file("content/notes.txt", "甲"), "content/notes.txt path-unexpected"),
    case(
        "image of a scripting kind",
        file("content/images/x.svg", "<svg/>"),
        "content/images/x.svg path-unexpected",
    ),
    case(
        "folder too deep",
        file("content/images/1/2/3/4/5/x.png", PNG),
        "content/images/1/2/3/4/5 path-deep",
    ),
)

ENCODINGS = (
    case("GBK", file(A, _GOOD.encode("gbk")), f"{A}:{TITLE}:8 file-not-utf8"),
    case("UTF-16", file(A, _GOOD.encode("utf-16")), f"{A}:1:1 file-not-utf8"),
    case(
        "bad byte behind Windows line ends",
        file(A, _GOOD.replace("\n", "\r\n").encode() + b"\xff"),
        f"{A}:{BODY + 3}:1 file-not-utf8",
    ),
    case("BOM", file(A, b"\xef\xbb\xbf" + _GOOD.encode()), f"{A}:1:1 file-bom"),
    case(
        "NUL in the body",
        file(A, _GOOD.replace("正文", "正\0文")),
        f"{A}:{BODY + 2}:2 file-control",
    ),
    case(
        "lone carriage return",
        file(A, _GOOD.replace("正文", "正\r文")),
        f"{A}:{BODY + 2}:2 file-control",
    ),
    case(
        "line separator",
        file(A, _GOOD.replace("正文", "正\u2028文")),
        f"{A}:{BODY + 2}:2 file-control",
    ),
    case(
        "noncharacter in the body",
        file(A, _GOOD.replace("正文", "正\ufffe文")),
        f"{A}:{BODY + 2}:2 file-control",
    ),
    case(
        "private-use character",
        file(A, _GOOD.replace("正文", "正\ue000文")),
        f"{A}:{BODY + 2}:2 file-reserved-char",
    ),
    case(
        "supplementary private-use character",
        file(A, _GOOD.replace("正文", "正\U000f0000文")),
        f"{A}:{BODY + 2}:2 file-reserved-char",
    ),
    case("sources in GBK", _reencoded(SOURCES, "gbk"), f"{SOURCES}:2:11 file-not-utf8"),
    case("address list in UTF-16", _reencoded(URLS, "utf-16"), f"{URLS}:1:1 file-not-utf8"),
    case(
        "settings with BOM", file(CONFIG, b"\xef\xbb\xbfsite_name: x\n"), f"{CONFIG}:1:1 file-bom"
    ),
    case(
        "settings with a control character",
        swap(CONFIG, "测试站", "测试\x07站"),
        f"{CONFIG}:1:14 file-control",
    ),
)

LINKS = (
    case("article is a link", link(C, "a.md"), f"{C} path-symlink"),
    case("article is a link to passwd", link(C, "/etc/passwd"), f"{C} path-symlink"),
    case("article is a dangling link", link(C, "nowhere.md"), f"{C} path-symlink"),
    case("image is a link", link(IMAGE, "/etc/hostname"), f"{IMAGE} path-symlink"),
    case(
        "folder is a link to its parent",
        link("content/articles/loop", ".."),
        "content/articles/loop path-symlink",
    ),
    case(
        "folder is a link to the root", link("content/images", "/"), "content/images path-symlink"
    ),
    case("article became a link", link(A, "../safety/b.md"), f"{A} path-symlink"),
    case("sources are a link", link(SOURCES, "/etc/passwd"), f"{SOURCES} path-symlink"),
    case("settings are a link", _linked_config, f"{CONFIG} path-symlink"),
    case("content is a link", linked_folder("content"), "content path-symlink"),
    case("templates are a link", linked_folder("templates"), "templates path-symlink"),
    case(
        "template is a link",
        link("templates/more.html", "base.html"),
        "templates/more.html path-symlink",
    ),
)

SPECIAL = (
    case("article is a pipe", _fifo(C), f"{C} path-special"),
    case(
        "image is a pipe",
        both(file("content/images/y.png", PNG), _fifo(IMAGE)),
        f"{IMAGE} path-special",
    ),
    case("article is a socket", _socket, f"{C} path-special"),
    case("template is a pipe", _fifo("templates/more.html"), "templates/more.html path-special"),
)

SIZES = (
    case("article too large", file(C, b"x" * (ARTICLE_LIMIT + 1)), f"{C} file-too-large"),
    case("article became too large", file(A, b"x" * (ARTICLE_LIMIT + 1)), f"{A} file-too-large"),
    case("image too large", file(IMAGE, PNG + b"\0" * IMAGE_LIMIT), f"{IMAGE} file-too-large"),
    case("settings too large", file(CONFIG, b"#" * (DATA_LIMIT + 1)), f"{CONFIG} file-too-large"),
    case("sources too large", file(SOURCES, b"#" * (DATA_LIMIT + 1)), f"{SOURCES} file-too-large"),
    case(
        "example too large",
        file(_EXAMPLE, b"x" * (TEMPLATE_LIMIT + 1)),
        f"{_EXAMPLE} file-too-large",
    ),
)

IMAGES = (
    case("image of another format", file(IMAGE, b"GIF89a"), f"{IMAGE} image-format"),
    case("image is a page", file(IMAGE, b"<html><script>x()</script>"), f"{IMAGE} image-format"),
    case("image empty", file(IMAGE, b""), f"{IMAGE} image-format"),
    case(
        "webp is a sound",
        file("content/images/x.webp", b"RIFF\x24\0\0\0WAVEfmt "),
        "content/images/x.webp image-format",
    ),
)

CASES = (*NAMES, *ENCODINGS, *LINKS, *SPECIAL, *SIZES, *IMAGES)
