"""`yuqi due`"""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path

import click

from generator import review
from generator.output import Memory
from generator.review import Due
from generator.shell import builder, console
from generator.shell.project import Project


@click.command("due")
@click.option(
    "--within",
    "days",
    type=click.IntRange(0, 3650),
    default=0,
    show_default=True,
    help="连同今后多少天以内到期的",
)
@click.option("--fail", is_flag=True, help="列出了任何一项，就以退出码 1 结束")
@console.config_option
@console.as_of_option
def command(days: int, fail: bool, config: Path, as_of: date | None) -> None:
    """列出该再核对一次的：文章、页面、来源、产品、求助电话、利率和规则表，最急的在前。

    \b
    退出码：0 正常；1 内容有错误读不了，或带了 --fail 而有到期的；2 命令写错。

    \b
    例子：
      yuqi due --within 60
      yuqi due --fail
    """
    project = console.open_project(config)
    edition = console.edition(as_of)
    memory, findings = builder.examine(project, edition)
    if memory.catalogue is None:
        console.fail(findings, project.texts)
    until = edition.as_of + timedelta(days=days)
    listed = [due for due in _everything(project, memory) if _is_listed(due, edition.as_of, until)]
    for due in listed:
        click.echo(_line(due, edition.as_of))
    click.echo(f"{until.isoformat()} 以前要核对：{len(listed):,} 项")
    sys.exit(console.FINDINGS if fail and listed else 0)


def _everything(project: Project, memory: Memory) -> tuple[Due, ...]:
    assert memory.catalogue is not None  # told above
    read = [parsed.article or parsed.standing for parsed in memory.learnt.parsed.values()]
    pages = [page for page in read if page is not None]
    after = project.settings.options.review_after
    return review.everything(pages, memory.catalogue.facts, after)


def _is_listed(due: Due, today: date, until: date) -> bool:
    """Overdue, or due between today and `until`; without `--within` only what is overdue."""
    return due.day < today or (until > today and due.day <= until)


def _line(due: Due, today: date) -> str:
    left = (due.day - today).days
    when = f"过了 {-left} 天" if left < 0 else f"还有 {left} 天"
    row = f"（{due.row}）" if due.row else ""
    return f"{due.day.isoformat()}  {when}  {due.kind}“{due.name}”{row}：{due.why}  {due.path}"
