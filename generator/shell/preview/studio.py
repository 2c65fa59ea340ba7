"""The site in memory: the last good outputs, the findings of the last try, a count of tries.

A page that an editor has changed is shown as soon as it is made, before the build has looked at
everything else; if the build then fails, it is again as it was.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from generator import site
from generator.catalogue import Edition
from generator.diagnostics import Diagnostic, has_errors
from generator.errors import FindingsError
from generator.output import Memory, Output, Previous
from generator.shell import report
from generator.shell.project import Project, load

_EARLY = 4
"""So many pages are shown early: to show one wakes every browser."""


class Studio:
    """Rebuilds on demand and lets readers wait for the next state. Safe between threads."""

    def __init__(self, config: Path, today: Callable[[], date]) -> None:
        self._config = config
        self._today = today
        self._changed = threading.Condition()
        self._previous = Previous()
        self._outputs: dict[str, bytes] = {}
        self._early: dict[str, bytes] = {}
        self._located: list[report.Located] = []
        # Begins at the clock, so that a page of an earlier run never takes this one for its own.
        self._generation = time.time_ns() // 1_000_000
        self._since: dict[str, int] = {}
        self._tried = False
        self._base_path = ""

    # -- writing ------------------------------------------------------------------------

    def rebuild(self) -> list[report.Located] | None:
        """Try to build; a failed try leaves the last good site in place.

        The findings; `None` if neither they nor a page changed.
        """
        base_path, outputs = self._base_path, self._outputs
        try:
            project = load(self._config)
            made, findings = self._made(project)
            located = report.locate(findings, project.texts)
            if not has_errors(findings):
                base_path, outputs = project.settings.base_path, made
        except FindingsError as error:
            located = report.locate(error.findings, error.texts)
        with self._changed:
            is_same = outputs == self._outputs and located == self._located
            if self._tried and is_same and not self._early:
                return None
            self._generation += 1
            for name in outputs.keys() | self._outputs.keys():
                if self._page(name) != outputs.get(name):
                    self._since[name] = self._generation
            self._tried, self._located = True, located
            self._base_path, self._outputs, self._early = base_path, outputs, {}
            self._changed.notify_all()
        return located

    def _show(self, output: Output) -> None:
        """Show a page before the build is done."""
        assert output.content is not None
        with self._changed:
            self._generation += 1
            self._since[output.destination] = self._generation
            self._early[output.destination] = output.content
            self._changed.notify_all()

    def _made(self, project: Project) -> tuple[dict[str, bytes], list[Diagnostic]]:
        """The outputs and findings; what was learnt is kept if there are no errors."""
        memory, findings = Memory(), list(project.findings)
        outputs: dict[str, bytes] = {}
        fingerprints: dict[str, str] = {}
        edition = Edition(self._today(), drafts=True)
        for event in site.build(project.settings, project.sources, edition, self._previous, memory):
            if isinstance(event, Output):
                if self._is_awaited(event) and not has_errors(findings):
                    self._show(event)
                fingerprints[event.destination] = event.fingerprint
                kept = self._outputs.get(event.destination, b"")
                outputs[event.destination] = kept if event.content is None else event.content
            else:
                findings.append(event)
        if not has_errors(findings):
            self._previous = Previous(memory.learnt, fingerprints)
        return outputs, findings

    def _is_awaited(self, output: Output) -> bool:
        """Whether an editor may be looking at this page and it is another one now."""
        return (
            output.content is not None
            and output.destination.endswith(".html")
            and output.destination in self._outputs
            and len(self._early) < _EARLY
        )

    # -- reading ------------------------------------------------------------------------

    def page(self, destination: str) -> bytes | None:
        with self._changed:
            return self._page(destination)

    def _page(self, destination: str) -> bytes | None:
        return self._early.get(destination) or self._outputs.get(destination)

    def since(self, destination: str) -> int:
        """The generation in which this page became what it is; 0 for one that never was."""
        with self._changed:
            return self._since.get(destination, 0)

    @property
    def base_path(self) -> str:
        with self._changed:
            return self._base_path

    def state(self, seen: int, wait: float) -> tuple[int, list[report.Located]]:
        """The generation and findings, as soon as the generation is not `seen`."""
        with self._changed:
            self._changed.wait_for(lambda: self._generation != seen, timeout=wait)
            return self._generation, self._located
