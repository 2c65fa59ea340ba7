"""Seeded corpora of realistic Chinese articles.

An article is a function of the seed, its index and the number of articles it may link to, so the
same call gives the same bytes on any machine. The texts are invented: they measure builds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.body import Body
from benchmarks.grammar import Grammar, Speaker, spaced
from benchmarks.peers import to_hugo, to_mkdocs
from benchmarks.project import REPOSITORY, copy_project, products_by_name, publishable_sources

__all__ = ["Corpus", "Subject", "generate", "to_hugo", "to_mkdocs"]

_SUMMARY_LIMIT = 80
_TODAY = date(2026, 11, 24)


@dataclass(frozen=True)
class Subject:
    """What one article is about, and the names that follow from it."""

    topic: dict[str, Any]
    product: dict[str, str]
    situation: dict[str, str]

    @property
    def slug(self) -> str:
        """The file name and address: unique, because each combination is used once."""
        return "-".join((self.product["word"], self.topic["word"], self.situation["word"]))

    @property
    def title(self) -> str:
        """The headline, a reader's question."""
        template: str = self.topic["title"]
        return spaced(template.format(product=self.product["name"], **self._situation))

    @property
    def summary(self) -> str:
        """The short answer, at most eighty characters."""
        answer = self.topic["summary"].format(product=self.product["name"])
        opening = f"{self.situation['text']}，{self.product['name']}的事这样办："
        fits = len(spaced(opening + answer)) <= _SUMMARY_LIMIT
        return spaced(opening + answer if fits else f"{self.situation['text']}：{answer}")

    @property
    def _situation(self) -> dict[str, str]:
        return {"situation": self.situation["text"], "short": self.situation["short"]}

    def aliases(self, rng: Random, patterns: Sequence[str]) -> list[str]:
        """Three phrasings that a reader might search for; no other article has them."""
        asks = rng.sample(self.topic["asks"], 3)
        name = self.product["name"]
        return [
            spaced(rng.choice(patterns).format(product=name, ask=ask, **self._situation))
            for ask in asks
        ]


@dataclass(frozen=True)
class Corpus:
    """All articles of one seed; `sources` are citable ids, `products` maps a name to its slug."""

    seed: int = 7
    sources: Sequence[str] = ()
    products: dict[str, str] = field(default_factory=dict)

    @cached_property
    def grammar(self) -> Grammar:
        """The sentence tables, read once."""
        return Grammar.load()

    @cached_property
    def _order(self) -> list[int]:
        return Random(self.seed).sample(range(self.capacity), self.capacity)

    @cached_property
    def capacity(self) -> int:
        """How many articles there can be: topics x products x situations."""
        titles = self.grammar.titles
        return len(titles["topics"]) * len(titles["products"]) * len(titles["situations"])

    def subject(self, index: int) -> Subject:
        """What article number `index` is about."""
        titles = self.grammar.titles
        rest, topic = divmod(self._order[index], len(titles["topics"]))
        situation, product = divmod(rest, len(titles["products"]))
        return Subject(
            titles["topics"][topic], titles["products"][product], titles["situations"][situation]
        )

    def path(self, index: int) -> Path:
        """Where article `index` lies under `content/articles`."""
        subject = self.subject(index)
        return Path(subject.topic["category"]) / f"{subject.slug}.md"

    def article(self, index: int, count: int) -> str:
        """The Markdown of article `index`, linking only to articles `0 … count - 1`."""
        subject = self.subject(index)
        rng = Random(f"{self.seed}:{index}")
        fixed = {"product": subject.product["name"], "situation": subject.situation["text"]}
        speaker = Speaker(self.grammar, rng, fixed)
        links = [self.subject(other) for other in self._neighbours(rng, index, count)]
        targets = [(link.title, f"/{link.slug}/") for link in links[:5]]
        body = Body(speaker, subject.topic["themes"], self.sources, targets).write()
        related = [link.slug for link in rng.sample(links, min(len(links), rng.randint(0, 4)))]
        return self._front_matter(subject, rng, related) + body

    def edit(self, index: int, nonce: int) -> str:
        """A sentence that an editor might append to article `index`; `nonce` varies it."""
        speaker = Speaker(self.grammar, Random(f"{self.seed}:{index}:{nonce}"))
        return f"\n{speaker.fill(self.grammar.titles['edit'])}\n"

    def _neighbours(self, rng: Random, index: int, count: int) -> list[int]:
        """Up to eight other articles, those of the same category first."""
        category = self.subject(index).topic["category"]
        drawn = rng.sample(range(count), min(count, 16))
        others = [other for other in drawn if other != index]
        others.sort(key=lambda other: self.subject(other).topic["category"] != category)
        return others[: rng.randint(3, 8)]

    def _front_matter(self, subject: Subject, rng: Random, related: Sequence[str]) -> str:
        stages = subject.topic["stages"]
        chosen = set(rng.sample(stages, rng.randint(1, len(stages))))
        slug = self.products.get(subject.product["name"], "")
        reviewed = _TODAY - timedelta(days=rng.randint(0, 240))
        lines = [
            f"title: {subject.title}",
            f"summary: {subject.summary}",
            f"category: {subject.topic['category']}",
            f"stages: [{', '.join(stage for stage in stages if stage in chosen)}]",
            f"tags: [{', '.join(self._tags(subject, rng))}]",
            f"aliases: [{', '.join(subject.aliases(rng, self.grammar.titles['asks']))}]",
            *([f"product: {slug}"] if slug and rng.random() < 0.8 else []),
            f"published: {reviewed - timedelta(days=rng.randint(0, 700))}",
            f"reviewed: {reviewed}",
            f"review_due: {_TODAY + timedelta(days=rng.randint(14, 360))}",
            *([f"related: [{', '.join(related)}]"] if related else []),
        ]
        return "\n".join(("---", *lines, "---", "", ""))

    def _tags(self, subject: Subject, rng: Random) -> list[str]:
        """Two to four tags: the topic's own, then others drawn with a falling weight."""
        vocabulary: list[str] = self.grammar.titles["tags"]
        tags = list(subject.topic["tags"])
        weights = [1 / (place + 1) for place in range(len(vocabulary))]
        wanted = rng.randint(2, 4)
        while len(tags) < wanted:
            (tag,) = rng.choices(vocabulary, weights)
            if tag not in tags:
                tags.append(tag)
        return tags[:wanted]


def generate(root: Path, count: int, seed: int = 7, *, repository: Path = REPOSITORY) -> Corpus:
    """Write a project with `count` articles into `root`; an existing `content` is an error."""
    copy_project(repository, root)
    corpus = Corpus(seed, publishable_sources(root), products_by_name(root))
    if count > corpus.capacity:
        raise ValueError(f"at most {corpus.capacity} articles, not {count}")
    for index in range(count):
        write_article(root, corpus, index, count)
    return corpus


def write_article(root: Path, corpus: Corpus, index: int, count: int) -> Path:
    """Write article `index`, linking to the first `count`, and return its file."""
    target = root / "content" / "articles" / corpus.path(index)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(corpus.article(index, count), encoding="utf-8")
    return target
