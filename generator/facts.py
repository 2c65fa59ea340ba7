"""The tables of facts: sources a citation may point at, products an article may name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, create_model

from generator.calculator import Tables
from generator.diagnostics import Diagnostic
from generator.front_matter import CivilDate
from generator.messages import finding
from generator.settings import Line, Slug, host
from generator.validation import validate
from generator.yaml_document import YamlDocument, parse

SOURCES_PATH = "content/data/sources.yml"
PRODUCTS_PATH = "content/data/products.yml"

Verified = Literal["text-read", "secondary", "memory"]


def _dash_is_none(value: object) -> object:
    """The tables write “—” where a document has no number or no article."""
    return None if value == "—" else value


def _parsable(value: str) -> str:
    if not host(value):
        raise ValueError("不是完整的网址")
    return value


Address = Annotated[str, Field(pattern=r"^https?://\S+$"), AfterValidator(_parsable)]
MaybeText = Annotated[Line | None, BeforeValidator(_dash_is_none)]


class Row(BaseModel):
    """What the rows of every table have."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Slug = Field(description="编号，只用小写英文字母、数字和连字符")


class SourceRow(Row):
    """One row of `sources.yml`. `effective` is text: some rows say more than a day."""

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
    url: Address | None = Field(default=None, description="官方网址")
    verified: Verified = Field(description="核实程度：text-read、secondary、memory 之一")
    evidence: Line = Field(description="在哪里读到的")
    topics: tuple[Line, ...] = Field(description="主题词")
    checked: CivilDate = Field(description="哪天核对的，例如 2026-11-24")


class Product(Row):
    """One row of `products.yml`: a product readers name, and what may be said of it in a line."""

    title: Line = Field(description="读者叫它什么")
    statement: Line = Field(description="一句话说明，写明是公开资料怎么说、以合同为准")
    checked: CivilDate = Field(description="哪天核对的，例如 2026-11-24")


AnyRow = TypeVar("AnyRow", bound=Row)


@dataclass(frozen=True, slots=True)
class Facts:
    """The rows of every table by id; not `complete` when a table could not be read.

    `tables` are the calculator's; `None` for a site without its two data files.
    """

    sources: Mapping[str, SourceRow]
    products: Mapping[str, Product]
    complete: bool = True
    tables: Tables | None = None


def parse_table(
    row: type[AnyRow], text: str, path: str
) -> tuple[dict[str, AnyRow] | None, tuple[Diagnostic, ...]]:
    """Rows by id; `None` with all findings when a row cannot be trusted."""
    document = parse(text, path)
    if document.value is None and document.findings:
        return None, document.findings
    # The file is a bare list; one key in front gives every row a nameable place.
    shifted = YamlDocument(
        {"rows": document.value},
        {("rows", *location): span for location, span in document.values.items()},
        {("rows", *location): span for location, span in document.keys.items()},
        (),
    )
    model: Any = create_model("Table", rows=(tuple[row, ...], ...))  # type: ignore[valid-type]  # the row's type is a value here
    table, misfits = validate(model, shifted, path, kind="data", unnamed=2)
    findings = [*document.findings, *misfits]
    if table is None or findings:
        return None, tuple(findings)
    rows: dict[str, AnyRow] = {}
    for at, entry in enumerate(table.rows):
        if entry.id in rows:
            span = document.values[at, "id"]
            findings.append(finding("data-duplicate-id", path, span, id=entry.id))
        rows[entry.id] = entry
    return (None if findings else rows), tuple(findings)
