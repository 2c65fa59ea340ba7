"""Broken front matter, and what it says about places and times."""

from __future__ import annotations

from tests.site.broken import (
    BODY,
    CATEGORY,
    DUE,
    EXTRA,
    PUBLISHED,
    RELATED,
    SUMMARY,
    TAGS,
    TITLE,
    A,
    B,
    C,
    added,
    both,
    case,
    file,
    front,
    recorded,
    swap,
)

_TEXT = "正文。[@law-1]\n"

SHAPE = (
    case("no front matter", file(A, f"## 标题\n\n{_TEXT}"), f"{A}:1:1 front-matter-missing"),
    case("empty file", file(A, ""), f"{A}:1:1 front-matter-missing"),
    case(
        "front matter not closed",
        file(A, f"---\ntitle: 甲\n\n{_TEXT}"),
        f"{A}:1:1 front-matter-unclosed",
    ),
    case("three dashes and nothing else", file(A, "---"), f"{A}:1:1 front-matter-unclosed"),
    case(
        "front matter is a sentence",
        file(A, f"---\n一句话\n---\n\n{_TEXT}"),
        f"{A}:1:1 front-matter-not-mapping",
    ),
    case(
        "front matter is empty",
        file(A, f"---\n---\n\n{_TEXT}"),
        f"{A}:1:1 front-matter-not-mapping",
    ),
    case(
        "key missing",
        swap(A, "title: 甲逾期了怎么办？\n", ""),
        f"{A}:1:1 front-matter-missing-key",
        fix="title: …",
    ),
    case(
        "key misspelt",
        swap(A, "summary:", "sumary:"),
        f"{A}:1:1 front-matter-missing-key",
        f"{A}:{SUMMARY}:1 front-matter-unknown-key",
        fix="是不是想写“summary”？",
    ),
    case(
        "key unknown",
        front(colour="red"),
        f"{A}:{EXTRA}:1 front-matter-unknown-key",
        fix="可用的键：title、",
    ),
    case(
        "unknown key twice",
        front(extra="1\nextra: 2"),
        f"{A}:{EXTRA}:1 front-matter-unknown-key",
        f"{A}:{EXTRA + 1}:1 yaml-duplicate-key",
    ),
)

YAML = (
    case(
        "full-width colon",
        swap(A, "title: 甲", "title：甲"),
        f"{A}:{TITLE}:6 yaml-fullwidth-colon",
        fix="title: ",
    ),
    case(
        "full-width colon before a bad value",
        swap(A, "title: 甲逾期了怎么办？", "title：短"),
        f"{A}:{TITLE}:6 yaml-fullwidth-colon",
        f"{A}:{TITLE}:7 front-matter-value",
    ),
    case("tab in the indentation", front(tags="\n\t- 逾期"), f"{A}:{TAGS + 1}:1 yaml-tab"),
    case(
        "key twice",
        front("甲逾期了怎么办？\ntitle: 又一个标题"),
        f"{A}:{TITLE + 1}:1 yaml-duplicate-key",
    ),
    case(
        "colon and space in a value",
        front("逾期: 怎么办"),
        f"{A}:{TITLE}:10 yaml-syntax",
        fix="双引号",
    ),
    case("quote not closed", front('"逾期了怎么办'), f"{A}:{TITLE}:8 yaml-syntax", fix="英文引号"),
    case(
        "value begins with a sign",
        front("@逾期了怎么办"),
        f"{A}:{TITLE}:8 yaml-syntax",
        fix="双引号",
    ),
    case("alias", front(tags="&t [逾期]", aliases="*t"), f"{A}:{TAGS}:7 yaml-alias"),
    case("anchor alone", front("&x 逾期了怎么办"), f"{A}:{TITLE}:8 yaml-alias"),
    case("alias of itself", front(tags="&t [逾期, *t]"), f"{A}:{TAGS}:7 yaml-alias"),
    case(
        "tag on a scalar", front("!!python/name:os.system 逾期了怎么办"), f"{A}:{TITLE}:8 yaml-tag"
    ),
    case("tag on a list", front(tags="!secret [逾期]"), f"{A}:{TAGS}:7 yaml-tag"),
    case("key is a list", front(draft="false\n[x]: y"), f"{A}:{EXTRA + 1}:1 yaml-key"),
    case(
        "lists in lists",
        front(tags=f"{'[' * 60}甲{']' * 60}"),
        f"{A}:{TAGS}:31 yaml-nesting",
    ),
    case(
        "control character in the title", front("逾期\x01了怎么办"), f"{A}:{TITLE}:10 file-control"
    ),
    case("noncharacter in the title", front("逾期\uffff了怎么办"), f"{A}:{TITLE}:10 file-control"),
    case(
        "control character by escape", front('"逾期\\x01了怎么办"'), f"{A}:{TITLE}:8 file-control"
    ),
    case(
        "private-use character by escape",
        front('"逾期\\uE000了怎么办"'),
        f"{A}:{TITLE}:8 file-reserved-char",
    ),
)

VALUES = (
    case("title too short", front("短"), f"{A}:{TITLE}:8 front-matter-value", fix="4 到 40 个字"),
    case("title is a list", front("[逾期了怎么办]"), f"{A}:{TITLE}:8 front-matter-value"),
    case("title empty", front(""), f"{A}:{TITLE}:7 front-matter-value"),
    case(
        "summary too long",
        front(summary="长" * 81),
        f"{A}:{SUMMARY}:10 front-matter-value",
        fix="10 到 80 个字",
    ),
    case("tags are no list", front(tags="逾期"), f"{A}:{TAGS}:7 front-matter-value"),
    case("tags are an empty list", front(tags="[]"), f"{A}:{TAGS}:7 front-matter-value"),
    case(
        "second tag too long",
        front(tags=f"[逾期, {'长' * 41}]"),
        f"{A}:{TAGS}:12 front-matter-value",
    ),
    case(
        "day that does not exist",
        front(published="2026-02-30"),
        f"{A}:{PUBLISHED}:12 front-matter-value",
    ),
    case(
        "date with slashes", front(published="2026/11/20"), f"{A}:{PUBLISHED}:12 front-matter-value"
    ),
    case("draft neither true nor false", front(draft="maybe"), f"{A}:{EXTRA}:8 front-matter-value"),
    case(
        "old address in Chinese", front(redirect_from="[旧]"), f"{A}:{EXTRA}:17 front-matter-value"
    ),
    case(
        "old address longer than a file name",
        front(redirect_from=f"[{'x' * 300}]"),
        f"{A}:{EXTRA}:17 front-matter-value",
    ),
    case("due before reviewed", front(review_due="2026-11-19"), f"{A}:{DUE}:13 front-matter-dates"),
)

PLACES = (
    case(
        "category is not the folder", front(category="safety"), f"{A}:{CATEGORY}:11 category-folder"
    ),
    case(
        "category unknown",
        front(category="elsewhere"),
        f"{A}:{CATEGORY}:11 category-unknown",
        fix="process、safety",
    ),
    case("category is no slug", front(category="Process"), f"{A}:{CATEGORY}:11 front-matter-value"),
    case(
        "stage unknown",
        front(stages="[sued, nowhere]"),
        f"{A}:{EXTRA}:16 stage-unknown",
        fix="overdue-1-30、sued",
    ),
)

RELATED_ARTICLES = (
    case(
        "related unknown",
        both(added("content/articles/process/long-name.md"), front(related="[b, long-nam]")),
        f"{A}:{RELATED}:14 related-unknown",
        fix="是不是想写“long-name”？",
    ),
    case("related to itself", front(related="[b, a]"), f"{A}:{RELATED}:14 related-self"),
    case("related twice", front(related="[b, b]"), f"{A}:{RELATED}:14 related-duplicate"),
    case(
        "related to a draft",
        both(
            added(C, draft="true"),
            swap("content/published-urls.txt", "/c/\n", ""),
            front(related="[b, c]"),
        ),
        f"{A}:{RELATED}:14 related-unpublished",
    ),
    case(
        "related to tomorrow's article",
        both(
            added(C, published="2026-11-25"),
            swap("content/published-urls.txt", "/c/\n", ""),
            front(related="[b, c]"),
        ),
        f"{A}:{RELATED}:14 related-unpublished",
    ),
    case(
        "related too many",
        front(related="[b, c, d, e, f, g, h]"),
        f"{A}:{RELATED}:10 front-matter-value",
    ),
    case(
        "orphan",
        both(
            swap("site_config.yml", "      stages:", "      page_sizes: {cards: 1}\n      stages:"),
            added(C, related="[a]"),
        ),
        f"{C} page-orphan",
    ),
)

REDIRECTS = (
    case(
        "redirect over another article",
        front(redirect_from="[b]"),
        f"{A}:{EXTRA}:17 redirect-clash",
    ),
    case("redirect to itself", front(redirect_from="[a]"), f"{A}:{EXTRA}:17 redirect-loop"),
    case(
        "redirects in a circle",
        both(
            front(redirect_from="[b]"), swap(B, "related: [a]", "related: [a]\nredirect_from: [a]")
        ),
        f"{A}:{EXTRA}:17 redirect-loop",
        f"{B}:{EXTRA}:17 redirect-loop",
    ),
    case(
        "redirects in a chain",
        both(
            front(redirect_from="[b]"),
            swap(B, "related: [a]", "related: [a]\nredirect_from: [old]"),
            recorded("old"),
        ),
        f"{A}:{EXTRA}:17 redirect-chain",
    ),
    case(
        "old address claimed by two",
        both(
            front(redirect_from="[old]"),
            swap(B, "related: [a]", "related: [a]\nredirect_from: [old]"),
            recorded("old"),
        ),
        f"{B}:{EXTRA}:17 redirect-twice",
    ),
    case(
        "old address listed twice",
        both(front(redirect_from="[old, old]"), recorded("old")),
        f"{A}:{EXTRA}:22 redirect-twice",
    ),
    case(
        "old addresses differ in case",
        both(front(redirect_from="[old, Old]"), recorded("old")),
        f"{A}:{EXTRA}:22 path-case",
    ),
    case(
        "old address is an article in capitals",
        front(redirect_from="[B]"),
        f"{A}:{EXTRA}:17 path-case",
    ),
    case(
        "old address the site uses",
        front(redirect_from="[search]"),
        f"{A}:{EXTRA}:17 slug-reserved",
    ),
    case(
        "old address of a draft",
        both(
            added(C, draft="true", redirect_from="[old]"),
            swap("content/published-urls.txt", "/c/\n", ""),
        ),
        f"{C}:{EXTRA}:17 redirect-unpublished",
    ),
    case(
        "old address of an article that failed",
        both(
            file(A, ""),
            front(redirect_from="[old]"),
            recorded("old"),
            swap(A, "[@law-1]", "[@law-9]"),
        ),
        f"{A}:{BODY + 3}:6 citation-unknown",
        fix="law-1",
    ),
)

CASES = (*SHAPE, *YAML, *VALUES, *PLACES, *RELATED_ARTICLES, *REDIRECTS)
