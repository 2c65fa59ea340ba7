"""「大家还在看」: what the editors chose, then what is nearest and differs, nobody left out.

Cards are dealt in rounds: in each, every article takes its best neighbour that is
not like one it has already and that is not on too many pages yet. Then an article
nobody shows gets a place with its nearest neighbour. The order of dealing is a
fixed shuffle, so the result is the same for the same articles and one article more
disturbs few others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import TYPE_CHECKING
from zlib import compress, decompress

from msgspec import Struct, field

from generator.article import Article
from generator.catalogue import Catalogue
from generator.fingerprint import digest
from generator.packed import Packing
from generator.similarity import Feature, Similarity

if TYPE_CHECKING:
    from generator.output import Run

SHOWN_LIMIT = 18
"""On how many pages an article may be shown by computation."""

_NEIGHBOURS = 24
_LIGHTLY = 1
# How much of its likeness to a card already chosen a candidate loses, in percent.
_LIKENESS_LOSS = 45
_CURATED = "编辑推荐"
_KINDS = {"product": "产品", "tag": "标签", "stage": "阶段", "category": "分类"}


NEIGHBOURS: Packing[dict[str, int]] = Packing(dict[str, int])
"""Nearest articles, the nearest first, and their scores; compressed."""


class Choice(Struct, frozen=True, gc=False):
    """One card of an article: which, how near (0 for a curated one), and why in words."""

    slug: str
    score: int
    reason: str


class Names:
    """Words a reader knows for the ids of stages and categories."""

    def __init__(self, stages: Mapping[str, str], categories: Mapping[str, str]) -> None:
        self._titles = {"stage": stages, "category": categories}

    def titles(self) -> Iterator[str]:
        for kind, titles in self._titles.items():
            yield from (f"{kind} {identifier} {title}" for identifier, title in titles.items())

    def title(self, feature: Feature) -> str:
        kind, identifier = feature
        return self._titles.get(kind, {}).get(identifier, identifier)


class Dealt(Struct, frozen=True):
    """The cards of every article by slug, and what the next call may use of this one.

    `neighbours` are packed, by the key of `Similarity.near_key`; `key` is a digest of all that
    the cards depend on, `basis` of all that anything here does: it changes more often and is
    quicker to tell.
    """

    basis: str = ""
    key: str = ""
    cards: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    neighbours: Mapping[str, bytes] = field(default_factory=dict)


class Dealing:
    """Dealing the cards: it begins with looking for neighbours, in other processes if there are any."""

    def __init__(
        self,
        catalogue: Catalogue,
        count: int,
        names: Names,
        known: Dealt,
        run: Run,
        code: str = "",
    ) -> None:
        """At most `count` cards for each article, the curated ones first and in their order.

        `known` is what an earlier dealing returned, `code` the digest of the generator.
        """
        self._names = names
        self._known = known
        self._basis = _basis(catalogue.articles, count, names, code)
        if self._basis == known.basis:
            return  # whatever changed, it was nothing that makes articles alike
        dealer = self._dealer = _Dealer(catalogue.articles, count)
        keys = dealer.keys(code) if known.neighbours else {}
        strange = [slug for slug in dealer.order if keys.get(slug) not in known.neighbours]
        self._met = run(lambda: dealer.near, strange)
        # Where nobody is known there is time for it while others look.
        self._keys = keys or dealer.keys(code)

    def dealt(self) -> Dealt:
        """To be called once."""
        known, basis = self._known, self._basis
        if basis == known.basis:
            return known
        dealer = self._dealer
        learnt = {key: known.neighbours.get(key) or next(self._met) for key in self._keys.values()}
        key = dealer.key(learnt, self._names)
        if key == known.key:
            return Dealt(basis, key, known.cards, learnt)
        for slug, met in zip(self._keys, learnt.values(), strict=True):
            dealer.meet(slug, NEIGHBOURS.unpack(decompress(met)))
        dealer.deal()
        dealer.adopt()
        cards = {
            slug: tuple(dealer.choice(slug, other, self._names) for other in chosen)
            for slug, chosen in dealer.cards.items()
        }
        return Dealt(basis, key, cards, learnt)


def _basis(articles: Mapping[str, Article], count: int, names: Names, code: str) -> str:
    """Digest of all that `features`, terms and editors say of the articles."""
    told = [code, str(count), *names.titles()]
    weighed = []
    for slug, article in articles.items():
        own = (slug, article.category, article.product or "")
        curated = (entry.value for entry in article.related)
        told.append("\n".join((*own, *article.tags, "", *article.stages, "", *curated)))
        weighed.append(article.weighed)
    return digest(*told, *weighed)


def explain(catalogue: Catalogue, slug: str, other: str, names: Names) -> list[tuple[str, int]]:
    """Everything that adds to the score of `other` as a card of `slug`, heaviest first."""
    similarity = Similarity(catalogue.articles)
    features = [
        (f"{_KINDS[feature[0]]}：{names.title(feature)}", weight)
        for feature, weight in similarity.shared_features(slug, other)
    ]
    terms = similarity.shared_terms(slug, other)
    return sorted([*features, *terms], key=lambda entry: (-entry[1], entry[0]))


class _Dealer:
    """The cards of every article while they are being dealt."""

    def __init__(self, articles: Mapping[str, Article], count: int) -> None:
        self._articles = articles
        self._count = count
        self._similarity = Similarity(articles)
        self._curated = {
            slug: tuple(entry.value for entry in article.related if entry.value in articles)[:count]
            for slug, article in articles.items()
        }
        self._shuffle = {slug: _hash(slug) for slug in articles}
        self.order = sorted(articles, key=lambda slug: (self._shuffle[slug], slug))
        self._shown = dict.fromkeys(articles, 0)
        self._full: set[str] = set()
        # One text for each address, however often it is named.
        self._own = {slug: slug for slug in articles}
        self._reasons: dict[str, str] = {}
        self.scores: dict[str, Mapping[str, int]] = {}
        self._open: dict[str, dict[str, int]] = {}
        self.cards = {slug: list(chosen) for slug, chosen in self._curated.items()}

    # -- neighbours ---------------------------------------------------------------------

    def keys(self, code: str) -> dict[str, str]:
        """Digest of all that the neighbours of an article depend on, in the order of dealing."""
        near_key = self._similarity.near_key
        return {slug: near_key(slug, _NEIGHBOURS, code) for slug in self.order}

    def near(self, slug: str) -> bytes:
        """The neighbours of an article, packed."""
        return compress(NEIGHBOURS.pack(self._similarity.near(slug, _NEIGHBOURS)), _LIGHTLY)

    def meet(self, slug: str, near: Mapping[str, int]) -> None:
        """To be called with the neighbours of every article before anything is dealt."""
        own = self._own
        self.scores[slug] = {own[other]: score for other, score in near.items()}

    def key(self, neighbours: Iterable[str], names: Names) -> str:
        """Digest of all that dealing depends on; `neighbours` are keys in the order of dealing."""
        curated = (f"{slug} {' '.join(self._curated[slug])}" for slug in self.order)
        return digest(str(self._count), *names.titles(), "\n".join(neighbours), "\n".join(curated))

    # -- rounds -------------------------------------------------------------------------

    def deal(self) -> None:
        for slug in self.order:
            self._open[slug] = {
                other: score
                for other, score in self.scores[slug].items()
                if other not in self._curated[slug]
            }
            for chosen in self._curated[slug]:
                self._discount(slug, chosen)
        for _ in range(self._count):
            for slug in self.order:
                if len(self.cards[slug]) < self._count:
                    self._take_best(slug)

    def _take_best(self, slug: str) -> None:
        """Nearness counts, less what a card already chosen says as well."""
        own, gains = self._shuffle[slug], self._open[slug]
        free = {other: gain for other, gain in gains.items() if other not in self._full}
        if not free:
            return
        highest = max(free.values())
        best = min(
            [other for other, gain in free.items() if gain == highest],
            key=lambda other: (own ^ self._shuffle[other], other),
        )
        del gains[best]
        self.cards[slug].append(best)
        self._shown[best] += 1
        if self._shown[best] >= SHOWN_LIMIT:
            self._full.add(best)
        self._discount(slug, best)

    def _discount(self, slug: str, chosen: str) -> None:
        gains, scores = self._open[slug], self.scores[slug]
        for other, near in self.scores[chosen].items():
            if other in gains:
                left = scores[other] - near * _LIKENESS_LOSS // 100
                if left < gains[other]:
                    gains[other] = left

    # -- nobody left out ----------------------------------------------------------------

    def adopt(self) -> None:
        """Give every article that nobody shows a place with the nearest that can take it."""
        everywhere = Counter(other for chosen in self.cards.values() for other in chosen)
        for slug in self.order:
            if everywhere[slug] or len(self._articles) < 2:
                continue
            host = next(
                (host for host in self._hosts(slug) if self._can_host(host, everywhere)), ""
            )
            if not host:
                continue
            if len(self.cards[host]) >= self._count:
                everywhere[self.cards[host].pop()] -= 1
            self.cards[host].append(slug)
            everywhere[slug] += 1

    def _hosts(self, slug: str) -> Iterator[str]:
        scores = self.scores[slug]
        yield from sorted(scores, key=lambda other: (-scores[other], other))
        # Only when every near neighbour is full of others' only cards does the search go on.
        yield from (other for other in self.order if other != slug and other not in scores)

    def _can_host(self, host: str, everywhere: Counter[str]) -> bool:
        cards = self.cards[host]
        if len(cards) < self._count:
            return True
        return len(cards) > len(self._curated[host]) and everywhere[cards[-1]] > 1

    # -- the result ---------------------------------------------------------------------

    def choice(self, slug: str, other: str, names: Names) -> Choice:
        if other in self._curated[slug]:
            return Choice(other, 0, _CURATED)
        reason = self._reason(slug, other, names)
        reason = self._reasons.setdefault(reason, reason)
        return Choice(other, self.scores[slug].get(other, 0), reason)

    def _reason(self, slug: str, other: str, names: Names) -> str:
        """The strongest thing in common that a reader knows by name."""
        shared = [feature for feature, _ in self._similarity.shared_features(slug, other)]
        for kind, words in (("tag", "也讲“{}”"), ("stage", "同一阶段：{}"), ("category", "同属{}")):
            for feature in shared:
                if feature[0] == kind:
                    return words.format(names.title(feature))
        return "也可以看看"


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")
