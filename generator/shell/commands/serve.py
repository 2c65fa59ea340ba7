"""`yuqi serve`"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import click
import watchfiles

from generator.diagnostics import has_errors
from generator.shell import clock, console, report
from generator.shell.preview.server import PreviewServer
from generator.shell.preview.studio import Studio

_DEBOUNCE_MS = 60
_BEGUN_MS = 500
_FOLDERS = ("content", "templates")


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
    rebuilds = threading.Lock()

    def rebuild() -> None:
        with rebuilds:
            located = studio.rebuild()
        if located is not None:
            _report(located)

    with server, suppress(KeyboardInterrupt):  # how it is ended, in a rebuild as well
        rebuild()
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}{studio.base_path}/"
        click.echo(f"打开 {address} ，按 Ctrl+C 结束")
        _follow(config, rebuild)


def _follow(config: Path, rebuild: Callable[[], None]) -> None:
    """Rebuild after every change of the project, for ever."""
    moved = threading.Event()
    threading.Thread(target=_watch_inside, args=(config, moved, rebuild), daemon=True).start()
    # The folder is watched, not the file: an editor may put a new file in the place of the old.
    names = {config.name, *_FOLDERS}
    for changes in _changes(config.parent, recursive=False):
        touched = {Path(path).name for path in changes} & names
        if touched or not changes:
            rebuild()
        if touched - {config.name}:
            moved.set()


def _watch_inside(config: Path, moved: threading.Event, rebuild: Callable[[], None]) -> None:
    """Follow what is in the folders, and begin again when a folder itself comes or goes."""
    while True:
        folders = [config.parent / name for name in _FOLDERS if (config.parent / name).is_dir()]
        if folders:
            for _ in _changes(*folders, stop_event=moved):
                rebuild()
        moved.wait()
        moved.clear()
        rebuild()


def _changes(
    *folders: Path, recursive: bool = True, stop_event: threading.Event | None = None
) -> Iterator[frozenset[str]]:
    """The paths of each burst of changes; first an empty set, when watching has begun.

    What was edited before that moment nobody else will tell.
    """
    begun = False
    for changes in watchfiles.watch(
        *folders,
        debounce=_DEBOUNCE_MS,
        step=20,
        rust_timeout=_BEGUN_MS,
        yield_on_timeout=True,
        recursive=recursive,
        stop_event=stop_event,
        raise_interrupt=False,
    ):
        if not begun:
            begun = True
            yield frozenset()
        if changes:
            yield frozenset(path for _, path in changes)


def _report(located: list[report.Located]) -> None:
    for line in report.as_text(located):
        click.echo(line)
    findings = [entry.finding for entry in located]
    click.echo("没有生成，先改好上面的问题" if has_errors(findings) else "已更新")
