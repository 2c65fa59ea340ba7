"""「大家还在看」: what the editors chose, then what has most in common, nobody left out.

The computed part compares metadata (tags, product, stages, category, what others
curate). Candidates are found through windows of bounded size, so the cost grows
with the number of articles and one new article disturbs few others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b

from generator.article import Article
from generator.catalogue import Catalogue

# Articles looked at on either side in each list of articles that share a feature.
_WINDOW = 8
_WEIGHTS = {"product": 30, "tag": 20, "stage": 4, "category": 6}
_NAMES = {"product": "同一产品", "tag": "同一标签", "stage": "同一阶段", "category": "同一分类"}
_CURATED_BY_OTHER = 25


@dataclass(frozen=True, slots=True)
class Choice:
    """One card of an article: to which, how strong, and for which shared features."""

    slug: str
    score: int
    reasons: tuple[str, ...]


Feature = tuple[str, str]


def choose(catalogue: Catalogue, count: int) -> dict[str, tuple[Choice, ...]]:
    """Slug → its cards, at most `count`, the curated ones first and in their order."""
    selector = _Selector(catalogue)
    chosen = {slug: selector.cards(slug, count) for slug in catalogue.articles}
    return _adopt_orphans(chosen, selector, count)


def features(article: Article) -> Iterator[Feature]:
    yield "category", article.category
    if article.product:
        yield "product", article.product
    yield from (("tag", tag) for tag in sorted(set(article.tags)))
    yield from (("stage", stage) for stage in sorted(set(article.stages)))


class _Selector:
    """Postings by feature, each in an order that another article does not disturb."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.articles = catalogue.articles
        self.features = {slug: frozenset(features(a)) for slug, a in self.articles.items()}
        self.curated = {
            slug: tuple(entry.value for entry in article.related if entry.value in self.articles)
            for slug, article in self.articles.items()
        }
        self.curators: dict[str, set[str]] = defaultdict(set)
        for slug, targets in self.curated.items():
            for target in targets:
                self.curators[target].add(slug)
        self._shuffle = {slug: _hash(slug) for slug in self.articles}
        postings: dict[Feature, list[tuple[int, str]]] = defaultdict(list)
        for slug, own in self.features.items():
            for feature in own:
                postings[feature].append((_hash(*feature) ^ self._shuffle[slug], slug))
        self._postings = {key: [slug for _, slug in sorted(e)] for key, e in postings.items()}
        self._places = {
            (feature, slug): at
            for feature, slugs in self._postings.items()
            for at, slug in enumerate(slugs)
        }

    def cards(self, slug: str, count: int) -> tuple[Choice, ...]:
        curated = [Choice(target, 0, ("编辑推荐",)) for target in self.curated[slug][:count]]
        taken = set(self.curated[slug])
        computed = [other for other in self.ranked(slug) if other not in taken]
        return (*curated, *(self.choice(slug, other) for other in computed[: count - len(curated)]))

    def ranked(self, slug: str) -> list[str]:
        """The articles near `slug`, nearest first; ties in an order of their own for each pair."""
        own = self._shuffle[slug]
        keyed = [
            (-self._score(slug, other), own ^ self._shuffle[other], other)
            for other in self._candidates(slug)
        ]
        return [other for _, _, other in sorted(keyed)]

    def _candidates(self, slug: str) -> set[str]:
        found = set(self.curators[slug])
        for feature in self.features[slug]:
            posting = self._postings[feature]
            at = self._places[feature, slug]
            reach = min(_WINDOW, len(posting) // 2)
            found.update(posting[(at + step) % len(posting)] for step in range(-reach, reach + 1))
        found.discard(slug)
        return found

    def _score(self, slug: str, other: str) -> int:
        shared = self.features[slug] & self.features[other]
        score = sum(_WEIGHTS[kind] for kind, _ in shared)
        return score + _CURATED_BY_OTHER if other in self.curators[slug] else score

    def choice(self, slug: str, other: str) -> Choice:
        shared = sorted(self.features[slug] & self.features[other])
        reasons = [f"{_NAMES[kind]}：{name}" for kind, name in shared]
        if other in self.curators[slug]:
            reasons.append("那一篇推荐了这一篇")
        return Choice(other, self._score(slug, other), tuple(reasons))


def _hash(*parts: str) -> int:
    """A fixed shuffle: neighbours in a posting do not follow the alphabet."""
    text = "\0".join(parts)
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


def _adopt_orphans(
    chosen: Mapping[str, tuple[Choice, ...]], selector: _Selector, count: int
) -> dict[str, tuple[Choice, ...]]:
    """Give every article that nobody shows the last computed place of its nearest neighbour."""
    result = dict(chosen)
    shown: dict[str, int] = defaultdict(int)
    for choices in chosen.values():
        for choice in choices:
            shown[choice.slug] += 1
    for slug in sorted(selector.articles):
        if shown[slug] or len(selector.articles) < 2:
            continue
        host = _host(slug, result, selector, shown, count)
        if host is None:
            continue
        cards = result[host]
        if len(cards) >= count:
            shown[cards[-1].slug] -= 1
            cards = cards[:-1]
        result[host] = (*cards, selector.choice(host, slug))
        shown[slug] += 1
    return result


def _host(
    slug: str,
    chosen: Mapping[str, tuple[Choice, ...]],
    selector: _Selector,
    shown: Mapping[str, int],
    count: int,
) -> str | None:
    """The nearest article that has room, or whose last card others show as well."""
    for candidate in _hosts(slug, selector):
        cards = chosen[candidate]
        if len(cards) < count:
            return candidate
        last = cards[-1].slug
        if last not in selector.curated[candidate] and shown[last] > 1:
            return candidate
    return None


def _hosts(slug: str, selector: _Selector) -> Iterator[str]:
    yield from selector.ranked(slug)
    # Only when every near neighbour is full of others' only cards does the search go further.
    others = selector.articles.keys() - {slug}
    yield from sorted(others, key=lambda other: _hash(slug, other))
