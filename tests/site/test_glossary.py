"""Terms: the first use in an article carries its sentence, and a page depends on its own terms."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.glossary import PATH, Glossary, Term
from generator.table import parse_table
from tests.harness import Site, article
from tests.site.broken import A, body, recorded

_TERMS = """\
- id: penalty
  term: 罚息
  sentence: 没按时还时多收的利息。
  sources: [law-1]
- id: penalty-rate
  term: 罚息利率
  sentence: 算罚息时用的利率是多少。
  sources: [law-1]
- id: closed
  term: 终本
  aliases: [终结本次执行]
  not_in: [最终本金]
  sentence: 这一次执行先结束，债还在。
  sources: [guide-1]
"""
_LISTING = """\
---
title: 用语
summary: 一个词一句话，每句都写明依据是什么。
reviewed: 2026-11-24
review_due: 2027-02-24
listing: glossary
---

点一下就能看到解释。
"""

_STAGE = """\
---
title: 被起诉：收到法院材料
summary: 先核实真假，记下收到的日期，按期书面答辩。
reviewed: 2026-11-24
review_due: 2027-02-24
---

终本以后，债还在。[@law-1]
"""


def _glossary(text: str = _TERMS) -> Glossary:
    table, findings = parse_table(Term, text, PATH)
    assert table is not None, findings
    return Glossary(table)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site.create(tmp_path)
    site.write(PATH, _TERMS)
    return site


def _marked(text: str) -> list[str]:
    return [text[use.span.start : use.span.end] for use in _glossary().uses(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("先付罚息，再付罚息。", ["罚息"]),
        ("罚息利率和罚息。", ["罚息利率", "罚息"]),
        ("最终本金不变，终结本次执行，终本。", ["终结本次执行"]),
        ("## 罚息\n\n### 终本\n\n正文。", []),
        ("`罚息`，[罚息怎么算](/b/)，![罚息](/images/x.png)，<https://x.example/罚息>。", []),
        ("```text\n罚息\n```\n\n终本。", ["终本"]),
        ('!!! note "罚息"\n    终本。\n', ["终本"]),
        ("[罚息][r]\n\n[r]: https://x.example/ '罚息'\n\n**罚息**", ["罚息"]),
        ('<abbr title="罚息">词</abbr>终本', ["终本"]),
        ("| 罚息 | 乙 |\n| --- | --- |\n| 终本 | 丁 |\n", ["罚息", "终本"]),
    ],
)
def test_first_use_in_prose_is_marked(text: str, words: list[str]) -> None:
    assert _marked(text) == words


def test_marked_word_leads_to_its_sentence_and_the_sentence_back(site: Site) -> None:
    body("先付**罚息**[@law-1]，再付罚息。\n")(site)
    site.build()
    page = site.page("a/index.html")
    link = '<a class="term" href="#yq-term-penalty" id="yq-use-penalty">罚息</a>'
    assert page.count(link) == page.count('class="term"') == 1
    assert f"<strong>{link}</strong>" in page
    assert "<strong>罚息</strong>：没按时还时多收的利息。" in page
    assert '<a href="#yq-use-penalty">回到原句</a></p>' in page  # no page lists the terms
    assert "终本" not in page


def test_first_use_in_a_fact_check_is_marked_there(site: Site) -> None:
    check = "```fact-check\nclaim: 罚息 5%[@law-1]\nverdict: 错误\nbasis: '终本 a 不算，罚息也不算。'\n```\n"
    body(f"先看。\n\n{check}\n终本，罚息。\n")(site)
    site.build()
    page = site.page("a/index.html")
    claim = '<dd><a class="term" href="#yq-term-penalty" id="yq-use-penalty">罚息</a> 5%'
    assert claim in page
    later = '<p><a class="term" href="#yq-term-closed" id="yq-use-closed">终本</a>，罚息。</p>'
    assert later in page  # what stands in quotes is not looked into
    assert page.count('class="term"') == 2


def test_introduction_of_a_stage_explains_its_terms(site: Site) -> None:
    site.write("content/pages/glossary.md", _LISTING)
    recorded("glossary")(site)
    site.write("content/stages/sued.md", _STAGE)
    site.build()
    page = site.page("stage/sued/index.html")
    assert page.count('class="term"') == 1
    assert '<a class="term" href="#yq-term-closed" id="yq-use-closed">终本</a>以后' in page
    assert '<a href="/glossary/#closed">依据</a>' in page
    before = site.published()
    site.replace(PATH, "这一次执行先结束，债还在。", "这一次执行结束了，债还在。")
    site.build()
    now = site.published()
    changed = {name for name in now if before.get(name) != now[name]} - {".yuqi-manifest.json"}
    assert {name for name in changed if name.endswith(".html")} == {
        "glossary/index.html",
        "stage/sued/index.html",
    }


def test_page_of_terms_lists_all_with_what_they_rest_on(site: Site) -> None:
    site.write("content/pages/glossary.md", _LISTING)
    body("先付罚息。[@law-1]\n")(site)
    recorded("glossary")(site)
    site.build()
    listing = site.page("glossary/index.html")
    for text in (
        "罚息利率",
        "（也说：终结本次执行）",
        "这一次执行先结束，债还在。",
        "某法 某〔2020〕1号 第一条（读过条文",
    ):
        assert text in listing
    assert '<a href="/glossary/#penalty">依据</a>' in site.page("a/index.html")


def test_pages_change_only_with_the_terms_they_use(site: Site) -> None:
    body("先付罚息。[@law-1]\n")(site)
    site.build()
    before = site.published()

    def changed() -> set[str]:
        nonlocal before
        built = site.build()
        now = site.published()
        names = {name for name in now if before.get(name) != now[name]} - {".yuqi-manifest.json"}
        assert built.fresh == len(names)
        before = now
        return names

    site.replace(PATH, "这一次执行先结束，债还在。", "这一次执行结束了，债还在。")
    assert changed() == set()
    site.write(
        PATH,
        site.read(PATH)
        + "- {id: unheard, term: 没用到的词, sentence: 谁也没有用到它这个词。, sources: [law-1]}\n",
    )
    assert changed() == set()
    site.replace(PATH, "没按时还时多收的利息。", "没按时还的时候多收的利息。")
    assert changed() == {"a/index.html"}
    site.write(
        PATH,
        site.read(PATH)
        + "- {id: begin, term: 正文, sentence: 文章里除去标题的那些话。, sources: [law-1]}\n",
    )
    assert changed() == {"b/index.html"}
    site.delete(PATH)
    assert changed() == {"a/index.html", "b/index.html"}


def test_warm_build_with_terms_is_a_cold_one(site: Site) -> None:
    site.build()
    site.write(A, article("甲逾期了怎么办？", "终本以后。[@law-1]\n", related="[b]"))
    site.build()
    warm = site.published()
    site.build(clean=True)
    assert site.published() == warm
