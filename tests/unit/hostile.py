"""Texts made to keep a program busy, and what they are given to.

    python -m tests.unit.hostile GROUP START

works through a group from the case number START on and prints the number of each
case it has finished. The system ends the process when a case takes more than
PATIENCE seconds of its processor, however busy the machine is with other things.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from generator import anchors, components, scanner, terms, yaml_document
from generator.errors import FindingsError
from generator.shell.tree import ARTICLE_LIMIT
from tests.harness import Site, article

# As much as an article may hold; what grows with the square of it takes far longer than this.
SIZE = ARTICLE_LIMIT
PATIENCE = 20
_ARTICLE_SIZE = ARTICLE_LIMIT - 2000

_UNITS = [
    "[", "[a", "![", "[]", "[a]", "[[]", "[x[y]", "[@", "[@a", "[@a]", "[^", "](", "[](", "[a](",
    "[a](b(", "[a](<", "[a][", "[a]: b\n", "{", "{:", "{#", " {#", "`", "` ", "`a", "``a`", "\\",
    "\\`", "<", "<a", "<a ", '<a"', "<a'\"", "<a:", "<!--", "</", "<br a=", "<br a='", ">", "> ",
    "- ", "-", "-\n", "a\n==", "1. ", "* ", "*", "_", "~", "~~~\n", "```\n", "```x\n```\n",
    "```fact-check\n```\n", "#", "#\n", "## h\n", "!!! x\n", " ", "\t", "\n", "|", "|-", "&", "&#",
    "&#1", "a@", "a=", "http://", "：", "a：\n", "@", "<@", "![](",
]  # fmt: skip
_WHOLE = {
    "# and spaces": "#" + " " * SIZE + "x",
    "fence and spaces": "```" + " " * SIZE,
    "growing runs of ticks": " ".join("`" * run for run in range(1, 360)),
    "citation of one long id": "[@" + "a-" * (SIZE // 2) + "!]",
    "citation and spaces": "[@a" + " " * SIZE + "]",
    "link text of links": "[" + "[a]" * (SIZE // 3),
    "address of brackets": "[a](" + "()" * (SIZE // 2),
    "heading of explicit anchors": "## a " + "{#a} " * (SIZE // 5),
    "heading of links": "## " + "[a](" * (SIZE // 4),
    "many headings": "".join(f"## h{at}\n" for at in range(SIZE // 9)),
}
TEXTS = {repr(unit): (unit * (SIZE // len(unit) + 1))[:SIZE] for unit in _UNITS} | _WHOLE


def _scan(text: str) -> None:
    scanner.scan(text, 0, "a.md", components.NAMES)


def _anchor(text: str) -> None:
    anchors.EXPLICIT.search(text)
    anchors.plain_text(text)
    anchors.anchor(text)


def _terms(text: str) -> None:
    terms.weighted(text, (text,), text, (text,), text)


def _yaml(text: str) -> None:
    yaml_document.parse(text, "a.yml")
    yaml_document.parse(f"a: {text}", "a.yml")
    yaml_document.parse(f"a: {text}{text.translate({91: 93, 123: 125})[::-1]}", "a.yml")


def _article(unit: str, between: str = "\n") -> str:
    """The greatest article of this unit whose lines are as long as they may be."""
    line = unit * ((scanner.LINE_LIMIT - 1) // len(unit)) + between
    return line * (_ARTICLE_SIZE // len(line))


ARTICLES = {
    "of brackets": _article("[", "\n\n"),
    "of backslashes": _article("\\"),
    "of citations begun": _article("[@"),
    "of tags": _article("<kbd>"),
    "of asterisks in lines": "* * *\n" * (_ARTICLE_SIZE // 6),
    "of broken links": "".join(f"[甲](/x{at}/)\n" for at in range(_ARTICLE_SIZE // 17)),
    "of broken anchors": "".join(f"[甲](#x{at})\n" for at in range(_ARTICLE_SIZE // 16)),
    "of one paragraph behind brackets": "[" * 399 + "\n" + ("a" * 4000 + "\n") * 14,
    "of paragraphs of brackets": ("[" * 399 + "\n\n") * (_ARTICLE_SIZE // 401),
    "of strong words": _article("**a** "),
    "of breaks": ("甲  \n" * 490 + "\n") * (_ARTICLE_SIZE // 3000),
    "of a wide table": "|a" * 400 + "\n" + "|-" * 400 + "\n" + "|\n" * (_ARTICLE_SIZE // 3),
}


def _build(body: str) -> None:
    """A whole build of a site with this article; what is found does not matter."""
    with tempfile.TemporaryDirectory() as folder:
        site = Site.create(Path(folder))
        site.write("content/articles/process/a.md", article(body=body, related="[b]"))
        try:
            site.build()
        except FindingsError:
            return


Case = tuple[str, Callable[[str], None], str]


def _group(work: Callable[[str], None], texts: dict[str, str]) -> list[Case]:
    return [(name, work, text) for name, text in texts.items()]


GROUPS: dict[str, list[Case]] = {
    "scanner": _group(_scan, TEXTS),
    "anchors": _group(_anchor, TEXTS),
    "terms": _group(_terms, TEXTS),
    "yaml": _group(_yaml, TEXTS),
} | {f"article {name}": [(name, _build, text)] for name, text in ARTICLES.items()}


def main(group: str, start: int) -> None:
    cases = GROUPS[group]
    for number in range(start, len(cases)):
        _, work, text = cases[number]
        used = os.times()
        limit = int(used.user + used.system) + 1 + PATIENCE
        resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
        work(text)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
