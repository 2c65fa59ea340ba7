"""A request as the fragment of an address: ``v=2&{"mode":"loan",…}``, escaped (twin: ``report.js``)."""

import json
from urllib.parse import quote

from .spec import Json

PREFIX = "v=2&"
"""How every such fragment begins; another first number is another version."""


def fragment(request: Json) -> str:
    """The request as it is, with what ``encodeURIComponent`` leaves alone left alone."""
    text = json.dumps(request, ensure_ascii=False, separators=(",", ":"))
    return PREFIX + quote(text, safe="!'()*")
