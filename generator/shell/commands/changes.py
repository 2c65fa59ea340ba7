"""`yuqi changes`"""

from __future__ import annotations

from pathlib import Path

import click

from generator.discovery.changes import changes
from generator.shell import manifest

_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command("changes")
@click.argument("before", type=_FOLDER)
@click.argument("after", type=_FOLDER)
@click.option("--put", "only", flag_value="put", help="只列要上传的文件，一行一个")
@click.option("--delete", "only", flag_value="delete", help="只列要删除的文件，一行一个")
def command(before: Path, after: Path, only: str | None) -> None:
    """比较两个发布过的网站，列出要上传和要删除的文件。

    BEFORE 是上次上传时的文件夹或只放着它的清单的文件夹，没有就当什么都没传过。
    按列出的顺序上传，最后才删除，读者不会碰到缺样式的页面。

    \b
    例子：
      yuqi changes uploaded site
      yuqi changes uploaded site --put > put.txt
    """
    new = manifest.read(after)
    if new is None:
        raise click.UsageError(f"{after} 不是发布过的网站，先运行 yuqi build")
    old = manifest.read(before) or {}
    found = changes(
        {name: entry.sha256 for name, entry in old.items()},
        {name: entry.sha256 for name, entry in new.items()},
    )
    for kind, names in (("put", found.put), ("delete", found.delete)):
        for name in names if only in (None, kind) else ():
            click.echo(name if only else f"{kind}\t{name}")
