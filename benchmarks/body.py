"""The body of one generated article: a lead, first steps, themed sections, links at the end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.grammar import Speaker, han

# A statement that the project's own rules want a source for: law, rates, time limits.
_CLAIM = re.compile(r"[%％]|[0-9] ?日|法|规定|标准|指引|年化|利率|罚息|违约金|LPR|义务|不良信息")
_LIMITS = (800, 2000)


@dataclass
class Body:
    """Writes one body of 800 to 2,000 Han characters.

    `themes` are spoken of first, others follow until the drawn length is reached; `sources` are
    the ids that may be cited and `targets` the (text, address) pairs that may be linked.
    """

    speaker: Speaker
    themes: Sequence[str]
    sources: Sequence[str]
    targets: Sequence[tuple[str, str]]
    _headings: set[str] = field(default_factory=set)

    def write(self) -> str:
        """The Markdown text, ending in a newline."""
        rng = self.speaker.rng
        wanted = int(rng.triangular(*_LIMITS, 2000) + 100)
        rest = [name for name in self.speaker.grammar.themes if name not in self.themes]
        names = [*self.themes, *rng.sample(rest, len(rest))]
        links = iter(self.targets)
        blocks = [*self._opening(names[0])]
        closing = [*self._closing(links)] if self.targets else []
        length = han("".join(blocks + closing))
        for name in names:
            section = [*self._section(name, links)]
            size = han("".join(section))
            if length >= _LIMITS[0] and length + size > wanted:
                break
            if length + size > _LIMITS[1]:
                continue
            blocks += section
            length += size
        return "\n\n".join(blocks + closing) + "\n"

    def _opening(self, theme: str) -> Iterator[str]:
        rng, titles = self.speaker.rng, self.speaker.grammar.titles
        yield self._cited(self.speaker.pick(titles["leads"]), theme)
        yield self._heading("##", titles["first"])
        steps = rng.sample(self._theme(theme)["do"], 3)
        yield self._list(theme, steps, ordered=True)

    def _closing(self, links: Iterator[tuple[str, str]]) -> Iterator[str]:
        titles = self.speaker.grammar.titles
        yield self._heading("##", titles["closing"])
        chosen = [link for link, _ in zip(links, range(2), strict=False)]
        yield "\n".join(f"- [{text}]({url})" for text, url in chosen)

    def _section(self, name: str, links: Iterator[tuple[str, str]]) -> Iterator[str]:
        rng, theme = self.speaker.rng, self._theme(name)
        sentences = rng.sample(theme["say"], rng.randint(6, 9))
        yield self._heading("##", theme["h2"])
        yield self._paragraph(name, sentences[:3])
        yield self._paragraph(name, sentences[3:5])
        if "check" in theme and rng.random() < 0.6:
            yield self._fact_check(name, theme["check"])
        if "note" in theme and rng.random() < 0.6:
            yield self._note(name, theme["note"])
        if rng.random() < 0.7 and (heading := self._heading("###", theme["h3"])):
            yield heading
        yield f"{self._paragraph(name, sentences[5:])}{self._link(links)}"
        if "table" in theme and rng.random() < 0.5:
            yield from self._table(name, theme["table"])
        elif rng.random() < 0.7:
            yield rng.choice(self.speaker.grammar.titles["list_intros"])
            chosen = rng.sample(theme["do"], rng.randint(3, len(theme["do"])))
            yield self._list(name, chosen, ordered=rng.random() < 0.4)

    def _heading(self, level: str, templates: Sequence[str]) -> str:
        """A heading that this article does not have yet; empty when none is left."""
        text = self.speaker.pick(templates, self._headings)
        self._headings.add(text)
        return f"{level} {text}" if text else ""

    def _paragraph(self, theme: str, templates: Sequence[str]) -> str:
        return self._cited("".join(self.speaker.fill(each) for each in templates), theme)

    def _list(self, theme: str, templates: Sequence[str], *, ordered: bool) -> str:
        items = (self._cited(self.speaker.fill(each), theme) for each in templates)
        marks = ((f"{place}." if ordered else "-") for place in range(1, len(templates) + 1))
        return "\n".join(f"{mark} {item}" for mark, item in zip(marks, items, strict=True))

    def _table(self, theme: str, table: Mapping[str, Any]) -> Iterator[str]:
        intro = self.speaker.rng.choice(self.speaker.grammar.titles["table_intros"])
        yield intro + self._citation(theme)
        rows = [table["head"], ["---"] * len(table["head"]), *table["rows"]]
        filled = (" | ".join(self.speaker.fill(cell) for cell in row) for row in rows)
        yield "\n".join(f"| {row} |" for row in filled)

    def _note(self, theme: str, note: Mapping[str, str]) -> str:
        kind = self.speaker.rng.choice(("note", "tip", "warning"))
        body = self._cited(self.speaker.fill(note["body"]), theme)
        return f'!!! {kind} "{self.speaker.fill(note["title"])}"\n    {body}'

    def _fact_check(self, theme: str, check: Mapping[str, str]) -> str:
        lines = (
            f"claim: {check['claim']}",
            f"verdict: {check['verdict']}",
            f"basis: {check['basis']}。{self._citation(theme)}",
        )
        return "\n".join(("```fact-check", *lines, "```"))

    def _link(self, links: Iterator[tuple[str, str]]) -> str:
        if self.speaker.rng.random() < 0.4 or (link := next(links, None)) is None:
            return ""
        template = self.speaker.rng.choice(self.speaker.grammar.titles["links"])
        return self.speaker.fill(template, link=link[0], url=link[1])

    def _cited(self, text: str, theme: str) -> str:
        needed = _CLAIM.search(text) or self.speaker.rng.random() < 0.08
        return text + self._citation(theme) if needed else text

    def _citation(self, theme: str) -> str:
        fitting = [each for each in self._theme(theme)["sources"] if each in self.sources]
        pool = fitting or self.sources
        return f"[@{self.speaker.rng.choice(pool)}]" if pool else ""

    def _theme(self, name: str) -> Mapping[str, Any]:
        return self.speaker.grammar.themes[name]
