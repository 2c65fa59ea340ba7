"""The editors' help about findings is made from the catalogue and is up to date."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from generator import guide
from generator.messages import CATALOGUE
from generator.shell.cli import main
from tests.harness import REPOSITORY


def test_the_committed_page_is_up_to_date() -> None:
    committed = (REPOSITORY / guide.PATH).read_text("utf-8")
    assert committed == guide.guide(), f"run: yuqi explain --all > {guide.PATH}"


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_every_code_has_its_place_and_no_gap_is_left(code: str) -> None:
    assert guide.section(code)
    assert guide.guide().count(f"\n### {code}\n") == 1
    assert "{" not in "".join(guide.explained(code)).replace("{#", "")


def test_a_code_is_explained_as_it_is_printed_or_bare() -> None:
    expected = (
        "figure-uncited（说法和数字）\n  提醒：不改也能发布\n"
        "  为什么：“…”像是法律、利率或产品的数字，这一段却没有出处\n"
        "  怎么改：在句末写 [@来源编号]；不是这类数字的，换一种说法，或者写明是谁说的\n"
    )
    for written in ("figure-uncited", "[figure-uncited]"):
        assert CliRunner().invoke(main, ["explain", written]).output == expected


def test_an_unknown_code_is_answered_with_the_nearest() -> None:
    result = CliRunner().invoke(main, ["explain", "figure-uncitet"])
    assert result.exit_code == 1
    assert "是不是想写“figure-uncited”？" in result.output


def test_a_missing_code_is_a_wrong_command_line() -> None:
    assert CliRunner().invoke(main, ["explain"]).exit_code == 2
