"""A request as the fragment of an address: ``v=1&mode=loan&principal=10000…`` (twin: ``report.js``)."""

from urllib.parse import quote

from .spec import MODES, Field, Json

PREFIX = "v=1&"
"""How every such fragment begins; another first number is another version."""


def fragment(request: Json) -> str:
    """The request's fields in their order; ``payments.0.date`` for fields of lists."""
    pairs = [("mode", str(request["mode"]))]
    for field in MODES[str(request["mode"])]:
        pairs += _pairs(field, request.get(field.name), field.name)
    return PREFIX + "&".join(f"{name}={quote(value, safe='')}" for name, value in pairs)


def _pairs(field: Field, value: object, name: str) -> list[tuple[str, str]]:
    if value is None or value in ("", []):
        return []
    if isinstance(value, list):
        return [
            pair
            for at, entry in enumerate(value)
            for part in field.fields
            for pair in _pairs(part, entry.get(part.name), f"{name}.{at}.{part.name}")
        ]
    return [(name, str(value).lower() if isinstance(value, bool) else str(value))]
