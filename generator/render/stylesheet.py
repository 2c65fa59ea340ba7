"""One style sheet from the base and the components' own files, named by its content."""

from __future__ import annotations

from collections.abc import Mapping

import lightningcss

from generator.fingerprint import digest

BASE = "base.css"


def stylesheet(files: Mapping[str, str]) -> tuple[str, bytes]:
    """Destination and bytes. `base.css` comes first, then the components by name."""
    ordered = sorted(files, key=lambda name: (name != BASE, name))
    text = "".join(lightningcss.process_stylesheet(files[name], filename=name) for name in ordered)
    return f"assets/{digest(text)[:12]}/site.css", text.encode()
