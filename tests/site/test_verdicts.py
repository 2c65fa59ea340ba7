"""The ten claims of the page this site was conceived from stand here as claims with a verdict."""

from __future__ import annotations

import pytest

from generator.parse import parse_article
from generator.shell.project import load
from tests.harness import REPOSITORY

# What the claim is about (all of these words are in it) → our verdict.
VERDICTS = {
    ("第三天", "电话催收"): "无依据",
    ("三个阶段",): "不成立",
    ("5%—10%",): "错误",
    ("15 天", "被起诉"): "误导",
    ("上门催收人员", "法律文书"): "错误且危险",
    ("不看征信的贷款平台",): "不能推荐",
    ("合法合规", "积极配合"): "无依据",
    ("可以申请延期",): "只说了一半",
    ("征信花", "不良记录"): "错误",
    ("金条", "一次性还清"): "无依据",
}


@pytest.fixture(scope="module")
def checks() -> dict[str, set[str]]:
    """Every claim of the repository's articles and the verdicts it has."""
    found: dict[str, set[str]] = {}
    for source in load(REPOSITORY / "site_config.yml").sources.articles:
        article = parse_article(source).article
        assert article is not None
        for check in article.scan.checks:
            found.setdefault(check.claim, set()).add(check.verdict)
    return found


@pytest.mark.parametrize(("words", "verdict"), VERDICTS.items(), ids=lambda value: str(value))
def test_claim_has_its_verdict(
    checks: dict[str, set[str]], words: tuple[str, ...], verdict: str
) -> None:
    verdicts = [given for claim, given in checks.items() if all(word in claim for word in words)]
    assert verdicts
    assert set().union(*verdicts) == {verdict}
