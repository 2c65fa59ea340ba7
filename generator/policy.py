"""What a page may load and do, as a policy of its own and as headers of the whole site.

A page's `<meta>` names what that page uses and nothing else. A host sends one header for all pages:
the union of the pages' policies; a browser applies both, so the narrower one holds.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping

REFERRER_POLICY = "no-referrer"
STORAGE_KEYS = frozenset(("yq-palette", "yq-text"))
"""All a page may keep on a device, and only after its reader chose it."""

Policy = Mapping[str, tuple[str, ...]]


def parsed(text: str) -> dict[str, tuple[str, ...]]:
    """Directive → its sources."""
    words = (directive.split() for directive in text.split(";"))
    return {parts[0].lower(): tuple(parts[1:]) for parts in words if parts}


def hashed(code: str) -> str:
    """The source expression that allows exactly this inline text."""
    digest = hashlib.sha256(code.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
