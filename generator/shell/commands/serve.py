"""`yuqi serve`"""

from __future__ import annotations

import threading
from pathlib import Path

import click
import watchfiles

from generator.diagnostics import has_errors
from generator.shell import clock, console, report
from generator.shell.preview.server import PreviewServer
from generator.shell.preview.studio import Studio

_DEBOUNCE_MS = 60


@click.command("serve")
@console.config_option
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="端口")
def command(config: Path, port: int) -> None:
    """在本机预览，改了内容、数据、模板或设置就自动刷新。

    草稿和定时文章也会显示，并有标记。写错时问题直接列在浏览器里，改好后自动恢复。
    只有这台电脑能打开；按 Ctrl+C 结束。

    \b
    例子：
      yuqi serve
      yuqi serve --port 9000
    """
    config = config.absolute()
    studio = Studio(config, lambda: clock.as_of(None))
    try:
        server = PreviewServer(port, studio)
    except OSError as error:
        raise click.ClickException(
            f"端口 {port} 用不了（{error.strerror}），换一个：--port 8001"
        ) from error
    _report(studio.rebuild())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    click.echo(f"打开 http://127.0.0.1:{server.server_port}{studio.base_path}/ ，按 Ctrl+C 结束")
    watched = [path for path in _watched(config) if path.exists()]
    for _ in watchfiles.watch(*watched, debounce=_DEBOUNCE_MS, step=20, raise_interrupt=False):
        _report(studio.rebuild())


def _watched(config: Path) -> tuple[Path, ...]:
    # The folder of the configuration is watched by name: an editor may replace the file.
    return (config, config.parent / "content", config.parent / "templates")


def _report(located: list[report.Located]) -> None:
    for line in report.as_text(located):
        click.echo(line)
    findings = [entry.finding for entry in located]
    click.echo("没有生成，先改好上面的问题" if has_errors(findings) else "已更新")
