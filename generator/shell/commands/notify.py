"""`yuqi notify`"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import click

from generator.discovery.changes import News, listed, news
from generator.settings import Settings
from generator.shell import console, manifest
from generator.shell.notify import Result, Sender, baidu, index_now
from generator.shell.project import load_settings

TOKEN = "YUQI_BAIDU_TOKEN"  # noqa: S105  # the name of the variable
_SHOWN = 10


@click.command("notify")
@console.config_option
@click.argument(
    "site_dir", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False)
)
@click.option(
    "--since",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="和哪个发布过的文件夹比；不写就和上次告诉的比",
)
@click.option("--send", is_flag=True, help="真的发出去；不写只列出会发什么")
def command(config: Path, site_dir: Path | None, since: Path | None, send: bool) -> None:
    """把新增、改过和删掉的网址告诉搜索引擎（IndexNow 和百度）。

    比的是两份发布清单；只有卡片变了的文章不算改过。IndexNow 的密钥写在 site_config.yml，
    百度的 token 写在环境变量 YUQI_BAIDU_TOKEN 里。

    \b
    退出码：0 都收下了（或只是看看）；1 有没收下的；2 命令写错。

    \b
    例子：
      yuqi notify
      yuqi notify --send
      yuqi notify site --since old-site --send
    """
    config = config.absolute()
    settings, findings = load_settings(config)
    if settings is None:
        console.fail(findings, {config.name: config.read_bytes()} if config.is_file() else {})
    site = site_dir if site_dir is not None else config.parent / settings.site_dir
    published = manifest.read(site)
    if published is None:
        raise click.UsageError(f"{site} 不是发布过的网站，先运行 yuqi build --release")
    places = listed(_sitemaps(site, published))
    engines = _engines(settings)
    if not engines:
        click.echo(f"还没有设置搜索引擎：填 notify.indexnow_key，或设环境变量 {TOKEN}")
        return
    complete = True
    for name, tell in engines.items():
        memory = config.parent / ".cache" / "yuqi" / "notified" / name
        before = manifest.read(since if since is not None else memory) or {}
        found = news(_digests(before), _digests(published), places, settings.site_url)
        told = _told(name, tell, found, send=send)
        complete &= told
        if send and told and since is None:
            _remember(memory, manifest.dump(published))
    sys.exit(0 if complete else console.FINDINGS)


def _digests(entries: manifest.Manifest) -> dict[str, str]:
    return {name: entry.sha256 for name, entry in entries.items()}


def _sitemaps(site: Path, published: manifest.Manifest) -> dict[str, bytes]:
    return {name: (site / name).read_bytes() for name in published if name.startswith("sitemap")}


def _engines(settings: Settings) -> dict[str, Callable[[News], Result]]:
    """Those that are set up, by the name their memory is kept under."""
    sender, found = Sender(), dict[str, Callable[[News], Result]]()
    if settings.options.notify.indexnow_key:
        found["indexnow"] = lambda told: index_now((*told.changed, *told.gone), settings, sender)
    if token := os.environ.get(TOKEN, ""):
        found["baidu"] = lambda told: baidu(told.changed, token, settings, sender)
    return found


def _told(name: str, tell: Callable[[News], Result], found: News, *, send: bool) -> bool:
    """Print what there is to tell, tell it if asked to; whether nothing is left to be told."""
    click.echo(f"{name}：{len(found.changed)} 个网址有变化，{len(found.gone)} 个没有了")
    for address in (*found.changed, *found.gone)[:_SHOWN]:
        click.echo(f"  {address}")
    if not send or not (found.changed or found.gone):
        return True
    result = tell(found)
    click.echo(f"{result.engine}：收下 {result.accepted}/{result.offered}。{result.detail}")
    return result.complete


def _remember(folder: Path, content: bytes) -> None:
    """What this engine has been told, for the next difference."""
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f"{manifest.NAME}.tmp"
    temporary.write_bytes(content)
    temporary.replace(folder / manifest.NAME)
