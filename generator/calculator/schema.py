"""JSON Schema of requests, for editors and for whoever writes requests by hand.

The schema says what is written how. Relations between fields (days in order, a basis where a
rate is yearly, one of two forms) are the engine's own checks, with messages.
"""

from .fields import MAX_ITEMS
from .spec import MODES, Field, Json

_PATTERNS = {
    "amount": r"^[0-9]{1,8}(\.[0-9]{1,2})?$",
    "amount0": r"^[0-9]{1,8}(\.[0-9]{1,2})?$",
    "date": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    "rate": r"^([日月年] ?[0-9]{1,4}(\.[0-9]{1,6})?%|日 ?万分之[0-9]{1,4}(\.[0-9]{1,4})?)$",
    "percent": r"^[0-9]{1,4}(\.[0-9]{1,6})?%$",
    "multiplier": r"^[0-9]{1,4}(\.[0-9]{1,4})?$",
    "count": r"^[0-9]{1,9}$",
}


def request_schema() -> Json:
    """The schema (draft 2020-12): one object for each mode, told apart by ``mode``."""
    modes = []
    for mode, fields in MODES.items():
        found = _object(fields)
        found["properties"] = {"mode": {"const": mode}, **_properties(fields)}
        found["required"] = ["mode", *_required(fields)]
        modes.append(found)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "逾期计算请求",
        "oneOf": modes,
    }


def _required(fields: tuple[Field, ...]) -> list[str]:
    return [field.name for field in fields if field.required and not field.unless]


def _properties(fields: tuple[Field, ...]) -> Json:
    return {field.name: _value(field) for field in fields}


def _object(fields: tuple[Field, ...]) -> Json:
    return {
        "type": "object",
        "properties": _properties(fields),
        "required": _required(fields),
        "additionalProperties": False,
    }


def _value(field: Field) -> Json:
    if field.kind == "list":
        items = _object(field.fields)
        return {"type": "array", "maxItems": MAX_ITEMS, "items": items}
    if field.kind == "flag":
        return {"type": "boolean", "default": field.default}
    if field.kind == "choice":
        found: Json = {"enum": list(field.options)}
        return found | ({"default": field.default} if field.default else {})
    return {"type": "string", "pattern": _PATTERNS[field.kind]}
