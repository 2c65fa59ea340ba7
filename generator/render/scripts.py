"""Our scripts as they are served: few small files, each named by its sources.

The `script.js` of every component is part of the one file all pages load; whatever else a
component has (a form, an engine) is a program of its own, for the pages that name it.

An address is known without the bytes, so a page can name it before the script is made small, and
a script that has not changed is not made again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from generator.fingerprint import digest
from generator.render.composition import composed
from generator.render.kinds import kinds, only
from generator.render.minifier import VERSION, ScriptError
from generator.render.modules import Program, programs

BEFORE_PAINT = "before-paint.js"
SITE = "site.js"
_SMALL = "/script.js"


class Scripts(Struct, frozen=True):
    """The programs to serve by destination.

    `site` is the destination of the file every page loads, `before_paint` the text of the one
    inline line, `addresses` the destinations of the other programs, by name (`calculator/form.js`).
    """

    site: str
    before_paint: str
    addresses: Mapping[str, str]
    files: Mapping[str, Program]


def scripts(sources: Mapping[str, str]) -> Scripts:
    """From sources by template name (`components/calculator/form.js`).

    Raises `ScriptError` for a module that cannot be joined with the others.
    """
    folders: dict[str, dict[str, str]] = {}
    small: dict[str, str] = {}
    for name, text in sources.items():
        if name.endswith(_SMALL):
            small[name] = text
        elif name != BEFORE_PAINT:
            folders.setdefault(name.rpartition("/")[0], {})[name] = text
    found = {
        name.removeprefix("components/"): program
        for own in folders.values()
        for name, program in _programs(own)
    }
    site = composed(small)
    addresses = {name: _address(name, program) for name, program in found.items()}
    files = {_address(SITE, site): site}
    files |= {addresses[name]: program for name, program in found.items()}
    line = _before_paint(sources.get(BEFORE_PAINT, ""))
    return Scripts(_address(SITE, site), line, addresses, files)


def _programs(own: Mapping[str, str]) -> Iterator[tuple[str, Program]]:
    """Those of a folder; `form-card.js` where `form.js` has parts for pages of the kind `card`."""
    names = kinds(own.values())
    if not names:
        yield from programs(own).items()
    for kind in names:
        for name, program in programs(only(kind, own)).items():
            yield name.replace(".js", f"-{kind}.js"), program


def _address(name: str, program: Program) -> str:
    return f"assets/{digest(VERSION, program.source)[:12]}/{name}"


def _before_paint(text: str) -> str:
    """One line of a script that is written short: it is part of pages, which are made before
    scripts are made small.
    """
    lines = (line.strip() for line in text.splitlines())
    line = "".join(line for line in lines if not line.startswith("//"))
    if "<" in line:
        raise ScriptError(BEFORE_PAINT, "这一行会放进网页里，不能有“<”")
    return line
