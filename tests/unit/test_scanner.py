"""The scan of a body: every place lies in the text, code hides what it holds, nothing raises."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import components, scanner
from generator.article import Scan
from generator.diagnostics import Diagnostic, Span
from tests.unit.samples import PATH, scanned

_FRAGMENTS = st.sampled_from(
    [
        *"[]()<>!#`~*_\\{}:;@-=|+.\"'&/? \n\t甲a1",
        "\n\n",
        "## ",
        "> ",
        "- ",
        "1. ",
        "    ",
        "```",
        "```fact-check\n",
        "```\n",
        "~~~\n",
        "[@law-1]",
        "[@law-1; @guide-1]",
        "[甲](/b/)",
        "![甲](/images/x.png)",
        "](",
        "[r]: /b/\n",
        "<https://x.example/>",
        "<mark>",
        "</mark>",
        "<script ",
        "<!--",
        '!!! note "甲"\n',
        "??? tip\n",
        " {#a}",
        "{: .b }",
        "---\n",
        "===\n",
        "| a | b |\n",
        "claim: 甲\n",
    ]
)
_BODIES = st.lists(_FRAGMENTS, max_size=30).map("".join)


def _spans(scan: Scan, findings: tuple[Diagnostic, ...]) -> list[Span]:
    return [
        *(heading.span for heading in scan.headings),
        *(link.span for link in scan.links),
        *(citation.span for citation in scan.citations),
        *(fence.span for fence in scan.fences),
        *(fence.text_span for fence in scan.fences),
        *(finding.span for finding in findings if finding.span is not None),
    ]


def _assert_places(text: str, offset: int) -> None:
    scan, findings = scanner.scan(text, offset, PATH, components.NAMES)
    for span in _spans(scan, findings):
        assert offset <= span.start <= span.end <= len(text)
    for link in scan.links:
        assert text[link.span.start : link.span.end] == link.target
    for citation in scan.citations:
        assert text[citation.span.start : citation.span.end] == citation.source_id
    for fence in scan.fences:
        assert text[fence.text_span.start : fence.text_span.end] == fence.text
        assert text[fence.span.start :].startswith("```") or text[fence.span.start :].startswith(
            "~~~"
        )
    for heading in scan.headings:
        assert text[heading.span.start] == "#"
        assert "\n" not in text[heading.span.start : heading.span.end]


@settings(max_examples=400, deadline=None, derandomize=True, database=None)
@given(st.text(max_size=120), st.data())
def test_any_text_is_scanned_and_places_lie_inside(text: str, data: st.DataObject) -> None:
    _assert_places(text, data.draw(st.integers(0, len(text))))


@settings(max_examples=1000, deadline=None, derandomize=True, database=None)
@given(_BODIES, st.sampled_from(["", "---\ntitle: 甲\n---\n", "甲" * 7]))
def test_any_mixture_of_markdown_is_scanned_and_places_lie_inside(text: str, before: str) -> None:
    _assert_places(before + text, len(before))


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(_BODIES)
def test_a_scan_depends_on_the_text_behind_the_offset_alone(text: str) -> None:
    plain, findings = scanner.scan(text, 0, PATH, components.NAMES)
    shifted, more = scanner.scan("甲\n乙" + text, 3, PATH, components.NAMES)
    assert [finding.code for finding in findings] == [finding.code for finding in more]
    assert [span.shifted(3) for span in _spans(plain, findings)] == _spans(shifted, more)


@pytest.mark.parametrize(
    "code",
    [
        "`[甲](/c/)`",
        "`` `[甲](/c/)` ``",
        "`<script>`",
        "`[@law-1]`",
        "`{: .b }`",
        "`![](/c.png)`",
        "`甲\n[乙](/c/)`",
        "```\n[甲](/c/) <script> [@law-1]\n# 甲\n```",
        "```text\n<!-- -->\n{: .b }\n!!! x\n```",
        "~~~\n```\n[甲](/c/)\n~~~",
        "````\n```\n<script>\n```\n````",
    ],
)
def test_code_hides_what_it_holds(code: str) -> None:
    scan, findings = scanned(f"甲\n\n{code}\n\n乙\n")
    assert findings == ()
    assert scan == Scan((), (), (), ())


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("[甲](/b/)", ["/b/"]),
        ("[甲]( /b/ )", ["/b/"]),
        ("[甲](</b/>)", ["/b/"]),
        ('[甲](/b/ "题")', ["/b/"]),
        ("[甲](/b/#乙)", ["/b/#乙"]),
        ("[甲](/b/(1)/)", ["/b/(1)/"]),
        ("[甲[乙]](/b/)", ["/b/"]),
        ("[甲\n乙](/b/)", ["/b/"]),
        ("[甲[乙[丙]]](/b/)", ["/b/"]),
        ("[甲\\]乙](/b/)", ["/b/"]),
        ("[甲](/b/)[乙](/c/)", ["/b/", "/c/"]),
        ("[甲][r]\n\n[r]: /b/", ["/b/"]),
        ("[甲][r]\n\n[r]:\n  /b/", ["/b/"]),
        ("[甲](#乙)", ["#乙"]),
        ("![甲](/images/x.png)", ["/images/x.png"]),
        ("[![甲](/images/x.png)](/b/)", ["/images/x.png", "/b/"]),
        ("**[甲](/b/)**", ["/b/"]),
        ("| [甲](/b/) |", ["/b/"]),
        ("[甲](https://x.example/)", []),
        ("<https://x.example/>", []),
        ("甲 [乙] (丙)", []),
    ],
)
def test_links_are_found_where_markdown_makes_them(text: str, targets: list[str]) -> None:
    scan, findings = scanned(f"{text}\n")
    assert findings == ()
    assert [link.target for link in scan.links] == targets


def test_escaped_brackets_are_no_link_and_no_finding() -> None:
    scan, findings = scanned("\\[甲\\](乙) 和 \\[@law-1\\]\n")
    assert (scan.links, scan.citations, findings) == ((), (), ())


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("甲[@law-1]。", ["law-1"]),
        ("甲[@law-1] [@guide-1]", ["law-1", "guide-1"]),
        ("甲[@law-1; @guide-1]", ["law-1", "guide-1"]),
        ("甲[@law-1;@guide-1]", ["law-1", "guide-1"]),
        ("## 甲[@law-1]", ["law-1"]),
        ("> 甲[@law-1]", ["law-1"]),
        ("```fact-check\nclaim: 甲\nverdict: 错误\nbasis: 乙[@law-1]\n```", ["law-1"]),
    ],
)
def test_citations_are_found_wherever_prose_stands(text: str, ids: list[str]) -> None:
    scan, findings = scanned(f"{text}\n")
    assert findings == ()
    assert [citation.source_id for citation in scan.citations] == ids


@pytest.mark.parametrize(
    "written", ["[ @law-1]", "[ @law-1 ]", "[＠law-1]", "【@law-1】", "[@law-1;\n@guide-1]"]
)
def test_what_is_nearly_a_citation_is_a_finding_not_a_text(written: str) -> None:
    _, findings = scanned(f"一句话{written}。\n")
    assert [finding.code for finding in findings] == ["citation-syntax"]


@pytest.mark.parametrize("text", ["> ```\n> 甲\n> ```\n", "- ```\n  甲\n  ```\n"])
def test_fence_that_markdown_does_not_see_is_a_finding(text: str) -> None:
    assert scanned(text)[1]


@pytest.mark.parametrize("text", ["一 < 二", "1<2>0", "->", "<3", "甲 <乙>"])
def test_signs_of_comparison_are_no_html(text: str) -> None:
    assert scanned(f"{text}\n")[1] == ()


@pytest.mark.parametrize("tag", sorted(scanner.RAW_HTML))
def test_every_allowed_tag_passes_bare(tag: str) -> None:
    assert scanned(f"甲<{tag}>乙</{tag}>\n")[1] == ()


@pytest.mark.parametrize("kind", sorted(scanner.ADMONITIONS))
@pytest.mark.parametrize("marks", ["!!!", "???", "???+"])
def test_every_admonition_passes(kind: str, marks: str) -> None:
    assert scanned(f'{marks} {kind} "甲"\n    乙\n')[1] == ()


@pytest.mark.parametrize(
    "text",
    [
        "- 甲\n- 乙\n\n1. 丙\n2. 丁\n",
        "| 甲 | 乙 |\n| --- | --- |\n| 丙 | 丁 |\n",
        "甲\n\n---\n\n乙\n",
        "- 甲\n\n---\n",
        "> 甲\n>\n> 乙\n",
        "词\n:   解释\n",
        "甲  \n乙\n",
        "井号 #1 和 C#\n",
        "- #1 号\n",
        "价格：{约 3 元}\n",
        "10 - 3 = 7\n",
        "甲 ~~~ 乙 ``` 丙\n",
    ],
)
def test_ordinary_writing_has_no_findings(text: str) -> None:
    assert scanned(text)[1] == ()


def test_component_is_found_with_its_text_and_may_be_the_last_thing() -> None:
    scan, findings = scanned("甲\n\n```fact-check\nclaim: 乙\n```")
    assert findings == ()
    assert [(fence.name, fence.text) for fence in scan.fences] == [("fact-check", "claim: 乙\n")]


def test_line_of_the_first_of_two_equal_headings_is_counted_in_the_file() -> None:
    before = "---\ntitle: 甲\n---\n"
    _, findings = scanner.scan(f"{before}\n## 乙\n\n## 乙\n", len(before), PATH, frozenset())
    assert [finding.code for finding in findings] == ["heading-duplicate"]
    assert "第 5 行" in findings[0].message
