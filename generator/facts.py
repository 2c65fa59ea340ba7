"""The table of sources: what a citation may point at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from generator.diagnostics import Diagnostic
from generator.front_matter import CivilDate
from generator.messages import finding
from generator.settings import Line, Slug
from generator.validation import validate
from generator.yaml_document import YamlDocument, parse

SOURCES_PATH = "content/data/sources.yml"

Verified = Literal["text-read", "secondary", "memory"]


def _dash_is_none(value: object) -> object:
    """The tables write “—” where a document has no number or no article."""
    return None if value == "—" else value


MaybeText = Annotated[Line | None, BeforeValidator(_dash_is_none)]


class SourceRow(BaseModel):
    """One row of `sources.yml`. `effective` is text: some rows say more than a day."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Slug = Field(description="编号，文章里用 [@编号] 引用")
    title: Line = Field(description="文件名称")
    issuer: Line = Field(description="谁发布的")
    number: MaybeText = Field(description="文号；没有就写 null")
    article: MaybeText = Field(description="第几条；没有就写“—”")
    effective: MaybeText = Field(description="什么时候起施行；没有就写“—”")
    status: Literal["现行", "已到期", "自律", "推荐性国家标准", "已废止", "已被取代"] = Field(
        description="效力状态"
    )
    rule: Line = Field(description="用自己的话说它规定了什么")
    quote: Line | None = Field(default=None, description="极短的原句")
    url: Annotated[str, Field(pattern=r"^https?://\S+$")] | None = Field(
        default=None, description="官方网址"
    )
    verified: Verified = Field(description="核实程度：text-read、secondary、memory 之一")
    evidence: Line = Field(description="在哪里读到的")
    topics: tuple[Line, ...] = Field(description="主题词")
    checked: CivilDate = Field(description="哪天核对的，例如 2026-11-24")


class _Table(BaseModel):
    rows: tuple[SourceRow, ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """All rows by id."""

    rows: dict[str, SourceRow]


def parse_sources(
    text: str, path: str = SOURCES_PATH
) -> tuple[Sources | None, tuple[Diagnostic, ...]]:
    """Read the table; `None` with all findings when a row cannot be trusted."""
    document = parse(text, path)
    # The file is a bare list; one key in front gives every row a nameable place.
    shifted = YamlDocument(
        {"rows": document.value},
        {("rows", *location): span for location, span in document.values.items()},
        {("rows", *location): span for location, span in document.keys.items()},
        (),
    )
    table, misfits = validate(_Table, shifted, path, kind="data")
    findings = [*document.findings, *misfits]
    if table is None or findings:
        return None, tuple(findings)
    rows: dict[str, SourceRow] = {}
    for at, row in enumerate(table.rows):
        if row.id in rows:
            span = document.values[at, "id"]
            findings.append(finding("data-duplicate-id", path, span, id=row.id))
        rows[row.id] = row
    return (None if findings else Sources(rows)), tuple(findings)
