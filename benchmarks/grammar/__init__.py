"""The sentence grammar: YAML tables of slots, titles and themes, and the code that speaks them.

`slots.yml` holds words and numbers, `titles.yml` what an article is about, `themes.yml` what its
sections say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import yaml

_FOLDER = Path(__file__).parent
_SLOT = re.compile(r"\{([a-z_]+)\}")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_GAP = re.compile(r"(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z%])(?=[\u4e00-\u9fff])")


@dataclass(frozen=True)
class Grammar:
    """The three tables, as read."""

    numbers: Mapping[str, Mapping[str, Any]]
    words: Mapping[str, Sequence[str]]
    titles: Mapping[str, Any]
    themes: Mapping[str, Mapping[str, Any]]

    @classmethod
    def load(cls) -> Grammar:
        """Read the tables that lie beside this module."""
        slots, titles, themes = (
            yaml.load((_FOLDER / f"{name}.yml").read_text("utf-8"), yaml.CSafeLoader)
            for name in ("slots", "titles", "themes")
        )
        return cls(slots["numbers"], slots["words"], titles, themes)


@dataclass
class Speaker:
    """Fills templates for one article: a seeded source of chance and the words fixed for it."""

    grammar: Grammar
    rng: Random
    fixed: Mapping[str, str] = field(default_factory=dict)

    def fill(self, template: str, **extra: str) -> str:
        """Replace every `{slot}`, those inside a chosen word too, and set spaces around digits."""

        def word(match: re.Match[str]) -> str:
            name = match[1]
            if name in extra:
                return extra[name]
            if name in self.fixed:
                return self.fixed[name]
            if name in self.grammar.numbers:
                return self._number(self.grammar.numbers[name])
            return _SLOT.sub(word, self.rng.choice(self.grammar.words[name]))

        return spaced(_SLOT.sub(word, template))

    def pick(self, templates: Sequence[str], taken: Iterable[str] = ()) -> str:
        """One filled template that is not among the taken texts; empty when all of them are."""
        for template in self.rng.sample(templates, len(templates)):
            if (text := self.fill(template)) not in taken:
                return text
        return ""

    def _number(self, rule: Mapping[str, Any]) -> str:
        low, high, step = rule["range"]
        value = self.rng.randrange(low, high + 1, step)
        form: str = rule["form"]
        return form.format(value / rule["scale"] if "scale" in rule else value)


def spaced(text: str) -> str:
    """Set the space that Chinese typography wants between Han characters and digits or Latin."""
    return _GAP.sub(" ", text)


def han(text: str) -> int:
    """Count the Han characters, the unit in which editors measure an article."""
    return len(_HAN.findall(text))
