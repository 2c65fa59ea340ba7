"""The tables of facts: sources a citation may point at, products an article may name, and more."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from generator.calculator import Tables
from generator.front_matter import CivilDate
from generator.glossary import Term
from generator.hotlines import Hotline
from generator.renumbering import Renumbered
from generator.settings import Line, Slug, host
from generator.table import MaybeText, Row, Table

SOURCES_PATH = "content/data/sources.yml"
PRODUCTS_PATH = "content/data/products.yml"

Verified = Literal["text-read", "secondary", "memory"]
REPEALED = ("已废止", "已被取代")
EXPIRED = "已到期"


def _parsable(value: str) -> str:
    if not host(value):
        raise ValueError("不是完整的网址")
    return value


Address = Annotated[str, Field(pattern=r"^https?://\S+$"), AfterValidator(_parsable)]


class SourceRow(Row):
    """One row of `sources.yml`. `effective` is text: some rows say more than a day.

    `since` and `until` are the days between which it may be told as what holds.
    """

    title: Line = Field(description="文件名称")
    issuer: Line = Field(description="谁发布的")
    number: MaybeText = Field(description="文号；没有就写 null")
    article: MaybeText = Field(description="第几条；没有就写“—”")
    effective: MaybeText = Field(description="什么时候起施行；没有就写“—”")
    since: CivilDate | None = Field(
        default=None, description="从哪天起施行，例如 2026-01-01；不能确定到日就不写"
    )
    until: CivilDate | None = Field(
        default=None, description="最后一天有效是哪天，例如 2025-12-31；仍然有效就不写"
    )
    status: Literal["现行", "已到期", "自律", "推荐性国家标准", "已废止", "已被取代"] = Field(
        description="效力状态"
    )
    superseded_by: Slug | None = Field(
        default=None, description="现在应当引用哪一个编号；没有被取代就不写"
    )
    rule: Line = Field(description="用自己的话说它规定了什么")
    quote: Line | None = Field(default=None, description="极短的原句")
    url: Address | None = Field(default=None, description="官方网址")
    verified: Verified = Field(description="核实程度：text-read、secondary、memory 之一")
    evidence: Line = Field(description="在哪里读到的")
    topics: tuple[Line, ...] = Field(description="主题词")
    checked: CivilDate = Field(description="哪天核对的，例如 2026-11-24")


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


@dataclass(frozen=True, slots=True)
class Facts:
    """The tables by name; not `complete` when one could not be read.

    `tables` are the calculator's; `None` for a site without its two data files.
    """

    sources: Table[SourceRow]
    products: Table[Product]
    complete: bool = True
    tables: Tables | None = None
    hotlines: Table[Hotline] = field(default_factory=Table)
    terms: Table[Term] = field(default_factory=Table)
    renumbered: Table[Renumbered] = field(default_factory=Table)
