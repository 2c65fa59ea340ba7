"""What can be mended without thinking: typography, and the order of the front matter's keys."""

from __future__ import annotations

from msgspec import Struct
from pydantic import BaseModel

from generator.article import Source
from generator.diagnostics import Span
from generator.edit import Edit
from generator.front_matter import FrontMatter, StandingFrontMatter, split
from generator.mask import outside_code
from generator.parse import parse_article, parse_standing
from generator.rules import typography
from generator.yaml_document import parse


class Mending(Struct, frozen=True):
    """The changes to one file. `moved` are the keys that stood in another order."""

    typography: tuple[Edit, ...]
    order: Edit | None
    moved: tuple[str, ...]

    @property
    def edits(self) -> tuple[Edit, ...]:
        return (*self.typography, self.order) if self.order else self.typography


NOTHING = Mending((), None, ())


def mending(source: Source) -> Mending:
    """For an article or a standing page; a file with errors is left alone until they are mended."""
    is_article = source.path.startswith("content/articles/")
    page = parse_article(source).article if is_article else parse_standing(source)[0]
    if page is None:
        return NOTHING
    text = source.text()
    body, offset = text[page.body_offset :], page.body_offset
    found = typography.edits(body, outside_code(body), page.scan.fences, offset)
    order, moved = _order(text, source.path, FrontMatter if is_article else StandingFrontMatter)
    return Mending(tuple(found), order, moved)


def _order(text: str, path: str, model: type[BaseModel]) -> tuple[Edit | None, tuple[str, ...]]:
    """The front matter with its keys as the editors' guide lists them, comments kept with theirs."""
    block, offset, _, _ = split(text, path)
    starts = {
        str(location[0]): span.start - offset
        for location, span in parse(block, path, offset).keys.items()
        if len(location) == 1
    }
    if any(start and block[start - 1] != "\n" for start in starts.values()):
        return None, ()  # written in one line, as a flow mapping
    written = sorted(starts, key=lambda key: starts[key])
    wanted = sorted(written, key=list(model.model_fields).index)
    if written == wanted:
        return None, ()
    bounds = [_with_comments(block, starts[key]) for key in written]
    ends = [*bounds[1:], len(block)]
    parts = {key: block[a:b] for key, a, b in zip(written, bounds, ends, strict=True)}
    ordered = block[: bounds[0]] + "".join(parts[key] for key in wanted)
    moved = tuple(key for key, other in zip(written, wanted, strict=True) if key != other)
    return (Span(offset, offset + len(block)), ordered), moved


def _with_comments(block: str, start: int) -> int:
    """Where the comment lines right above a key begin."""
    while start:
        above = block.rfind("\n", 0, start - 1) + 1
        if not block.startswith("#", above):
            break
        start = above
    return start
