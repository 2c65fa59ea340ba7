"""The rule about figures without a source, measured on planted sentences."""

from __future__ import annotations

import pytest

from generator.mask import outside_code
from generator.rules.blocks import blocks
from generator.rules.figures import uncited

HITS = (
    ("收到支付令以后，15 天内要书面提异议。", "15 天"),
    ("不良信息从还清之日起保存 5 年，征信上才看不到。", "5 年"),
    ("银行的罚息是在合同利率上加收 30%—50%。", "30%"),
    ("逾期一天，花呗按万分之五收。", "万分之五"),
    ("超过一年期 LPR 的四倍，法院不支持。", "四倍"),
    ("民法典第 680 条禁止高利放贷。", "第 680 条"),
    ("依据是法发〔2017〕22 号。", "〔2017〕22 号"),
    ("诉讼时效是三年。", "三年"),
    ("22:00 到次日 8:00 不得催收。", "22:00"),
    ("案件受理费每件 50 元。", "50 元"),
    ("治安管理处罚法 2026-01-01 起施行。", "2026-01-01 起施行"),
    ("没接通的，催收一天不能打超过 6 次。", "6 次"),
    ("微粒贷一般有 3 天宽限。", "3 天"),
    ("利率要降到百分之十二以内。", "百分之十二"),
)
"""Planted sentences the rule finds, and what it points at."""

MISSES = {
    "有人上门，不得少于两人。": "a number in characters before 人",
    "判决以后半年内都可以申请。": "半年 is no number to the rule",
    "过了宽限的第二天就会上报。": "an ordinal in characters before 天",
    "上诉期十五天。": "a number in characters before 天: too often it is advice",
    "据公开资料，借呗的日利率是 0.05%。": "said to be somebody's word",
    "例如逾期 30 天，罚息按 1.5 倍算。": "said to be an example",
}
"""Planted sentences it should find and does not, and why: the rule's known limits."""

FINE = (
    "今天先做 3 件事。",
    "2026 年 10 月 8 日以后的变化没有写到。",
    "这期办 12 期分期，年化利率多少？",
    "先打 12348 问清楚。",
    "看[24% 和四倍 LPR 各管谁](/interest-cap-24/)。",
    "`年 24%` 是写法。",
    "罚息 1000 元 × 0.05% × 30 天 = 15 元。",
    "> 我在 15 天内会还 500 元，请不要催收。",
    "## 征信保存 5 年吗",
    "下面是银行的 1.5 倍怎么算：\n\n```overdue\nmode: loan\n```",
    "下面据公开资料整理。\n\n- 罚息 1.5 倍\n- 违约金 5%",
    "| 谁 | 公开网页多写作 |\n| --- | --- |\n| 借呗 | 1.5 倍 |",
    "支付令 15 天内提异议。[@cpl-225]",
    "据法条：[@cpl-225]\n\n- 支付令，15 天\n- 上诉，15 天",
)


def found(text: str) -> list[str]:
    body = f"{text}\n"
    findings = uncited(blocks(body, outside_code(body)), "a.md", 7)
    return [body[f.span.start - 7 : f.span.end - 7] for f in findings if f.span is not None]


@pytest.mark.parametrize(("sentence", "figure"), HITS)
def test_a_planted_figure_is_found_and_pointed_at(sentence: str, figure: str) -> None:
    assert found(sentence) == [figure]


@pytest.mark.parametrize("sentence", MISSES)
def test_the_known_limits_are_still_limits(sentence: str) -> None:
    assert found(sentence) == []


@pytest.mark.parametrize("text", FINE)
def test_what_needs_no_source_or_has_one_is_let_through(text: str) -> None:
    assert found(text) == []


def test_twenty_sentences_are_planted() -> None:
    assert len(HITS) + len(MISSES) == 20


def test_each_block_is_reported_once() -> None:
    assert found("罚息 1.5 倍，违约金 5%。\n\n- 罚息 30%\n- 违约金 5%，上限 24%") == [
        "1.5 倍",
        "30%",
        "5%",
    ]
