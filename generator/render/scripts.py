"""Our scripts as they are served: one small file for each program, named by its sources.

The address is known without the bytes, so a page can name it before the script is made small, and
a script that has not changed is not made again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.fingerprint import digest
from generator.render.minifier import VERSION
from generator.render.modules import Program, programs


@dataclass(frozen=True, slots=True)
class Scripts:
    """The programs to serve by destination, and the directory they share."""

    directory: str
    files: Mapping[str, Program]


def scripts(sources: Mapping[str, str]) -> Scripts:
    """From sources by template name (`components/calculator/form.js`).

    Raises `ScriptError` for a module that cannot be joined with the others.
    """
    folders: dict[str, dict[str, str]] = {}
    for name, text in sources.items():
        folders.setdefault(name.rpartition("/")[0], {})[name] = text
    found = {
        name.removeprefix("components/"): program
        for own in folders.values()
        for name, program in programs(own).items()
    }
    parts = [part for name, program in sorted(found.items()) for part in (name, program.source)]
    directory = f"assets/{digest(VERSION, *parts)[:12]}"
    return Scripts(directory, {f"{directory}/{name}": program for name, program in found.items()})
