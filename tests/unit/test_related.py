"""Cards: what editors chose first, the same for the same articles, nobody left out, few disturbed."""

from __future__ import annotations

import random
from functools import cache

import pytest
from msgspec.structs import replace

from generator import related
from generator.article import TERMS, Article, Placed
from generator.catalogue import Catalogue
from generator.diagnostics import Span
from generator.output import serial
from generator.plan import names
from generator.related import Choice, Dealing, Dealt, Names
from generator.similarity import Similarity
from tests.unit.samples import accepted, catalogue, settings

COUNT = 6
_TAGS = [
    "催收",
    "征信",
    "罚息",
    "协商",
    "起诉",
    "诈骗",
    "微粒贷",
    "信用卡",
    "花呗",
    "停息",
    "担保",
    "继承",
]
_TERMS = [f"{left}{right}" for left in "逾催征罚协诉骗卡" for right in "期收信息商讼局贷"]

Cards = dict[str, tuple[Choice, ...]]


@cache
def _pattern() -> Article:
    return accepted("正文。\n")


def _article(slug: str, source: random.Random, targets: list[str]) -> Article:
    """An article whose metadata and terms are drawn, some curated cards among them."""
    chosen = source.sample(targets, min(len(targets), source.choice([0, 0, 1, 2, 4])))
    terms = sorted(source.sample(_TERMS, 14))
    return replace(
        _pattern(),
        slug=slug,
        path=f"content/articles/process/{slug}.md",
        tags=tuple(source.sample(_TAGS, source.randint(1, 4))),
        stages=tuple(source.sample(["overdue-1-30", "sued"], source.randint(0, 2))),
        stage_spans=(Span(0, 0),) * 2,
        product=source.choice(["weilidai", None, None]),
        related=tuple(Placed(target, Span(0, 0)) for target in chosen if target != slug),
        weighed=TERMS.pack(tuple((term, source.randint(1, 12)) for term in terms)),
    )


def _articles(count: int, seed: int, *, curated: bool = True) -> list[Article]:
    source = random.Random(seed)
    slugs = [f"slug-{source.randrange(10**6)}-{at}" for at in range(count)]
    made = [_article(slug, source, slugs if curated else []) for slug in slugs]
    return [replace(each, stage_spans=each.stage_spans[: len(each.stages)]) for each in made]


def dealt(value: Catalogue, count: int, words: Names, known: Dealt, code: str = "") -> Dealt:
    return Dealing(value, count, words, known, serial, code).dealt()


def _cards(articles: list[Article], count: int = COUNT) -> Cards:
    value, findings = catalogue(articles)
    assert findings == []
    return dict(dealt(value, count, names(settings()), Dealt()).cards)


@pytest.mark.parametrize("seed", range(4))
def test_remembered_neighbours_give_the_cards_a_fresh_start_gives(seed: int) -> None:
    before, words = _articles(80, seed), names(settings())
    first, _ = catalogue(before)
    known = dealt(first, COUNT, words, Dealt())
    assert dealt(first, COUNT, words, known) == known
    reworded = [replace(before[0], weighed=TERMS.pack(before[1].terms[:5])), *before[1:]]
    retagged = [replace(before[0], tags=("改过",)), *before[1:30], *_articles(3, seed + 100)]
    recommended = [replace(before[0], related=before[0].related[:1]), *before[1:]]
    for after in (reworded, retagged, recommended, before[1:]):
        second, _ = catalogue(after)
        fresh = dealt(second, COUNT, words, Dealt())
        assert dealt(second, COUNT, words, known) == fresh
    assert dealt(first, COUNT - 1, words, known).cards != known.cards
    renamed = Names({"due-soon": "改过"}, {})
    fresh = dealt(first, COUNT, renamed, Dealt())
    assert dealt(first, COUNT, renamed, known) == fresh
    other_code = dealt(first, COUNT, words, known, "other")
    assert not set(other_code.neighbours) & set(known.neighbours)


def _slugs(cards: Cards) -> dict[str, list[str]]:
    return {slug: [choice.slug for choice in chosen] for slug, chosen in cards.items()}


def _curated(article: Article) -> list[str]:
    return [entry.value for entry in article.related]


@pytest.mark.parametrize("count", range(2, 61))
def test_everyone_is_shown_by_somebody_else_and_lists_are_sound(count: int) -> None:
    articles = _articles(count, seed=count)
    cards = _slugs(_cards(articles))
    shown = {other for slug, chosen in cards.items() for other in chosen if other != slug}
    assert shown == {article.slug for article in articles}
    for article in articles:
        chosen = cards[article.slug]
        assert article.slug not in chosen
        assert len(chosen) == len(set(chosen)) <= COUNT
        assert chosen[: len(article.related)] == _curated(article)


def test_single_article_has_no_cards() -> None:
    assert _slugs(_cards(_articles(1, seed=1))) == {_articles(1, seed=1)[0].slug: []}


@pytest.mark.parametrize("seed", range(4))
def test_order_of_reading_does_not_matter(seed: int) -> None:
    articles = _articles(40, seed)
    shuffled = random.Random(seed).sample(articles, len(articles))
    assert _cards(articles) == _cards(shuffled)


def test_curated_cards_keep_their_order_and_say_so() -> None:
    articles = _articles(30, seed=3, curated=False)
    targets = [article.slug for article in articles[10:14]][::-1]
    articles[0] = replace(
        articles[0], related=tuple(Placed(target, Span(0, 0)) for target in targets)
    )
    chosen = _cards(articles)[articles[0].slug]
    assert [choice.slug for choice in chosen[:4]] == targets
    assert {choice.reason for choice in chosen[:4]} == {"编辑推荐"}
    assert all(choice.reason and choice.reason != "编辑推荐" for choice in chosen[4:])


@pytest.mark.parametrize("count", [1, 2, 3, 12])
def test_no_article_has_more_cards_than_asked_for(count: int) -> None:
    cards = _slugs(_cards(_articles(40, seed=7), count))
    assert max(map(len, cards.values())) <= count


def test_what_shares_a_rare_tag_is_nearer_than_what_shares_nothing() -> None:
    articles = [replace(each, tags=("征信",)) for each in _articles(30, seed=5, curated=False)]
    articles[3] = replace(articles[3], tags=("砍头息",))
    articles[17] = replace(articles[17], tags=("砍头息",))
    assert articles[17].slug in _slugs(_cards(articles))[articles[3].slug]


def _weighed_one_by_one(similarity: Similarity, slug: str, slugs: list[str]) -> dict[str, int]:
    """What finds an article is a term, the product or a tag; what else is shared orders the nearest."""
    found: dict[str, int] = {}
    whole: dict[str, int] = {}
    for other in slugs:
        features = similarity.shared_features(slug, other)
        terms = sum(weight for _, weight in similarity.shared_terms(slug, other))
        finding = terms + sum(
            weight for (kind, _), weight in features if kind in ("product", "tag")
        )
        if finding and other != slug:
            found[other] = finding
            whole[other] = terms + sum(weight for _, weight in features)
    nearest = sorted(found, key=lambda other: (-found[other], other))[: 2 * COUNT]
    nearest.sort(key=lambda other: (-whole[other], other))
    return {other: whole[other] for other in nearest[:COUNT]}


@pytest.mark.parametrize("count", [1, 2, 9, 60, 250])
def test_the_nearest_are_those_that_weighing_every_pair_finds(count: int) -> None:
    source = random.Random(count)
    articles = {
        article.slug: replace(article, tags=tuple(source.sample(_TAGS, source.randint(1, 8))))
        for article in _articles(count, seed=count)
    }
    similarity = Similarity(articles)
    for slug in articles:
        expected = _weighed_one_by_one(similarity, slug, [*articles])
        assert [*similarity.near(slug, COUNT).items()] == [*expected.items()]


@pytest.mark.parametrize("seed", range(5))
def test_one_article_more_changes_few_lists(seed: int) -> None:
    articles = _articles(301, seed)
    added = articles.pop(150)
    rest = [
        replace(each, related=tuple(e for e in each.related if e.value != added.slug))
        for each in articles
    ]
    before = _slugs(_cards(rest))
    after = _slugs(_cards([*rest, added]))
    changed = [slug for slug in before if before[slug] != after[slug]]
    assert len(changed) <= 30


@pytest.mark.parametrize("seed", range(3))
def test_one_article_less_changes_few_lists(seed: int) -> None:
    articles = _articles(300, seed, curated=False)
    before = _slugs(_cards(articles))
    gone = articles.pop(100)
    after = _slugs(_cards(articles))
    changed = [slug for slug in after if before[slug] != after[slug]]
    showing = [slug for slug, chosen in before.items() if gone.slug in chosen]
    assert set(showing) <= {*changed, gone.slug}
    assert len(changed) <= 30


def test_no_article_is_on_too_many_pages() -> None:
    cards = _slugs(_cards(_articles(300, seed=9, curated=False)))
    shown = [other for chosen in cards.values() for other in chosen]
    assert max(shown.count(slug) for slug in cards) <= related.SHOWN_LIMIT + 1
