"""One build from disk to disk: read, make, verify, publish, remember."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from generator import site
from generator.catalogue import Edition
from generator.diagnostics import Diagnostic, Severity, has_errors
from generator.errors import FindingsError, SiteTargetError
from generator.output import Memory, Output, Previous, Run, serial
from generator.shell import cache
from generator.shell.copies import compressed_copies
from generator.shell.project import Project
from generator.shell.publish import Publication, real_target
from generator.shell.workers import trim


class Built(Struct, frozen=True):
    """What a build did. `published` is false when the site was up to date."""

    published: bool
    fresh: int
    kept: int
    removed: int
    findings: tuple[Diagnostic, ...]


def publish(
    project: Project,
    target: Path,
    edition: Edition,
    *,
    clean: bool = False,
    release: bool = False,
    run: Run = serial,
    apart: bool = False,
    progress: Callable[[int], None] = lambda _: None,
) -> Built:
    """Build into `target`. Raises `FindingsError`; the live site is then as it was.

    A `release` counts addresses missing from the committed list as errors, and carries compressed
    copies of its texts. `apart` allows a process that reads the live site meanwhile.
    """
    check_target(project.root, target)
    with Publication(target, clean=clean, apart=apart) as publication:
        production = Production(project, edition, publication, strict=release, run=run)
        copies = compressed_copies(publication, run) if release else ()
        for count, output in enumerate(chain(production.outputs(), copies), start=1):
            publication.add(output)
            progress(count)
        trim()  # the index of a large site is a tenth of all that was in memory
        published = publication.commit()
    production.remember()
    return Built(
        published,
        publication.fresh,
        publication.kept,
        publication.removed,
        tuple(production.findings),
    )


class Production:
    """Runs `site.build` against a publication and what the last build remembered."""

    def __init__(
        self,
        project: Project,
        edition: Edition,
        publication: Publication,
        *,
        strict: bool = False,
        run: Run = serial,
    ) -> None:
        self._project = project
        self._edition = edition
        self._publication = publication
        self._strict = strict
        self._run = run
        self._memory = Memory()
        self._parts: Mapping[str, frozenset[str]] = {}
        self.findings = list(project.findings)

    def outputs(self) -> Iterator[Output]:
        """The outputs, until an error; then raises `FindingsError` with everything found."""
        project = self._project
        clean, place = self._publication.clean, cache.folder(project.root)
        remembered = cache.Remembered() if clean else cache.load(place)
        self._parts = remembered.parts
        previous = Previous(remembered.learnt, self._publication.intact)
        failed = has_errors(self.findings)
        for event in site.build(
            project.settings, project.sources, self._edition, previous, self._memory, self._run
        ):
            if isinstance(event, Diagnostic):
                judged = self._judged(event)
                self.findings.append(judged)
                failed = failed or judged.severity is Severity.ERROR
            elif not failed:
                yield event
        if failed:
            raise FindingsError(self.findings)

    def _judged(self, finding: Diagnostic) -> Diagnostic:
        if self._strict and finding.code == "url-unrecorded":
            return replace(finding, severity=Severity.ERROR)
        return finding

    def remember(self) -> None:
        """Keep for the next build what this one learnt; to be called after the commit."""
        place = cache.folder(self._project.root)
        cache.store(place, self._memory.learnt, self._publication.outputs, self._parts)


_OWN_FOLDERS = [
    "content",
    "templates",
    "generator",
    "tests",
    "benchmarks",
    "docs",
    "requirements",
    ".git",
    ".ci",
    ".cache",
    ".venv",
]


def check_target(root: Path, target: Path) -> None:
    """Refuse a target that would swallow the project or lie within its sources."""
    target, root = real_target(target), root.resolve()
    inside = [root / name for name in _OWN_FOLDERS]
    if (
        target == root
        or target in root.parents
        or any(target == folder or folder in target.parents for folder in inside)
    ):
        raise SiteTargetError(f"不能把网站发布到 {target}：会盖住项目自己的文件")


def examine(
    project: Project, edition: Edition, *, run: Run = serial
) -> tuple[Memory, tuple[Diagnostic, ...]]:
    """Build everything and publish nothing: the findings, and what was learnt."""
    place = cache.folder(project.root)
    remembered = cache.load(place)
    memory = Memory()
    findings = list(project.findings)
    outputs: dict[str, str] = {}
    previous = Previous(remembered.learnt, remembered.outputs)
    for event in site.build(project.settings, project.sources, edition, previous, memory, run):
        if isinstance(event, Output):
            outputs[event.destination] = event.fingerprint
        else:
            findings.append(event)
    if not has_errors(findings):
        # A page with a mistake must be looked at again, and what is good must not be forgotten.
        cache.store(place, memory.learnt, outputs, remembered.parts)
    return memory, tuple(findings)
