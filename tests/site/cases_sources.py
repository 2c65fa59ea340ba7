"""Broken sources: repealed ones, tables that disagree, old numbers of articles, help lines."""

from __future__ import annotations

from tests.site.broken import BODY, SOURCES, A, B, Change, body, both, case, file, swap

RENUMBERED = "content/data/renumbered.yml"
HOTLINES = "content/data/hotlines.yml"
GLOSSARY = "content/data/glossary.yml"
LAW_1 = "  status: 现行\n  rule: 应当"

_ROW = """\
- id: necessary-living
  law: 民事诉讼法
  names: [民诉法]
  since: '2024-01-01'
  subject: 保留生活必需费用
  words: [生活必需]
  old: [250]
  new: [254]
  source: law-1
- id: enforcement-period
  law: 民事诉讼法
  names: [民诉法]
  since: '2024-01-01'
  subject: 申请执行的期间
  words: [申请执行]
  old: [246]
  new: [250]
  source: guide-1
"""
LINE = """\
- id: '{}'
  title: 法律服务
  purpose: 问法律。
  hours: —
  source: law-1
  checked: '2026-11-24'
"""


def renumbered(text: str) -> Change:
    return both(file(RENUMBERED, _ROW), body(text))


VALIDITY = (
    case(
        "repealed source cited",
        both(swap(SOURCES, LAW_1, LAW_1.replace("现行", "已废止"))),
        f"{A}:{BODY + 2}:6 citation-repealed",
        f"{B}:{BODY + 2}:6 citation-repealed",
        fix="现行的规定",
    ),
    case(
        "guideline told as law",
        body("先看。法律规定晚上十点后不打电话。[@guide-1] 还钱看合同。[@law-1]\n"),
        f"{A}:{BODY}:4 standard-as-law",
        fix="行业指引写明",
    ),
    case(
        "guideline told as law in a fact-check",
        body(
            "```fact-check\nclaim: 法律禁止\nverdict: 错误\nbasis: 晚上打就违法。[@guide-1]\n```\n"
        ),
        f"{A}:{BODY + 3}:12 standard-as-law",
    ),
    case(
        "superseded source cited",
        swap(
            SOURCES,
            LAW_1,
            "  superseded_by: guide-1\n" + LAW_1.replace("现行", "已被取代"),
        ),
        f"{A}:{BODY + 2}:6 citation-repealed",
        f"{B}:{BODY + 2}:6 citation-repealed",
        fix="guide-1",
    ),
    case(
        "superseded by nobody",
        swap(SOURCES, "  status: 自律", "  status: 已被取代"),
        f"{SOURCES}:21:11 source-successor",
        f"{RENUMBERED}:8:11 citation-repealed",
    ),
    case(
        "successor of what still holds",
        swap(SOURCES, "  status: 自律", "  superseded_by: law-1\n  status: 自律"),
        f"{SOURCES}:22:11 source-successor",
    ),
    case(
        "successor unknown",
        swap(SOURCES, "  status: 自律", "  superseded_by: law-2\n  status: 已被取代"),
        f"{SOURCES}:21:18 citation-unknown",
        f"{RENUMBERED}:8:11 citation-repealed",
        fix="law-1",
    ),
    case(
        "source that ends before it begins",
        swap(SOURCES, LAW_1, "  since: '2021-01-01'\n  until: '2020-12-31'\n" + LAW_1),
        f"{SOURCES}:8:10 data-value",
        f"{A}:{BODY + 2}:6 citation-lapsed",
        f"{B}:{BODY + 2}:6 citation-lapsed",
    ),
)

NUMBERS = (
    case(
        "old number of an article",
        renumbered("民诉法第 250 条：保留生活必需费用。[@law-1]\n"),
        f"{A}:{BODY}:6 article-renumbered",
        fix="第 254 条",
    ),
    case(
        "old number in Chinese figures",
        renumbered("《民事诉讼法》第二百五十条，生活必需费用应当保留。[@law-1]\n"),
        f"{A}:{BODY}:9 article-renumbered",
    ),
    case(
        "old number in full-width figures",
        renumbered("民诉法第 ２５０ 条：保留生活必需费用。[@law-1]\n"),
        f"{A}:{BODY}:6 article-renumbered",
        f"{A}:{BODY}:6 text-typography",
    ),
    case(
        "old number without 第",
        renumbered("按民诉法 250 条，生活必需费用要留。\n"),
        f"{A}:{BODY}:6 article-renumbered",
    ),
    case(
        "old number among right ones",
        renumbered("民诉法第 100、246 条讲申请执行。\n"),
        f"{A}:{BODY}:10 article-renumbered",
        fix="第 250 条",
    ),
    case(
        "old number told by the source alone",
        renumbered("第 246 条说的是这件事。[@guide-1]\n"),
        f"{A}:{BODY}:3 article-renumbered",
    ),
    case(
        "old number in a component",
        renumbered(
            "```fact-check\nclaim: 说法\nverdict: 错误\nbasis: 民诉法第 250 条，生活必需。\n```\n"
        ),
        f"{A}:{BODY + 3}:13 article-renumbered",
    ),
    case(
        "new number table rests on nothing",
        file(RENUMBERED, _ROW.replace("source: guide-1", "source: guide-2")),
        f"{RENUMBERED}:18:11 citation-unknown",
        f"{SOURCES}:15:7 data-unused",
        fix="guide-1",
    ),
    case(
        "new number table without a new number",
        file(RENUMBERED, _ROW.replace("new: [254]", "new: []")),
        f"{RENUMBERED}:8:8 data-value",
    ),
)

_SHOW = "```hotlines\nshow: [{}]\n```\n"
LINES = (
    case(
        "help line unknown",
        both(file(HOTLINES, LINE.format("12356")), body(_SHOW.format("12356, 12346"))),
        f"{A}:{BODY + 1}:15 hotline-unknown",
        fix="12356",
    ),
    case(
        "help line with a wrong digit in a sentence",
        both(file(HOTLINES, LINE.format("12356")), body("先打 **12365**。[@law-1]\n")),
        f"{A}:{BODY}:6 hotline-unknown",
        fix="12356",
    ),
    case(
        "number nobody checked",
        both(file(HOTLINES, LINE.format("12356")), body("号码 400-800-8888 可以拨。[@law-1]\n")),
        f"{A}:{BODY}:4 hotline-unknown",
        fix="写明来源",
    ),
    case(
        "help line that is only remembered",
        file(HOTLINES, LINE.format("12356").replace("law-1", "memory-1")),
        f"{HOTLINES}:5:11 citation-memory",
    ),
    case(
        "help line without a source",
        file(HOTLINES, LINE.format("12356").replace("law-1", "law-9")),
        f"{HOTLINES}:5:11 citation-unknown",
    ),
    case(
        "help lines that name none",
        both(file(HOTLINES, LINE.format("12356")), body("```hotlines\nshow: []\n```\n")),
        f"{A}:{BODY + 1}:7 fence-value",
    ),
)

TERM = """\
- id: penalty
  term: 罚息
  sentence: 没按时还时加收的利息。
  sources: [law-1]
- id: compound
  term: 复利
  aliases: [利滚利]
  sentence: 利息又生出来的利息。
  sources: [law-1, guide-1]
"""
_USED = body("先问清罚息和复利。[@law-1]\n")
TERMS = (
    case(
        "word in two terms",
        both(file(GLOSSARY, TERM.replace("利滚利", "罚息")), _USED),
        f"{GLOSSARY}:5:7 term-twice",
        fix="一个词",
    ),
    case(
        "term explained in two sentences",
        file(GLOSSARY, TERM.replace("时加收的", "。加收的")),
        f"{GLOSSARY}:3:13 data-value",
        fix="一句话",
    ),
    case(
        "term that rests on what is only remembered",
        both(file(GLOSSARY, TERM.replace("guide-1", "memory-1")), _USED),
        f"{GLOSSARY}:9:20 citation-memory",
    ),
    case(
        "term that rests on nothing",
        file(GLOSSARY, TERM.replace("sources: [law-1]", "sources: []")),
        f"{GLOSSARY}:4:12 data-value",
    ),
)

CASES = (*VALIDITY, *NUMBERS, *LINES, *TERMS)
