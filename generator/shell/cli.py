"""`yuqi`: the command line. Each command is imported when it is called, so help is instant."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module

import click

COMMANDS = {
    "audit": "检查生成好的网站：大小、安全、结构",
    "build": "生成网站并发布到文件夹",
    "calc": "算一笔逾期：标准输入一个 JSON 请求，标准输出答案",
    "changes": "比较两个发布过的网站，列出要上传和要删除的文件",
    "check": "检查全部内容，列出每一处问题",
    "due": "列出该再核对一次的内容",
    "hosting": "打印服务器的配置：nginx、_headers 或 _redirects",
    "explain": "说明检查结果里的一个编号",
    "new": "新建一篇文章",
    "notify": "把有变化的网址告诉搜索引擎",
    "related": "看一篇文章的“大家还在看”",
    "rename": "给文章改名，旧地址自动跳转",
    "schema": "打印信息区和资料表的 JSON Schema",
    "serve": "在本机预览，改了就刷新",
}


class LazyGroup(click.Group):
    """Knows the commands' names and one-line helps; imports one only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        # A command makes many objects that live until it ends: looking for garbage among them
        # at Python's usual pace costs a quarter of a build and finds none.
        gc.disable()
        # To ask every installed package for a plug-in of pydantic's takes as long as reading our data.
        os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
        module = import_module(f"generator.shell.commands.{cmd_name}")
        command = module.command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("命令"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """逾期须知：把 content/ 里的文章生成为网站。

    \b
    例子：
      yuqi check              看哪里写得不对
      yuqi serve              边写边看
      yuqi build              生成到 site/
      yuqi new my-article     新建文章

    \b
    退出码：0 正常；1 内容或设置有错误；2 命令写错；3 目标文件夹不能用或被占用。
    """


def start() -> None:
    """The console script: `main`, and then the process ends at once.

    Taking apart everything a build has made, object by object, takes a tenth of a second.
    """
    try:
        main(prog_name="yuqi")
    except SystemExit as end:
        if isinstance(end.code, int | None):
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(end.code or 0)
        raise
