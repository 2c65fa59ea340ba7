"""What is told as a demand of the law: the words, and the sources of their sentence."""

from __future__ import annotations

import pytest

from generator.article import Citation
from generator.attributions import attributions
from generator.diagnostics import Span
from generator.scanner import CITED


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("法律规定几点不能打。[@guide] 还要看合同。[@law]", [("法律规定", ("guide",))]),
        ("先看。[@law] 半夜打电话违法。[@guide] [@law]", [("违法", ("guide", "law"))]),
        ("法律明确禁止[@guide]这样做。", [("法律明确禁止", ("guide",))]),
        ("| 法律要求 [@guide] | 违法 [@law] |", [("法律要求", ("guide",)), ("违法", ("law",))]),
        ("法律规定几点不能打。\n\n别的话。[@guide]", []),
        ("这不是法律规定，也不等于违法。[@guide]", []),
        ("法律规定几点后不能打？[@guide]", []),
        ("“法律规定”的说法不对，`违法`也是。[@guide]", []),
        ("推荐性国家标准写明几点后不打。[@guide]", []),
    ],
)
def test_words_of_law_come_with_the_sources_of_their_sentence(
    text: str, told: list[tuple[str, tuple[str, ...]]]
) -> None:
    citations = [Citation(found[1], Span(*found.span(1))) for found in CITED.finditer(text)]
    found = attributions(text, citations)
    assert [(entry.said, entry.cited) for entry in found] == told
    assert all(text[entry.span.start : entry.span.end] == entry.said for entry in found)
