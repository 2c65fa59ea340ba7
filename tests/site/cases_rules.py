"""What the editorial rules find: errors in `CASES`, and in `REMINDERS` what does not stop a build."""

from __future__ import annotations

from tests.harness import article
from tests.site.broken import (
    ALIASES,
    BODY,
    CONFIG,
    DUE,
    EXTRA,
    RELATED,
    SOURCES,
    SUMMARY,
    TITLE,
    A,
    B,
    C,
    added,
    body,
    both,
    case,
    file,
    front,
    swap,
)

_PHRASES = "content/data/phrases.yml"
_BOOK = file(
    _PHRASES,
    "- id: promise\n  says: [一定能减免, 超过 24%…不用还]\n  reason: 没有人能保证。\n"
    "  instead: 写“可以申请”。\n",
)
_LONG = "".join(
    f"{number}先生写信说借款人应当按照约定的期限返还{number}先生的借款。\n\n"
    for number in "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子丑寅卯"
)
_UNSOURCED = "先看清自己欠谁的钱，再打电话给官方客服问清楚。" * 10

CASES = (
    case(
        "forbidden sentence",
        both(_BOOK, body("## 先看\n\n找他一定能减免。[@law-1]\n")),
        f"{A}:{BODY + 2}:3 phrase-forbidden",
        fix="可以申请",
    ),
    case(
        "forbidden sentence with something between its parts",
        both(_BOOK, body("利息超过 24% 的部分都不用还。[@law-1]\n")),
        f"{A}:{BODY}:3 phrase-forbidden",
    ),
    case(
        "forbidden sentence in the summary",
        both(_BOOK, front(summary="打这个电话一定能减免，先看清自己欠多少。")),
        f"{A}:{SUMMARY}:15 phrase-forbidden",
    ),
    case(
        "forbidden sentences with a misspelt key",
        file(_PHRASES, "- id: promise\n  says: [包过]\n  reson: 甲\n  instead: 乙\n"),
        f"{_PHRASES}:1:3 data-missing-key",
        f"{_PHRASES}:3:3 data-unknown-key",
        fix="reason",
    ),
    case(
        "heading two levels below the page's title",
        body("### 先看\n\n正文。\n"),
        f"{A}:{BODY}:1 heading-skip",
        fix="“##”",
    ),
    case(
        "heading two levels below another",
        body("## 先看\n\n### 再看\n\n##### 又看\n\n正文。\n"),
        f"{A}:{BODY + 4}:1 heading-skip",
    ),
    case(
        "change of an unknown kind",
        front(changes="[{date: 2026-11-22, kind: 修改, text: 改了一个数字}]"),
        f"{A}:{EXTRA}:36 front-matter-value",
        fix="更正（原来写错了）",
    ),
    case(
        "change before the article was published",
        front(changes="[{date: 2026-11-01, kind: 更正, text: 改了一个数字}]"),
        f"{A}:{EXTRA}:18 front-matter-dates",
    ),
    case(
        "question of the front page asked twice",
        swap(CONFIG, "      stages:", "      questions: [a, b, a]\n      stages:"),
        f"{CONFIG}:19:25 config-duplicate",
    ),
)

REMINDERS = (
    case(
        "figure in a paragraph without a source",
        body("## 先看\n\n收到支付令，要在 15 天内写异议。\n"),
        f"{A}:{BODY + 2}:10 figure-uncited",
        fix="[@来源编号]",
    ),
    case(
        "figure in a row of a table without a source",
        body("| 谁 | 多少 |\n| --- | --- |\n| 银行 | 年 24% |\n"),
        f"{A}:{BODY + 2}:10 figure-uncited",
    ),
    case(
        "figure in a list without a source",
        body("- 先看合同。\n- 罚息是 1.5 倍。\n"),
        f"{A}:{BODY + 1}:7 figure-uncited",
    ),
    case(
        "no gap between Chinese and a number",
        body("还款日过了3天，先看App。[@law-1]\n"),
        f"{A}:{BODY}:6 text-typography",
        f"{A}:{BODY}:7 text-typography",
        f"{A}:{BODY}:11 text-typography",
        fix="--fix",
    ),
    case(
        "half-width punctuation behind Chinese",
        body("先看合同,再打电话。\n"),
        f"{A}:{BODY}:5 text-typography",
        fix="先看合同，再打",
    ),
    case(
        "half-width punctuation in a component",
        body("```fact-check\nclaim: 网上的说法,有错\nverdict: 错误\nbasis: 依据。[@law-1]\n```\n"),
        f"{A}:{BODY + 1}:13 text-typography",
    ),
    case(
        "review overdue",
        front(reviewed="2026-01-01", review_due="2026-11-23"),
        f"{A}:{DUE}:13 review-overdue",
        fix="yuqi due",
    ),
    case(
        "source checked too long ago",
        swap(SOURCES, "[逾期]\n  checked: '2026-11-24", "[逾期]\n  checked: '2025-11-23"),
        f"{SOURCES}:13:12 review-overdue",
    ),
    case(
        "long article without any source",
        body(f"## 先看\n\n{_UNSOURCED}\n"),
        f"{A}:{TITLE}:8 citation-none",
        fix="[@来源编号]",
    ),
    case(
        "short answer of another article",
        front(summary="乙怎么到期没还足就是逾期，先看清自己欠多少。"),
        f"{B}:{SUMMARY}:10 summary-repeated",
        fix="只属于它的",
    ),
    case("no aliases", front(aliases="[]"), f"{A}:{ALIASES}:1 aliases-few"),
    case("two aliases", front(aliases="[甲, 乙]"), f"{A}:{ALIASES}:1 aliases-few"),
    case(
        "near-duplicate articles",
        both(
            file(A, article("甲逾期了怎么办？", body=f"{_LONG}[@law-1]\n", related="[b]")),
            added(
                C, article("丙逾期了怎么办？", body=f"{_LONG}还有一句。[@law-1]\n", related="[a]")
            ),
        ),
        f"{C}:{TITLE}:8 article-duplicate",
        fix="redirect_from",
    ),
    case(
        "more recommendations than cards",
        both(
            added(C, related="[a]"),
            front(related="[b, c]"),
            swap(CONFIG, "      stages:", "      page_sizes: {cards: 1}\n      stages:"),
            swap(B, "related: [a]", "related: [c]"),
        ),
        f"{A}:{RELATED}:14 related-cut",
        fix="page_sizes.cards",
    ),
)
