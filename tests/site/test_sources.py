"""Sources and the calendar: warnings at their places, and texts that are right as they are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.harness import Site
from tests.site.broken import BODY, SOURCES, A, B, body, swap
from tests.site.cases_sources import GLOSSARY, HOTLINES, LAW_1, LINE, RENUMBERED, TERM, renumbered

_BOTH = [f"{A}:{BODY + 2}:6", f"{B}:{BODY + 2}:6"]
_EXPIRED = swap(SOURCES, LAW_1, LAW_1.replace("现行", "已到期"))


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site.create(tmp_path)


def test_source_past_its_last_day_is_a_warning_from_the_day_after(site: Site) -> None:
    swap(SOURCES, LAW_1, "  until: '2026-11-24'\n" + LAW_1)(site)
    assert site.findings(date(2026, 11, 24)) == []
    assert site.findings(date(2026, 11, 25)) == [f"{place} citation-lapsed" for place in _BOTH]
    assert site.build(as_of=date(2026, 11, 25)).published


def test_source_not_yet_in_force_is_a_warning_until_its_first_day(site: Site) -> None:
    swap(SOURCES, LAW_1, "  since: '2026-11-24'\n" + LAW_1)(site)
    assert site.findings(date(2026, 11, 23)) == [f"{place} citation-early" for place in _BOTH]
    assert site.findings(date(2026, 11, 24)) == []


def test_policy_that_is_over_may_be_told_of_once_the_page_says_so(site: Site) -> None:
    _EXPIRED(site)
    assert site.findings() == [f"{place} citation-expired" for place in _BOTH]
    for path in (A, B):
        site.replace(path, "正文。[@law-1]", "办法是这样。[@law-1]\n\n它已经截止。[@law-1]")
    assert site.findings() == []


@pytest.mark.parametrize(
    "text",
    [
        "民诉法第 250 条：申请执行的期间是二年。[@guide-1]",
        "民诉法第 254 条：保留生活必需费用。",
        "保留生活必需费用，旧法是民诉法第 250 条。",
        "民诉法第 250 条改为第 254 条：生活必需费用。",
        "民诉法第 250 条。",
        "民诉法讲的是程序。民法典第 250 条，生活必需费用。",
        "民诉法讲执行，一次要有 250 条生活必需的信息。",
        "`民诉法第 250 条，生活必需费用`",
    ],
)
def test_number_that_is_right_or_not_about_the_subject_is_let_be(site: Site, text: str) -> None:
    renumbered(f"{text}\n")(site)
    assert not any("renumbered" in entry for entry in site.findings())


def test_old_number_is_right_until_the_new_law_is_in_force(site: Site) -> None:
    renumbered("民诉法第 250 条：保留生活必需费用。[@law-1]\n")(site)
    assert site.findings(date(2026, 11, 24)) == [f"{A}:{BODY}:6 article-renumbered"]
    site.write(RENUMBERED, site.read(RENUMBERED).replace("2024-01-01", "2027-01-01"))
    assert site.findings(date(2026, 11, 24)) == []


def test_row_that_nothing_uses_is_a_warning_at_its_id(site: Site) -> None:
    lines = "- {{id: '{}', title: 某线, purpose: 问。, hours: —, source: law-1, checked: '2026-11-24'}}\n"
    site.write(HOTLINES, lines.format("12348") + lines.format("12356"))  # the foot names 12356
    site.write(GLOSSARY, TERM)
    site.delete(RENUMBERED)
    body("罚息。[@law-1]\n")(site)
    assert site.findings() == [
        f"{GLOSSARY}:5:7 data-unused",
        f"{HOTLINES}:1:8 data-unused",
    ]
    site.delete(GLOSSARY)
    site.delete(HOTLINES)
    assert site.findings() == [f"{SOURCES}:15:7 data-unused"]  # what is only remembered is let be
    swap(SOURCES, "  status: 自律", "  superseded_by: law-1\n  status: 已被取代")(site)
    assert site.findings() == []
    assert site.build().published


def test_page_that_cannot_be_read_may_use_anything(site: Site) -> None:
    site.delete(RENUMBERED)
    site.replace(B, "summary:", "sumary:")
    assert "data-unused" not in " ".join(site.findings())


@pytest.mark.parametrize(
    "text",
    [
        "打 12356，说清在哪里。",
        "一共欠 12500 元，打电话问。",
        "打 12356，欠的是 12365 元。",
        "`打 12365`",
        "打 110、120。",
        "打了 12000 次。",
        "合同号 12365 写在第一页。",
    ],
)
def test_number_that_is_known_or_no_telephone_number_is_let_be(site: Site, text: str) -> None:
    site.write(HOTLINES, LINE.format("12356"))
    body(f"{text}\n")(site)
    assert site.findings() == []


def test_help_lines_are_shown_with_their_source_and_can_be_dialled(site: Site) -> None:
    site.write(
        "content/data/hotlines.yml",
        "- {id: '12356', title: 心理援助, purpose: 有困扰时打。, hours: 每天 18 小时,"
        " source: guide-1, checked: '2026-11-24'}\n",
    )
    body("甲[@law-1]。\n\n```hotlines\nshow: [12356]\n```\n")(site)
    site.build()
    page = site.page("a/index.html")
    assert '<a class="hotline__number" href="tel:12356">12356</a> 心理援助' in page
    assert "有困扰时打。<sup" in page
    assert '每天 18 小时。核对于 <span class="unbroken">2026-11-24</span>。' in page
    assert 'id="yq-note-2"' in page
    assert '打 <a href="tel:12356">12356</a>。' in page  # the line at the foot
