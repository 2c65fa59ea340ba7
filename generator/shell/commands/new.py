"""`yuqi new SLUG`"""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta
from pathlib import Path

import click

from generator.article import Source
from generator.fingerprint import digest
from generator.parse import parse_article
from generator.shell import addresses, console
from generator.shell.edits import EditSet

_REVIEW_AFTER = timedelta(days=182)
_BODY = """\
## 今天先做三件事

1. 第一件。
2. 第二件。
3. 第三件。

## 还有哪些说不准

写清楚哪些我们不知道、读者去哪里看自己的答案。

## 接下来怎么做

写下一步。
"""


@click.command("new")
@click.argument("slug")
@click.option("--category", help="分类的英文名")
@click.option("--title", help="标题，用读者的话提问")
@click.option("--summary", help="一两句话的直接回答，不超过 80 个字")
@click.option("--tag", "tags", multiple=True, help="标签，可以写几次")
@console.config_option
def command(
    slug: str,
    category: str | None,
    title: str | None,
    summary: str | None,
    tags: tuple[str, ...],
    config: Path,
) -> None:
    """新建一篇草稿，信息区已经填好，马上能通过检查。

    没给的项目会问你；已有同名文章时不会覆盖。

    \b
    例子：
      yuqi new home-visit
      yuqi new home-visit --category process --title 催收会上门吗？ \\
        --summary 可能会，但不是必经的一步；可以不让进门。 --tag 催收
    """
    project = console.open_project(config)
    parsed = (parse_article(source).article for source in project.sources.articles)
    if why := addresses.refusal(slug, project, [entry for entry in parsed if entry]):
        raise click.ClickException(why)
    today = console.edition(None).as_of
    known = [entry.id for entry in project.settings.options.categories]
    category = category if category is not None else _ask("分类", choices=known)
    if category not in known:
        raise click.ClickException(f"没有“{category}”这个分类，可用的有：{'、'.join(known)}")
    title = title or _ask("标题（4 到 40 个字）")
    summary = summary or _ask("一两句话的直接回答（10 到 80 个字）")
    tags = tags or tuple(_ask("标签（用空格隔开）").split())
    path = f"content/articles/{category}/{slug}.md"
    text = skeleton(category, title, summary, tags, today)
    _validate(path, text)
    with console.refusals(), EditSet(project.root) as changes:
        changes.write(path, text)
    click.echo(f"已新建 {path}（草稿）。写好后删掉 draft: true 那一行，再运行 yuqi check")


def skeleton(category: str, title: str, summary: str, tags: tuple[str, ...], today: date) -> str:
    """A draft that passes the check as it stands. JSON strings are valid YAML strings."""
    quoted = {
        "title": json.dumps(title, ensure_ascii=False),
        "summary": json.dumps(summary, ensure_ascii=False),
        "category": category,
        "tags": f"[{', '.join(json.dumps(tag, ensure_ascii=False) for tag in tags)}]",
        "aliases": "[]",
        "published": today.isoformat(),
        "reviewed": today.isoformat(),
        "review_due": (today + _REVIEW_AFTER).isoformat(),
        "related": "[]",
        "draft": "true",
    }
    front = "".join(f"{key}: {value}\n" for key, value in quoted.items())
    return f"---\n{front}---\n\n{_BODY}"


def _validate(path: str, text: str) -> None:
    try:
        content = text.encode()
    except UnicodeEncodeError as error:
        raise click.ClickException("标题、摘要或标签里有不能保存的字符") from error
    findings = parse_article(Source(path, content, digest(content))).findings
    if findings:
        console.fail(findings, {path: content})


def _ask(question: str, choices: list[str] | None = None) -> str:
    if not sys.stdin.isatty():
        raise click.UsageError(f"缺少：{question}。不在终端里运行时要用选项给出")
    kind = click.Choice(choices) if choices else str
    return str(click.prompt(question, type=kind))
