"""A project on disk → the values the core works on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from generator import components
from generator.article import Source
from generator.components import template_name
from generator.diagnostics import Diagnostic
from generator.errors import FindingsError
from generator.fingerprint import digest
from generator.messages import finding
from generator.output import SiteSources
from generator.pages import calculator
from generator.pages.frame import QR_CODE, SEARCH_PROGRAM
from generator.parse import decode
from generator.render.page import TEMPLATES
from generator.render.scripts import BEFORE_PAINT
from generator.render.stylesheet import BASE, CLASSES
from generator.render.templates import Templates
from generator.settings import Settings, parse_settings, release_findings
from generator.shell.code import code_digest
from generator.shell.font import picture_font
from generator.shell.tree import DATA_LIMIT, Tree, read_content, read_templates

_ICON = "assets/icon.svg"


class Project(Struct, frozen=True):
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
        raise FindingsError(findings, _config_text(config))
    if release:
        findings += release_findings(settings, config.read_text("utf-8"), config.name)
    content, templates = read_content(root), read_templates(root)
    texts = {source.path: source.content for source in (*content.sources, *templates.sources)}
    texts |= _config_text(config)
    sources, misfits = _site_sources(content, templates, _source(config))
    findings += (*content.findings, *templates.findings, *misfits)
    if release:
        font, missing = picture_font()
        sources, findings = replace(sources, font=font), findings + missing
    if misfits or any(path.startswith("templates") for path in sources.refused):
        raise FindingsError(findings, texts)
    return Project(root, settings, sources, findings, texts)


def _config_text(config: Path) -> dict[str, bytes]:
    return {config.name: config.read_bytes()} if config.is_file() else {}


def load_settings(config: Path) -> tuple[Settings | None, tuple[Diagnostic, ...]]:
    """The typed configuration, or `None` with all findings about it."""
    if config.is_symlink():
        return None, (finding("path-symlink", config.name),)
    if not config.is_file():
        return None, (finding("file-missing", config.name),)
    source = _source(config)
    if len(source.content) > DATA_LIMIT:
        size, limit = len(source.content) // 1024 + 1, DATA_LIMIT // 1024
        return None, (finding("file-too-large", config.name, size=size, limit=limit),)
    text, findings = decode(source)
    if text is None:
        return None, findings
    settings, misfits = parse_settings(text, config.name)
    return (None if findings else settings), (*findings, *misfits)


def _source(path: Path) -> Source:
    content = path.read_bytes()
    return Source(path.name, content, digest(content))


def _site_sources(
    content: Tree, templates: Tree, config: Source
) -> tuple[SiteSources, tuple[Diagnostic, ...]]:
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
    files, findings = _templates(templates)
    sources = SiteSources(
        config=config,
        articles=tuple(articles),
        standing=tuple(standing),
        data=data,
        images=tuple(images),
        templates=files.texts,
        styles=files.styles,
        scripts=files.scripts,
        classes=frozenset(files.lists.get(CLASSES, "").split()),
        assets=files.assets,
        refused=content.refused | templates.refused,
        generator=code_digest(),
    )
    findings.extend(_missing_templates(sources))
    return sources, tuple(findings)


class _Files(Struct):
    """What `templates/` holds, each by its name in the folder."""

    texts: dict[str, str] = field(default_factory=dict)
    styles: dict[str, str] = field(default_factory=dict)
    scripts: dict[str, str] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    assets: dict[str, bytes] = field(default_factory=dict)


def _templates(tree: Tree) -> tuple[_Files, list[Diagnostic]]:
    files = _Files()
    kinds = {"html": files.texts, "css": files.styles, "js": files.scripts, "txt": files.lists}
    findings: list[Diagnostic] = []
    for source in tree.sources:
        name = source.path.removeprefix("templates/")
        if name.startswith("assets/"):
            files.assets[name.removeprefix("assets/")] = source.content
            continue
        text, misfits = decode(source)
        findings.extend(misfits)
        kind = kinds.get(name.rpartition(".")[2])
        if kind is not None:
            kind[name] = text or ""
    return files, findings


def _missing_templates(sources: SiteSources) -> Iterator[Diagnostic]:
    """What no site can be built without; a template that is there but refused is told already."""
    present = {*sources.templates, *sources.styles, *sources.scripts}
    present |= {CLASSES} if sources.classes else set()
    present |= {f"assets/{name}" for name in sources.assets}
    templates = Templates(sources.templates)
    referred = {name for text in sources.templates for name in templates.references(text)}
    needed = {*TEMPLATES.values(), *map(template_name, components.NAMES), *referred}
    scripts = (calculator.SCRIPT, SEARCH_PROGRAM, QR_CODE)
    needed |= {BASE, CLASSES, _ICON, BEFORE_PAINT, *(f"components/{name}" for name in scripts)}
    for name in sorted(needed - present):
        if not sources.is_refused(f"templates/{name}"):
            yield finding("template-missing", f"templates/{name}", name=name)
