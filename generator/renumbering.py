"""Articles of laws that got a new number: an old number is told by what the sentence is about.

A number alone proves nothing. Article 250 of the civil procedure law was about the costs of
living until 2023 and is about the time to apply for enforcement since.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Annotated

from pydantic import Field

from generator.article import Provision
from generator.diagnostics import Diagnostic
from generator.front_matter import CivilDate
from generator.messages import finding
from generator.settings import Line, Slug
from generator.table import Row

PATH = "content/data/renumbered.yml"
# A text may tell what was in the old law, as long as it says so.
_TOLD = re.compile(
    r"旧法|旧文|旧条|旧号|原法|原为|原第|原来|修[订正改]前|以前|从前|此前|改[为成]|现[为是]"
)
# Right before the number stands the name of the law it belongs to.
_OTHER_LAW = re.compile(r"(?:法|典|条例|办法|规定|解释|指引)[》）]?\s?第?\s?$")

Articles = Annotated[tuple[Annotated[int, Field(ge=1, le=2000)], ...], Field(min_length=1)]


class Renumbered(Row):
    """One row of `renumbered.yml`: a subject, where it stood and where it stands now."""

    law: Line = Field(description="法律的名称")
    names: tuple[Line, ...] = Field(
        default=(), description="文章里还会怎么叫它，例如 [民诉法]；没有就不写"
    )
    since: CivilDate = Field(description="新条号从哪天起用，例如 2026-01-01")
    subject: Line = Field(description="这一条讲什么，印在检查结果里")
    words: tuple[Line, ...] = Field(min_length=1, description="句子里有其中一个词，就是在讲这件事")
    old: Articles = Field(description="旧条号，例如 [42]")
    new: Articles = Field(description="新条号，例如 [50]")
    source: Slug = Field(description="现行条文在来源表里的编号")

    def is_of(self, provision: Provision) -> bool:
        """Whether the text speaks of this law: by name, or by resting on the source."""
        places = [(provision.before.rfind(name), len(name)) for name in self.all_names]
        start, length = max(places)
        if start < 0 and self.source not in provision.cited:
            return False
        return not _OTHER_LAW.search(provision.before[max(start, 0) + length * (start >= 0) :])

    def is_about(self, provision: Provision) -> bool:
        """Whether the sentence is about this subject, or rests on its source."""
        return self.source in provision.cited or self._hits(provision) > 0

    def _hits(self, provision: Provision) -> int:
        return sum(word in provision.sentence for word in self.words)

    @property
    def all_names(self) -> tuple[str, ...]:
        return (self.law, *self.names)


def findings(
    path: str, provisions: Sequence[Provision], rows: Iterable[Renumbered], as_of: date
) -> Iterator[Diagnostic]:
    """Old numbers for subjects that have a new one on the day `as_of`."""
    known = [row for row in rows if row.since <= as_of]
    for provision in provisions:
        if _TOLD.search(provision.sentence):
            continue
        row = _outdated(provision, known)
        if row is not None:
            yield finding(
                "article-renumbered",
                path,
                provision.span,
                law=row.law,
                old=provision.number,
                new="、".join(f"第 {each} 条" for each in row.new),
                subject=row.subject,
                since=row.since.isoformat(),
            )


def _outdated(provision: Provision, rows: Sequence[Renumbered]) -> Renumbered | None:
    """The subject whose old number this is, unless the number is right for what is said."""
    about = [row for row in rows if row.is_of(provision) and row.is_about(provision)]
    if any(provision.number in row.new for row in about):
        return None
    return next((row for row in about if provision.number in row.old), None)
