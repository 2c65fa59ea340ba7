"""`yuqi build`"""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import click

from generator.errors import FindingsError
from generator.shell import builder, console, report
from generator.shell.builder import Built
from generator.shell.workers import default_workers, parallel


@click.command("build")
@console.config_option
@click.option(
    "--site-dir", type=click.Path(path_type=Path), help="发布到哪个文件夹；默认按设置文件"
)
@click.option("--clean", is_flag=True, help="不用缓存和旧文件，全部重新生成")
@click.option("--workers", type=click.IntRange(1, 64), help="用几个进程；默认和处理器一样多")
@click.option(
    "--release",
    is_flag=True,
    help="正式发布：网址、运营者、主机必须填好，新地址必须记进清单，另存压缩好的副本",
)
@console.as_of_option
def command(
    config: Path,
    site_dir: Path | None,
    clean: bool,
    workers: int | None,
    release: bool,
    as_of: date | None,
) -> None:
    """生成网站并发布到文件夹。

    有任何错误就不发布，原来的网站保持原样。没有变化的页面不会重新生成。

    \b
    例子：
      yuqi build
      yuqi build --site-dir /srv/www/yuqi --release
      yuqi build --as-of 2026-12-01 --clean
    """
    started = time.monotonic()
    edition = console.edition(as_of)
    project = console.open_project(config, release=release)
    target = site_dir if site_dir is not None else project.site_dir
    processes = workers or default_workers()
    try:
        with console.refusals(), console.progress_line("正在生成") as progress:
            built = builder.publish(
                project,
                target,
                edition,
                clean=clean,
                release=release,
                run=parallel(processes),
                apart=processes > 1,
                progress=progress,
            )
    except FindingsError as error:
        console.fail(error.findings, project.texts)
    console.print_reminders(built.findings, project.texts)
    click.echo(_summary(built, target, time.monotonic() - started))


def _summary(built: Built, target: Path, seconds: float) -> str:
    warnings = f"，{report.summary(built.findings)}" if built.findings else ""
    if not built.published:
        return f"{target} 已是最新（{built.kept:,} 个文件{warnings}），用时 {seconds:.2f} 秒"
    return (
        f"已发布到 {target}：新写 {built.fresh:,}、沿用 {built.kept:,}、删去 {built.removed:,} 个文件"
        f"{warnings}，用时 {seconds:.2f} 秒"
    )
