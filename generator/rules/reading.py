"""One file read the way an editor would: parsed, then held against the editorial rules."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from generator.article import Article, Parsed, Source, Standing
from generator.diagnostics import Diagnostic
from generator.mask import outside_code
from generator.parse import parse_article, parse_standing
from generator.rules import figures, outline, phrases, typography
from generator.rules.blocks import blocks
from generator.rules.phrases import Phrasebook


def read_article(source: Source, book: Phrasebook) -> Parsed:
    """The article and everything its file alone shows. Depends on the file and the phrasebook."""
    parsed = parse_article(source)
    if parsed.article is None:
        return parsed
    text = source.text()
    judged = (*_judged(parsed.article, text, book), *_article(parsed.article, text))
    return replace(parsed, findings=(*parsed.findings, *judged))


def read_standing(source: Source, book: Phrasebook) -> Parsed:
    """The same for a page of `content/pages/` or `content/stages/`."""
    page, findings = parse_standing(source)
    judged = _judged(page, source.text(), book) if page is not None else ()
    return Parsed(None, (*findings, *judged), page)


def _judged(page: Article | Standing, text: str, book: Phrasebook) -> Iterator[Diagnostic]:
    yield from phrases.forbidden(text, book, page.path)
    yield from outline.skipped_levels(page.scan.headings, page.path)
    body, offset = text[page.body_offset :], page.body_offset
    masked = outside_code(body)
    yield from typography.findings(body, masked, page.scan.fences, page.path, offset)
    if not page.path.startswith("content/pages/"):  # those speak of the site, not of the law
        yield from figures.uncited(blocks(body, masked), page.path, offset)


def _article(article: Article, text: str) -> Iterator[Diagnostic]:
    if not article.draft:
        yield from outline.few_aliases(article)
        yield from outline.sourceless(article, text[article.body_offset :])
