"""Words for the tables of broken inputs: a good site, one way to break it, what is then found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.harness import BASE, Site, article, png

Change = Callable[[Site], None]

A = "content/articles/process/a.md"
B = "content/articles/safety/b.md"
C = "content/articles/process/c.md"
URLS = "content/published-urls.txt"
SOURCES = "content/data/sources.yml"
CONFIG = "site_config.yml"
IMAGE = "content/images/x.png"
PNG = png(0)

# Where things stand in an article of `front()` and `body()`; the body's first line is BODY.
TITLE, SUMMARY, CATEGORY, TAGS, PUBLISHED, REVIEWED, DUE, ALIASES, RELATED, EXTRA = range(2, 12)
BODY = 13

# The first line after the recorded addresses of a good site.
NEXT = BASE[URLS].count("\n") + 1


@dataclass(frozen=True, slots=True)
class Case:
    """`expected` are all findings, as `path:line:column code`; `fix` must be in some hint."""

    id: str
    change: Change
    expected: tuple[str, ...]
    fix: str = ""


def case(id: str, change: Change, *expected: str, fix: str = "") -> Case:  # noqa: A002  # pytest's word
    return Case(id, change, expected, fix)


def file(path: str, content: str | bytes) -> Change:
    """Write a file whole."""
    return lambda site: site.write(path, content)


def swap(path: str, old: str, new: str) -> Change:
    """Replace a text that is in a file."""
    return lambda site: site.replace(path, old, new)


def both(*changes: Change) -> Change:
    def change(site: Site) -> None:
        for each in changes:
            each(site)

    return change


def front(title: str = "甲逾期了怎么办？", **keys: str) -> Change:
    """Article A with these front-matter values, as YAML; further keys stand from line EXTRA on."""
    return file(A, article(title, **{"related": "[b]"} | keys))


def body(text: str) -> Change:
    """Article A with this body, which begins on line BODY."""
    return file(A, article("甲逾期了怎么办？", body=text, related="[b]"))


def added(path: str, text: str | None = None, *addresses: str, **keys: str) -> Change:
    """One more article, its address recorded, so that nothing but the fault is found."""
    slug = path.rsplit("/", 1)[-1].removesuffix(".md")

    def change(site: Site) -> None:
        site.write(path, article("丙逾期了怎么办？", **keys) if text is None else text)
        site.write(URLS, site.read(URLS) + "".join(f"/{each}/\n" for each in (slug, *addresses)))

    return change


def recorded(*addresses: str) -> Change:
    return lambda site: site.write(
        URLS, site.read(URLS) + "".join(f"/{each}/\n" for each in addresses)
    )


def dropped(*paths: str) -> Change:
    def change(site: Site) -> None:
        for path in paths:
            site.delete(path)

    return change


def link(path: str, target: str) -> Change:
    """A symbolic link at `path`, in place of what is there."""

    def change(site: Site) -> None:
        place = site.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.unlink(missing_ok=True)
        place.symlink_to(target)

    return change


def linked_folder(path: str) -> Change:
    """A folder moved aside and replaced by a link to it."""

    def change(site: Site) -> None:
        aside = site.root.parent / f"aside-{path.rsplit('/', maxsplit=1)[-1]}"
        (site.root / path).rename(aside)
        (site.root / path).symlink_to(aside)

    return change


def line_of(address: str) -> int:
    """On which line of the recorded addresses one stands."""
    return BASE[URLS].split("\n").index(address) + 1
