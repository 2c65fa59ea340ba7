"""`yuqi schema`"""

from __future__ import annotations

import json

import click

from generator.schemas import FRONT_MATTER, KINDS, schema


@click.command("schema")
@click.argument("name", type=click.Choice(tuple(KINDS)), default=FRONT_MATTER, metavar="[名称]")
def command(name: str) -> None:
    """打印信息区或资料表的 JSON Schema，给编辑器做补全和校验用。

    名称是 front-matter（文章，默认）、page（站内页面和阶段页）或资料表的文件名，例如 sources。

    \b
    例子：
      yuqi schema > content/schema/front-matter.json
      yuqi schema sources > content/schema/sources.json
    """
    click.echo(json.dumps(schema(name), ensure_ascii=False, indent=2))
