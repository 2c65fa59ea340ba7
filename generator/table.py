"""A table of facts: a YAML list of rows, typed, each row known by its id and its place."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Any, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    create_model,
)

from generator.diagnostics import Diagnostic, Span
from generator.messages import finding
from generator.settings import Line, Slug
from generator.validation import validate
from generator.yaml_document import YamlDocument, parse


def _dash_is_none(value: object) -> object:
    """The tables write “—” where a document has no number or no article."""
    return None if value == "—" else value


MaybeText = Annotated[Line | None, BeforeValidator(_dash_is_none)]


class Row(BaseModel):
    """What the rows of every table have."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Slug = Field(description="编号，只用小写英文字母、数字和连字符")


AnyRow = TypeVar("AnyRow", bound=Row)


class Table(dict[str, AnyRow]):
    """Rows by id, in the order of the file; never changed once it is read."""

    def __init__(
        self,
        rows: Mapping[str, AnyRow] | None = None,
        path: str = "",
        places: Mapping[tuple[str | int, ...], Span] | None = None,
    ) -> None:
        super().__init__(rows or {})
        self.path = path
        self._places = places or {}
        self._order = {identifier: at for at, identifier in enumerate(self)}

    def place(self, identifier: str, *keys: str | int) -> Span | None:
        """Where a value of a row stands; without `keys`, its id."""
        return self._places.get((self._order[identifier], *(keys or ("id",))))


def parse_table(
    row: type[AnyRow], text: str, path: str
) -> tuple[Table[AnyRow] | None, tuple[Diagnostic, ...]]:
    """The table; `None` with all findings when a row cannot be trusted."""
    return _parsed(row, text, path)


@lru_cache(maxsize=16)  # a preview reads the same tables after every change
def _parsed(
    row: type[AnyRow], text: str, path: str
) -> tuple[Table[AnyRow] | None, tuple[Diagnostic, ...]]:
    document = parse(text, path)
    if document.value is None and document.findings:
        return None, document.findings
    shape: TypeAdapter[tuple[AnyRow, ...]] = TypeAdapter(tuple[row, ...])  # type: ignore[valid-type]  # the row's type is a value here
    try:
        entries = shape.validate_python(document.value)
    except ValidationError:
        return None, (*document.findings, *_misfits(row, document, path))
    findings = list(document.findings)
    if findings:
        return None, tuple(findings)
    rows: dict[str, AnyRow] = {}
    for at, entry in enumerate(entries):
        if entry.id in rows:
            span = document.values[at, "id"]
            findings.append(finding("data-duplicate-id", path, span, id=entry.id))
        rows[entry.id] = entry
    return (None if findings else Table(rows, path, document.values)), tuple(findings)


def _misfits(row: type[Row], document: YamlDocument, path: str) -> tuple[Diagnostic, ...]:
    """What is wrong with the rows of a table that does not fit."""
    # The file is a bare list; one key in front gives every row a nameable place.
    shifted = YamlDocument(
        {"rows": document.value},
        {("rows", *location): span for location, span in document.values.items()},
        {("rows", *location): span for location, span in document.keys.items()},
        (),
    )
    model: Any = create_model("Table", rows=(tuple[row, ...], ...))  # type: ignore[valid-type]  # the row's type is a value here
    return validate(model, shifted, path, kind="data", unnamed=2)[1]
