"""The site in memory: the last good outputs, the findings of the last try, a count of tries."""

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


class Studio:
    """Rebuilds on demand and lets readers wait for the next state. Safe between threads."""

    def __init__(self, config: Path, today: Callable[[], date]) -> None:
        self._config = config
        self._today = today
        self._changed = threading.Condition()
        self._previous = Previous()
        self._outputs: dict[str, bytes] = {}
        self._located: list[report.Located] = []
        # Begins at the clock, so that a page of an earlier run never takes this one for its own.
        self._generation = time.time_ns() // 1_000_000
        self._shown = 0
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
            if self._tried and outputs == self._outputs and located == self._located:
                return None
            self._generation += 1
            if outputs is not self._outputs:
                self._shown = self._generation
            self._tried, self._located = True, located
            self._base_path, self._outputs = base_path, outputs
            self._changed.notify_all()
        return located

    def _made(self, project: Project) -> tuple[dict[str, bytes], list[Diagnostic]]:
        """The outputs and findings; what was learnt is kept if there are no errors."""
        memory, findings = Memory(), list(project.findings)
        outputs: dict[str, bytes] = {}
        fingerprints: dict[str, str] = {}
        edition = Edition(self._today(), drafts=True)
        for event in site.build(project.settings, project.sources, edition, self._previous, memory):
            if isinstance(event, Output):
                fingerprints[event.destination] = event.fingerprint
                kept = self._outputs.get(event.destination, b"")
                outputs[event.destination] = kept if event.content is None else event.content
            else:
                findings.append(event)
        if not has_errors(findings):
            self._previous = Previous(memory.learnt, fingerprints)
        return outputs, findings

    # -- reading ------------------------------------------------------------------------

    def page(self, destination: str) -> bytes | None:
        with self._changed:
            return self._outputs.get(destination)

    @property
    def shown(self) -> int:
        """The generation whose pages are served: the last good one."""
        with self._changed:
            return self._shown

    @property
    def base_path(self) -> str:
        with self._changed:
            return self._base_path

    def state(self, seen: int, wait: float) -> tuple[int, list[report.Located]]:
        """The generation and findings, as soon as the generation is not `seen`."""
        with self._changed:
            self._changed.wait_for(lambda: self._generation != seen, timeout=wait)
            return self._generation, self._located
