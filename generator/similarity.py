"""How near articles are to each other, by the terms they share.

A rare term counts more than a common one. Rarity is a step function of the number
of articles that have the term, with steps a factor of four apart, so one article
more moves few scores; scores are whole numbers, so nothing depends on rounding.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain
from zlib import crc32

from generator.article import Article
from generator.fingerprint import digest

# A term finds neighbours if no more than so many articles have it, and no more than a
# quarter of a small site; this bounds the work for an article whatever the size of the site.
_COMMON = 32
_METADATA = {"product": 50, "tag": 32, "stage": 5, "category": 9}
_SEARCHED = ("product", "tag")

Feature = tuple[str, str]


def features(article: Article) -> frozenset[Feature]:
    """What an article says of itself in its front matter."""
    own = {("category", article.category)}
    own.update(("tag", tag) for tag in article.tags)
    own.update(("stage", stage) for stage in article.stages)
    if article.product:
        own.add(("product", article.product))
    return frozenset(own)


def rarity(term: str, holders: int, total: int) -> int:
    """How rare a term is: 0 for a common one, one more for each halving of its holders.

    The steps of every term lie elsewhere (its own hash shifts them), so that growth
    does not move all terms of one frequency at once.
    """
    limit = min(total // 4, _COMMON) * (1024 + (crc32(term.encode()) & 1023))
    steps = 0
    while holders << (11 + steps) <= limit:
        steps += 1
    return steps


def _nearest_first(scored: tuple[str, int]) -> tuple[int, str]:
    return -scored[1], scored[0]


def _tiers(tags: int) -> list[tuple[int, int, int]]:
    """What so many `tags` and a product can be worth to who shares some: score, whether the product
    is shared, how many tags; the dearest first. No two are worth the same.
    """
    return sorted(
        (
            (_METADATA["product"] * product + _METADATA["tag"] * shared, product, shared)
            for product in (0, 1)
            for shared in range(tags + 1)
            if product or shared
        ),
        reverse=True,
    )


def _bits(places: Iterable[int], size: int) -> int:
    """A set of places below `size`, as a number with these bits."""
    held = bytearray(size // 8 + 1)
    for place in places:
        held[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(held, "little")


def _counted(sets: Iterable[int]) -> list[int]:
    """How many of the sets each place is in, binary: the set of places for every digit."""
    digits: list[int] = []
    for held in sets:
        carry = held
        for at, digit in enumerate(digits):
            digits[at], carry = digit ^ carry, digit & carry
        digits.append(carry)
    return digits


class Similarity:
    """Scores between the articles of one catalogue."""

    def __init__(self, articles: Mapping[str, Article]) -> None:
        self._articles = articles
        self._features = {slug: features(article) for slug, article in articles.items()}
        holders: dict[str, list[str]] = defaultdict(list)
        for slug, article in articles.items():
            for term, _ in article.terms:
                holders[term].append(slug)
        # The total grows in steps as well: the 1,001st article must not move the scale.
        total = 1 << len(articles).bit_length()
        rarities = ((term, rarity(term, len(slugs), total)) for term, slugs in holders.items())
        self._rarity = {term: steps for term, steps in rarities if steps}
        self._holders = {term: holders[term] for term in self._rarity}
        self._by_feature: dict[Feature, list[str]] = defaultdict(list)
        for slug, own in self._features.items():
            for feature in own:
                self._by_feature[feature].append(slug)

        self._searched = {
            slug: frozenset(feature for feature in own if feature[0] in _SEARCHED)
            for slug, own in self._features.items()
        }
        # A set of articles is a number here: to count in how many sets each is takes microseconds.
        self._slugs = sorted(articles)
        places = {slug: at for at, slug in enumerate(self._slugs)}
        self._having = {
            feature: _bits(map(places.__getitem__, slugs), len(places))
            for feature, slugs in self._by_feature.items()
            if feature[0] in _SEARCHED
        }
        self._identities = {
            slug: digest(slug, *map("/".join, sorted(own))) for slug, own in self._features.items()
        }
        self._list_keys: dict[int, str] = {}

    def _by_terms(self, slug: str) -> dict[int, list[list[str]]]:
        """Weight → the lists of articles that share a term of that weight with `slug`."""
        by_weight: dict[int, list[list[str]]] = defaultdict(list)
        for term, weight in self._articles[slug].terms:
            if term in self._holders:
                by_weight[weight * self._rarity[term]].append(self._holders[term])
        return by_weight

    def near_key(self, slug: str, count: int, code: str) -> str:
        """Digest of all that `near` depends on, of which `code` is one; cheaper than `near`."""
        parts = [self._identities[slug], str(count), code]
        by_weight = self._by_terms(slug)
        for feature in self._searched[slug]:
            by_weight[_METADATA[feature[0]]].append(self._by_feature[feature])
        for weight, postings in sorted(by_weight.items()):
            parts.append(str(weight))
            parts += sorted(map(self._list_key, postings))
        return digest("\n".join(parts))

    def _list_key(self, slugs: list[str]) -> str:
        """Digest of a list of articles and their features; lists live as long as this object."""
        key = self._list_keys.get(id(slugs))
        if key is None:
            key = digest("".join(map(self._identities.__getitem__, slugs)))
            self._list_keys[id(slugs)] = key
        return key

    def near(self, slug: str, count: int) -> dict[str, int]:
        """The `count` nearest others and their scores, nearest first."""
        own, wanted = self._searched[slug], 2 * count
        scores: Counter[str] = Counter()
        for weight, postings in self._by_terms(slug).items():
            for other, times in Counter(chain.from_iterable(postings)).items():
                scores[other] += weight * times
        for other in scores:
            shared = own & self._searched[other]
            scores[other] += sum([_METADATA[kind] for kind, _ in shared])
        del scores[slug]
        ranked = self._most_alike(own, wanted + len(scores) + 1)
        rest = [entry for entry in ranked if entry[0] != slug and entry[0] not in scores]
        likeliest = sorted([*scores.items(), *rest[:wanted]], key=_nearest_first)[:wanted]
        full = [(score + self._metadata(slug, other), other) for other, score in likeliest]
        full.sort(key=lambda entry: (-entry[0], entry[1]))
        return {other: score for score, other in full[:count]}

    def _most_alike(self, own: frozenset[Feature], count: int) -> list[tuple[str, int]]:
        """The `count` articles that have most of these products and tags, with their scores."""
        everyone = (1 << len(self._slugs)) - 1
        tags = [self._having[feature] for feature in own if feature[0] == "tag"]
        product = sum(self._having[feature] for feature in own if feature[0] == "product")
        digits = _counted(tags)
        ranked: list[tuple[str, int]] = []
        for score, with_product, size in _tiers(len(tags)):
            alike = product if with_product else everyone ^ product
            for at, digit in enumerate(digits):
                alike &= digit if size >> at & 1 else everyone ^ digit
            while alike and len(ranked) < count:
                lowest = alike & -alike
                ranked.append((self._slugs[lowest.bit_length() - 1], score))
                alike ^= lowest
        return ranked

    def _metadata(self, slug: str, other: str) -> int:
        """The part of the score that does not help to find neighbours."""
        shared = self._features[slug] & self._features[other]
        return sum(_METADATA[kind] for kind, _ in shared if kind not in _SEARCHED)

    def shared_terms(self, slug: str, other: str) -> list[tuple[str, int]]:
        """Terms both have and what each adds to the score of `other`, heaviest first."""
        mine, others = dict(self._articles[slug].terms), dict(self._articles[other].terms)
        shared = [
            (term, mine[term] * self._rarity[term])
            for term in mine.keys() & others.keys() & self._rarity.keys()
        ]
        return sorted(shared, key=lambda entry: (-entry[1], entry[0]))

    def shared_features(self, slug: str, other: str) -> list[tuple[Feature, int]]:
        """What the front matters have in common and what it adds, heaviest first."""
        shared = [(f, _METADATA[f[0]]) for f in self._features[slug] & self._features[other]]
        return sorted(shared, key=lambda entry: (-entry[1], entry[0]))
