"""Whole-site tests: a project written as one string, built, edited, built again.

    site = Site.create(tmp_path, '''
    -- content/articles/process/a.md --
    ...
    ''')

Sections begin with `-- path --`. What a test does not mention comes from a small
valid base: the repository's templates, a short configuration, three sources.
"""

from __future__ import annotations

import re
import shutil
import struct
import zlib
from datetime import date
from pathlib import Path
from textwrap import dedent

from generator.catalogue import Edition
from generator.errors import FindingsError
from generator.output import Run, serial
from generator.shell import builder, manifest, report
from generator.shell.builder import Built
from generator.shell.project import load

REPOSITORY = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 24)
_SECTION = re.compile(r"^-- (\S+) --\n", re.MULTILINE)

CONFIG = """\
site_name: 测试站
site_url: https://test.example/
site_description: 测试用的网站。
theme:
  name: material
  custom_dir: templates
  language: zh
  font: false
markdown_extensions: [tables, sane_lists, fenced_code, def_list, admonition, pymdownx.details]
plugins:
  - yuqi:
      footer:
        disclaimer: 不构成法律意见。
        scam: 先收费的是骗局。
        crisis: 撑不住时打 12356。
      categories:
        - {id: process, title: 催收流程, summary: 会发生什么。}
        - {id: safety, title: 防骗, summary: 认出骗局。}
      stages:
        - {id: overdue-1-30, title: 逾期 1–30 天}
        - {id: sued, title: 被起诉}
docs_dir: content
"""

SOURCES = """\
- id: law-1
  title: 某法
  issuer: 某机关
  number: 某〔2020〕1号
  article: 第一条
  effective: '2021-01-01'
  status: 现行
  rule: 应当按期还款。
  url: https://flk.npc.gov.cn/law-1
  verified: text-read
  evidence: 读到条文
  topics: [逾期]
  checked: '2026-11-24'
  kind: 法律
- id: guide-1
  title: 某指引
  issuer: 某协会
  number: null
  article: —
  effective: —
  status: 自律
  rule: 晚上十点后不打电话。
  verified: secondary
  evidence: 公开报道
  topics: [催收]
  checked: '2026-11-24'
  kind: 行业自律
- id: memory-1
  title: 记得的规定
  issuer: 某机关
  number: null
  article: —
  effective: —
  status: 现行
  rule: 没有核实。
  verified: memory
  evidence: 只凭记忆
  topics: [其他]
  checked: '2026-11-24'
  kind: 部门规章和监管文件
"""

PRODUCTS = """\
- id: weilidai
  title: 微粒贷
  statement: 以你的合同和页面为准。
  checked: '2026-11-24'
"""


def png(level: int) -> bytes:
    """A picture of one grey dot; different numbers give different bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", 1, 1, 16, 0, 0, 0, 0)
    pixel = zlib.compress(b"\0" + struct.pack(">H", level % 65536))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixel) + chunk(b"IEND", b"")
    )


def article(
    title: str = "逾期了怎么办呢？", body: str = "## 先做什么\n\n正文。[@law-1]\n", **keys: str
) -> str:
    """An article's text; `keys` replace or add front-matter values, as YAML."""
    own = "".join(re.findall(r"[\u4e00-\u9fff]", title)[:3])
    front = {
        "title": title,
        "summary": f"{own}到期没还足就是逾期，先看清自己欠多少。",
        "category": "process",
        "tags": "[逾期]",
        "published": "2026-11-20",
        "reviewed": "2026-11-20",
        "review_due": "2027-05-20",
        "aliases": "[欠钱还不上, 晚还会怎样, 还款日过了]",
    } | keys
    lines = "".join(f"{key}: {value}\n" for key, value in front.items())
    return f"---\n{lines}---\n\n{body}"


RENUMBERED = """\
- id: renumbered-1
  law: 某程序法
  since: '2021-01-01'
  subject: 别的文章不写的事
  words: [别的文章不写的事]
  old: [1]
  new: [2]
  source: guide-1
"""

BASE: dict[str, str] = {
    "site_config.yml": CONFIG,
    "content/data/sources.yml": SOURCES,
    "content/data/products.yml": PRODUCTS,
    "content/data/renumbered.yml": RENUMBERED,
    "content/published-urls.txt": (
        "/\n/a/\n/b/\n/category/process/\n/category/safety/\n/search/\n/stage/overdue-1-30/\n/stage/sued/\n"
    ),
    "content/articles/process/a.md": article("甲逾期了怎么办？", related="[b]"),
    "content/articles/safety/b.md": article("乙怎么认出骗局？", category="safety", related="[a]"),
}


class Site:
    """A project in a folder, with the shortest ways to change, build and look at it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.target = root / "site"

    @classmethod
    def create(cls, root: Path, text: str = "") -> Site:
        site = cls(root / "project")
        site.root.mkdir()
        shutil.copytree(REPOSITORY / "templates", site.root / "templates")
        for path, content in (BASE | sections(text)).items():
            site.write(path, content)
        return site

    def write(self, path: str, content: str | bytes) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)

    def read(self, path: str) -> str:
        return (self.root / path).read_text("utf-8")

    def replace(self, path: str, old: str, new: str) -> None:
        text = self.read(path)
        assert old in text, f"{old!r} is not in {path}"
        self.write(path, text.replace(old, new))

    def delete(self, path: str) -> None:
        (self.root / path).unlink()

    def build(
        self, *, clean: bool = False, as_of: date = TODAY, release: bool = False, run: Run = serial
    ) -> Built:
        """Publish into `site/`; raises `FindingsError`."""
        project = load(self.root / "site_config.yml")
        return builder.publish(
            project, self.target, Edition(as_of), clean=clean, release=release, run=run
        )

    def findings(self, as_of: date = TODAY) -> list[str]:
        """What a check reports, as `path:line:column code`, in printing order."""
        try:
            project = load(self.root / "site_config.yml")
        except FindingsError as error:
            located = report.locate(error.findings, error.texts)
        else:
            _, findings = builder.examine(project, Edition(as_of))
            located = report.locate(findings, project.texts)
        return [f"{entry.place} {entry.finding.code}" for entry in located]

    def published(self, target: Path | None = None) -> dict[str, bytes]:
        """Every file of the published tree, manifest included, by path."""
        tree = target or self.target
        return {name: (tree / name).read_bytes() for name in manifest.files_below(tree)}

    def page(self, destination: str) -> str:
        return (self.target / destination).read_text("utf-8")


def sections(text: str) -> dict[str, str]:
    """Split a `-- path --` text; indentation common to all lines is removed."""
    parts = _SECTION.split(dedent(text).lstrip("\n"))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def copied_project(root: Path) -> Site:
    """The repository's own content, templates and settings in a folder that may be edited."""
    root.mkdir(parents=True)
    for folder in ("content", "templates"):
        shutil.copytree(REPOSITORY / folder, root / folder)
    shutil.copy(REPOSITORY / "site_config.yml", root)
    return Site(root)
