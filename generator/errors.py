"""Every exception the generator raises on purpose.

    YuqiError
    ├── FindingsError        the input has findings that forbid going on
    ├── SiteTargetError      the target directory is not ours to replace
    ├── BuildLockedError     another build of the same site is running
    ├── StagingError         what was staged is not what was built
    ├── StyleError           a style file cannot be read (in `render.stylesheet`)
    └── ScriptError          a script cannot be read (in `render.minifier`)

A finding about the input is data (`generator.diagnostics.Diagnostic`), not an
exception; `FindingsError` carries findings out of code that cannot continue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.diagnostics import Diagnostic


class YuqiError(Exception):
    """Root of the tree above; its text is Chinese and made for the terminal."""


class FindingsError(YuqiError):
    """The findings that stopped the work, at least one of them an error.

    `texts` are the files they point into, by path, as far as they were read.
    """

    def __init__(
        self, findings: Sequence[Diagnostic], texts: Mapping[str, bytes] | None = None
    ) -> None:
        self.findings = tuple(findings)
        self.texts = texts or {}
        super().__init__(f"发现 {len(self.findings)} 处问题")


class SiteTargetError(YuqiError):
    """The publishing target exists and carries no manifest of ours."""


class BuildLockedError(YuqiError):
    """Another process holds the lock of this site."""


class StagingError(YuqiError):
    """A staged tree differs from the outputs it should hold."""
