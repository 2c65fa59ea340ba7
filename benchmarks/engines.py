"""The same pages for three search engines, each a served folder and a way to ask it."""

from __future__ import annotations

import html
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.commands import environment
from benchmarks.peers import PeerTools

_OURS = """async ([query, exact]) => {
  const { search } = await import(document.querySelector('[data-search-module]').dataset.searchModule);
  return (await search(query, exact ? { exact } : {})).map((result) => result.url);
}"""
_PAGEFIND = """async ([query, exact]) => {
  const pagefind = await import('/pagefind/pagefind.js');
  const found = (await pagefind.search(query)).results;
  const shown = await Promise.all((exact ? found : found.slice(0, 8)).map((one) => one.data()));
  return shown.map((one) => one.url);
}"""
# Its own worker with its own index, by the messages its page sends; the list of the page itself
# grows only while somebody scrolls.
_MATERIAL = """async ([query]) => {
  const started = async () => {
    const config = JSON.parse(document.getElementById('__config').textContent);
    const base = new URL(config.base + '/', location.href);
    const { config: own, docs } = await (await fetch(new URL('search/search_index.json', base))).json();
    const worker = new Worker(new URL(config.search, base));
    await told(worker, { type: 0, data: { config: own, docs, options: { suggest: false } } }, 1);
    return worker;
  };
  const told = (worker, message, type) => new Promise((done) => {
    worker.onmessage = (event) => event.data.type === type && done(event.data.data);
    worker.postMessage(message);
  });
  window.started = window.started || started();
  const { items } = await told(await window.started, { type: 2, data: query }, 3);
  const urls = items.flat().map((item) => item.location.split('#')[0]);
  return [...new Set(urls)];
}"""
_MKDOCS = """\
site_name: 逾期须知
site_url: http://127.0.0.1/
theme: {name: material, language: zh, font: false}
plugins: [{search: {lang: zh}}]
"""


@dataclass(frozen=True)
class Page:
    """What a search engine may know of a page."""

    path: str
    title: str
    summary: str
    aliases: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Engine:
    """`page` is where a reader searches, `ask` a function of the query, `index` its files."""

    name: str
    root: Path
    page: str
    ask: str
    index: tuple[str, ...]


def ours(site: Path) -> Engine:
    return Engine("ours", site, "/search/", _OURS, ("search/",))


def cards(site: Path) -> Iterator[list[Any]]:
    """Of every page, in the order of the index: path, title, summary, aliases, name of the text."""
    files = (site / "search" / "p").glob("*.json")
    for file in sorted(files, key=lambda path: int(path.name.partition(".")[0])):
        yield from json.loads(file.read_text("utf-8"))


def pages(site: Path) -> list[Page]:
    """The pages our index of a built site has, so that all engines get the same."""
    found = []
    for path, title, summary, aliases, name in cards(site):
        file = site / "search" / "d" / f"{name}.json"
        _, sections = json.loads(file.read_text("utf-8"))
        text = "\n\n".join(f"{heading}\n\n{text}" for _, heading, text in sections)
        found.append(Page(path, title, summary, tuple(aliases), text))
    return found


def pagefind(tools: PeerTools, content: Iterable[Page], root: Path) -> Engine:
    """Plain pages and the index of Pagefind."""
    for page in content:
        paragraphs = (page.summary, *page.aliases, *page.text.split("\n\n"))
        body = "".join(f"<p>{html.escape(text)}</p>" for text in paragraphs)
        document = (
            f"<!doctype html><html lang=zh-CN><title>{html.escape(page.title)}</title>"
            f"<main><h1>{html.escape(page.title)}</h1>{body}</main></html>"
        )
        _write(root / page.path.strip("/") / "index.html", document)
    _write(root / "index.html", "<!doctype html><html lang=zh-CN><title>搜索</title></html>")
    command = [str(tools.pagefind), "--site", str(root), "--force-language", "zh"]
    subprocess.run(command, check=True, capture_output=True)
    return Engine("Pagefind extended", root, "/", _PAGEFIND, ("pagefind/",))


def material(tools: PeerTools, content: Iterable[Page], root: Path) -> Engine:
    """Material's own search, with jieba, which its documentation asks for."""
    project = root.with_name(f"{root.name}-project")
    shutil.rmtree(project, ignore_errors=True)
    for page in content:
        aliases = "\n\n".join(page.aliases)
        text = f"# {page.title}\n\n{page.summary}\n\n{aliases}\n\n{page.text}\n"
        _write(project / "docs" / f"{page.path.strip('/')}.md", text)
    _write(project / "docs" / "index.md", "# 首页\n")
    _write(project / "mkdocs.yml", _MKDOCS)
    (packages,) = tools.hugo.parents[2].parent.glob("site-packages")
    paths = os.pathsep.join((str(packages), os.environ.get("PYTHONPATH", "")))
    command = [sys.executable, "-W", "ignore", "-m", "mkdocs", "build", "-q", "-d", str(root)]
    subprocess.run(
        command,
        cwd=project,
        check=True,
        capture_output=True,
        env={**environment(), "PYTHONPATH": paths},
    )
    return Engine("Material with jieba", root, "/", _MATERIAL, ("search/", "assets/javascripts/"))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
