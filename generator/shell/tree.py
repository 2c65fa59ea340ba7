"""Reads the project's files, after making sure each is a file one may read.

Nothing here follows a link: entries are judged by what they are, opened without
following, and read up to a limit. Only then does anything else see the tree.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct, field

from generator.article import Source
from generator.diagnostics import Diagnostic, Span
from generator.fingerprint import digest
from generator.messages import finding
from generator.settings import SLUG_PATTERN

ARTICLE_LIMIT = 64 * 1024
DATA_LIMIT = 4 * 1024 * 1024
IMAGE_LIMIT = 1024 * 1024
TEMPLATE_LIMIT = 256 * 1024
DEPTH_LIMIT = 6

_SLUG = SLUG_PATTERN[1:-1]
_NAME = re.compile(r"[a-z0-9_][a-z0-9_.-]*")
_ARTICLE = re.compile(rf"content/articles/[a-z0-9-]+/{_SLUG}\.md")
_STANDING = re.compile(rf"content/(?:pages|stages)/{_SLUG}\.md")
_IMAGE = re.compile(rf"content/images/(?:{_NAME.pattern}/)*{_NAME.pattern}\.(?:png|jpg|jpeg|webp)")
_DATA = re.compile(r"content/data/[a-z0-9-]+\.yml")
_SCHEMA = re.compile(r"content/schema/[a-z0-9-]+\.json")
_LIST = "content/published-urls.txt"
_KINDS = (
    (stat.S_ISFIFO, "管道"),
    (stat.S_ISSOCK, "套接字"),
    (stat.S_ISBLK, "块设备"),
    (stat.S_ISCHR, "字符设备"),
)


class Tree(Struct):
    """What was read from one folder of the project, and what was wrong on the way."""

    sources: list[Source] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)

    @property
    def refused(self) -> frozenset[str]:
        """Files and folders that are there and were not read."""
        return frozenset(finding.path for finding in self.findings) - {
            source.path for source in self.sources
        }

    def report(self, code: str, path: str, span: Span | None = None, **values: object) -> None:
        self.findings.append(finding(code, path, span, **values))


def read_content(root: Path) -> Tree:
    """All articles, data files and images below `content/`, in path order."""
    tree = Tree()
    for entry, path in _walk(root, "content", tree):
        limit = _content_limit(path)
        if limit is None:
            _report_stranger(path, tree)
        elif limit:
            _read(entry, path, limit, tree)
    return tree


def read_templates(root: Path) -> Tree:
    """All files below `templates/`, in path order."""
    tree = Tree()
    for entry, path in _walk(root, "templates", tree):
        _read(entry, path, TEMPLATE_LIMIT, tree)
    return tree


def _content_limit(path: str) -> int | None:
    """Bytes a file may have; 0 for one the build does not read, `None` for a stranger."""
    if _ARTICLE.fullmatch(path) or _STANDING.fullmatch(path):
        return ARTICLE_LIMIT
    if _DATA.fullmatch(path) or path == _LIST:
        return DATA_LIMIT
    if _IMAGE.fullmatch(path):
        return IMAGE_LIMIT
    return 0 if _SCHEMA.fullmatch(path) else None


def _report_stranger(path: str, tree: Tree) -> None:
    name = path.rsplit("/", 1)[-1]
    parts = path.split("/")
    in_articles = len(parts) == 4 and parts[1] == "articles" and name.endswith(".md")
    if not _NAME.fullmatch(name) or in_articles:
        tree.report("path-name", path, name=name)
    else:
        tree.report("path-unexpected", path)


def _walk(root: Path, top: str, tree: Tree) -> Iterator[tuple[str, str]]:
    """(path on disk, project path) of every plain file, never through a link.

    Hidden files (`.DS_Store` and the like) are not ours and are passed over.
    """
    if not (root / top).is_dir() or (root / top).is_symlink():
        code = "path-symlink" if (root / top).is_symlink() else "file-missing"
        tree.report(code, top)
        return
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        try:
            entries = sorted(os.scandir(root / folder), key=lambda entry: entry.name, reverse=True)
        except OSError as error:
            tree.report("path-unreadable", folder, reason=error.strerror)
            continue
        files = []
        for entry in entries:
            path = f"{folder}/{entry.name}"
            if entry.name.startswith("."):
                continue
            if entry.is_symlink():
                tree.report("path-symlink", path)
            elif entry.is_dir(follow_symlinks=False):
                _enter(entry.name, path, waiting, tree)
            else:
                files.append((entry.path, path))
        yield from reversed(files)


def _enter(name: str, path: str, waiting: list[str], tree: Tree) -> None:
    if not _NAME.fullmatch(name):
        tree.report("path-name", path, name=name)
    elif path.count("/") >= DEPTH_LIMIT:
        tree.report("path-deep", path, limit=DEPTH_LIMIT)
    else:
        waiting.append(path)


def _read(entry: str, path: str, limit: int, tree: Tree) -> None:
    try:
        # O_NONBLOCK: opening a pipe nobody writes to would wait for ever.
        descriptor = os.open(entry, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        kind = _special_kind(entry)
        if kind:
            tree.report("path-special", path, kind=kind)
        else:
            tree.report("path-unreadable", path, reason=error.strerror)
        return
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        status = os.fstat(descriptor)
        size = status.st_size
        if not stat.S_ISREG(status.st_mode):
            tree.report("path-special", path, kind=_special_kind(entry) or "特殊文件")
        elif size > limit:
            tree.report("file-too-large", path, size=size // 1024 + 1, limit=limit // 1024)
        else:
            content = file.read()
            tree.sources.append(Source(path, content, digest(content)))


def _special_kind(entry: str) -> str | None:
    mode = os.lstat(entry).st_mode
    return next((name for test, name in _KINDS if test(mode)), None)
