"""Shortest ways to values the unit tests work on."""

from __future__ import annotations

from datetime import date
from functools import cache

from generator import components, scanner
from generator.article import Article, Scan, Source
from generator.catalogue import Catalogue, Edition, assemble
from generator.diagnostics import Diagnostic
from generator.facts import Facts, SourceRow
from generator.fingerprint import digest
from generator.pages.prose import prose
from generator.parse import parse_article
from generator.products import Product
from generator.render.body import Body, BodyRenderer
from generator.render.templates import Templates
from generator.settings import Settings, parse_settings
from generator.table import parse_table
from tests.harness import CONFIG, PRODUCTS, REPOSITORY, SOURCES, article

TODAY = date(2026, 11, 24)
PATH = "content/articles/process/a.md"


@cache
def settings() -> Settings:
    value, findings = parse_settings(CONFIG)
    assert value is not None, findings
    return value


@cache
def facts() -> Facts:
    sources, misfits = parse_table(SourceRow, SOURCES, "sources.yml")
    products, more = parse_table(Product, PRODUCTS, "products.yml")
    assert sources is not None, misfits
    assert products is not None, more
    return Facts(sources, products)


@cache
def templates() -> Templates:
    folder = REPOSITORY / "templates"
    return Templates(
        {
            path.relative_to(folder).as_posix(): path.read_text("utf-8")
            for path in sorted(folder.rglob("*.html"))
        }
    )


@cache
def body_renderer(base_path: str = "") -> BodyRenderer:
    return BodyRenderer(settings().markdown_extensions, base_path, templates().environment())


def source(text: str, path: str = PATH) -> Source:
    content = text.encode()
    return Source(path, content, digest(content))


def parsed(body: str, path: str = PATH, **keys: str) -> tuple[Article | None, list[str]]:
    """An article with this body, and the codes of what is wrong with it."""
    outcome = parse_article(source(article(body=body, **keys), path))
    return outcome.article, [finding.code for finding in outcome.findings]


def accepted(body: str, path: str = PATH, **keys: str) -> Article:
    value, codes = parsed(body, path, **keys)
    assert value is not None, codes
    return value


def rendered(body: str, base_path: str = "") -> Body:
    """The body of an accepted article as the page shows it."""
    text = article(body=body)
    value = accepted(body)
    words = prose(PATH, text[value.body_offset :], value.body_offset, value.scan, facts())
    return body_renderer(base_path).render(words)


def scanned(text: str) -> tuple[Scan, tuple[Diagnostic, ...]]:
    return scanner.scan(text, 0, PATH, components.NAMES)


def catalogue(articles: list[Article], as_of: date = TODAY) -> tuple[Catalogue, list[Diagnostic]]:
    value, findings = assemble(articles, (), frozenset(), facts(), settings(), Edition(as_of))
    return value, list(findings)
