"""The right article among the first three, for questions as borrowers type them."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from tests.harness import REPOSITORY
from tests.search.conftest import Searcher, slug

_SHARE = 0.95


def asked(name: str) -> list[dict[str, Any]]:
    """The questions of one file of this folder."""
    data = yaml.safe_load((REPOSITORY / "tests" / "search" / name).read_text("utf-8"))
    return list(data["queries"])


@pytest.mark.parametrize("name", ["queries.yml", "unseen.yml"])
def test_the_right_article_is_among_the_first_three(searcher: Searcher, name: str) -> None:
    questions = asked(name)
    answers = searcher.ask(*(question["query"] for question in questions), limit=3)
    missed = {
        question["query"]: [slug(result) for result in answer["results"]]
        for question, answer in zip(questions, answers, strict=True)
        if not set(question["topic"].split()) & {slug(result) for result in answer["results"]}
    }
    assert len(questions) >= 69
    assert len(missed) <= len(questions) * (1 - _SHARE), missed


def test_what_has_nothing_to_do_with_debts_finds_nothing(searcher: Searcher) -> None:
    """Not what has one word in common with it, nor what only sounds like a part of it."""
    strange = ["量子纠缠望远镜", "红烧肉怎么做", "天气预报明天", "世界杯冠军是谁", "吉他和弦指法"]
    strange += ["火星移民计划", "葡萄酒品鉴课程", "股票涨停板", "孕妇能吃螃蟹吗", "asdfghjkl"]
    assert [answer["results"] for answer in searcher.ask(*strange)] == [[]] * len(strange)


def test_words_of_despair_put_help_first_and_words_of_debt_do_not(searcher: Searcher) -> None:
    despair = ["欠债太多不想活了", "不想活了", "想 死", "輕生", "活着好累", "被催收逼得想跳楼"]
    debt = ["微粒贷逾期", "会不会死账", "停息挂账", "信用卡活期", "活动"]
    told = [answer["crisis"] for answer in searcher.ask(*despair, *debt)]
    assert told == [True] * len(despair) + [False] * len(debt)
