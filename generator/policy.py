"""What a page may load and do, as a policy of its own and as headers of the whole site.

A page's `<meta>` names what that page uses and nothing else. A host sends one header for all pages:
the union of the pages' policies; a browser applies both, so the narrower one holds.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable

REFERRER_POLICY = "no-referrer"
STORAGE_KEYS = frozenset(("yq-palette", "yq-text"))
"""All a page may keep on a device, and only after its reader chose it."""

_SELF, _NONE = "'self'", "'none'"
_HEADERS = {
    "Referrer-Policy": REFERRER_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}


def page_policy(style: str, script: str, form: str = "") -> str:
    """What a page uses; `style` and `script` allow its inline constants.

    It may ask this site for a file, because search does. `form` is the origin its form is sent to.
    """
    directives = {
        "default-src": _NONE,
        "script-src": f"{_SELF} {script}",
        "style-src": style,
        "img-src": _SELF,
        "connect-src": _SELF,
        "base-uri": _NONE,
        "form-action": form or _NONE,
    }
    return "; ".join(f"{name} {sources}" for name, sources in directives.items() if sources)


def headers(styles: Iterable[str], script: str, form: str = "") -> dict[str, str]:
    """Name → value of what a host sends with every page, whatever its kind."""
    policy = f"{page_policy(' '.join(styles), script, form)}; frame-ancestors {_NONE}"
    return {"Content-Security-Policy": policy} | _HEADERS


def parsed(text: str) -> dict[str, tuple[str, ...]]:
    """Directive → its sources."""
    words = (directive.split() for directive in text.split(";"))
    return {parts[0].lower(): tuple(parts[1:]) for parts in words if parts}


def hashed(code: str) -> str:
    """The source expression that allows exactly this inline text."""
    digest = hashlib.sha256(code.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
