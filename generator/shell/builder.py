"""One build from disk to disk: read, make, verify, publish, remember."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from generator import site
from generator.catalogue import Edition
from generator.diagnostics import Diagnostic, Severity, has_errors
from generator.errors import FindingsError, SiteTargetError
from generator.output import Memory, Output, Previous, Run, serial
from generator.shell import cache
from generator.shell.project import Project
from generator.shell.publish import Publication


@dataclass(frozen=True, slots=True)
class Built:
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
    strict: bool = False,
    run: Run = serial,
    progress: Callable[[int], None] = lambda count: None,
) -> Built:
    """Build into `target`. Raises `FindingsError`; the live site is then as it was.

    `strict` counts warnings about addresses as errors, for releases.
    """
    check_target(project.root, target)
    findings = list(project.findings)
    memory = Memory()
    remembered = cache.Remembered() if clean else cache.load(cache.cache_path(project.root))
    with Publication(target, clean=clean) as publication:
        previous = Previous(remembered.parsed, publication.intact, remembered.facts)
        failed = has_errors(findings)
        for count, event in enumerate(
            site.build(project.settings, project.sources, edition, previous, memory, run)
        ):
            if isinstance(event, Diagnostic):
                findings.append(event)
                failed = failed or _stops(event, strict)
            elif not failed:
                publication.add(event)
            progress(count)
        if failed:
            raise FindingsError(findings)
        published = publication.commit()
    cache.store(cache.cache_path(project.root), memory, publication.outputs)
    return Built(
        published, publication.fresh, publication.kept, publication.removed, tuple(findings)
    )


def _stops(finding: Diagnostic, strict: bool) -> bool:
    return finding.severity is Severity.ERROR or (strict and finding.code == "url-unrecorded")


def check_target(root: Path, target: Path) -> None:
    """Refuse a target that would swallow the project or lie within its sources."""
    target = target.resolve()
    root = root.resolve()
    inside = [root / name for name in ("content", "templates", "generator", "tests", ".git")]
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
    path = cache.cache_path(project.root)
    remembered = cache.load(path)
    memory = Memory()
    findings = list(project.findings)
    outputs: dict[str, str] = {}
    previous = Previous(remembered.parsed, remembered.outputs, remembered.facts)
    for event in site.build(project.settings, project.sources, edition, previous, memory, run):
        if isinstance(event, Output):
            outputs[event.destination] = event.fingerprint
        else:
            findings.append(event)
    cache.store(path, memory, outputs)
    return memory, tuple(findings)
