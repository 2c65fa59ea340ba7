"""`yuqi related SLUG`"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from generator import related
from generator.messages import did_you_mean
from generator.output import serial
from generator.plan import dealing, names
from generator.shell import builder, console


@click.command("related")
@click.argument("slug")
@click.option("--why", is_flag=True, help="写出每张卡片为什么在这里")
@console.config_option
@console.as_of_option
def command(slug: str, why: bool, config: Path, as_of: date | None) -> None:
    """看一篇文章的“大家还在看”有哪些卡片。

    \b
    例子：
      yuqi related weilidai-collection-process --why
    """
    project = console.open_project(config)
    memory, findings = builder.examine(project, console.edition(as_of))
    catalogue = memory.catalogue
    if catalogue is None:
        console.fail(findings, project.texts)
    if slug not in catalogue.articles:
        hint = did_you_mean(slug, catalogue.articles, otherwise="用 yuqi check 看看它能不能发布")
        raise click.ClickException(f"没有已发布的文章“{slug}”。{hint}")
    code = project.sources.generator
    cards = dealing(catalogue, project.settings, memory.learnt.dealt, code, serial).dealt().cards
    words = names(project.settings)
    for number, choice in enumerate(cards[slug], start=1):
        click.echo(f"{number}. {catalogue.articles[choice.slug].title}（{choice.slug}）")
        if why:
            click.echo(f"   {choice.reason}（{choice.score} 分）")
            for what, weight in related.explain(catalogue, slug, choice.slug, words):
                click.echo(f"     {what}  +{weight}")
