"""`yuqi check`"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from generator import published_urls
from generator.diagnostics import has_errors
from generator.errors import FindingsError
from generator.output import Memory
from generator.shell import builder, console, edits, report
from generator.shell.project import Project, load
from generator.shell.repairs import repair
from generator.shell.workers import default_workers, parallel


@click.command("check")
@console.config_option
@console.format_option
@click.option("--fix", is_flag=True, help="先把能自动改的改好：空格和标点、信息区各项的顺序")
@click.option("--record-urls", is_flag=True, help="把新发布的地址记进 content/published-urls.txt")
@console.as_of_option
def command(config: Path, style: str, fix: bool, record_urls: bool, as_of: date | None) -> None:
    """检查全部内容，一次列出每一处问题。什么都不发布。

    \b
    退出码：0 没有错误（可以有提醒）；1 有错误；2 命令写错。

    \b
    例子：
      yuqi check
      yuqi check --format json > findings.json
      yuqi check --fix
      yuqi check --record-urls
    """
    try:
        project = load(config.absolute())
        if fix:
            project = _repaired(project, config.absolute())
    except FindingsError as error:
        console.print_as(style, error.findings, error.texts)
        sys.exit(console.FINDINGS)
    memory, findings = builder.examine(
        project, console.edition(as_of), run=parallel(default_workers())
    )
    if record_urls and not has_errors(findings):
        _record(project, memory)
        findings = tuple(entry for entry in findings if entry.code != "url-unrecorded")
    console.print_as(style, findings, project.texts)
    if style == "text":
        click.echo(f"检查了 {len(project.sources.articles):,} 篇文章：{report.summary(findings)}")
    sys.exit(console.FINDINGS if has_errors(findings) else 0)


def _repaired(project: Project, config: Path) -> Project:
    """What was changed is told beside the findings, so that these stay readable for programs."""
    with console.refusals():
        changes = repair(project)
    for line in changes:
        click.echo(line, err=True)
    return load(config) if changes else project


def _record(project: Project, memory: Memory) -> None:
    source = project.sources.data.get(published_urls.LIST_PATH)
    text = source.text() if source else ""
    with console.refusals(), edits.EditSet(project.root) as changes:
        changes.write(published_urls.LIST_PATH, published_urls.updated(text, memory.addresses))
