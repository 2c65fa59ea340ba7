"""`python -m benchmarks.recall`: how many of the editors' own pairs the computed cards find.

An editor's pair is an article and one it names under `related`. All these links are taken away,
the cards are dealt by computation alone, and the pairs are looked for among each article's cards.
Beside it stand two ways that need no text: the newest of the same category, and what a throw of
dice would find.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from msgspec.structs import replace

from generator import related
from generator.catalogue import Catalogue, Edition
from generator.output import serial
from generator.plan import names
from generator.shell import builder
from generator.shell.clock import as_of
from generator.shell.project import load

REPOSITORY = Path(__file__).resolve().parent.parent

Pairs = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Recall:
    """Pairs found by each way, out of all; `missed` are those the cards do not show."""

    pairs: int
    cards: int
    category: int
    chance: Fraction
    missed: tuple[tuple[str, str], ...]


def measured(catalogue: Catalogue, count: int, words: related.Names) -> Recall:
    """With every curated link hidden; `count` cards an article."""
    articles = catalogue.articles
    wanted = pairs(catalogue)
    hidden = {slug: replace(article, related=()) for slug, article in articles.items()}
    dealt = related.Dealing(
        replace(catalogue, articles=hidden), count, words, related.Dealt(), serial
    ).dealt()
    cards = {slug: [choice.slug for choice in choices] for slug, choices in dealt.cards.items()}
    newest = [article.slug for article in catalogue.newest_first]
    same = {
        slug: [other for other in newest if other != slug and beside(catalogue, slug, other)][
            :count
        ]
        for slug in articles
    }
    found = found_in(wanted, cards)
    missed = tuple(sorted(wanted - found))
    chance = Fraction(len(wanted) * min(count, len(articles) - 1), max(len(articles) - 1, 1))
    return Recall(len(wanted), len(found), len(found_in(wanted, same)), chance, missed)


def beside(catalogue: Catalogue, slug: str, other: str) -> bool:
    return catalogue.articles[slug].category == catalogue.articles[other].category


def pairs(catalogue: Catalogue) -> Pairs:
    """Every curated pair of published articles."""
    known = catalogue.articles
    return frozenset(
        (slug, entry.value)
        for slug, article in known.items()
        for entry in article.related
        if entry.value in known
    )


def found_in(wanted: Pairs, shown: Mapping[str, Sequence[str]]) -> Pairs:
    return frozenset((slug, other) for slug, other in wanted if other in shown[slug])


def main() -> None:
    project = load(REPOSITORY / "site_config.yml")
    memory, _ = builder.examine(project, Edition(as_of(None)))
    catalogue = memory.catalogue
    if catalogue is None:
        raise SystemExit("the content has errors: see `yuqi check`")
    count = project.settings.options.page_sizes.cards
    result = measured(catalogue, count, names(project.settings))
    print(f"{len(catalogue.articles)} articles, {result.pairs} curated pairs, {count} cards each")
    for way, found in (
        ("cards by computation", Fraction(result.cards)),
        ("newest of the same category", Fraction(result.category)),
        ("chance", result.chance),
    ):
        share = found / result.pairs if result.pairs else Fraction(0)
        print(f"  {way:<28} {float(found):6.1f}  {float(share):.1%}")
    print("missed:")
    for slug, other in result.missed:
        print(f"  {slug} → {other}")


if __name__ == "__main__":
    main()
