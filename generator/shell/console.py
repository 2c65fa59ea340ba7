"""What all commands share: options, findings on the terminal, exit codes."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NoReturn

import click

from generator.catalogue import Edition
from generator.diagnostics import Diagnostic
from generator.errors import FindingsError, YuqiError
from generator.shell import clock, report
from generator.shell.project import Project, load

FINDINGS, REFUSED = 1, 3
_REMINDERS = 20

config_option = click.option(
    "-f",
    "--config-file",
    "config",
    type=click.Path(path_type=Path, dir_okay=False),
    default="site_config.yml",
    show_default=True,
    help="网站设置文件",
)
as_of_option = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="日期",
    help="按哪一天算（例如 2026-11-24）；默认今天",
)


format_option = click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "annotations"]),
    default="text",
    show_default=True,
    help="怎么列出问题：给人看、给程序读、给持续集成标注",
)


def edition(told: date | None, *, drafts: bool = False) -> Edition:
    """The edition for `--as-of`, which click hands over as a datetime at midnight."""
    try:
        day = clock.as_of(date(told.year, told.month, told.day) if told else None)
    except ValueError as error:
        raise click.UsageError("环境变量 SOURCE_DATE_EPOCH 不是整数秒") from error
    return Edition(day, drafts)


def open_project(config: Path, *, release: bool = False) -> Project:
    """Load the project; print what is wrong and leave when the settings cannot be used."""
    config = config.absolute()
    try:
        return load(config, release=release)
    except FindingsError as error:
        fail(error.findings, error.texts)


def print_findings(findings: tuple[Diagnostic, ...], texts: Mapping[str, bytes]) -> None:
    for line in report.as_text(report.locate(findings, texts)):
        click.echo(line, err=True)


def print_reminders(findings: tuple[Diagnostic, ...], texts: Mapping[str, bytes]) -> None:
    """The first few of a build that went well; more would hide what the build itself says."""
    print_findings(findings[:_REMINDERS], texts)
    if len(findings) > _REMINDERS:
        more = len(findings) - _REMINDERS
        click.echo(f"还有 {more:,} 处提醒没有列出，运行 yuqi check 看全部", err=True)


def print_as(style: str, findings: tuple[Diagnostic, ...], texts: Mapping[str, bytes]) -> None:
    """On stdout, in one of the styles of `format_option`."""
    located = report.locate(findings, texts)
    if style == "json":
        click.echo(report.as_json(located))
        return
    for line in (report.as_annotations if style == "annotations" else report.as_text)(located):
        click.echo(line)


def fail(findings: tuple[Diagnostic, ...], texts: Mapping[str, bytes]) -> NoReturn:
    """Print and leave with the code for findings."""
    print_findings(findings, texts)
    click.echo(f"没有通过：{report.summary(findings)}", err=True)
    sys.exit(FINDINGS)


@contextmanager
def refusals() -> Iterator[None]:
    """Turn an error of ours that is no finding into a line and its exit code."""
    try:
        yield
    except FindingsError:
        raise
    except YuqiError as error:
        click.echo(f"停下了：{error}", err=True)
        sys.exit(REFUSED)
    except OSError as error:
        place = f"{error.filename}：" if error.filename else ""
        click.echo(f"停下了，网站保持原样：{place}{error.strerror}", err=True)
        sys.exit(REFUSED)


@contextmanager
def progress_line(label: str) -> Iterator[Callable[[int], None]]:
    """A counter on one line of a terminal, ten times a second; silent elsewhere."""
    stream = sys.stderr
    if not stream.isatty():
        yield lambda count: None
        return
    last = 0.0

    def show(count: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last > 0.1:
            last = now
            stream.write(f"\r{label} {count:,} …")
            stream.flush()

    try:
        yield show
    finally:
        stream.write("\r\x1b[K")
        stream.flush()
