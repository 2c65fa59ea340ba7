"""The MkDocs plugin: `mkdocs build` hosts our build and changes no byte of it.

MkDocs has no hook to leave out its own Markdown and templates, cleans the live
folder first and writes in place. So it gets a staging folder, our finished
outputs as generated files and nothing else, and the exchange happens at the end.
Page-level plugins of others do not run, and the configuration refuses them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from mkdocs.config.base import Config, ConfigErrors, ConfigWarnings
from mkdocs.config.base import ValidationError as MkDocsValidationError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel

from generator.catalogue import Edition
from generator.diagnostics import Diagnostic, has_errors
from generator.errors import FindingsError, YuqiError
from generator.output import Output
from generator.shell import clock, report
from generator.shell.builder import Production, check_target, examine
from generator.shell.project import Project, load, load_settings
from generator.shell.publish import Publication


class HostedConfig(Config):  # type: ignore[no-untyped-call]  # MkDocs leaves the hook untyped
    """Empty on purpose: the options are typed in `generator.settings.PluginOptions`."""


class YuqiPlugin(BasePlugin[HostedConfig]):  # type: ignore[no-untyped-call]  # as above
    """One build at a time: `on_config` opens a publication, `on_post_build` commits it."""

    def __init__(self) -> None:
        self._drafts = False
        self._publication: Publication | None = None
        self._production: Production | None = None

    def load_config(
        self, options: dict[str, Any], config_file_path: str | None = None
    ) -> tuple[ConfigErrors, ConfigWarnings]:
        """Check the file itself, so that every error comes at once and with its line."""
        if config_file_path is None:
            return [("yuqi", MkDocsValidationError("需要一个设置文件"))], []
        config = Path(config_file_path)
        settings, findings = load_settings(config)
        if settings is not None:
            return [], []
        texts = {config.name: config.read_bytes()} if config.is_file() else {}
        located = report.locate(findings, texts)
        return [
            (entry.place, MkDocsValidationError("\n".join(report.as_text([entry]))))
            for entry in located
        ], []

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        self._drafts = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Pre-flight, before MkDocs walks the tree; then MkDocs is sent to the staging folder."""
        assert config.config_file_path is not None
        project = self._loaded(Path(config.config_file_path))
        edition = Edition(clock.as_of(None), self._drafts)
        target = Path(config.site_dir)
        try:
            check_target(project.root, target)
            self._publication = Publication(target, hosted=True).__enter__()
        except YuqiError as error:
            raise PluginError(f"停下了：{error}") from error
        self._production = Production(project, edition, self._publication)
        self._texts = project.texts
        config.site_dir = str(self._publication.staging)
        config.theme.static_templates = set()
        return config

    def _loaded(self, config: Path) -> Project:
        try:
            project = load(config)
        except FindingsError as error:
            raise _plugin_error(error.findings, error.texts) from error
        if has_errors(project.findings):
            # MkDocs would walk the tree that the pre-flight has just refused: tell all and stop.
            _, findings = examine(project, Edition(clock.as_of(None), self._drafts))
            raise _plugin_error(findings, project.texts)
        return project

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """MkDocs gets our outputs as finished files and none of the sources."""
        assert self._production is not None
        try:
            return Files([self._file(output, config) for output in self._production.outputs()])
        except FindingsError as error:
            raise _plugin_error(error.findings, self._texts) from error

    def _file(self, output: Output, config: MkDocsConfig) -> File:
        assert self._publication is not None
        included = InclusionLevel.INCLUDED
        if output.content is None:
            self._publication.expect_kept(output)
            live = str(self._publication.live_path(output.destination))
            return File.generated(config, output.destination, abs_src_path=live, inclusion=included)
        self._publication.expect(output, output.content)
        return File.generated(
            config, output.destination, content=output.content, inclusion=included
        )

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        assert self._publication is not None
        assert self._production is not None
        try:
            self._publication.commit()
        except YuqiError as error:
            raise PluginError(str(error)) from error
        finally:
            self._close()
        self._production.remember()

    def on_build_error(self, *, error: Exception) -> None:
        self._close()

    def _close(self) -> None:
        """Remove what is staged and give the lock back."""
        if self._publication is not None:
            self._publication.__exit__(None, None, None)
            self._publication = None

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        assert config.config_file_path is not None
        server.watch(str(Path(config.config_file_path).parent / "templates"))
        return server


def _plugin_error(findings: tuple[Diagnostic, ...], texts: Any) -> PluginError:
    lines = "\n".join(report.as_text(report.locate(findings, texts)))
    return PluginError(f"没有通过：{report.summary(findings)}\n{lines}")
