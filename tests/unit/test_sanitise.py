"""Whatever an author writes, the body runs no code, has no style and no tag beyond the list."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from generator.render.markdown import MarkdownRenderer
from generator.render.sanitise import ATTRIBUTES, CLASSES, TAGS, Sanitiser
from tests.unit.samples import parsed, rendered
from tests.unit.samples import settings as site_settings

_SANITISER = Sanitiser()
_MARKDOWN = MarkdownRenderer(site_settings().markdown_extensions, "")
_WRAPPING = {"html", "head", "body", "-text", "-document"}
# A browser drops these before it looks for the scheme of an address.
_DROPPED = re.compile(r"^[\x00-\x20]+|[\t\n\r]")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*(?=:)")


def _assert_harmless(html: str) -> None:
    root = LexborHTMLParser(html).root
    for node in root.traverse() if root is not None else ():
        if node.tag in _WRAPPING:
            continue
        assert node.tag in TAGS, html
        for name, value in node.attributes.items():
            if name == "class":
                assert set((value or "").split()) <= CLASSES.get(node.tag, set()), html
                continue
            assert name in ATTRIBUTES.get(node.tag, set()), html
            if name in ("href", "src"):
                scheme = _SCHEME.match(_DROPPED.sub("", value or ""))
                assert scheme is None or scheme[0].lower() == "https", html
    assert not re.search(r"<script|<style|<iframe|<object|<embed|<form|<!--", html, re.IGNORECASE)


_PAYLOADS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=https://x.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\n>alert(1)</script\n>",
    "<script/x>alert(1)</script>",
    "<<script>alert(1)//<</script>",
    "<img src=x onerror=alert(1)>",
    "<img src='x' onerror='alert(1)'//>",
    "<img/src=x/onerror=alert(1)>",
    '<img """><script>alert(1)</script>">',
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
    "<svg><animate onbegin=alert(1) attributeName=x>",
    '<math><mi xlink:href="javascript:alert(1)">x</mi></math>',
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table>",
    "<body onload=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=data:text/html;base64,PHNjcmlwdD4=>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<marquee onstart=alert(1)>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href='https://x.example/'>",
    "<link rel=stylesheet href='https://x.example/x.css'>",
    "<style>@import 'https://x.example/x.css';</style>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt:alert(1)'>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='java&#10;script:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='vbscript:x'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "[x](javascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](java&#x09;script:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x][r]\n\n[r]: javascript:alert(1)",
    "[x][r]\n\n[r]:\n javascript:alert(1)",
    "[x\ny](javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](javascript:alert(1))",
    '![x](x"onerror="alert(1))',
    '![x" onerror="alert(1)](/images/x.png)',
    '[x](/b/ "t\\" onclick=\\"alert(1)")',
    "[x](/b/ 't\" onclick=\"alert(1)')",
    "<javascript:alert(1)>",
    '<https://x.example/"onclick=alert(1)>',
    "`<script>alert(1)</script>`",
    "```\n<script>alert(1)</script>\n```",
    "    <script>alert(1)</script>",
    "<mark onclick=alert(1)>x</mark>",
    "<mark\nonclick=alert(1)>x</mark>",
    "<br onmouseover=alert(1)>",
    "<abbr title='x' onmouseover=alert(1)>x</abbr>",
    "<abbr title='\"><script>alert(1)</script>'>x</abbr>",
    '!!! note "<script>alert(1)</script>"\n    x',
    '!!! note" onclick="alert(1)\n    x',
    '??? note "<img src=x onerror=alert(1)>"\n    x',
    "| <img src=x onerror=alert(1)> | x |\n| --- | --- |\n| x | x |",
    "## x {: onclick=alert(1) }",
    "## x {#a onclick=alert(1)}",
    "x\n:   <script>alert(1)</script>",
    "<!--><script>alert(1)</script>-->",
    "<!-- --!><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<template><script>alert(1)</script></template>",
    "<a id=yq-main name=yq-main>x</a>",
    "<h2 id=yq-main>x</h2>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\x02wzxhzdk:0\x03<script>alert(1)</script>",
    "wzxhzdk:0",
]


@pytest.mark.parametrize("payload", _PAYLOADS)
def test_known_attack_is_harmless_after_the_sanitiser_alone(payload: str) -> None:
    html, _ = _MARKDOWN.render(payload)
    _assert_harmless(_SANITISER.clean(html))
    _assert_harmless(_SANITISER.clean(payload))


@pytest.mark.parametrize("payload", _PAYLOADS)
def test_known_attack_is_refused_or_shown_as_text(payload: str) -> None:
    text = f"{payload}\n"
    article, codes = parsed(text)
    if article is None:
        assert codes
        return
    _assert_harmless(rendered(text).html)


_SIGNS = st.sampled_from(
    [
        *"<>/=\"'&;#:()[]!`\\ \n\tax",
        "script",
        "<img ",
        "<a ",
        "<mark ",
        "<abbr title=",
        "<br",
        "</",
        "<!--",
        "-->",
        "<svg",
        "<math",
        "<style",
        "<h2 id=",
        "src=",
        "href=",
        "style=",
        "class=",
        "onerror=",
        "onclick=alert(1)",
        "javascript:",
        "data:text/html,",
        "&#106;",
        "&colon;",
        "[x](",
        "](javascript:",
        "\x02",
        "\x03",
        "wzxhzdk:0",
        '!!! note "',
        "```\n",
        "\n\n",
        "    ",
    ]
)


@settings(max_examples=800, deadline=None, derandomize=True, database=None)
@given(st.lists(_SIGNS, max_size=24).map("".join))
def test_any_mixture_of_html_is_harmless(text: str) -> None:
    html, _ = _MARKDOWN.render(text)
    _assert_harmless(_SANITISER.clean(html))


@settings(max_examples=400, deadline=None, derandomize=True, database=None)
@given(st.lists(_SIGNS, max_size=24).map("".join))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = _SANITISER.clean(text)
    assert _SANITISER.clean(once) == once


def test_what_markdown_makes_of_good_writing_survives() -> None:
    text = (
        "## 甲 {#jia}\n\n**粗** *斜* `码` ~~删~~\n\n1. 一\n2. 二\n\n5. 五\n\n> 引\n\n---\n\n"
        "| 甲 | 乙 |\n| --- | :-: |\n| 丙 | 丁 |\n\n词\n:   解释\n\n"
        '!!! warning "标题"\n    内\n\n??? tip "标题"\n    内\n\n'
        'H<sub>2</sub>O <kbd>Ctrl</kbd> <abbr title="贷款市场报价利率">LPR</abbr> <br>\n'
    )
    page = LexborHTMLParser(rendered(text).html)
    for selector in (
        "h2#jia",
        "strong",
        "em",
        "code",
        "ol li",
        "blockquote",
        "hr",
        "table td.align-center",
        "dl dd",
        "div.admonition.warning p.admonition-title",
        "details.tip summary",
        "sub",
        "kbd",
        "abbr[title]",
        "br",
    ):
        assert page.css(selector), selector
