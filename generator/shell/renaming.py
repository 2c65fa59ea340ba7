"""What has to change in which file when an article gets another name.

Edits are made in the file's own text, line ends as they are: nothing else of a file
moves by a byte.
"""

from __future__ import annotations

from msgspec import Struct

from generator.article import Article, Source, Standing
from generator.diagnostics import Span
from generator.edit import Edit
from generator.front_matter import split
from generator.yaml_document import YamlDocument, parse


class Renaming(Struct, frozen=True):
    """From one slug to another; `keep_alive` says whether the old address was ever public."""

    old: str
    new: str
    keep_alive: bool

    def inbound(self, page: Article | Standing) -> list[Edit]:
        """Links and recommendations of a page that name the old slug."""
        edits: list[Edit] = []
        if isinstance(page, Article):
            edits += [(entry.span, self.new) for entry in page.related if entry.value == self.old]
        for link in page.scan.links:
            path, mark, anchor = link.target.partition("#")
            if path in (f"/{self.old}/", f"/{self.old}"):
                edits.append((link.span, f"/{self.new}/{mark}{anchor}"))
        return edits

    def questions(self, config: Source) -> list[Edit]:
        """The front page's questions in the configuration."""
        document = parse(config.text(), config.path)
        return [
            (span, self.new)
            for location, span in document.values.items()
            if location[:4] == ("plugins", 0, "yuqi", "questions")
            and config.text()[span.start : span.end].strip("\"'") == self.old
        ]

    def redirect(self, article: Article, source: Source) -> list[Edit]:
        """The `redirect_from` of the renamed article: the old name in, the new one out."""
        text = source.text()
        block, offset, _, _ = split(text, article.path)
        document = parse(block, article.path, offset)
        slugs = [entry.value for entry in article.redirect_from]
        added = [self.old] if self.keep_alive else []
        key = document.keys.get(("redirect_from",))
        if key is None:
            at = Span(offset + len(block), offset + len(block))
            return [(at, f"redirect_from: [{self.old}]\n")] if added else []
        if self.new in slugs or not slugs:
            kept = [slug for slug in slugs if slug != self.new] + added
            return _rewritten(text, document, key, kept)
        return [_appended(text, document, len(slugs) - 1, self.old)] if added else []


def _rewritten(text: str, document: YamlDocument, key: Span, slugs: list[str]) -> list[Edit]:
    """The whole entry anew, as one line, or gone with its line."""
    value = document.values["redirect_from",]
    end = max(key.end, value.start + len(text[value.start : value.end].rstrip()))
    if slugs:
        return [(Span(key.start, end), f"redirect_from: [{', '.join(slugs)}]")]
    after = text.find("\n", end)
    return [(Span(key.start, len(text) if after < 0 else after + 1), "")]


def _appended(text: str, document: YamlDocument, last: int, slug: str) -> Edit:
    """One more entry behind the last, in the way the list is written."""
    entry = document.values["redirect_from", last]
    value = document.values["redirect_from",]
    if text[value.start] == "[":
        return Span(entry.end, entry.end), f", {slug}"
    line_start = text.rfind("\n", 0, entry.start) + 1
    line_end = text.find("\n", entry.end)
    indent = text[line_start : text.index("-", line_start)]
    return Span(line_end, line_end), f"\n{indent}- {slug}"
