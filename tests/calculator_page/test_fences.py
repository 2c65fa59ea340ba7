"""Worked examples in articles: what is said of wrong ones, and that right ones are the engine's."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.calculator import calculate, fragment, report
from tests.calculator.engines import load_tables
from tests.calculator_page.projects import FENCE, PATH, line_of, project
from tests.harness import Site, article

REQUEST: dict[str, object] = {
    "mode": "loan",
    "principal": "10000",
    "rate": "日 0.05%",
    "due": "2026-03-05",
    "as_of": "2026-04-04",
}


def test_a_right_example_has_no_finding(tmp_path: Path) -> None:
    assert project(tmp_path, FENCE).findings() == []


@pytest.mark.parametrize(
    ("old", "new", "at", "column", "code"),
    [
        ("principal: 10000", "principal: -5", "principal: -5", 12, "fence-value"),
        ("rate: 日 0.05%", "rate: 5%", "rate: 5%", 7, "fence-value"),
        ("due: 2026-03-05", "due: 2026-02-30", "due: 2026-02-30", 6, "fence-value"),
        ("as_of: 2026-04-04", "as_of: 2026-03-01", "as_of: 2026-03-01", 8, "fence-value"),
        ("principal: 10000\n", "", "```overdue", 1, "fence-value"),
        ("mode: loan", "mode: lone", "mode: lone", 7, "fence-value"),
        ("mode: loan\n", "", "```overdue", 1, "fence-value"),
        ("due: 2026", "dew: 1\ndue: 2026", "dew: 1", 1, "fence-unknown-key"),
        (
            "due: 2026",
            "payments:\n- {date: 2026-03-10, amount: 1.234}\ndue: 2026",
            "1.234",
            30,
            "fence-value",
        ),
        ("due: 2026", "payments:\n- {date: 2026-03-10}\ndue: 2026", "03-10", 3, "fence-value"),
        (
            "due: 2026",
            "payments:\n- {date: 2026-03-10, sum: 3, amount: 3}\ndue: 2026",
            "sum: 3",
            22,
            "fence-unknown-key",
        ),
        ("due: 2026", "payments: none\ndue: 2026", "payments: none", 11, "fence-value"),
        (
            "due: 2026",
            "grace_retroactive: maybe\ndue: 2026",
            "grace_retroactive",
            20,
            "fence-value",
        ),
    ],
)
def test_a_wrong_example_is_found_at_its_place(
    tmp_path: Path, old: str, new: str, at: str, column: int, code: str
) -> None:
    site = project(tmp_path, FENCE.replace(old, new))
    assert site.findings() == [f"{PATH}:{line_of(site, at)}:{column} {code}"]


def test_all_faults_of_an_example_are_told_at_once(tmp_path: Path) -> None:
    fence = "```overdue\nmode: loan\nprincipal: x\nrate: y\ndue: 2026-03-05\nextra: 1\n```\n"
    site = project(tmp_path, fence)
    codes = [finding.split()[1] for finding in site.findings()]
    assert codes == ["fence-value", "fence-value", "fence-value", "fence-unknown-key"]


def test_an_example_needs_the_tables(tmp_path: Path) -> None:
    site = Site.create(tmp_path)
    site.write(PATH, article("甲逾期了怎么办？", FENCE, related="[b]"))
    assert site.findings() == [f"{PATH}:{line_of(site, '```overdue')}:1 fence-calculation"]


def test_the_page_says_what_the_engine_says(tmp_path: Path) -> None:
    site = project(tmp_path, FENCE)
    site.build()
    written = site.page("a/index.html")
    page = unescape(re.sub(r'<span class="unbroken">(.*?)</span>', r"\1", written))
    tables = load_tables()
    made = report(REQUEST, calculate(REQUEST, tables), tables)
    sentence = LexborHTMLParser(page).css(".overdue__sentence")[0].text()
    assert sentence == made["sentence"]
    for term, value in [*made["inputs"], *made["figures"]]:  # type: ignore[misc]  # lists of pairs
        assert f"<dt>{term}</dt><dd>{value}</dd>" in page
    for line in made["formulas"]:  # type: ignore[attr-defined]
        assert f"<li>{line}</li>" in page
    for note in made["notes"]:  # type: ignore[attr-defined]
        assert f'<p class="overdue__note">{note}</p>' in page
    assert "<caption>逐段明细</caption>" in page
    assert 'class="ledger__number">225.00</td>' in page
    assert f'<a href="/calculator/#{fragment(REQUEST)}">换成我的数字</a>' in page
    assert "不等于超过的部分就不用还" in page


def test_every_mode_can_be_an_example(tmp_path: Path) -> None:
    site = project(
        tmp_path,
        FENCE
        + """
```overdue
mode: card
statement_date: 2026-03-05
due: 2026-03-25
minimum_due: 500
daily_rate: 日 0.05%
as_of: 2026-04-04
statement_day_counted: false
purchases:
- {amount: 3000, posted: 2026-02-10}
- amount: 2000
  posted: 2026-02-20
```

```overdue
mode: private
amount_arrived: 9000
arrived_on: 2025-06-01
as_of: 2026-08-01
agreed_rate: 年 24%
```

```overdue
mode: judgment
judged_sum: 10000
last_day: 2026-03-05
as_of: 2026-08-01
```
""",
    )
    site.build()
    page = site.page("a/index.html")
    assert page.count('<section class="overdue"') == 4
    for mode in ("card", "private", "judgment"):
        assert f'<a href="/calculator-{mode}/#v=2&amp;%7B%22mode%22%3A%22{mode}%22' in page
    assert "账单日当天不计息" in page


def test_a_label_keeps_an_example_from_speaking_of_arrears(tmp_path: Path) -> None:
    fence = FENCE.replace("mode: loan", "label: 借款一个月的本息合计\nmode: loan\nmultiplier: 1")
    site = project(tmp_path, fence.replace("title: 逾期 30 天", "title: 借 30 天"))
    site.build()
    page = site.page("a/index.html")
    example = page[page.index('<section class="overdue"') : page.index("</section>")]
    assert "借款一个月的本息合计约 10,150.00 元" in example
    assert "逾期" not in example
    assert "罚息" not in example


def test_a_changed_table_makes_the_page_anew_and_equal_to_a_cold_build(tmp_path: Path) -> None:
    site = project(tmp_path, FENCE)
    site.build()
    before = site.page("a/index.html")
    site.replace("content/data/calculator.yml", "per_day: 之后每多一天", "per_day: 此后每天多")
    site.build()
    warm = site.published()
    assert "此后每天多" in site.page("a/index.html") != before
    site.build(clean=True)
    assert site.published() == warm


def test_nothing_is_made_anew_when_nothing_changed(tmp_path: Path) -> None:
    site = project(tmp_path, FENCE)
    site.build()
    assert site.build().fresh == 0


# -- the tables ---------------------------------------------------------------------------

LPR, RULES = "content/data/lpr.yml", "content/data/calculator.yml"


@pytest.mark.parametrize(
    ("path", "old", "new", "column"),
    [
        (LPR, "to: '2019-09-19'", "to: '2019-09-18'", 28),
        (LPR, "to: '2019-09-19'", "to: '2019-09-20'", 28),
        (LPR, "value: 年 4.25%", "value: 4.25", 49),
        (LPR, "checked: '2026-11-24'}", "cheked: '2026-11-24'}", 79),
        (RULES, "value: 日 万分之1.75", "value: 一点七五", 43),
        (RULES, "first: 31,", "first: 32,", 11),
        (RULES, "  labels:\n    request: 这份请求", "  labels:\n    request: ''", 14),
    ],
)
def test_a_fault_of_a_table_is_found_at_its_place(
    tmp_path: Path, path: str, old: str, new: str, column: int
) -> None:
    site = project(tmp_path)
    text = site.read(path)
    assert old in text
    site.write(path, text.replace(old, new, 1))
    line = text[: text.index(old)].count("\n") + 1 + new.count("\n")
    assert f"{path}:{line}:{column} data-table" in site.findings()


@pytest.mark.parametrize("missing", [LPR, RULES])
def test_one_table_without_the_other_is_an_error(tmp_path: Path, missing: str) -> None:
    site = project(tmp_path)
    site.delete(missing)
    assert site.findings() == [f"{missing} file-missing"]


def test_a_published_calculator_cannot_vanish_with_its_tables(tmp_path: Path) -> None:
    site = project(tmp_path)
    site.delete(LPR)
    site.delete(RULES)
    assert {finding.split()[1] for finding in site.findings()} == {"url-lost"}
