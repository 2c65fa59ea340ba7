"""The font pictures for sharing are drawn with: it comes with the locked requirements."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from generator.diagnostics import Diagnostic
from generator.messages import finding
from generator.settings import CONFIG_PATH

PACKAGE = "pylopdf_fonts_zh_cn"


def picture_font(package: str = PACKAGE) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """Its bytes; none, and why, where the set-up is not whole."""
    try:
        path: Path = import_module(package).sans_path()
        return path.read_bytes(), ()
    except (ImportError, AttributeError, OSError) as error:
        return b"", (finding("picture-font", CONFIG_PATH, detail=str(error)),)
