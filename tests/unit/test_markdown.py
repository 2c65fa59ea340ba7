"""What Markdown and the sanitiser make of a body: what was accepted is shown, whole and in place."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown.blockprocessors import HashHeaderProcessor
from markdown.extensions.admonition import AdmonitionProcessor
from markdown.extensions.fenced_code import FencedBlockPreprocessor
from markdown.extensions.tables import TableProcessor
from markdown.preprocessors import HtmlBlockPreprocessor
from markdown.treeprocessors import PrettifyTreeprocessor, UnescapeTreeprocessor
from pymdownx.details import DetailsProcessor  # type: ignore[import-untyped]
from selectolax.lexbor import LexborHTMLParser

from generator.render.markdown import MarkdownRenderer
from tests.unit.samples import accepted, parsed, rendered, templates
from tests.unit.samples import settings as site_settings

_PIECES = st.sampled_from(
    [
        *"甲乙丙 \n[]()!\\<>`*_#-",
        "\n\n",
        "[甲](/b/)",
        "[甲\n乙](http://x.example/)",
        "[r]: http://x.example/\n",
        "[r]:\n",
        "[r]",
        "[甲][r]",
        "](/b/)",
        "](http://x.example/)",
        "![甲](/images/x.png)",
        "![](/images/x.png)",
        "<http://x.example/>",
        "<b@x.example>",
        "<br\n",
        "<mark>",
        "</mark>",
        "- ",
        "> ",
        "    ",
        "## 甲\n",
        "```\n",
    ]
)


@settings(max_examples=800, deadline=None, derandomize=True, database=None)
@given(st.lists(_PIECES, max_size=16).map("".join))
def test_nothing_an_accepted_body_links_to_is_dropped_or_unseen(text: str) -> None:
    _assert_links_are_kept(text)


@pytest.mark.parametrize(
    "text",
    [
        "- 甲`\n- [乙](http://x.example/)`\n",
        "1. 甲`\n2. [乙](http://x.example/)`\n",
        "甲`\n> [乙](http://x.example/)`\n",
        "甲`\n## 乙 [丙](http://x.example/)`\n",
        '甲`\n!!! note "乙"\n    [丙](http://x.example/)`\n',
        "| 甲 ` | 乙 |\n| --- | --- |\n| [丙](http://x.example/) ` | 丁 |\n",
        "| 甲 ` [乙](http://x.example/) | 丙 ` |\n| --- | --- |\n| 丁 | 戊 |\n",
        "`甲\n:   [乙](http://x.example/)`\n",
        "``甲` [乙](http://x.example/) `\n",
        "``` 甲 ` [乙](http://x.example/) ``\n",
        "甲 \\` [乙](http://x.example/) `\n",
        "甲 ` \\` [乙](http://x.example/) `\n",
    ],
)
def test_single_ticks_hide_no_link_that_markdown_makes(text: str) -> None:
    _assert_links_are_kept(text)


def _assert_links_are_kept(text: str) -> None:
    article, _ = parsed(text)
    if article is None:
        return
    page = LexborHTMLParser(rendered(text).html)
    seen = {link.target for link in article.scan.links}
    for node in page.css("a"):
        target = node.attributes.get("href")
        assert target, "a link lost its address"
        assert target in seen or target.startswith(("https://", "#yq-note-"))
    for image in page.css("img"):
        assert image.attributes.get("alt"), "an image without words"
        assert image.attributes.get("src") in seen


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(st.lists(_PIECES, max_size=16).map("".join))
def test_one_body_gives_one_page_whatever_was_rendered_before(text: str) -> None:
    if parsed(text)[0] is None:
        return
    first = rendered(text)
    rendered("## 别的\n\n[别][r]\n\n[r]: /b/\n")
    assert rendered(text) == first


@pytest.mark.parametrize(
    "line",
    [
        "## 逾期 3 天，会怎样？",
        "## 甲 {#jia}",
        "### 甲 **乙** `丙`",
        "## 甲 [乙](/b/) 丙",
        "## 甲 &amp; 乙",
        "## 甲 <mark>乙</mark>",
        "## 甲 \\* 乙",
        "## 甲 ##",
        "## 甲_乙_丙",
        "## 甲 {乙}",
        "## 1 < 2",
        "####### 甲",
        "## 甲{#jia}",
        "## 甲 {.big}",
        "## 甲 {: #x}",
    ],
)
def test_heading_reads_on_the_page_as_in_the_contents(line: str) -> None:
    article, codes = parsed(f"{line}\n")
    if article is None:
        assert codes
        return
    page = LexborHTMLParser(rendered(f"{line}\n").html)
    (heading,) = page.css("h2, h3, h4, h5, h6")
    assert heading.text() == article.scan.headings[0].text
    assert heading.attributes["id"] == article.scan.headings[0].anchor


@pytest.mark.parametrize("marks", ["!!!", "???"])
@pytest.mark.parametrize(
    "rest", ['note "甲的话"', "note 甲的话", "note 甲的话 还有", "note“甲的话”", "note"]
)
def test_words_beside_an_admonition_are_shown_or_a_finding(marks: str, rest: str) -> None:
    text = f"{marks} {rest}\n    里面\n"
    article, codes = parsed(text)
    if article is None:
        assert codes
        return
    page = LexborHTMLParser(rendered(text).html).text()
    assert "里面" in page
    for word in re.findall(r"甲的话|还有", rest):
        assert word in page
    assert not re.search(r"[A-Za-z]", page), "English words on a Chinese page"


@pytest.mark.parametrize("base", ["", "/sub"])
def test_links_into_the_site_get_the_base_path(base: str) -> None:
    body = rendered("[甲](/b/#乙) [丙](#丁) [戊](https://x.example/) ![己](/images/x.png)\n", base)
    page = LexborHTMLParser(body.html)
    assert [node.attributes["href"] for node in page.css("a")] == [
        f"{base}/b/#乙",
        "#丁",
        "https://x.example/",
    ]
    assert page.css("img")[0].attributes["src"] == f"{base}/images/x.png"


def test_a_link_to_another_site_opens_in_its_place_and_the_page_keeps_its_own_address() -> None:
    (link,) = LexborHTMLParser(rendered("[甲](https://x.example/)\n").html).css("a")
    assert link.attributes == {"href": "https://x.example/"}  # no window of its own, so no opener
    assert '<meta name="referrer" content="no-referrer">' in templates().texts["base.html"]


def test_table_cells_are_aligned_by_class() -> None:
    html = rendered("| 甲 | 乙 |\n| :-: | --: |\n| 丙 | 丁 |\n").html
    assert 'class="align-center"' in html
    assert 'class="align-right"' in html
    assert "style" not in html


def test_component_may_stand_anywhere_between_paragraphs() -> None:
    fact = "```fact-check\nclaim: 说法\nverdict: 错误\nbasis: 依据\n```"
    for text in (f"{fact}\n", f"甲\n{fact}\n乙\n", f"- 甲\n\n{fact}\n\n- 乙\n", f"> 甲\n{fact}\n"):
        body = rendered(text)
        assert len(LexborHTMLParser(body.html).css(".fact-check")) == 1
        assert "\ue000" not in body.html


def test_words_of_a_component_are_text_not_markup() -> None:
    fact = '```fact-check\nclaim: "一 < 二 & 三"\nverdict: 错误\nbasis: "**粗** 依据"\n```\n'
    page = LexborHTMLParser(rendered(fact).html)
    assert page.css(".fact-check dd")[0].text() == "一 < 二 & 三"
    assert page.css("strong")[0].text() == "粗"


@pytest.mark.parametrize("words", ["## 甲", "- 甲", "1. 甲", "> 甲", "    甲", '!!! note \\"甲\\"'])
def test_words_of_a_component_make_no_blocks(words: str) -> None:
    text = f'```fact-check\nclaim: "{words}"\nverdict: 错误\nbasis: 依据\n```\n'
    if parsed(text)[0] is None:
        return
    claim = LexborHTMLParser(rendered(text).html).css(".fact-check dd")[0]
    assert not claim.css("h2, ul, ol, blockquote, pre, div")


def _deeper(frames: int, call: Callable[[], str]) -> str:
    return call() if frames == 0 else _deeper(frames - 1, call)


@pytest.mark.parametrize(
    "text", ["> " * 250 + "甲\n", "".join(f"{'    ' * at}- 甲\n" for at in range(90))]
)
def test_a_page_does_not_depend_on_how_deep_its_caller_is(text: str) -> None:
    article, codes = parsed(text)
    if article is None:
        assert codes
        return
    renderer = MarkdownRenderer(site_settings().markdown_extensions, "")

    def made() -> str:
        try:
            return renderer.render(text, accepted(text).scan.headings)[0]
        except RecursionError:
            return "too deep"

    assert _deeper(300, made) == made()


class _Thorough(MarkdownRenderer):
    """Looks for every kind of block, for HTML, and for marks and backslashes in every text, as
    Python-Markdown does by itself.
    """

    def __init__(self) -> None:
        super().__init__(site_settings().markdown_extensions, "")
        md = self._markdown
        md.treeprocessors.deregister("yuqi-plain")
        md.parser.blockprocessors.deregister("yuqi-plain-paragraph")
        md.treeprocessors.register(UnescapeTreeprocessor(md), "unescape", 0)
        md.preprocessors.register(HtmlBlockPreprocessor(md), "html_block", 20)
        md.preprocessors.register(
            FencedBlockPreprocessor(md, {"lang_prefix": "language-"}), "fenced_code_block", 25
        )
        blocks = md.parser.blockprocessors
        blocks.register(AdmonitionProcessor(md.parser), "admonition", 105)
        blocks.register(DetailsProcessor(md.parser), "details", 105)
        blocks.register(TableProcessor(md.parser, {"use_align_attribute": False}), "table", 75)
        blocks.register(HashHeaderProcessor(md.parser), "hashheader", 70)


class _Pretty(_Thorough):
    """Sets line breaks between elements, too."""

    def __init__(self) -> None:
        super().__init__()
        self._markdown.treeprocessors.register(
            PrettifyTreeprocessor(self._markdown), "prettify", 10
        )


_QUICK = MarkdownRenderer(site_settings().markdown_extensions, "")
_THOROUGH = _Thorough()
_PRETTY = _Pretty()


@settings(max_examples=400, deadline=None, derandomize=True, database=None)
@given(st.lists(_PIECES | st.sampled_from(["&amp;", "  \n", "a@b.example", "\\*", "__甲__"])))
def test_a_text_that_is_passed_over_holds_no_mark(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert _QUICK.render(text) == _THOROUGH.render(text)


@settings(max_examples=400, deadline=None, derandomize=True, database=None)
@given(
    st.lists(
        _PIECES
        | st.sampled_from(["  \n", "- 甲\n- 乙\n", "    甲\n    乙\n", "| 甲 |\n|-|\n| 乙 |\n"])
    )
)
def test_line_breaks_between_elements_are_all_that_is_left_out(pieces: list[str]) -> None:
    text = "".join(pieces)
    ours, pretty = _QUICK.render(text)[0], _PRETTY.render(text)[0]
    assert "".join(ours.split()) == "".join(pretty.split())


_LINES = [
    "甲",
    "乙丙",
    "　甲",
    "- 甲",
    "1. 甲",
    "1.甲",
    "## 甲",
    "> 甲",
    '!!! note "甲"',
    "---",
    "===",
]
_LINES += [
    "| 甲 | 乙 |",
    "| --- | --- |",
    "甲 | 乙",
    "--- | ---",
    ": 甲",
    "[甲]: /b/",
    "??? 甲",
    '??? note "甲"',
    "```",
    "~~~",
    "",
    "",
]


@settings(max_examples=800, deadline=None, derandomize=True, database=None)
@given(
    st.lists(st.tuples(st.sampled_from(["", "", "    ", " ", "        "]), st.sampled_from(_LINES)))
)
def test_what_is_taken_for_a_paragraph_is_one_and_no_block_is_passed_over(
    lines: list[tuple[str, str]],
) -> None:
    text = "\n".join(map("".join, lines))
    assert _QUICK.render(text) == _THOROUGH.render(text)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**先存证据。** 再说。", "<strong>先存证据。</strong>再说。"),
        ("**容差：** App 里看。", "<strong>容差：</strong>App 里看。"),
        ("**App** 里看。", "<strong>App</strong> 里看。"),
        ("`**甲。** 乙`", "<code>**甲。** 乙</code>"),
    ],
)
def test_behind_a_lead_in_its_own_sign_is_the_space(text: str, html: str) -> None:
    assert html in rendered(f"{text}\n").html
