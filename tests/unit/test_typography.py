"""Typography: what is corrected, what is left alone, and that correcting twice changes nothing."""

from __future__ import annotations

import autocorrect_py
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator import components, scanner
from generator.article import Source
from generator.edit import applied
from generator.mask import outside_code
from generator.rules import typography
from tests.harness import REPOSITORY

_CHARS = "好的催收 \n，。：；！？（）“”、—…,.:;!?()[]<>/-+%¥=|&#*_~^'\"`0129０９AbcＡ\u3000"
_WORDS = ("24%", "App", "[@law-1]", "](/a/)", "**", "3：1", "https://a.cn/b", "- ", "> ", "{#a}")
_PIECES = st.sampled_from([*_CHARS, *_WORDS, "日 0.05%"])
TEXTS = st.lists(_PIECES, max_size=24).map("".join)


def edits(body: str) -> list[tuple[str, str]]:
    """What is replaced by what."""
    scan, _ = scanner.scan(body, 0, "a.md", components.NAMES)
    found = typography.edits(body, outside_code(body), scan.fences, 0)
    return [(body[span.start : span.end], better) for span, better in found]


def corrected(body: str) -> str:
    scan, _ = scanner.scan(body, 0, "a.md", components.NAMES)
    found = typography.edits(body, outside_code(body), scan.fences, 0)
    return applied(Source("a.md", body.encode(), ""), found).decode()


@pytest.mark.parametrize(
    ("written", "better"),
    [
        ("过了3天", "过了 3 天"),
        ("在App里", "在 App 里"),
        ("好,吗", "好，吗"),
        ("他说:好", "他说：好"),
        ("好!", "好！"),
        ("第１２条", "第 12 条"),
        ("好 。不", "好。不"),
        ("看[合同第3条](/a/)。", "看[合同第 3 条](/a/)。"),
        ("- 还了3期", "- 还了 3 期"),
        ("| 谁 | 第3条 |", "| 谁 | 第 3 条 |"),
        ('!!! note "第3条"', '!!! note "第 3 条"'),
        ("```fact-check\nclaim: 第3天\n```", "```fact-check\nclaim: 第 3 天\n```"),
    ],
)
def test_spacing_and_punctuation_are_corrected(written: str, better: str) -> None:
    assert corrected(written) == better


@pytest.mark.parametrize(
    "text",
    [
        "`第3条,好`",
        "```\n第3条,好\n```",
        "```overdue\ntitle: 第3条,好\n```",
        "[看](/第3条/)",
        "![图](/images/第3条.png)",
        "<https://a.example/第3条>",
        "https://a.example/a,b 好",
        "正文。[@law-1][@law-2]",
        "## 先看 {#first3}",
        "日期：（　　年　　月　　日）　　签名",
        "电话：（）  日期：（）",
        "看**合同**里的**24%**",
        "[r]: /第3条/",
        "22:00–8:00，“24%”以上、A/B。",
    ],
)
def test_code_addresses_citations_and_blanks_are_left_alone(text: str) -> None:
    assert edits(text) == []


@settings(deadline=None)
@given(TEXTS)
@example("１好,A")
def test_correcting_twice_changes_nothing(body: str) -> None:
    once = corrected(body)
    assert corrected(once) == once


@settings(deadline=None)
@given(TEXTS)
def test_nothing_but_spaces_and_punctuation_is_ever_changed(body: str) -> None:
    def words(text: str) -> list[str]:
        wide = {chr(0xFEE0 + code): chr(code) for code in range(0x30, 0x7B)}
        return [wide.get(char, char) for char in text if char.isalnum()]

    assert words(corrected(body)) == words(body)


def test_a_line_of_ours_that_is_not_looked_at_would_not_be_changed() -> None:
    for path in sorted((REPOSITORY / "content").glob("*/**/*.md")):
        text = path.read_text("utf-8").split("---\n", 2)[2]
        prose = typography._prose(text, outside_code(text), (), 0)
        for line in map(typography._visible, prose.split("\n")):
            if not typography._SUSPECT.search(line):
                assert autocorrect_py.format(line) == line
