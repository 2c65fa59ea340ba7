"""The files of a made-up project: articles, the site's own pages, pictures, as text and bytes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from tests.harness import article

EXAMPLE = """
```overdue
title: 逾期 30 天
mode: loan
principal: 10000
rate: 日 0.05%
due: 2026-03-05
as_of: 2026-04-04
```
"""
TABLES = ("content/data/lpr.yml", "content/data/calculator.yml")


@dataclass
class Piece:
    """An article as the editor thinks of it."""

    slug: str
    category: str
    title: str
    summary: str
    text: int
    tags: list[str]
    published: date
    draft: bool = False
    stage: str | None = None
    product: str | None = None
    cites: list[str] = field(default_factory=lambda: ["law-1"])
    related: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    image: str | None = None
    fact_check: bool = False
    principal: int = 0

    @property
    def path(self) -> str:
        return f"content/articles/{self.category}/{self.slug}.md"


def article_text(
    piece: Piece,
    slugs: Collection[str],
    public: Collection[str],
    old: list[str],
    *,
    images: Collection[str],
    calculates: bool,
) -> str:
    """The article, mentioning only what is there: `public` articles, or any if it is not public.

    `old` are the addresses it takes over; an example of a calculation needs the tables.
    """
    near = public if piece.slug in public else slugs
    related = [slug for slug in piece.related if slug in near and slug != piece.slug]
    keys = {
        "summary": piece.summary,
        "category": piece.category,
        "tags": f"[{', '.join(piece.tags)}]",
        "related": f"[{', '.join(dict.fromkeys(related))}]",
        "published": piece.published.isoformat(),
        "draft": str(piece.draft).lower(),
    }
    if piece.stage:
        keys["stages"] = f"[{piece.stage}]"
    if piece.product:
        keys["product"] = piece.product
    if piece.slug in public and old:
        keys["redirect_from"] = f"[{', '.join(sorted(old))}]"
    body = _body(piece, public, images)
    if piece.principal and calculates:
        body += EXAMPLE.replace("10000", str(piece.principal))
    return article(piece.title, body, **keys)


def _body(piece: Piece, public: Collection[str], images: Collection[str]) -> str:
    cites = " ".join(f"[@{name}]" for name in piece.cites)
    parts = [f"## 先做什么 {{#first}}\n\n第 {piece.text} 稿。{cites}"]
    parts += [f"看[那一篇](/{slug}/#first)。" for slug in piece.links if slug in public]
    if piece.image in images:
        parts.append(f"![图](/images/{piece.image})")
    parts.append(f"## 再看什么\n\n| 项 | 值 |\n| --- | --- |\n| 稿 | {piece.text} |")
    if piece.fact_check:
        parts.append(
            f"```fact-check\nclaim: 说法{piece.text}\nverdict: 无依据\nbasis: 没有。{cites}\n```"
        )
    return "\n\n".join(parts) + "\n"


def own_page(title: str, text: int, listing: str = "") -> str:
    """A standing page or the introduction of a stage."""
    front = f"title: {title}\nsummary: 这一页说明本站怎么做事。\nlisting: '{listing}'\n"
    dates = "reviewed: 2026-11-20\nreview_due: 2027-05-20\n"
    return f"---\n{front}{dates}---\n\n## 怎么做\n\n第 {text} 稿。[@law-1]\n"
