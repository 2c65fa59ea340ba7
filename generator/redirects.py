"""Old addresses: every one leads, in a single step, to an article that is there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from generator.article import Article, Placed, Standing
from generator.diagnostics import Diagnostic
from generator.messages import finding


def resolve(
    by_slug: Mapping[str, Article],
    reserved: Collection[str],
    standing: Mapping[str, Standing],
    includes: Callable[[Article], bool],
) -> tuple[dict[str, str], tuple[Diagnostic, ...]]:
    """Old slug → slug, for the included articles, and everything wrong with `redirect_from`.

    `reserved` are first parts of addresses the site itself uses, `standing` its own pages.
    """
    resolved: dict[str, str] = {}
    claimed: dict[str, tuple[str, str]] = {}
    findings: list[Diagnostic] = []
    for article in by_slug.values():
        for old in article.redirect_from:
            problem = _problem(article, old, by_slug, reserved, claimed, includes)
            if old.value in standing:
                other = standing[old.value].path
                problem = finding(
                    "redirect-clash", article.path, old.span, slug=old.value, other=other
                )
            if problem is not None:
                findings.append(problem)
            else:
                resolved[old.value] = article.slug
            claimed.setdefault(old.value.lower(), (old.value, article.path))
    return resolved, tuple(findings)


def _problem(
    article: Article,
    old: Placed,
    by_slug: Mapping[str, Article],
    reserved: Collection[str],
    claimed: Mapping[str, tuple[str, str]],
    includes: Callable[[Article], bool],
) -> Diagnostic | None:
    slug = old.value
    if slug.lower() in reserved:
        return finding("slug-reserved", article.path, old.span, slug=slug)
    if slug in by_slug:
        return _over_article(article, old, by_slug[slug])
    if slug.lower() in by_slug:
        return finding("path-case", article.path, old.span, name=slug, other=slug.lower())
    if slug.lower() in claimed:
        other, path = claimed[slug.lower()]
        if other != slug:
            return finding("path-case", article.path, old.span, name=slug, other=other)
        return finding("redirect-twice", article.path, old.span, slug=slug, other=path)
    if not includes(article):
        return finding("redirect-unpublished", article.path, old.span, slug=slug)
    return None


def _over_article(article: Article, old: Placed, target: Article) -> Diagnostic:
    """`old` is the address of an article that exists: a loop, a chain or a clash."""
    incoming = [entry.value for entry in target.redirect_from]
    if target.slug == article.slug or article.slug in incoming:
        chain = " → ".join(dict.fromkeys((article.slug, target.slug))) + f" → {article.slug}"
        return finding("redirect-loop", article.path, old.span, chain=chain)
    if incoming:
        chain = f"{incoming[0]} → {target.slug} → {article.slug}"
        return finding("redirect-chain", article.path, old.span, chain=chain, first=incoming[0])
    return finding("redirect-clash", article.path, old.span, slug=old.value, other=target.path)
