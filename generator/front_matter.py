"""The block between the two `---` lines: split by us, typed by a model.

The model's JSON Schema (`generator.schemas`) is what editors' tools complete from.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from generator.diagnostics import Diagnostic, Span
from generator.messages import finding
from generator.settings import Slug
from generator.validation import validate
from generator.yaml_document import YamlDocument, parse

SUMMARY_LIMIT = 80
_ISO_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$")


def _civil_date(value: object) -> object:
    """Only `2026-11-24`: pydantic alone would also read numbers as Unix times."""
    if isinstance(value, str) and not _ISO_DATE.match(value):
        raise ValueError("日期要写成 2026-11-24 这样")
    return value


CivilDate = Annotated[date, BeforeValidator(_civil_date)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[^\n]+$")]
Phrase = Annotated[Text, StringConstraints(max_length=40)]


# A tag is part of an address.
Tag = Annotated[
    Text, StringConstraints(max_length=20, pattern=r"^[^\s/\\.?#%&<>\"'][^/\\.?#%&<>\"'\n]*$")
]


class ChangeNote(BaseModel):
    """What was changed in an article after it was published."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    date: CivilDate = Field(description="哪天改的，例如 2026-12-01")
    kind: Literal["更正", "更新"] = Field(description="更正（原来写错了）或更新（规定、资料变了）")
    text: Annotated[Text, StringConstraints(min_length=4, max_length=120)] = Field(
        description="改了什么，一句话，4 到 120 个字"
    )


class FrontMatter(BaseModel):
    """What stands at the head of an article."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Annotated[Text, StringConstraints(min_length=4, max_length=40)] = Field(
        description="标题，4 到 40 个字，用读者的话提问"
    )
    summary: Annotated[Text, StringConstraints(min_length=10, max_length=SUMMARY_LIMIT)] = Field(
        description=f"一两句话的直接回答，10 到 {SUMMARY_LIMIT} 个字，单独看也是对的"
    )
    category: Slug = Field(description="分类的英文名，和文件所在的文件夹一致")
    stages: tuple[Slug, ...] = Field(default=(), description="适用的阶段，例如 [overdue-1-30]")
    tags: tuple[Tag, ...] = Field(
        min_length=1,
        max_length=8,
        description="1 到 8 个标签，例如 [微粒贷, 催收]；不能有 / . ? # % 这些符号",
    )
    aliases: tuple[Phrase, ...] = Field(
        default=(), max_length=20, description="读者会怎么问，最多 20 个"
    )
    product: Slug | None = Field(
        default=None, description="产品的英文名，例如 weilidai；没有就不写"
    )
    published: CivilDate = Field(
        description="发布日期，例如 2026-11-24；写将来的日期就到那天才发布"
    )
    reviewed: CivilDate = Field(description="最近一次核对资料的日期，例如 2026-11-24")
    review_due: CivilDate = Field(description="最晚哪天要再核对一次，例如 2027-05-24")
    related: tuple[Slug, ...] = Field(
        default=(), max_length=6, description="接着该看的文章，写 slug，最多 6 篇"
    )
    redirect_from: tuple[
        Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]+$", max_length=80)], ...
    ] = Field(default=(), description="这篇文章用过的旧 slug，访问旧地址会跳到这里")
    changes: tuple[ChangeNote, ...] = Field(
        default=(),
        max_length=30,
        description="发布以后改过什么，每项有 date、kind、text，最多 30 项",
    )
    draft: bool = Field(default=False, description="true 表示草稿，不发布")


class StandingFrontMatter(BaseModel):
    """What stands at the head of a standing page or of a stage's introduction."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Annotated[Text, StringConstraints(min_length=2, max_length=40)] = Field(
        description="标题，2 到 40 个字"
    )
    summary: Annotated[Text, StringConstraints(min_length=10, max_length=SUMMARY_LIMIT)] = Field(
        description=f"一两句话说明这一页，10 到 {SUMMARY_LIMIT} 个字"
    )
    reviewed: CivilDate = Field(description="最近一次核对的日期，例如 2026-11-24")
    review_due: CivilDate = Field(description="最晚哪天要再核对一次，例如 2027-05-24")
    listing: Literal[
        "", "sources", "fact-checks", "glossary", "corrections", "privacy", "operator"
    ] = Field(
        default="",
        description="正文下面自动列出什么：sources、fact-checks、glossary、corrections、privacy、"
        "operator，或不写",
    )


Model = TypeVar("Model", bound=BaseModel)


def split(text: str, path: str) -> tuple[str, int, int, Diagnostic | None]:
    """Cut `text` into front matter and body.

    Returns the front matter, its offset, the body's offset, and the finding that
    makes the rest impossible, if there is one.
    """
    first = text.split("\n", 1)[0].rstrip()
    if first != "---":
        return "", 0, 0, finding("front-matter-missing", path, Span(0, max(len(first), 1)))
    start = text.find("\n") + 1
    close = re.compile(r"^---[ \t]*$", re.MULTILINE).search(text, start) if start else None
    if close is None:
        return "", 0, 0, finding("front-matter-unclosed", path, Span(0, 3))
    after = text.find("\n", close.end())
    return text[start : close.start()], start, len(text) if after < 0 else after + 1, None


def parse_front_matter(
    model: type[Model], block: str, offset: int, path: str
) -> tuple[Model | None, YamlDocument, tuple[Diagnostic, ...]]:
    """Type the block that begins at character `offset` of the file."""
    document = parse(block, path, offset)
    head = Span(0, 3)
    if not isinstance(document.value, dict):
        findings = document.findings or (finding("front-matter-not-mapping", path, head),)
        return None, document, findings
    front, misfits = validate(model, document, path, kind="front-matter", head=head)
    findings = (*document.findings, *misfits)
    if front is not None:
        findings += tuple(_date_order(front, document, path))
    return (None if findings else front), document, findings


def _date_order(front: BaseModel, document: YamlDocument, path: str) -> list[Diagnostic]:
    pairs = (("reviewed", "review_due"),)
    notes = front.changes if isinstance(front, FrontMatter) else ()
    return [
        finding(
            "front-matter-dates",
            path,
            document.span(("changes", at, "date")),
            earlier="published",
            later="changes",
        )
        for at, note in enumerate(notes)
        if isinstance(front, FrontMatter) and note.date < front.published
    ] + [
        finding("front-matter-dates", path, document.span((later,)), earlier=earlier, later=later)
        for earlier, later in pairs
        if getattr(front, later) < getattr(front, earlier)
    ]
