"""Classes and rules of a whole site agree, and policies allow exactly what pages carry."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks.project import copy_project
from generator import policy
from generator.catalogue import Edition
from generator.render.page import starting
from generator.render.sanitise import AUTHORED
from generator.render.scripts import scripts
from generator.render.stylesheet import Sheets, sheets
from generator.render.templates import Templates
from generator.shell import builder
from generator.shell.project import load
from tests.class_names import in_page, in_scripts, in_style
from tests.harness import REPOSITORY, TODAY, Site, article


def sheets_of(site: Site, *, drafts: bool = True) -> Sheets:
    sources = load(site.root / "site_config.yml").sources
    pages = starting(drafts=drafts)
    return sheets(sources.styles, Templates(sources.templates), pages, ("feedback",))


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The repository's site with a draft and an empty category, as a preview shows it."""
    site = Site(tmp_path_factory.mktemp("styled") / "project")
    copy_project(REPOSITORY, site.root, articles=True)
    site.write(
        "content/articles/safety/unfinished.md",
        article(body="正文。\n", category="safety", draft="true"),
    )
    site.replace(
        "site_config.yml",
        "      stages:\n",
        "        - {id: empty, title: 空, summary: 还没有文章。}\n      stages:\n",
    )
    builder.publish(load(site.root / "site_config.yml"), site.target, Edition(TODAY, drafts=True))
    return site


def pages_of(site: Site) -> list[str]:
    return [text.decode() for name, text in site.published().items() if name.endswith(".html")]


def ruled(site: Site) -> set[str]:
    return {name for it in sheets_of(site).by_kind.values() for name in in_style(it.text)}


def scripted(site: Site) -> frozenset[str]:
    return in_scripts(load(site.root / "site_config.yml").sources.scripts)


def test_every_rule_is_for_something_a_page_or_a_script_makes(own: Site) -> None:
    made = AUTHORED.union(scripted(own), *map(in_page, pages_of(own)))
    assert ruled(own) - made == set()


def test_the_list_has_every_class_in_use_and_no_other(own: Site) -> None:
    used = ruled(own) | AUTHORED
    used |= scripted(own).intersection(frozenset().union(*map(in_page, pages_of(own))))
    listed = own.read("templates/classes.txt").splitlines()
    assert listed == sorted(set(listed)), "one class a line, in order"
    put_in, take_out = sorted(used.difference(listed)), sorted(set(listed) - used)
    assert (put_in, take_out) == ([], [])


def test_a_class_has_a_rule_in_its_own_page_or_a_script_knows_it(own: Site) -> None:
    known = AUTHORED | scripted(own)
    for page in pages_of(own):
        style = "".join(re.findall(r"<style>(.*?)</style>", page, re.DOTALL))
        assert in_page(page) - in_style(style) - known == set()


def test_text_is_set_in_few_sizes_and_two_weights(own: Site) -> None:
    """A phone prepares its font for each pair of them before it paints anything."""
    texts = [sheet.text for sheet in sheets_of(own).by_kind.values()]
    sizes = {size for text in texts for size in re.findall(r"font-size:([\d.]+)rem", text)}
    weights = {weight for text in texts for weight in re.findall(r"font-weight:(\w+)", text)}
    assert sizes == {".9375", "1.0625", "1.1875", "1.375", "1.625"}
    assert weights == {"400", "700"}


def test_a_class_that_is_not_on_the_list_is_an_error_where_it_is_written(tmp_path: Path) -> None:
    site = Site.create(tmp_path)
    site.build()
    site.replace("templates/article.html", '<div class="prose">', '<div class="prose pros">')
    found = [line for line in site.findings() if "class-unknown" in line]
    text = site.read("templates/article.html")
    line = text[: text.index("prose pros")].count("\n") + 1
    column = text.splitlines()[line - 1].index('pros"') + 1
    assert found == [f"templates/article.html:{line}:{column} class-unknown"]


def test_pages_that_are_there_are_held_to_a_changed_list(tmp_path: Path) -> None:
    site = Site.create(tmp_path)
    site.build()
    site.replace("templates/classes.txt", "\nprose\n", "\n")
    assert any(line.endswith("class-unknown") for line in site.findings())


def test_without_the_list_nothing_is_built(tmp_path: Path) -> None:
    site = Site.create(tmp_path)
    (site.root / "templates/classes.txt").unlink()
    assert "templates/classes.txt template-missing" in site.findings()


def test_a_mistake_in_a_style_is_an_error_where_it_is_written(tmp_path: Path) -> None:
    site = Site.create(tmp_path)
    site.write("templates/components/card/style.css", ".card { margin: 0 }\n.cards { a b }\n")
    assert site.findings() == ["templates/components/card/style.css:2:12 template-error"]


def test_a_changed_style_changes_the_pages_of_its_kinds_and_no_others(tmp_path: Path) -> None:
    site = Site.create(tmp_path)
    site.build()
    before = site.published()
    path = "templates/components/stages/style.css"
    site.write(path, site.read(path) + "\n.stages { margin: 3px }\n")
    site.build()
    warm = site.published()
    changed = {name for name in warm if warm[name] != before.get(name)}
    assert "index.html" in changed
    assert "a/index.html" not in changed
    site.build(clean=True)
    assert site.published() == warm


def policies(site: Site) -> dict[str, dict[str, tuple[str, ...]]]:
    found = {}
    for name, content in site.published().items():
        if name.endswith(".html"):
            text = content.decode()
            match = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
            assert match is not None, name
            found[name] = policy.parsed(match[1])
    return found


def test_the_headers_of_the_site_allow_what_the_pages_allow_and_no_more(own: Site) -> None:
    code = scripts(load(own.root / "site_config.yml").sources.scripts)
    sent = policy.headers(sheets_of(own, drafts=False).sources, policy.hashed(code.before_paint))
    header = policy.parsed(sent["Content-Security-Policy"])
    pages = {name: it for name, it in policies(own).items() if not name.startswith("gallery/")}
    for name, own_policy in pages.items():
        for directive, allowed in own_policy.items():
            assert set(allowed) <= set(header[directive]), (name, directive)
    used = {
        (directive, source)
        for own_policy in pages.values()
        for directive, allowed in own_policy.items()
        for source in allowed
        if source.startswith("'sha256-")
    }
    hashes = {
        (directive, source)
        for directive, allowed in header.items()
        for source in allowed
        if source.startswith("'sha256-")
    }
    assert used == hashes
    assert len(hashes) <= 4
    assert header["default-src"] == header["frame-ancestors"] == ("'none'",)
    assert sent["Referrer-Policy"] == policy.REFERRER_POLICY
