"""Products readers name: what others have written of them, and what to read first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from generator.diagnostics import Diagnostic
from generator.front_matter import CivilDate
from generator.messages import did_you_mean, finding
from generator.settings import Line, Slug
from generator.table import Row, Table

PATH = "content/data/products.yml"


class Said(BaseModel):
    """What public material says on one point of a product, by whom, and how far it goes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    topic: Line = Field(description="说的是哪一点，例如 宽限")
    says: Line = Field(description="公开资料怎么写；数字写“多见”“约”，有冲突就都写上")
    by: Line = Field(description="谁写的，例如 财经网站、问答类网页、媒体报道")
    when: Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")] | None = Field(
        default=None, description="那份材料的日期，例如 2022-10；材料没写就不写"
    )
    standing: Literal["多处一致", "说法冲突", "只有弱来源", "转述官方", "媒体个案"] = Field(
        description="有多可靠：多处一致、说法冲突、只有弱来源、转述官方、媒体个案 之一"
    )


class Product(Row):
    """One row of `products.yml`: a product readers name, and what may be said of it."""

    title: Line = Field(description="读者叫它什么")
    statement: Line = Field(description="一句话说明，写明是公开资料怎么说、以合同为准")
    where: Line | None = Field(default=None, description="读者在 App 里哪里能看到自己的数")
    about: tuple[Said, ...] = Field(default=(), description="逐点写公开资料怎么说")
    unknown: tuple[Line, ...] = Field(default=(), description="没有查到的，一条一句")
    first: tuple[Slug, ...] = Field(
        default=(), description="欠这一种的人先看哪几篇文章，写 slug，按顺序"
    )
    checked: CivilDate = Field(description="哪天核对的，例如 2026-11-24")


def unread(
    table: Table[Product], articles: Mapping[str, object], failed: frozenset[str]
) -> Iterator[Diagnostic]:
    """Articles a product sends readers to that there are not; `failed` are reported elsewhere."""
    for product in table.values():
        for at, slug in enumerate(product.first):
            if slug not in articles and slug not in failed:
                span = table.place(product.id, "first", at)
                fix = did_you_mean(slug, articles, otherwise="核对文章的文件名（不带 .md）")
                yield finding("related-unknown", table.path, span, slug=slug, fix=fix)
