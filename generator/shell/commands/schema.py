"""`yuqi schema`"""

from __future__ import annotations

import json

import click

from generator.front_matter import schema

SCHEMA_PATH = "content/schema/front-matter.json"


@click.command("schema")
def command() -> None:
    """打印文章信息区的 JSON Schema，给编辑器做补全和校验用。

    \b
    例子：
      yuqi schema > content/schema/front-matter.json
    """
    click.echo(json.dumps(schema(), ensure_ascii=False, indent=2))
