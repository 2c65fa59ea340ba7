"""Holds a YAML document against a pydantic model and reports every misfit with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from generator.diagnostics import Diagnostic, Span
from generator.messages import did_you_mean, finding
from generator.yaml_document import YamlDocument

Model = TypeVar("Model", bound=BaseModel)

_DETAIL: Mapping[str, str] = {
    "string_type": "应当是一段文字",
    "string_too_short": "不能少于 {min_length} 个字",
    "string_too_long": "不能超过 {max_length} 个字",
    "string_pattern_mismatch": "写法不符合要求",
    "list_type": "应当是列表",
    "tuple_type": "应当是列表",
    "too_short": "至少要有 {min_length} 项",
    "too_long": "最多 {max_length} 项",
    "bool_parsing": "只能是 true 或 false",
    "bool_type": "只能是 true 或 false",
    "int_parsing": "应当是整数",
    "int_type": "应当是整数",
    "greater_than_equal": "不能小于 {ge}",
    "less_than_equal": "不能大于 {le}",
    "date_from_datetime_parsing": "不是真实存在的日期",
    "date_parsing": "不是真实存在的日期",
    "date_type": "应当是日期",
    "literal_error": "只能是 {expected}",
    "model_type": "应当写成几行“键: 值”",
    "model_attributes_type": "应当写成几行“键: 值”",
    "dict_type": "应当写成几行“键: 值”",
}


def validate(
    model: type[Model],
    document: YamlDocument,
    path: str,
    *,
    kind: str,
    head: Span | None = None,
    unnamed: int = 0,
) -> tuple[Model | None, tuple[Diagnostic, ...]]:
    """The typed value, or all findings. `kind` is the prefix of the codes.

    `head` is where a missing top-level key is reported; `unnamed` is how many first parts
    of a location an editor has not written and must not read.
    """
    try:
        return model.model_validate(document.value), ()
    except ValidationError as error:
        details = error.errors(include_url=False)
        return None, tuple(_findings(model, details, document, path, kind, head, unnamed))


def _findings(
    model: type[BaseModel],
    details: list[ErrorDetails],
    document: YamlDocument,
    path: str,
    kind: str,
    head: Span | None,
    unnamed: int,
) -> Iterator[Diagnostic]:
    places = [detail["loc"] for detail in details]
    for detail in details:
        location = detail["loc"]
        inside = any(len(p) > len(location) and p[: len(location)] == location for p in places)
        if detail["type"] == "too_short" and inside:
            continue  # the list is short only because of the entries already reported
        key = ".".join(str(part) for part in location[unnamed:]) or "（全部）"
        fields, field = _field(model, location)
        expected = (field.description if field else None) or "见编辑说明"
        if detail["type"] == "missing":
            span = document.span(location[:-1]) if len(location) > 1 else head
            yield finding(f"{kind}-missing-key", path, span, key=key, expected=expected)
        elif detail["type"] == "extra_forbidden":
            fix = did_you_mean(
                str(location[-1]), fields, otherwise=f"可用的键：{'、'.join(fields)}"
            )
            span = document.keys.get(tuple(location))
            yield finding(f"{kind}-unknown-key", path, span, key=key, fix=fix)
        else:
            span = document.span(location)
            yield finding(
                f"{kind}-value", path, span, key=key, detail=_explain(detail), expected=expected
            )


def _explain(detail: ErrorDetails) -> str:
    if detail["input"] is None:
        return "是空的"
    template = _DETAIL.get(detail["type"])
    if template is None:
        return str(detail["msg"]).removeprefix("Value error, ")
    context = dict(detail.get("ctx", {}))
    if detail["type"] == "literal_error":
        context["expected"] = "、".join(re.findall(r"'([^']*)'", str(context["expected"])))
    return template.format(**context)


def _field(model: type[BaseModel], location: tuple[int | str, ...]) -> tuple[list[str], Any]:
    """The sibling field names and the field info at `location`, walking nested models."""
    fields: dict[str, Any] = model.model_fields
    found = None
    for part in location:
        if isinstance(part, int):
            continue
        found = fields.get(part)
        if found is None:
            break
        nested = _nested_model(found.annotation)
        if nested is not None and part != location[-1]:
            fields = nested.model_fields
    return [info.alias or name for name, info in fields.items()], found


def _nested_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in get_args(annotation):
        nested = _nested_model(argument)
        if nested is not None:
            return nested
    return None
