"""The tables of facts: sources a citation may point at, products an article may name, and more."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Struct, field
from pydantic import AfterValidator, Field

from generator.calculator import Tables
from generator.front_matter import CivilDate
from generator.glossary import Term
from generator.hotlines import Hotline
from generator.products import Product
from generator.renumbering import Renumbered
from generator.search.vocabulary import Vocabulary
from generator.settings import Line, Slug, host
from generator.table import MaybeText, Row, Table

SOURCES_PATH = "content/data/sources.yml"

KINDS = {
    "法律": "law",
    "行政法规": "regulation",
    "地方性法规": "local",
    "司法解释和司法文件": "interpretation",
    "部门规章和监管文件": "rule",
    "国家标准": "standard",
    "行业自律": "self-regulation",
    "公告和提示": "notice",
    "热线和平台": "hotline",
    "本站整理": "compiled",
}
"""Kinds of documents, the strongest first, and the addresses of their lists."""

NO_LAWS = ("国家标准", "行业自律")
"""What binds nobody by itself: those of `KINDS` that may not be told as a demand of the law."""

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
    kind: Literal[
        "法律",
        "行政法规",
        "地方性法规",
        "司法解释和司法文件",
        "部门规章和监管文件",
        "国家标准",
        "行业自律",
        "公告和提示",
        "热线和平台",
        "本站整理",
    ] = Field(description="哪一类文件，“法规与来源”按它分页")
    document: Slug | None = Field(
        default=None, description="单独成一页的文件的英文名，同一份文件的各条写一样的"
    )
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


class Facts(Struct, frozen=True):
    """The tables by name; not `complete` when one could not be read.

    `tables` are the calculator's; `None` for a site without its two data files. `vocabulary` is
    what search knows of words.
    """

    sources: Table[SourceRow]
    products: Table[Product]
    complete: bool = True
    tables: Tables | None = None
    hotlines: Table[Hotline] = field(default_factory=Table)
    terms: Table[Term] = field(default_factory=Table)
    renumbered: Table[Renumbered] = field(default_factory=Table)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
