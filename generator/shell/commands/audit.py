"""`yuqi audit`"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.audit.inspection import inspect
from generator.diagnostics import has_errors
from generator.shell import console, report
from generator.shell.project import load_settings
from generator.shell.served import ServedFiles


@click.command("audit")
@click.argument(
    "site_dir", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False)
)
@console.format_option
@console.config_option
def command(site_dir: Path | None, style: str, config: Path) -> None:
    """检查生成好的网站：每一页第一次打开有多大、安全策略、标题和标签、能不能从首页点到。

    只看文件夹里的文件，不看它们是怎么生成的。不写文件夹就检查设置里的那一个。

    \b
    退出码：0 没有错误；1 有错误；2 命令写错。

    \b
    例子：
      yuqi audit
      yuqi audit /srv/www/yuqi --format json
    """
    files = ServedFiles(site_dir if site_dir is not None else _configured(config.absolute()))
    findings = tuple(inspect(files))
    console.print_as(
        style, findings, {entry.path: files.get(entry.path, b"") for entry in findings}
    )
    if style == "text":
        pages = sum(name.endswith(".html") for name in files)
        click.echo(f"检查了 {pages:,} 个页面：{report.summary(findings)}")
    sys.exit(console.FINDINGS if has_errors(findings) else 0)


def _configured(config: Path) -> Path:
    """The folder the settings publish to; leaves with a word when there is none yet."""
    settings, findings = load_settings(config)
    if settings is None:
        console.fail(findings, {config.name: config.read_bytes()} if config.is_file() else {})
    target = config.parent / settings.site_dir
    if not target.is_dir():
        raise click.UsageError(f"还没有 {target}，先运行 yuqi build")
    return target
