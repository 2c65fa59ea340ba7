"""The plain text of an article says what its page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator import components
from generator.discovery import plain_text
from generator.discovery.plain_text import PlainArticle
from generator.pages.prose import Prose
from tests.discovery.conftest import Files, made
from tests.harness import BASE, REPOSITORY, Site, article
from tests.publish.manuscript import EXAMPLE, TABLES

_MARKS = re.compile(r"\*\*|!!!|\{#|\]\(|\[@|<[a-z/]")


def _text(tmp_path: Path, body: str, *, tables: bool = False) -> str:
    site = Site.create(tmp_path)
    for path in TABLES if tables else ():
        site.write(path, (REPOSITORY / path).read_bytes())
    site.write("content/articles/process/c.md", article("丙怎么办呢？", body, related="[a]"))
    return made(site.root)["c/index.txt"].decode()


def test_every_real_article_has_a_text_with_date_level_disclaimer_and_no_marks(
    real: Files,
) -> None:
    texts = {name: content.decode() for name, content in real.items() if name.endswith("index.txt")}
    assert len(texts) > 50
    for name, text in texts.items():
        assert f"网址：https://example.org/{name.removesuffix('index.txt')}\n" in text
        assert re.search(
            r"^发布于 \d{4}-\d\d-\d\d · 资料核对于 \d{4}-\d\d-\d\d$", text, re.MULTILINE
        )
        assert "不构成法律意见" in text
        outside = re.sub(r"^(`{3,}).*?^\1$", "", text, flags=re.MULTILINE | re.DOTALL)
        assert not _MARKS.search(outside), (name, _MARKS.search(outside))


def test_sources_have_the_numbers_they_have_on_the_page(real: Files) -> None:
    for name, content in real.items():
        if not name.endswith("/index.txt"):
            continue
        page = LexborHTMLParser(real[name.replace(".txt", ".html")].decode())
        titles = [node.text().strip() for node in page.css(".note__title")]
        levels = [node.text() for node in page.css(".note__meta")]
        told = content.decode().partition("\n## 出处\n")[2]
        notes = re.findall(r"^\[(\d+)\] (.+)\n((?:    .+\n?)+)", told, re.MULTILINE)
        assert [title for _, title, _ in notes] == titles, name
        assert [int(number) for number, _, _ in notes] == list(range(1, len(titles) + 1))
        for (_, _, rest), level in zip(notes, levels, strict=True):
            assert ("读过条文" in rest) == ("读过条文" in level)
            assert ("没有读到官网原文" in rest) == ("没有读到官网原文" in level)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("**先看合同。**再还。[@law-1]", "先看合同。再还。[1]"),
        ("看[这一篇](/a/#先做什么)。", "看这一篇（https://test.example/a/#先做什么）。"),
        ("看[下面](#先做什么)。", "看下面。"),
        (
            "官网 [查询](https://example.gov.cn/a_(b))。",
            "官网 查询（https://example.gov.cn/a_(b)）。",
        ),
        ("写 `[文字](/a/)` 和 `**x**` 这样。", "写 `[文字](/a/)` 和 `**x**` 这样。"),
        (
            '!!! warning "先别签字"\n    缩进的话。\n\n    第二段。\n\n后面。',
            "【先别签字】\n缩进的话。\n\n第二段。\n\n后面。",
        ),
        (
            "<kbd>1</kbd> 键<br>换行<ruby>罚<rp>（</rp><rt>fá</rt><rp>）</rp></ruby>息",
            "1 键\n换行罚（fá）息",
        ),
        ("一句。 [@guide-1] [@law-1] 又一句。[@guide-1]", "一句。[1][2] 又一句。[1]"),
        ("```text\n[@law-1] **照抄** [x](/a/)\n```", "```text\n[@law-1] **照抄** [x](/a/)\n```"),
    ],
)
def test_markdown_becomes_words(tmp_path: Path, written: str, told: str) -> None:
    text = _text(tmp_path, f"## 先做什么\n\n{written}\n")
    assert f"## 先做什么\n\n{told}\n" in text


def test_fixed_anchors_of_headings_are_not_told(tmp_path: Path) -> None:
    assert "\n## 今天先做什么\n" in _text(tmp_path, "## 今天先做什么 {#today}\n\n正文。\n")


def test_a_worked_example_is_told_with_its_figures(tmp_path: Path) -> None:
    text = _text(tmp_path, f"## 先看\n\n{EXAMPLE}", tables=True)
    assert "怎么算的：" in text
    assert "```" not in text


def test_every_component_has_a_form_in_plain_text() -> None:
    assert plain_text._FORMS.keys() == components.NAMES


def test_help_lines_are_told_with_their_hours_and_source(tmp_path: Path) -> None:
    site = Site.create(tmp_path)
    for path in ("content/data/hotlines.yml", "content/data/sources.yml"):
        site.write(path, (REPOSITORY / path).read_bytes())
    body = "## 打哪个\n\n```hotlines\nshow: [12356]\n```\n"
    for name, text in BASE.items():
        if name.endswith(".md"):
            site.write(name, text.replace("[@law-1]", ""))
    site.write("content/articles/process/c.md", article("丙怎么办呢？", body, related="[a]"))
    text = made(site.root)["c/index.txt"].decode()
    assert re.search(
        r"^12356 .+\[1\]\n    什么时间：.+ 核对于 \d{4}-\d\d-\d\d$", text, re.MULTILINE
    )


def test_an_article_without_citations_has_no_list_of_sources() -> None:
    prose = Prose("a.md", "## 先看\n\n正文。\n", 0, (), (), (), ())
    text = PlainArticle(
        "https://a.example/a/", "站", "https://a.example/", "声明。", "题", "答", "日", (), prose
    )
    assert text.content().decode() == (
        "题\n\n答\n\n日\n网址：https://a.example/a/\n站：声明。\n\n## 先看\n\n正文。\n"
    )


def test_the_guide_for_language_models_lists_every_category_and_leads_to_texts(real: Files) -> None:
    guide = real["llms.txt"].decode()
    assert guide.startswith("# 逾期须知\n\n> ")
    for address in re.findall(r"\(https://example\.org/([^)]+)\)", guide):
        assert address in real or f"{address}index.html" in real
    assert guide.count("\n## ") == 5
    assert "不构成法律意见" in guide
