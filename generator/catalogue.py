"""Everything at once, immutable: the articles a build publishes and how they hang together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from msgspec import Struct, field

from generator import examples, redirects, validity
from generator.article import Article, Standing
from generator.diagnostics import Diagnostic
from generator.examples import Worked
from generator.facts import Facts
from generator.messages import did_you_mean, finding
from generator.pictures import Picture
from generator.settings import Settings

# First path segments the site itself uses.
RESERVED_SLUGS = frozenset(
    [
        "404",
        "assets",
        "calculator",
        "calculator-card",
        "calculator-judgment",
        "calculator-method",
        "calculator-private",
        "category",
        "feed",
        "gallery",
        "images",
        "index",
        "product",
        "search",
        "stage",
        "tag",
    ]
)


class Edition(Struct, frozen=True):
    """Which articles are in: as of which day (Beijing), and whether unpublished ones are shown."""

    as_of: date
    drafts: bool = False

    def includes(self, article: Article) -> bool:
        return self.drafts or self.is_public(article)

    def is_public(self, article: Article) -> bool:
        return not article.draft and article.published <= self.as_of


class Catalogue(Struct, frozen=True, dict=True):
    """The articles of one edition by slug, in slug order, with facts and redirects.

    `standing` are the site's own pages by slug, `stages` the introductions by stage.

    `failed` are slugs whose pages cannot be made in this run; links to them are
    not reported, their own findings are. `unprintable` are those of them that were read.
    """

    articles: Mapping[str, Article]
    standing: Mapping[str, Standing]
    stages: Mapping[str, Standing]
    facts: Facts
    redirects: Mapping[str, str]
    edition: Edition
    failed: frozenset[str]
    unprintable: tuple[Article, ...]
    shared_tags: frozenset[str]
    """Tags that more than one article has; only these have a page."""
    examples: Mapping[str, tuple[Worked | None, ...]]
    """By path, for files with worked examples: one entry for each component fence."""
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    """By the address an author writes."""

    @cached_property
    def newest_first(self) -> tuple[Article, ...]:
        """By publication day, then slug."""
        return tuple(
            sorted(
                self.articles.values(),
                key=lambda article: (-article.published.toordinal(), article.slug),
            )
        )


# Findings that leave a page without something it must print.
_UNPRINTABLE = frozenset(
    (
        "category-unknown",
        "stage-unknown",
        "product-unknown",
        "citation-unknown",
        "citation-memory",
        "hotline-unknown",
        "fence-calculation",
        "fence-unknown-key",
        "fence-value",
    )
)


def assemble(
    articles: Sequence[Article],
    standing: Sequence[Standing],
    unreadable: frozenset[str],
    facts: Facts,
    settings: Settings,
    edition: Edition,
) -> tuple[Catalogue, tuple[Diagnostic, ...]]:
    """Put the parsed articles together and judge what only shows when all are seen.

    `unreadable` are the slugs of files that did not become articles.
    """
    by_slug, findings = _by_slug(articles, facts, settings)
    for article in articles:
        findings.extend(_related_findings(article, by_slug, unreadable, edition))
        findings.extend(_cut_findings(article, settings.options.page_sizes.cards))
    own, stages, misplaced = _standing(standing, by_slug, settings)
    worked, misfits = _contents((*articles, *standing), facts, edition.as_of)
    findings.extend((*misplaced, *misfits))
    resolved, misdirected = redirects.resolve(by_slug, RESERVED_SLUGS, own, edition.includes)
    findings.extend(misdirected)
    unprintable = _unprintable(articles, findings)
    included = (item for item in by_slug.items() if edition.includes(item[1]))
    printable = {slug: article for slug, article in included if article.path not in unprintable}
    arriving = {old: slug for old, slug in resolved.items() if slug in printable}
    pages = {page.slug for page in standing if own.get(page.slug) is not page}
    pages |= {page.slug for page in own.values() if page.path in unprintable}
    catalogue = Catalogue(
        articles=printable,
        standing=_without(own, unprintable),
        stages=_without(stages, unprintable),
        facts=facts,
        redirects=arriving,
        edition=edition,
        failed=unreadable | pages | _failed(by_slug.values(), unprintable, arriving),
        unprintable=tuple(a for a in by_slug.values() if a.path in unprintable),
        shared_tags=_shared_tags(printable.values()),
        examples=worked,
    )
    return catalogue, tuple(findings)


def _unprintable(articles: Sequence[Article], findings: Sequence[Diagnostic]) -> set[str]:
    """Paths of the files whose pages cannot be made."""
    lacking = {entry.path for entry in findings if entry.code in _UNPRINTABLE}
    # The site's own page has that address: two of them would be the same fault told twice.
    return lacking | {article.path for article in articles if article.slug in RESERVED_SLUGS}


def _contents(
    pages: Sequence[Article | Standing], facts: Facts, as_of: date
) -> tuple[dict[str, tuple[Worked | None, ...]], list[Diagnostic]]:
    """The worked examples of every file that has some; what the tables say against the others,
    and against citations.
    """
    found: dict[str, tuple[Worked | None, ...]] = {}
    findings: list[Diagnostic] = []
    for page in pages if facts.complete else ():
        scan = page.scan
        findings.extend(validity.findings(page.path, scan, facts, as_of))
        worked, misfits = examples.read(scan.fences, page.path, facts.tables)
        findings.extend(misfits)
        if worked:
            found[page.path] = worked
    return found, findings


def _by_slug(
    articles: Sequence[Article], facts: Facts, settings: Settings
) -> tuple[dict[str, Article], list[Diagnostic]]:
    """The articles by slug, in slug order, and what is wrong with their places and products."""
    by_slug: dict[str, Article] = {}
    findings: list[Diagnostic] = []
    for article in sorted(articles, key=lambda article: (article.slug, article.path)):
        findings.extend(_place_findings(article, settings))
        findings.extend(_product_findings(article, facts))
        first = by_slug.setdefault(article.slug, article)
        if first is not article:
            findings.append(
                finding("slug-duplicate", article.path, slug=article.slug, other=first.path)
            )
    return by_slug, findings


def _without(pages: Mapping[str, Standing], unprintable: set[str]) -> dict[str, Standing]:
    return {slug: page for slug, page in pages.items() if page.path not in unprintable}


def _failed(
    articles: Iterable[Article], unprintable: set[str], arriving: Mapping[str, str]
) -> frozenset[str]:
    """Addresses that these articles should serve and in this run do not."""
    failed: set[str] = set()
    for article in articles:
        if article.path in unprintable:
            failed.add(article.slug)
        failed |= {old.value for old in article.redirect_from if old.value not in arriving}
    return frozenset(failed)


def _shared_tags(articles: Iterable[Article]) -> frozenset[str]:
    holders = Counter(tag for article in articles for tag in set(article.tags))
    return frozenset(tag for tag, count in holders.items() if count > 1)


def _standing(
    standing: Sequence[Standing], by_slug: Mapping[str, Article], settings: Settings
) -> tuple[dict[str, Standing], dict[str, Standing], list[Diagnostic]]:
    """The site's own pages, the introductions of stages, and those that are neither."""
    own: dict[str, Standing] = {}
    stages: dict[str, Standing] = {}
    findings: list[Diagnostic] = []
    known = [stage.id for stage in settings.options.stages]
    for page in standing:
        if page.path.startswith("content/stages/"):
            stages[page.slug] = page
            if page.slug not in known:
                choices = "、".join(known)
                findings.append(
                    finding("stage-unknown", page.path, stage=page.slug, choices=choices)
                )
            continue
        if page.slug in RESERVED_SLUGS:
            findings.append(finding("slug-reserved", page.path, slug=page.slug))
        elif page.slug in by_slug:
            other = by_slug[page.slug].path
            findings.append(finding("slug-duplicate", page.path, slug=page.slug, other=other))
        else:
            own[page.slug] = page
    return own, stages, findings


def _place_findings(article: Article, settings: Settings) -> Iterator[Diagnostic]:
    categories = [category.id for category in settings.options.categories]
    folder = article.path.rsplit("/", 2)[-2]
    if article.slug in RESERVED_SLUGS:
        yield finding("slug-reserved", article.path, slug=article.slug)
    if article.category not in categories:
        choices = "、".join(categories)
        yield finding(
            "category-unknown",
            article.path,
            article.category_span,
            category=article.category,
            choices=choices,
        )
    elif article.category != folder:
        yield finding(
            "category-folder",
            article.path,
            article.category_span,
            category=article.category,
            folder=folder,
        )
    stages = [stage.id for stage in settings.options.stages]
    for stage, span in zip(article.stages, article.stage_spans, strict=True):
        if stage not in stages:
            choices = "、".join(stages)
            yield finding("stage-unknown", article.path, span, stage=stage, choices=choices)


def _related_findings(
    article: Article,
    by_slug: Mapping[str, Article],
    unreadable: frozenset[str],
    edition: Edition,
) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for entry in article.related:
        target = by_slug.get(entry.value)
        if entry.value == article.slug:
            yield finding("related-self", article.path, entry.span)
        elif entry.value in seen:
            yield finding("related-duplicate", article.path, entry.span, slug=entry.value)
        elif target is None and entry.value in unreadable:
            pass  # that file is reported for what is wrong with it
        elif target is None:
            fix = did_you_mean(entry.value, by_slug, otherwise="核对那篇文章的文件名（不带 .md）")
            yield finding("related-unknown", article.path, entry.span, slug=entry.value, fix=fix)
        elif edition.is_public(article) and not edition.is_public(target):
            yield finding("related-unpublished", article.path, entry.span, slug=entry.value)
        seen.add(entry.value)


def _cut_findings(article: Article, cards: int) -> Iterator[Diagnostic]:
    """Recommendations there is no card for."""
    for entry in article.related[cards:]:
        count = len(article.related)
        yield finding(
            "related-cut", article.path, entry.span, slug=entry.value, count=count, cards=cards
        )


def _product_findings(article: Article, facts: Facts) -> Iterator[Diagnostic]:
    if article.product and facts.complete and article.product not in facts.products:
        fix = did_you_mean(
            article.product, facts.products, otherwise="先在 content/data/products.yml 里加上它"
        )
        yield finding(
            "product-unknown", article.path, article.product_span, id=article.product, fix=fix
        )
