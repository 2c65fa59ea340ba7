"""The digest of the code that makes pages: ours without the shells, and the libraries."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import generator
from generator.fingerprint import digest

# Libraries whose version can change a byte of the output.
LIBRARIES = (
    "jinja2",
    "lightningcss",
    "markdown",
    "markupsafe",
    "nh3",
    "pillow",
    "pymdown-extensions",
    "tdewolff-minify",
)


def code_digest() -> str:
    package = Path(generator.__file__).parent
    parts: list[str | bytes] = []
    for path in sorted(package.rglob("*.py")):
        name = path.relative_to(package).as_posix()
        if not name.startswith("shell/"):
            parts += (name, path.read_bytes())
    return digest(*parts, *(f"{name} {version(name)}" for name in LIBRARIES))
