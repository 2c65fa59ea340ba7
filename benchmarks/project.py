"""Project directories the generator can build: copies of the repository, with other articles."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

REPOSITORY = Path(__file__).resolve().parent.parent

# The list of published addresses belongs to the repository's own articles.
_OWN = ("articles", "published-urls.txt")
_LINK = re.compile(r"\[([^\[\]]*)\]\(/([a-z0-9-]+)/[^)]*\)")
_CONFIG = """\
site_name: 逾期须知
site_url: https://example.org/
docs_dir: content
theme: {name: material, custom_dir: templates, language: zh, font: false}
plugins: [yuqi]
"""


_QUESTIONS = re.compile(r"^ +questions:\n(?: +- .*\n)+", re.MULTILINE)
_FIRST = re.compile(r"^  first:\n(?:  - .*\n)+", re.MULTILINE)


def copy_project(repository: Path, root: Path, *, articles: bool = False) -> None:
    """Copy configuration, templates and content into `root`.

    Without `articles`, the copied pages lose their links to the articles that stay behind.
    Files are copied because the generator refuses symbolic links.
    """
    root.mkdir(parents=True, exist_ok=True)
    config = repository / "site_config.yml"
    text = config.read_text("utf-8") if config.exists() else _CONFIG
    if not articles:
        # The front page's questions name articles that stay behind.
        text = _QUESTIONS.sub("", text)
    (root / "site_config.yml").write_text(text, encoding="utf-8")
    left_out = () if articles else _OWN
    for folder, ignored in (("content", left_out), ("templates", ())):
        if (repository / folder).exists():
            ignore = shutil.ignore_patterns(*ignored, "__pycache__")
            shutil.copytree(repository / folder, root / folder, ignore=ignore)
        else:
            (root / folder).mkdir()
    if not articles:
        content = root / "content"
        _unlink(content, {path.stem for path in article_files(repository)})
        products = content / "data" / "products.yml"
        if products.exists():
            # What readers of a product should read first stays behind as well.
            text = _FIRST.sub("", products.read_text("utf-8"))
            products.write_text(text, encoding="utf-8")


def article_files(root: Path) -> list[Path]:
    """The articles of a project, in a fixed order."""
    return sorted((root / "content" / "articles").glob("*/*.md"))


def publishable_sources(root: Path) -> Sequence[str]:
    """Ids of `content/data/sources.yml` that an article may cite: all but those from memory."""
    rows = _rows(root / "content" / "data" / "sources.yml")
    return tuple(sorted(str(row["id"]) for row in rows if row.get("verified") != "memory"))


def products_by_name(root: Path) -> dict[str, str]:
    """Name → slug of the products that articles may be filed under."""
    rows = list(_rows(root / "content" / "data" / "products.yml"))
    return {str(row["name"]): str(row["id"]) for row in rows if "name" in row}


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a data table: a list of mappings with an `id`, at the top or under one key."""
    document = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader) if path.exists() else []
    groups = document.values() if isinstance(document, dict) else [document]
    for group in groups:
        if isinstance(group, list):
            yield from (row for row in group if isinstance(row, dict) and "id" in row)


def _unlink(content: Path, absent: set[str]) -> None:
    def plain(match: re.Match[str]) -> str:
        return match[1] if match[2] in absent else match[0]

    for page in content.rglob("*.md"):
        text = page.read_text("utf-8")
        page.write_text(_LINK.sub(plain, text), encoding="utf-8")
