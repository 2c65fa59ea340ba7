"""Articles that say nearly the same, and what is remembered of those that do not."""

from __future__ import annotations

from random import Random

import pytest

from generator.article import Article
from generator.rules import duplicates
from generator.rules.duplicates import near_duplicates
from tests.unit.samples import accepted

_SIGNS = "欠款逾期还账单银行利息罚催收电话法院协商分期征信记录合同凭证金额日子家人工资报警投诉"
_CODE = "0123456789abcdef"


def _sentences(seed: int, count: int) -> list[str]:
    random = Random(seed)
    return ["".join(random.choices(_SIGNS, k=18)) + "。\n\n" for _ in range(count)]


def _article(name: str, *parts: list[str]) -> Article:
    return accepted(
        "".join(line for part in parts for line in part), f"content/articles/p/{name}.md"
    )


@pytest.fixture
def articles() -> dict[str, Article]:
    """Of four articles the first two are alike; the third has some of both, the fourth nothing."""
    common, own = _sentences(1, 60), _sentences(2, 6)
    return {
        "a": _article("a", common),
        "b": _article("b", common, own),
        "c": _article("c", common[:20], _sentences(3, 60)),
        "d": _article("d", _sentences(4, 60)),
    }


def test_what_is_remembered_changes_no_finding(articles: dict[str, Article]) -> None:
    found, unlike = near_duplicates(articles.values(), b"", _CODE)
    assert [(each.path[-4:], each.code) for each in found] == [("b.md", "article-duplicate")]
    assert unlike  # the third was compared
    assert near_duplicates(articles.values(), unlike, _CODE) == (found, unlike)


def test_an_article_that_becomes_like_another_is_found(articles: dict[str, Article]) -> None:
    _, unlike = near_duplicates(articles.values(), b"", _CODE)
    articles["c"] = _article("c", _sentences(1, 60))
    warm, cold = (near_duplicates(articles.values(), known, _CODE) for known in (unlike, b""))
    assert warm == cold
    assert [each.path[-4:] for each in warm[0]] == ["b.md", "c.md", "c.md"]


def test_what_other_code_found_is_not_believed(
    articles: dict[str, Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, unlike = near_duplicates(articles.values(), b"", _CODE)
    monkeypatch.setattr(duplicates, "ALIKE", 5)
    found, _ = near_duplicates(articles.values(), unlike, _CODE[::-1])
    assert [each.path[-4:] for each in found] == ["b.md", "c.md", "c.md"]
