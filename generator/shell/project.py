"""A project on disk → the values the core works on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.article import Source
from generator.diagnostics import Diagnostic
from generator.errors import FindingsError
from generator.fingerprint import digest
from generator.messages import finding
from generator.output import SiteSources
from generator.parse import decode
from generator.render.page import TEMPLATES
from generator.render.stylesheet import BASE
from generator.settings import Settings, parse_settings, release_findings
from generator.shell.code import code_digest
from generator.shell.tree import DATA_LIMIT, Tree, read_content, read_templates

_ICON = "assets/icon.svg"


@dataclass(frozen=True, slots=True)
class Project:
    """Settings and sources, and the texts findings are printed from."""

    root: Path
    settings: Settings
    sources: SiteSources
    findings: tuple[Diagnostic, ...]
    texts: Mapping[str, bytes]

    @property
    def site_dir(self) -> Path:
        return self.root / self.settings.site_dir


def load(config: Path, *, release: bool = False) -> Project:
    """Read everything. Raises `FindingsError` when the configuration cannot be used."""
    root = config.parent
    settings, findings = load_settings(config)
    if settings is None:
        raise FindingsError(findings)
    if release:
        findings += release_findings(settings, config.read_text("utf-8"), config.name)
    content, templates = read_content(root), read_templates(root)
    texts = {source.path: source.content for source in (*content.sources, *templates.sources)}
    texts[config.name] = config.read_bytes()
    sources, misfits = _site_sources(content, templates)
    findings += (*content.findings, *templates.findings, *misfits)
    if misfits:
        raise FindingsError(findings)
    return Project(root, settings, sources, findings, texts)


def load_settings(config: Path) -> tuple[Settings | None, tuple[Diagnostic, ...]]:
    """The typed configuration, or `None` with all findings about it."""
    if not config.is_file() or config.is_symlink():
        return None, (finding("file-missing", config.name),)
    content = config.read_bytes()
    if len(content) > DATA_LIMIT:
        size, limit = len(content) // 1024 + 1, DATA_LIMIT // 1024
        return None, (finding("file-too-large", config.name, size=size, limit=limit),)
    text, findings = decode(Source(config.name, content, digest(content)))
    if text is None:
        return None, findings
    settings, misfits = parse_settings(text, config.name)
    return (None if findings else settings), (*findings, *misfits)


def _site_sources(content: Tree, templates: Tree) -> tuple[SiteSources, tuple[Diagnostic, ...]]:
    articles, standing, images = [], [], []
    data: dict[str, Source] = {}
    for source in content.sources:
        if source.path.startswith("content/articles/"):
            articles.append(source)
        elif source.path.startswith(("content/pages/", "content/stages/")):
            standing.append(source)
        elif source.path.startswith("content/images/"):
            images.append(source)
        else:
            data[source.path] = source
    texts: dict[str, str] = {}
    styles: dict[str, str] = {}
    assets: dict[str, bytes] = {}
    findings: list[Diagnostic] = []
    for source in templates.sources:
        name = source.path.removeprefix("templates/")
        if name.startswith("assets/"):
            assets[name.removeprefix("assets/")] = source.content
            continue
        text, misfits = decode(source)
        findings.extend(misfits)
        if name.endswith(".html"):
            texts[name] = text or ""
        elif name.endswith(".css"):
            styles[name] = text or ""
    findings.extend(_missing_templates({*texts, *styles, *(f"assets/{name}" for name in assets)}))
    sources = SiteSources(
        articles=tuple(articles),
        standing=tuple(standing),
        data=data,
        images=tuple(images),
        templates=texts,
        styles=styles,
        assets=assets,
        generator=code_digest(),
    )
    return sources, tuple(findings)


def _missing_templates(present: set[str]) -> list[Diagnostic]:
    needed = {*TEMPLATES.values(), BASE, _ICON}
    return [
        finding("template-missing", f"templates/{name}", name=name)
        for name in sorted(needed - present)
    ]
