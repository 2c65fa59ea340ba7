"""The pages of the repository's own site, as they are and damaged, read by their tags alone."""

from __future__ import annotations

import re
from random import Random

import pytest

from generator.catalogue import Edition
from generator.inspection import is_sound, thorough
from generator.output import serial
from generator.shell import builder
from generator.shell.project import load
from generator.strict_html import StrictReader
from tests.harness import TODAY, copied_project

_OWN_CODE = re.compile(r"<(?:script|style)>([^<]*)<")
_SIGNS: list[str] = [
    *"<>/=\"'&;# \n\t\r\0-!aP甲",
    "</",
    "<p>",
    "</p>",
    "<b>",
    "</a>",
    "<!--",
    "-->",
    "<br>",
]
_DAMAGES = 4000


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Every page of the site and the gallery of all components, by destination."""
    site = copied_project(tmp_path_factory.mktemp("own") / "project")
    project, edition = load(site.root / "site_config.yml"), Edition(TODAY, drafts=True)
    builder.publish(project, site.target, edition, clean=False, release=False, run=serial)
    names = (path.relative_to(site.target).as_posix() for path in site.target.rglob("*.html"))
    return {name: site.page(name) for name in sorted(names)}


def _compared(reader: StrictReader, name: str, page: str, inline: list[str]) -> bool:
    """Whether a page is read by its tags; then both readings are the same."""
    content = page.encode()
    read = reader.read(content, inline)
    if read is not None:
        assert thorough(name, content, inline, "") == (read, ()), page
    return read is not None


def _reader() -> StrictReader:
    return StrictReader(lambda tag, attributes: is_sound(tag, attributes, ""))


def test_own_pages_are_read_alike_and_nearly_all_by_their_tags(pages: dict[str, str]) -> None:
    reader = _reader()
    left = {
        name
        for name, page in pages.items()
        if not _compared(reader, name, page, _OWN_CODE.findall(page))
    }
    assert "gallery/index.html" in pages
    # These have drawings and templates of rows in them.
    assert {name for name in left if not name.startswith("calculator")} == set()
    assert len(pages) > 100


def _damaged(chance: Random, page: str) -> str:
    """One sign or tag is lost, added, doubled or moved, mostly in a tag or beside one."""
    tags = list(re.finditer("<[^>]*>", page))
    tag = chance.choice(tags)
    start, end = tag.span()
    way = chance.randrange(6)
    if way == 0:  # a tag is lost
        return page[:start] + page[end:]
    if way == 1:  # a tag is doubled
        return page[:end] + page[start:]
    if way == 2:  # a tag stands elsewhere
        at = chance.choice(tags).start()
        without = page[:start] + page[end:]
        return without[:at] + page[start:end] + without[at:]
    at = chance.randrange(start, end + 2) if chance.random() < 0.8 else chance.randrange(len(page))
    if way == 3:  # a sign is lost
        return page[:at] + page[at + 1 :]
    if way == 4:  # a sign is doubled
        return page[:at] + page[at : at + 1] + page[at:]
    return page[:at] + chance.choice(_SIGNS) + page[at:]


def test_damaged_pages_are_read_alike(pages: dict[str, str]) -> None:
    chance, reader, read = Random(2026), _reader(), 0
    names = list(pages)
    for number in range(_DAMAGES):
        name = names[number % len(names)]
        page = _damaged(chance, pages[name])
        read += _compared(reader, name, page, _OWN_CODE.findall(pages[name]))
    assert _DAMAGES / 20 < read < _DAMAGES / 2
