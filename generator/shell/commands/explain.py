"""`yuqi explain CODE`"""

from __future__ import annotations

import click

from generator import guide
from generator.messages import CATALOGUE, did_you_mean


@click.command("explain")
@click.argument("code", required=False)
@click.option("--all", "every", is_flag=True, help="打印全部编号的说明（Markdown）")
def command(code: str | None, every: bool) -> None:
    """说明检查结果里的一个编号：为什么，怎么改。

    \b
    例子：
      yuqi explain figure-uncited
      yuqi explain --all > docs/findings.md
    """
    if every:
        click.echo(guide.guide(), nl=False)
        return
    if code is None:
        raise click.UsageError("写上编号，例如 yuqi explain figure-uncited；全部编号用 --all")
    code = code.strip("[]")
    if code not in CATALOGUE:
        hint = did_you_mean(code, CATALOGUE, otherwise="全部编号用 yuqi explain --all 看")
        raise click.ClickException(f"没有“{code}”这个编号。{hint}")
    severity, reason, fix = guide.explained(code)
    click.echo(
        f"{code}（{guide.section(code)}）\n  {severity}\n  为什么：{reason}\n  怎么改：{fix}"
    )
