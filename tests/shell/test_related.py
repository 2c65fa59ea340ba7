"""`yuqi related` and `yuqi schema`: what they print is what the site uses."""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner

from generator.schemas import KINDS
from generator.shell.cli import main
from tests.harness import REPOSITORY, Site, article
from tests.shell.running import run

CARD = re.compile(r"^(\d+)\. (.+)（([a-z0-9-]+)）$", re.MULTILINE)


@pytest.fixture
def family(site: Site) -> Site:
    """Four articles; `a` recommends `b`, `c` shares its stage and tag, `d` only its tag."""
    stages = "[sued]"
    site.write(
        "content/articles/process/a.md", article("甲被起诉了怎么办？", related="[b]", stages=stages)
    )
    site.write("content/articles/process/c.md", article("丙被起诉了怎么办？", stages=stages))
    site.write("content/articles/process/d.md", article("丁要还多少钱？"))
    return site


def test_the_cards_are_those_of_the_page_in_their_order(family: Site) -> None:
    family.build()
    page = family.page("a/index.html").split("大家还在看", 1)[1]
    shown = re.findall(r'class="card__title"><a href="/([a-z-]+)/">([^<]+)<', page)
    result = run(family, "related", "a")
    assert (result.exit_code, result.stderr) == (0, "")
    cards = CARD.findall(result.stdout)
    assert [(slug, title) for _, title, slug in cards] == shown
    assert [number for number, _, _ in cards] == ["1", "2", "3"]
    assert CARD.sub("", result.stdout).strip() == ""


def test_why_gives_a_reason_below_every_card(family: Site) -> None:
    lines = run(family, "related", "a", "--why").stdout.splitlines()
    cards = [at for at, line in enumerate(lines) if CARD.match(line)]
    assert len(cards) == 3
    for at in cards:
        assert re.match(r"^   \S.*（\d+ 分）$", lines[at + 1])
    text = "\n".join(lines)
    assert re.search(r"（b）\n   编辑推荐（", text)
    assert "被起诉" in text.split("（c）", 1)[1]
    details = [line for at, line in enumerate(lines) if at not in cards and at - 1 not in cards]
    assert details
    assert [line for line in details if not re.match(r"^     \S.*  \+\d+$", line)] == []


def test_without_why_no_reason_is_given(family: Site) -> None:
    assert "分）" not in run(family, "related", "a").stdout


def test_an_unknown_article_is_refused_with_a_guess(family: Site) -> None:
    family.write("content/articles/process/huabei.md", article("花呗逾期怎么办？"))
    result = run(family, "related", "huabai")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "是不是想写“huabei”？" in result.stderr


def test_a_draft_has_no_cards(family: Site) -> None:
    family.write("content/articles/process/e.md", article("戊还是草稿怎么办？", draft="true"))
    result = run(family, "related", "e")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "（e）" not in run(family, "related", "a").stdout


def test_as_of_decides_which_articles_there_are(family: Site) -> None:
    future = {"published": "2026-12-01", "reviewed": "2026-12-01"}
    family.write("content/articles/process/e.md", article("戊要等到哪天？", **future))
    assert "（e）" not in run(family, "related", "a", "--as-of", "2026-11-30").stdout
    assert "（e）" in run(family, "related", "a", "--as-of", "2026-12-01").stdout


def test_sources_that_cannot_be_read_are_told(family: Site) -> None:
    family.replace("content/data/sources.yml", "status: 现行", "status: 随便")
    result = run(family, "related", "a")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "content/data/sources.yml:7:11 错误" in result.stderr


@pytest.mark.parametrize("name", KINDS)
def test_the_schema_in_the_repository_is_the_one_that_is_printed(name: str) -> None:
    result = CliRunner(catch_exceptions=False).invoke(main, ["schema", name])
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (REPOSITORY / f"content/schema/{name}.json").read_text("utf-8")


@pytest.mark.parametrize("name", KINDS)
def test_the_schema_explains_every_key_in_chinese(name: str) -> None:
    schema = json.loads((REPOSITORY / f"content/schema/{name}.json").read_text("utf-8"))
    models = [schema, *schema.get("$defs", {}).values()]
    keyed = [model for model in models if "properties" in model]
    assert keyed
    for model in keyed:
        assert model["additionalProperties"] is False
        plain = [
            key
            for key, entry in model["properties"].items()
            if not re.search("[\u4e00-\u9fff]", entry.get("description", ""))
        ]
        assert plain == []
