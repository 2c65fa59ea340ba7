"""`yuqi rename OLD NEW`"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import click

from generator import published_urls
from generator.article import Article, Source, Standing
from generator.diagnostics import Diagnostic
from generator.edit import Edit, applied
from generator.messages import did_you_mean, finding
from generator.parse import parse_article, parse_standing
from generator.shell import addresses, console
from generator.shell.edits import EditSet
from generator.shell.project import Project
from generator.shell.renaming import Renaming


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
    if old not in articles:
        hint = did_you_mean(old, articles, otherwise="")
        raise click.ClickException(f"没有“{old}”这篇文章。{hint}")
    if why := addresses.refusal(new, project, articles.values(), own=old):
        raise click.ClickException(why)
    renamed = articles[old]
    target = f"{renamed.path.rsplit('/', 1)[0]}/{new}.md"
    edits = _edits(Renaming(old, new, _was_public(renamed, project)), renamed, articles, project)
    for path, changes in edits.items():
        click.echo(f"{target if path == renamed.path else path}：{len(changes)} 处改动")
    if dry_run:
        return
    sources = {source.path: source for source in _sources(project)}
    with console.refusals(), EditSet(project.root) as written:
        for path, changes in edits.items():
            place = target if path == renamed.path else path
            written.write_bytes(place, applied(sources[path], changes))
        written.remove(renamed.path)
    click.echo(f"已改名：/{old}/ → /{new}/")


def _articles(project: Project) -> dict[str, Article]:
    """Every article; one that cannot be read might hold a link that would be missed."""
    findings: list[Diagnostic] = list(project.findings)
    articles: dict[str, Article] = {}
    for source in project.sources.articles:
        parsed = parse_article(source)
        findings.extend(parsed.findings)
        if parsed.article is None:
            continue
        first = articles.setdefault(parsed.article.slug, parsed.article)
        if first is not parsed.article:
            findings.append(
                finding("slug-duplicate", source.path, slug=first.slug, other=first.path)
            )
    if findings:
        console.fail(tuple(findings), project.texts)
    return articles


def _was_public(article: Article, project: Project) -> bool:
    source = project.sources.data.get(published_urls.LIST_PATH)
    recorded = published_urls.addresses(source.text()) if source else {}
    return f"/{article.slug}/" in recorded or console.edition(None).is_public(article)


def _sources(project: Project) -> list[Source]:
    sources = project.sources
    return [sources.config, *sources.articles, *sources.standing]


def _edits(
    renaming: Renaming, renamed: Article, articles: dict[str, Article], project: Project
) -> dict[str, list[Edit]]:
    """Path → its changes; the renamed article first, then by path."""
    sources = {source.path: source for source in _sources(project)}
    edits: dict[str, list[Edit]] = defaultdict(list)
    edits[renamed.path] = renaming.redirect(renamed, sources[renamed.path])
    pages: list[Article | Standing] = list(articles.values())
    for source in project.sources.standing:
        standing, _ = parse_standing(source)
        if standing is not None:
            pages.append(standing)
    for page in pages:
        if changes := renaming.inbound(page):
            edits[page.path] += changes
    if changes := renaming.questions(project.sources.config):
        edits[project.sources.config.path] += changes
    rest = sorted(path for path in edits if path != renamed.path)
    return {path: edits[path] for path in (renamed.path, *rest)}
