"""`yuqi calc`"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from generator.article import Source
from generator.calculator import Tables, calculate, request_schema
from generator.calculator.spec import Json
from generator.fingerprint import digest
from generator.rate_tables import PATHS, read_files
from generator.shell import console

REFUSED, NOT_JSON = 1, 2
LIMIT = 1024 * 1024


@click.command("calc")
@click.option("--schema", is_flag=True, help="打印请求的 JSON Schema，不计算")
@console.config_option
def command(config: Path, *, schema: bool) -> None:
    """算一笔逾期：从标准输入读一个 JSON 请求，答案写到标准输出，也是 JSON。

    \b
    例子：
      yuqi calc < request.json
      echo '{"mode": "loan", "principal": "10000", "rate": "日 0.05%",
             "due": "2026-03-05", "as_of": "2026-04-04"}' | yuqi calc
      yuqi calc --schema > request.schema.json

    \b
    退出码：0 算出来了；1 请求有错，错在哪些栏目写在答案里；2 不是 JSON。
    """
    if schema:
        _print(request_schema())
        return
    answer, code = answered(sys.stdin.buffer.read(LIMIT + 1), _tables(config))
    _print(answer)
    sys.exit(code)


def answered(data: bytes, tables: Tables) -> tuple[Json, int]:
    """The answer to the bytes of a request, and the exit code."""
    if len(data) > LIMIT:
        return _not_json(f"超过 {LIMIT // 1024} KB"), NOT_JSON
    try:
        request = json.loads(data)
    except (ValueError, RecursionError) as error:
        return _not_json(str(error)), NOT_JSON
    answer = calculate(request, tables)
    return answer, 0 if answer["ok"] else REFUSED


def _not_json(detail: str) -> Json:
    error = {"field": "", "code": "json", "message": f"这不是 JSON：{detail}"}
    return {"ok": False, "errors": [error]}


def _print(value: Json) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _tables(config: Path) -> Tables:
    """The tables of the project the settings file belongs to; leaves when they have faults."""
    root = config.absolute().parent
    contents = {path: (root / path).read_bytes() for path in PATHS if (root / path).is_file()}
    sources = {path: Source(path, data, digest(data)) for path, data in contents.items()}
    tables, findings = read_files(sources)
    if tables is None:
        console.fail(findings, contents)
    return tables
