"""`yuqi hosting`"""

from __future__ import annotations

from pathlib import Path

import click

from generator.hosting import nginx, static_host
from generator.hosting.served import hosted
from generator.shell import console, manifest
from generator.shell.project import load_settings
from generator.shell.served import ServedFiles

_ROOT = "/srv/www/yuqi"


@click.command("hosting")
@click.argument("kind", type=click.Choice(["nginx", "headers", "redirects"]))
@click.argument(
    "site_dir", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False)
)
@console.config_option
@click.option("--root", default=_ROOT, show_default=True, help="网站放在服务器的哪个文件夹")
@click.option("--brotli", is_flag=True, help="服务器的 nginx 装了 brotli 模块")
def command(kind: str, site_dir: Path | None, config: Path, root: str, brotli: bool) -> None:
    """打印服务器的配置：nginx，或者静态托管用的 _headers、_redirects。

    从发布好的网站里读：安全策略、旧地址跳到哪里。重新发布后要再生成一次。

    \b
    例子：
      yuqi hosting nginx > /etc/nginx/conf.d/yuqi.conf
      yuqi hosting headers > site-upload/_headers
      yuqi hosting redirects > site-upload/_redirects
    """
    config = config.absolute()
    settings, findings = load_settings(config)
    if settings is None:
        console.fail(findings, {config.name: config.read_bytes()} if config.is_file() else {})
    site = site_dir if site_dir is not None else config.parent / settings.site_dir
    if manifest.read(site) is None:
        raise click.UsageError(f"{site} 不是发布过的网站，先运行 yuqi build --release")
    found = hosted(ServedFiles(site), settings)
    if kind == "nginx":
        text = nginx.server(found, root, brotli=brotli)
    else:
        text = static_host.headers(found) if kind == "headers" else static_host.redirects(found)
    click.echo(text, nl=False)
