"""The editors' help about findings: every code with its reason and its fix, in Chinese.

It is made from the catalogue of messages alone. What a finding fills in stands as `…`.
"""

from __future__ import annotations

import re

from generator.diagnostics import Severity
from generator.messages import CATALOGUE

PATH = "docs/findings.md"

SECTIONS = (
    ("文件和文件夹", ("path", "file", "image")),
    ("YAML 的写法", ("yaml",)),
    ("信息区", ("front", "category", "stage", "product", "slug", "related", "aliases")),
    ("网址和跳转", ("redirect", "url", "output")),
    (
        "正文的写法",
        (
            "body",
            "block",
            "line",
            "heading",
            "fence",
            "admonition",
            "raw",
            "attribute",
            "link",
            "anchor",
        ),
    ),
    ("说法和数字", ("phrase", "figure", "text")),
    ("出处和条号", ("citation", "source", "standard", "article-renumbered")),
    ("重复和过期", ("article", "summary", "review")),
    ("资料表", ("data", "term", "hotline", "synonym")),
    ("设置和模板", ("config", "template", "class")),
    ("生成的页面", ("page", "picture")),
    ("发布前的审计", ("audit",)),
)
"""Heading of the guide → the first words of the codes below it; a longer match wins."""

_VALUE = re.compile(r"(?<!\{)\{(\w+)\}(?!\})")
_SEVERITY = {
    Severity.ERROR: "错误：改好才能发布",
    Severity.WARNING: "提醒：不改也能发布",
}
_HEAD = """\
<!-- 由 yuqi explain --all 生成，不要手改。 -->

# 检查会说什么

`yuqi check` 的每一条都有编号，写在方括号里。这里按编号列出：为什么，怎么改。“…”的地方，检查时会填上具体的内容。
在终端里看一条：`yuqi explain 编号`。
"""


def section(code: str) -> str:
    """The heading a code stands below. Raises `LookupError` for a code no section wants."""
    fitting = [
        (len(prefix), title)
        for title, prefixes in SECTIONS
        for prefix in prefixes
        if code == prefix or code.startswith(f"{prefix}-")
    ]
    if not fitting:
        raise LookupError(code)
    return max(fitting)[1]


def explained(code: str) -> tuple[str, str, str]:
    """(severity, reason, fix) of a code in words. Raises `KeyError` for an unknown one."""
    message = CATALOGUE[code]
    return _SEVERITY[message.severity], _plain(message.reason), _plain(message.fix)


def guide() -> str:
    """The whole help page as Markdown."""
    grouped: dict[str, list[str]] = {title: [] for title, _ in SECTIONS}
    for code in CATALOGUE:
        grouped[section(code)].append(code)
    parts = [_HEAD]
    for title, codes in grouped.items():
        if codes:
            parts.append(f"\n## {title}\n")
            parts.extend(_entry(code) for code in codes)
    return "".join(parts)


def _entry(code: str) -> str:
    severity, reason, fix = explained(code)
    return f"\n### {code}\n\n{severity}。\n\n- 为什么：{_safe(reason)}\n- 怎么改：{_safe(fix)}\n"


def _plain(template: str) -> str:
    return _VALUE.sub("…", template).replace("{{", "{").replace("}}", "}")


def _safe(text: str) -> str:
    """Marks that Markdown would take for its own stand as they are."""
    return re.sub(r"([\\`*_<>\[\]#|])", r"\\\1", text)
