"""Broken settings, tables, address lists and templates."""

from __future__ import annotations

from tests.harness import BASE, REPOSITORY
from tests.site.broken import (
    CONFIG,
    NEXT,
    RELATED,
    SOURCES,
    URLS,
    A,
    B,
    body,
    both,
    case,
    dropped,
    file,
    line_of,
    link,
    recorded,
    swap,
)

_OPERATOR = "      operator: {name: 某社, contact: me@test.example}\n"
_FEEDBACK = "      feedback: {mailto: me@test.example, retention: 处理完 30 天内删除}\n"
_TWO_PLACES = _FEEDBACK.replace("{", "{endpoint: 'https://forms.example/x', ")

SETTINGS = (
    case(
        "setting misspelt",
        swap(CONFIG, "site_name:", "site_nme:"),
        f"{CONFIG}:1:1 config-missing-key",
        f"{CONFIG}:1:1 config-unknown-key",
        fix="是不是想写“site_name”？",
    ),
    case(
        "option misspelt",
        swap(CONFIG, "      stages:", "      page_size: {cards: 3}\n      stages:"),
        f"{CONFIG}:19:7 config-unknown-key",
        fix="是不是想写“page_sizes”？",
    ),
    case(
        "setting missing",
        swap(CONFIG, "site_url: https://test.example/\n", ""),
        f"{CONFIG}:1:1 config-missing-key",
    ),
    case(
        "footer line missing",
        swap(CONFIG, "        scam: 先收费的是骗局。\n", ""),
        f"{CONFIG}:13:9 config-missing-key",
    ),
    case(
        "theme of another name",
        swap(CONFIG, "name: material", "name: readthedocs"),
        f"{CONFIG}:5:9 config-value",
    ),
    case(
        "theme is a word",
        swap(
            CONFIG,
            "theme:\n  name: material\n  custom_dir: templates\n  language: zh\n  font: false",
            "theme: material",
        ),
        f"{CONFIG}:4:8 config-value",
    ),
    case(
        "setting of MkDocs only",
        swap(CONFIG, "theme:", "nav: []\ntheme:"),
        f"{CONFIG}:4:1 config-unused-key",
    ),
    case(
        "settings of MkDocs only",
        swap(CONFIG, "theme:", "strict: true\nhooks: [x.py]\ntheme:"),
        f"{CONFIG}:4:1 config-unused-key",
        f"{CONFIG}:5:1 config-unused-key",
    ),
    case(
        "category id twice",
        swap(CONFIG, "{id: safety,", "{id: process,"),
        f"{CONFIG}:18:16 config-duplicate",
    ),
    case(
        "stage id twice",
        swap(CONFIG, "{id: sued,", "{id: overdue-1-30,"),
        f"{CONFIG}:21:16 config-duplicate",
    ),
    case(
        "site address without last slash",
        swap(CONFIG, "https://test.example/", "https://test.example"),
        f"{CONFIG}:2:11 config-value",
        fix="以 / 结尾",
    ),
    case(
        "site address not absolute",
        swap(CONFIG, "https://test.example/", "test.example/"),
        f"{CONFIG}:2:11 config-value",
    ),
    case(
        "site address not of the web",
        swap(CONFIG, "https://test.example/", "javascript://x/"),
        f"{CONFIG}:2:11 config-value",
    ),
    case(
        "extension not allowed",
        swap(CONFIG, "[tables,", "[attr_list,"),
        f"{CONFIG}:9:23 config-value",
    ),
    case(
        "two plugins",
        swap(CONFIG, "plugins:", "plugins:\n  - search"),
        f"{CONFIG}:11:3 config-value",
    ),
    case(
        "number too large",
        swap(CONFIG, "      stages:", "      page_sizes: {cards: 13}\n      stages:"),
        f"{CONFIG}:19:27 config-value",
    ),
    case(
        "number is a word",
        swap(CONFIG, "      stages:", "      page_sizes: {home: 多}\n      stages:"),
        f"{CONFIG}:19:26 config-value",
    ),
    case(
        "feedback without an operator",
        swap(CONFIG, "      footer:", f"{_FEEDBACK}      footer:"),
        f"{CONFIG}:12:7 config-feedback",
        fix="把 feedback 删掉",
    ),
    case(
        "feedback to two places",
        swap(CONFIG, "      footer:", f"{_OPERATOR}{_TWO_PLACES}      footer:"),
        f"{CONFIG}:13:7 config-feedback",
    ),
    case(
        "settings with a code tag",
        swap(CONFIG, "name: material", "name: !!python/name:os.system material"),
        f"{CONFIG}:5:9 yaml-tag",
    ),
    case(
        "settings syntax",
        swap(CONFIG, "site_name: 测试站", "site_name: 测试: 站"),
        f"{CONFIG}:1:14 yaml-syntax",
    ),
    case(
        "settings with a tab",
        swap(CONFIG, "  name: material", "\tname: material"),
        f"{CONFIG}:5:1 yaml-tab",
    ),
)

TABLE = (
    case("no sources", dropped(SOURCES), f"{SOURCES} file-missing"),
    case("sources are no list", file(SOURCES, "rows: 1\n"), f"{SOURCES}:1:1 data-value"),
    case(
        "source key missing",
        swap(SOURCES, "  title: 某法\n", ""),
        f"{SOURCES}:1:3 data-missing-key",
    ),
    case(
        "source key misspelt",
        swap(SOURCES, "  title: 某法\n", "  titel: 某法\n"),
        f"{SOURCES}:1:3 data-missing-key",
        f"{SOURCES}:2:3 data-unknown-key",
        fix="是不是想写“title”？",
    ),
    case(
        "source id twice",
        swap(SOURCES, "- id: guide-1", "- id: law-1"),
        f"{SOURCES}:15:7 data-duplicate-id",
    ),
    case(
        "source without a day",
        swap(SOURCES, "  topics: [逾期]\n  checked: '2026-11-24'", "  topics: [逾期]\n  checked:"),
        f"{SOURCES}:13:11 data-value",
    ),
    case(
        "source status unknown",
        swap(SOURCES, "status: 自律", "status: 大概"),
        f"{SOURCES}:21:11 data-value",
    ),
    case(
        "source address is none",
        swap(SOURCES, "https://flk.npc.gov.cn/law-1", "flk.npc.gov.cn"),
        f"{SOURCES}:9:8 data-value",
    ),
    case(
        "source address cannot be parsed",
        swap(SOURCES, "https://flk.npc.gov.cn/law-1", "https://[flk/"),
        f"{SOURCES}:9:8 data-value",
    ),
    case(
        "sources syntax",
        swap(SOURCES, "  title: 某法", "  title: 某: 法"),
        f"{SOURCES}:2:11 yaml-syntax",
    ),
    case(
        "fault in an article beside bad sources",
        both(
            swap(SOURCES, "status: 自律", "status: 大概"),
            swap(A, "related: [b]", "related: [nope]"),
        ),
        f"{A}:{RELATED}:11 related-unknown",
        f"{SOURCES}:21:11 data-value",
    ),
)

ADDRESSES = (
    case(
        "published address lost",
        recorded("gone"),
        f"{URLS}:{NEXT}:1 url-lost",
        fix="redirect_from: [gone]",
    ),
    case(
        "published article deleted",
        both(dropped(B), swap(A, "related: [b]", "related: []")),
        f"{URLS}:{line_of('/b/')}:1 url-lost",
    ),
    case(
        "published category deleted",
        both(
            swap(CONFIG, "        - {id: safety, title: 防骗, summary: 认出骗局。}\n", ""),
            dropped(B),
            swap(A, "related: [b]", "related: []"),
            swap(URLS, "/b/\n", "# /b/\n"),
        ),
        f"{URLS}:{line_of('/category/safety/')}:1 url-lost",
    ),
    case(
        "recorded address without slash",
        file(URLS, BASE[URLS] + "b\n"),
        f"{URLS}:{NEXT}:1 url-list-line",
    ),
    case(
        "recorded address twice",
        file(URLS, BASE[URLS] + "/b/\n"),
        f"{URLS}:{NEXT}:1 url-list-line",
    ),
)

SYNONYMS = "content/data/synonyms.yml"
_SAID = """\
synonyms:
  - {words: [要账], means: [催收], reason: 口语}
  - {words: [要债], means: [催收], reason: 口语}
tails: [吗, 呢]
crisis: [不想活]
"""

WORDS = (
    case(
        "word for the search in two rows",
        file(SYNONYMS, _SAID.replace("要债", "要账")),
        f"{SYNONYMS}:3:14 synonym-repeated",
        fix="留一处",
    ),
    case(
        "last word of a question twice",
        file(SYNONYMS, _SAID.replace("呢", "吗")),
        f"{SYNONYMS}:4:12 synonym-repeated",
    ),
    case(
        "word for the search that means itself",
        file(SYNONYMS, _SAID.replace("[催收]", "[催收, 要债]")),
        f"{SYNONYMS}:3:14 synonym-itself",
        fix="从 means 里删掉",
    ),
)

_ARTICLE = "templates/article.html"
_LOST = "templates/not-found.html"


def _line(path: str, text: str) -> int:
    """On which line of a template of ours a text stands first."""
    return (REPOSITORY / path).read_text("utf-8").partition(text)[0].count("\n") + 1


TEMPLATES = (
    case("no article template", dropped(_ARTICLE), f"{_ARTICLE} template-missing"),
    case(
        "no icon",
        dropped("templates/assets/icon.svg"),
        "templates/assets/icon.svg template-missing",
    ),
    case(
        "article template is a link",
        both(dropped(_ARTICLE), link(_ARTICLE, "home.html")),
        f"{_ARTICLE} path-symlink",
    ),
    case(
        "no component template",
        both(
            dropped("templates/components/fact-check/macro.html"),
            body("```fact-check\nclaim: 甲\nverdict: 错误\nbasis: 乙\n```\n"),
        ),
        "templates/components/fact-check/macro.html template-missing",
    ),
    case(
        "template includes a missing one",
        swap(_ARTICLE, "components/notes/macro.html", "components/nots/macro.html"),
        "templates/components/nots/macro.html template-missing",
    ),
    case(
        "template syntax",
        swap(_ARTICLE, "{% block main %}", "{% blok main %}"),
        f"{_ARTICLE}:{_line(_ARTICLE, '{% block main %}')}:1 template-error",
    ),
    case(
        "template value undefined",
        swap("templates/not-found.html", "{{ page.frame.home }}", "{{ page.nothing }}"),
        f"{_LOST}:{_line(_LOST, 'page.frame.home')}:1 template-error",
    ),
    case(
        "template that writes nothing",
        file("templates/not-found.html", ""),
        "templates/not-found.html:1:1 template-error",
    ),
    case(
        "style syntax",
        file("templates/components/card/style.css", ".card { color: }}\n"),
        "templates/components/card/style.css:1:18 template-error",
    ),
    case("template encoding", file(_ARTICLE, b"\n\xff"), f"{_ARTICLE}:2:1 file-not-utf8"),
    case(
        "template with a script",
        swap("templates/not-found.html", "<h1", "<script>x()</script><h1"),
        "404.html page-policy",
    ),
    case(
        "template loads from elsewhere",
        swap("templates/not-found.html", "<h1", '<img src="https://x.example/x.png" alt=""><h1'),
        "404.html page-policy",
    ),
    case(
        "template with handler and style",
        swap(
            "templates/not-found.html",
            '<h1 class="page__title"',
            '<h1 style="color:red" onclick="x()"',
        ),
        "404.html page-policy",
        "404.html page-policy",
    ),
    case(
        "template with an id twice",
        swap("templates/not-found.html", "<h1", '<p id="yq-main"></p><h1'),
        "404.html page-duplicate-id",
    ),
)

CASES = (*SETTINGS, *TABLE, *ADDRESSES, *WORDS, *TEMPLATES)
