"""`yuqi rename OLD NEW`"""

from __future__ import annotations

import re
from pathlib import Path

import click

from generator import published_urls
from generator.article import Article, Source
from generator.catalogue import RESERVED_SLUGS
from generator.diagnostics import Span
from generator.front_matter import split
from generator.messages import did_you_mean
from generator.parse import parse_article
from generator.settings import SLUG_PATTERN
from generator.shell import console
from generator.shell.edits import EditSet
from generator.shell.project import Project
from generator.yaml_document import parse

Edits = list[tuple[Span, str]]


@click.command("rename")
@click.argument("old")
@click.argument("new")
@click.option("--dry-run", is_flag=True, help="只列出会改哪些地方，不写文件")
@console.config_option
def command(old: str, new: str, dry_run: bool, config: Path) -> None:
    """给文章改名：移动文件，旧地址自动跳转，别处指向它的链接和推荐一起改好。

    \b
    例子：
      yuqi rename huabei-overdue huabei-jiebei-overdue --dry-run
      yuqi rename huabei-overdue huabei-jiebei-overdue
    """
    project = console.open_project(config)
    articles = _articles(project)
    _check(old, new, articles)
    renamed = articles[old]
    texts = {source.path: source for source in project.sources.articles}
    new_path = f"{renamed.path.rsplit('/', 1)[0]}/{new}.md"
    changed: dict[str, str] = {}
    for article in articles.values():
        edits = _inbound(article, old, new)
        text = texts[article.path].text()
        if article is renamed:
            edits += _redirect(article, text, old, new, project)
        if edits or article is renamed:
            changed[article.path] = _applied(text, edits)
            target = new_path if article is renamed else article.path
            click.echo(f"{target}：{len(edits)} 处改动")
    if dry_run:
        return
    with EditSet(project.root) as changes:
        for path, text in changed.items():
            target = new_path if path == renamed.path else path
            changes.write_bytes(target, _encoded(text, texts[path]))
        changes.remove(renamed.path)
    click.echo(f"已改名：/{old}/ → /{new}/")


def _articles(project: Project) -> dict[str, Article]:
    """Every article; one that cannot be read might hold a link that would be missed."""
    parsed = [(source, parse_article(source)) for source in project.sources.articles]
    broken = tuple(entry for _, result in parsed for entry in result.findings)
    articles = {result.article.slug: result.article for _, result in parsed if result.article}
    if len(articles) < len(parsed):
        console.fail(broken, project.texts)
    return articles


def _check(old: str, new: str, articles: dict[str, Article]) -> None:
    if old not in articles:
        hint = did_you_mean(old, articles, otherwise="")
        raise click.ClickException(f"没有“{old}”这篇文章。{hint}")
    if not re.fullmatch(SLUG_PATTERN, new) or new in RESERVED_SLUGS:
        raise click.ClickException(f"“{new}”不能做网址：只用小写英文字母、数字和连字符")
    if new in articles:
        raise click.ClickException(f"已经有 {articles[new].path}，不会覆盖它")
    for article in articles.values():
        if article.slug != old and new in (entry.value for entry in article.redirect_from):
            raise click.ClickException(f"“{new}”是 {article.path} 用过的旧地址，换一个名字")


def _inbound(article: Article, old: str, new: str) -> Edits:
    """Links and recommendations of `article` that name the old slug."""
    edits: Edits = [(entry.span, new) for entry in article.related if entry.value == old]
    for link in article.scan.links:
        path, mark, anchor = link.target.partition("#")
        if path in (f"/{old}/", f"/{old}"):
            edits.append((link.span, f"/{new}/{mark}{anchor}"))
    return edits


def _redirect(article: Article, text: str, old: str, new: str, project: Project) -> Edits:
    """The `redirect_from` of the renamed article, if its old address was ever public."""
    source = project.sources.data.get(published_urls.LIST_PATH)
    known = published_urls.addresses(source.text()) if source else {}
    slugs = [entry.value for entry in article.redirect_from if entry.value != new]
    if f"/{old}/" in known or not article.draft:
        slugs.append(old)
    line = f"redirect_from: [{', '.join(slugs)}]" if slugs else ""
    block, offset, _, _ = split(text, article.path)
    document = parse(block, article.path, offset)
    key = document.keys.get(("redirect_from",))
    if key is None:
        at = offset + len(block)
        return [(Span(at, at), f"{line}\n")] if line else []
    value = document.values["redirect_from",]
    end = value.start + len(text[value.start : value.end].rstrip())
    return [(Span(key.start, max(end, key.end)), line)]


def _applied(text: str, edits: Edits) -> str:
    for span, replacement in sorted(edits, key=lambda edit: edit[0], reverse=True):
        text = text[: span.start] + replacement + text[span.end :]
    return text


def _encoded(text: str, source: Source) -> bytes:
    """With the line ends the file had."""
    if b"\r\n" in source.content:
        text = text.replace("\n", "\r\n")
    return text.encode()
