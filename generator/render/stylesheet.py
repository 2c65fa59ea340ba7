"""One style sheet from the base and the components' own files, named by its content."""

from __future__ import annotations

from collections.abc import Mapping

import lightningcss

from generator.errors import YuqiError
from generator.fingerprint import digest

BASE = "base.css"


class StyleError(YuqiError):
    """A style file of ours that cannot be read: its name and what the parser says."""

    def __init__(self, name: str, detail: str) -> None:
        super().__init__(f"templates/{name}：{detail}")
        self.name = name
        self.detail = detail


def stylesheet(files: Mapping[str, str]) -> tuple[str, bytes]:
    """Destination and bytes. `base.css` comes first, then the components by name.

    Raises `StyleError` for a file that is not valid CSS.
    """
    ordered = sorted(files, key=lambda name: (name != BASE, name))
    text = "".join(_compact(name, files[name]) for name in ordered)
    return f"assets/{digest(text)[:12]}/site.css", text.encode()


def _compact(name: str, text: str) -> str:
    try:
        return lightningcss.process_stylesheet(text, filename=name)
    except ValueError as error:
        raise StyleError(name, str(error)) from error
