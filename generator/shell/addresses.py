"""Whether an address is free for an article, judged before anything is written."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.article import Article
from generator.catalogue import RESERVED_SLUGS
from generator.settings import SLUG_PATTERN
from generator.shell.project import Project

_LENGTH_LIMIT = 80


def refusal(slug: str, project: Project, articles: Iterable[Article], *, own: str = "") -> str:
    """Why `slug` cannot be taken, in a sentence; `""` if it can.

    `own` is the slug of the article that is to take it: its own old names are free.
    """
    if not re.fullmatch(SLUG_PATTERN, slug) or slug in RESERVED_SLUGS:
        return f"“{slug}”不能做网址：只用小写英文字母、数字和连字符，也不能是站点自己要用的词"
    if len(slug) > _LENGTH_LIMIT:
        return f"“{slug}”太长，网址最多 {_LENGTH_LIMIT} 个字符"
    content = project.root / "content"
    # What is there counts, readable or not, a link to nowhere included.
    folders = [path for path in (content / "articles").iterdir() if path.is_dir()]
    for folder in (*sorted(folders), content / "pages"):
        path = folder / f"{slug}.md"
        if path.is_symlink() or path.exists():
            return f"已经有 {path.relative_to(project.root).as_posix()}，不会覆盖它"
    for article in articles:
        former = {entry.value.lower() for entry in article.redirect_from}
        if article.slug != own and slug in former:
            return f"“{slug}”是 {article.path} 用过的旧地址，换一个名字"
    return ""
