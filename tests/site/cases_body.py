"""Broken bodies: links, headings, fences, HTML, citations, images."""

from __future__ import annotations

from generator.scanner import NESTING_LIMIT
from tests.site.broken import BODY, IMAGE, PNG, A, body, both, case, file

_FACT = "```fact-check\nclaim: 网上的说法\nverdict: 错误\nbasis: 依据。[@law-1]\n```\n"

LINKS = (
    case("link to nothing", body("见[乙](/c/)。\n"), f"{A}:{BODY}:6 link-broken"),
    case(
        "link without its last slash",
        body("见[乙](/b)。\n"),
        f"{A}:{BODY}:6 link-broken",
        fix="/b/",
    ),
    case(
        "anchor of another page missing",
        body("见[乙](/b/#没有)。\n"),
        f"{A}:{BODY}:6 anchor-broken",
        fix="先做什么",
    ),
    case("anchor of this page missing", body("见[上文](#没有)。\n"), f"{A}:{BODY}:7 anchor-broken"),
    case(
        "broken link written twice",
        body("[甲](/c/)\n\n[乙](/c/)\n"),
        f"{A}:{BODY}:5 link-broken",
        f"{A}:{BODY + 2}:5 link-broken",
    ),
    case("link relative", body("[乙](b/)\n"), f"{A}:{BODY}:5 link-relative"),
    case("link to a file", body("[乙](../safety/b.md)\n"), f"{A}:{BODY}:5 link-relative"),
    case("link javascript", body("[乙](javascript:alert(1))\n"), f"{A}:{BODY}:5 link-scheme"),
    case(
        "link javascript in mixed case",
        body("[乙](JaVaScRiPt:alert(1))\n"),
        f"{A}:{BODY}:5 link-scheme",
    ),
    case(
        "link http", body("[乙](http://x.example/)\n"), f"{A}:{BODY}:5 link-scheme", fix="https://"
    ),
    case("link data", body("[乙](data:text/html,x)\n"), f"{A}:{BODY}:5 link-scheme"),
    case("link without scheme", body("[乙](//x.example/)\n"), f"{A}:{BODY}:5 link-scheme"),
    case("autolink http", body("<http://x.example/>\n"), f"{A}:{BODY}:2 link-scheme"),
    case(
        "link http with a title",
        body('[乙](http://x.example/ "题")\n'),
        f"{A}:{BODY}:5 link-scheme",
    ),
    case(
        "reference http",
        body("[乙][r]\n\n[r]: http://x.example/\n"),
        f"{A}:{BODY + 2}:6 link-scheme",
    ),
    case(
        "reference on the next line",
        body("[乙][r]\n\n[r]:\n  http://x.example/\n"),
        f"{A}:{BODY + 3}:3 link-scheme",
    ),
    case(
        "link text over two lines",
        body("[甲\n乙](http://x.example/)\n"),
        f"{A}:{BODY + 1}:4 link-scheme",
    ),
    case(
        "link text with nested brackets",
        body("[甲[乙[丙]]](http://x.example/)\n"),
        f"{A}:{BODY}:11 link-scheme",
    ),
    case(
        "link text with an escaped bracket",
        body("[甲\\]乙](http://x.example/)\n"),
        f"{A}:{BODY}:8 link-scheme",
    ),
    case("link that cannot be parsed", body("[乙](https://[x/)\n"), f"{A}:{BODY}:5 link-scheme"),
    case(
        "link over two lines that cannot be parsed",
        body("[甲\n乙](//[x)\n"),
        f"{A}:{BODY + 1}:4 link-scheme",
    ),
    case("link empty", body("[乙]()\n"), f"{A}:{BODY}:5 link-empty"),
)

HEADINGS = (
    case("heading of level one", body("# 标题\n"), f"{A}:{BODY}:1 heading-level-1"),
    case("heading of level seven", body("####### 标题\n"), f"{A}:{BODY}:1 heading-deep"),
    case("heading without space", body("##标题\n"), f"{A}:{BODY}:1 heading-space", fix="## 标题"),
    case("heading underlined", body("标题\n----\n"), f"{A}:{BODY + 1}:1 heading-setext"),
    case("heading in a list", body("- ## 标题\n"), f"{A}:{BODY}:3 heading-nested"),
    case("heading in a quote", body("> ## 标题\n"), f"{A}:{BODY}:3 heading-nested"),
    case("heading indented", body("   ## 标题\n"), f"{A}:{BODY}:4 heading-nested"),
    case(
        "heading in a definition", body("词\n:   ## 标题\n"), f"{A}:{BODY - 1}:1 heading-unanchored"
    ),
    case("heading without words", body("##\n"), f"{A}:{BODY}:1 heading-empty"),
    case(
        "heading repeated",
        body("## 甲\n\n乙\n\n## 甲！\n"),
        f"{A}:{BODY + 4}:1 heading-duplicate",
        fix="{#英文名}",
    ),
    case("heading of punctuation", body("## ？！\n"), f"{A}:{BODY}:1 heading-id"),
    case("anchor not ASCII", body("## 甲 {#锚}\n"), f"{A}:{BODY}:1 heading-id"),
    case("anchor reserved", body("## 甲 {#yq-main}\n"), f"{A}:{BODY}:1 heading-id"),
    case("anchor reserved by its words", body("## yq main\n"), f"{A}:{BODY}:1 heading-id"),
    case("anchor without space", body("## 甲{#jia}\n"), f"{A}:{BODY}:5 attribute-list"),
    case("heading with a class", body("## 甲 {.big}\n"), f"{A}:{BODY}:6 attribute-list"),
)

FENCES = (
    case("fence not closed", body("```text\n甲\n"), f"{A}:{BODY}:1 fence-unclosed"),
    case("fence indented", body("  ```\n  甲\n  ```\n"), f"{A}:{BODY}:3 fence-indented"),
    case(
        "fault after an indented fence",
        body("  ```\n  甲\n  ```\n\n[乙](javascript:x)\n"),
        f"{A}:{BODY}:3 fence-indented",
        f"{A}:{BODY + 4}:5 link-scheme",
    ),
    case(
        "component misspelt",
        body(_FACT.replace("fact-check", "factcheck")),
        f"{A}:{BODY}:4 fence-unknown",
        fix="fact-check",
    ),
    case("code language unknown", body("```python\nprint()\n```\n"), f"{A}:{BODY}:4 fence-unknown"),
    case(
        "component key missing",
        body(_FACT.replace("verdict: 错误\n", "")),
        f"{A}:{BODY}:1 fence-missing-key",
        fix="verdict",
    ),
    case(
        "component key misspelt",
        body(_FACT.replace("basis", "bassis")),
        f"{A}:{BODY}:1 fence-missing-key",
        f"{A}:{BODY + 3}:1 fence-unknown-key",
        fix="是不是想写“basis”？",
    ),
    case(
        "component value wrong",
        body(_FACT.replace("错误", "大概")),
        f"{A}:{BODY + 2}:10 fence-value",
    ),
    case(
        "component is no mapping",
        body("```fact-check\n一句话\n```\n"),
        f"{A}:{BODY}:1 fence-not-mapping",
    ),
    case("component is empty", body("```fact-check\n```\n"), f"{A}:{BODY}:1 fence-not-mapping"),
    case(
        "component with a full-width colon",
        body(_FACT.replace("claim: ", "claim：")),
        f"{A}:{BODY + 1}:6 yaml-fullwidth-colon",
    ),
    case(
        "component with a broken link",
        body(_FACT.replace("依据。", "依据[甲](/c/)")),
        f"{A}:{BODY + 3}:14 link-broken",
    ),
    case("component with HTML", body(_FACT.replace("依据。", "<b>")), f"{A}:{BODY + 3}:8 raw-html"),
    case(
        "component with an unknown source",
        body(_FACT.replace("law-1", "law-9")),
        f"{A}:{BODY + 3}:13 citation-unknown",
    ),
    case(
        "admonition unknown",
        body('!!! info "甲"\n    乙\n'),
        f"{A}:{BODY}:5 admonition-unknown",
        fix="note",
    ),
    case(
        "admonition with a bare title",
        body("!!! note 甲\n    乙\n"),
        f"{A}:{BODY}:1 admonition-title",
        fix='!!! note "标题"',
    ),
    case("details without title", body("???+ tip\n    乙\n"), f"{A}:{BODY}:1 admonition-title"),
    case("details unknown", body('??? info "甲"\n    乙\n'), f"{A}:{BODY}:5 admonition-unknown"),
    case(
        "admonition in an admonition unknown",
        body('!!! note "甲"\n    !!! info "乙"\n        丙\n'),
        f"{A}:{BODY + 1}:9 admonition-unknown",
    ),
)

HTML = (
    case(
        "script",
        body("甲<script>x()</script>\n"),
        f"{A}:{BODY}:2 raw-html",
        f"{A}:{BODY}:13 raw-html",
    ),
    case(
        "iframe",
        body('<iframe src="https://x.example/"></iframe>\n'),
        f"{A}:{BODY}:1 raw-html",
        f"{A}:{BODY}:34 raw-html",
    ),
    case("tag not finished", body("甲<img src=x\n"), f"{A}:{BODY}:2 raw-html"),
    case(
        "event handler on an allowed tag",
        body('<mark onclick="x()">甲</mark>\n'),
        f"{A}:{BODY}:7 raw-html-attribute",
    ),
    case(
        "style on an allowed tag",
        body('<abbr title="乙" style="color:red">甲</abbr>\n'),
        f"{A}:{BODY}:17 raw-html-attribute",
    ),
    case(
        "event handler on the next line",
        body('甲<br\nonclick="x()">乙\n'),
        f"{A}:{BODY + 1}:1 raw-html-attribute",
    ),
    case("comment", body("甲<!-- 乙 -->\n"), f"{A}:{BODY}:2 raw-html-comment"),
    case("processing instruction", body("<?php x ?>\n"), f"{A}:{BODY}:1 raw-html-comment"),
    case("attribute list", body("甲 {: .big }\n"), f"{A}:{BODY}:3 attribute-list"),
)

CITATIONS = (
    case(
        "broken link beside an unknown citation",
        body("[丙](/c/)[@law-9]\n"),
        f"{A}:{BODY}:5 link-broken",
        f"{A}:{BODY}:11 citation-unknown",
    ),
    case(
        "citation misspelt",
        body("正文。[@law-2]\n"),
        f"{A}:{BODY}:6 citation-unknown",
        fix="是不是想写“law-1”？",
    ),
    case(
        "one citation of two unknown",
        body("正文。[@guide-1; @nope]\n"),
        f"{A}:{BODY}:16 citation-unknown",
    ),
    case("citation from memory", body("正文。[@memory-1]\n"), f"{A}:{BODY}:6 citation-memory"),
    case(
        "citation with other words",
        body("正文。[@law-1，第一条]\n"),
        f"{A}:{BODY}:4 citation-syntax",
    ),
    case("citation without id", body("正文。[@]\n"), f"{A}:{BODY}:4 citation-syntax"),
    case(
        "internal mark by entity",
        body("&#57344;c:nope&#57345;\n"),
        f"{A}:{BODY}:1 file-reserved-char",
        f"{A}:{BODY}:15 file-reserved-char",
    ),
    case(
        "citation in an image text",
        both(file(IMAGE, PNG), body("![图 [@law-1]](/images/x.png)\n")),
        f"{A}:{BODY}:5 citation-syntax",
    ),
    case("citation in a link text", body("[见 [@law-1]](/b/)\n"), f"{A}:{BODY}:4 citation-syntax"),
    case(
        "citation in a link title",
        body('[见](/b/ "据 [@law-1]")\n'),
        f"{A}:{BODY}:12 citation-syntax",
    ),
)

IMAGES = (
    case("image missing", body("![图](/images/y.png)\n"), f"{A}:{BODY}:6 image-missing"),
    case(
        "image without text",
        both(file(IMAGE, PNG), body("![](/images/x.png)\n")),
        f"{A}:{BODY}:5 image-alt",
    ),
    case(
        "image without text in a link",
        both(file(IMAGE, PNG), body("[![](/images/x.png)](/b/)\n")),
        f"{A}:{BODY}:6 image-alt",
    ),
    case(
        "image elsewhere", body("![图](https://x.example/x.png)\n"), f"{A}:{BODY}:6 image-outside"
    ),
    case("image data", body("![图](data:image/png;base64,AA)\n"), f"{A}:{BODY}:6 image-outside"),
    case("image relative", body("![图](x.png)\n"), f"{A}:{BODY}:6 image-outside"),
)

WHOLE = (
    case("body empty", body(""), f"{A}:{BODY - 1}:1 body-empty"),
    case("line too long", body(f"甲\n{'长' * 5001}\n"), f"{A}:{BODY + 1}:1 line-too-long"),
    case(
        "lists nested too deep",
        body("".join(f"{'    ' * depth}- 甲\n" for depth in range(40))),
        f"{A}:{BODY + NESTING_LIMIT + 1}:1 body-nesting",
    ),
    case("quotes nested too deep", body("> " * 40 + "甲\n"), f"{A}:{BODY}:1 body-nesting"),
    case(
        "paragraph of brackets",
        body(f"甲\n\n乙\n{'[' * 4000}\n"),
        f"{A}:{BODY + 2}:1 block-too-big",
    ),
)

CASES = (*LINKS, *HEADINGS, *FENCES, *HTML, *CITATIONS, *IMAGES, *WHOLE)
