"""Every way to break a good site: all faults are named at their places, and nothing is published."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from generator.diagnostics import Diagnostic
from generator.errors import FindingsError
from generator.messages import CATALOGUE
from generator.shell import report
from generator.shell.project import load
from tests.harness import BASE, Site, article
from tests.site import (
    cases_body,
    cases_files,
    cases_front_matter,
    cases_pages,
    cases_project,
    cases_rules,
    cases_sources,
)
from tests.site.broken import (
    BODY,
    CONFIG,
    NEXT,
    SOURCES,
    TAGS,
    TITLE,
    URLS,
    A,
    B,
    C,
    Case,
    added,
    both,
    file,
    recorded,
    swap,
)

CASES = (
    *cases_front_matter.CASES,
    *cases_body.CASES,
    *cases_files.CASES,
    *cases_project.CASES,
    *cases_pages.CASES,
    *cases_sources.CASES,
    *cases_rules.CASES,
)
# Codes no case can show: they are tested below, or no input of an editor leads there.
_ELSEWHERE = {
    "config-release": "only a release asks for it, see below",
    "url-unrecorded": "a warning, see below",
    "citation-expired": "a warning: tests/site/test_sources.py",
    "citation-early": "a warning: tests/site/test_sources.py",
    "class-unknown": "about templates: tests/site/test_styles.py",
    "image-broken": "tests/site/test_pictures.py",
    "image-heavy": "tests/site/test_pictures.py",
    "image-pixels": "tests/site/test_pictures.py",
    "picture-font": "about what is installed: tests/discovery/test_posters.py",
    "picture-glyph": "only a release draws: tests/discovery/test_posters.py",
    "path-unreadable": "root reads everything, see below",
    "data-table": "needs the calculator's tables: tests/calculator_page",
    "fence-calculation": "about the calculator's tables: tests/calculator_page",
    "link-unseen": "a second wall behind the scan of links",
    "output-clash": "a second wall behind slug-duplicate, redirect-clash and the reserved slugs",
}


def _place(finding: str) -> tuple[str, int, int]:
    path, *position = finding.rsplit(" ", 1)[0].split(":")
    line, column = (int(part) for part in position) if position else (0, 0)
    return path, line, column


def _code(finding: str) -> str:
    return finding.rsplit(" ", 1)[1]


def _assert_refused(site: Site, expected: tuple[str, ...], fix: str = "") -> None:
    """Break nothing more: exactly these findings, by check and by build, and the site as it was."""
    before = site.published()
    assert site.findings() == sorted(expected, key=_place)
    with pytest.raises(FindingsError) as stopped:
        site.build()
    found = dict.fromkeys(stopped.value.findings)
    assert sorted(entry.code for entry in found) == sorted(map(_code, expected))
    assert any(fix in entry.hint for entry in found)
    _assert_excerpts(site, found)
    assert site.published() == before


def _assert_excerpts(site: Site, findings: Iterable[Diagnostic]) -> None:
    """Every span begins inside its file, and what is printed is the line it stands on."""
    texts = {
        path: site.root.joinpath(path).read_bytes().decode(errors="replace").replace("\r\n", "\n")
        for path in {entry.path for entry in findings if entry.span}
    }
    encoded = {path: text.encode() for path, text in texts.items()}
    for entry in report.locate(findings, encoded):
        if entry.finding.span is not None and entry.line is not None:
            text = texts[entry.finding.path]
            assert 0 <= entry.finding.span.start <= len(text)
            assert entry.finding.span.start <= entry.finding.span.end
            assert entry.excerpt == text.split("\n")[entry.line - 1]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_fault_is_named_exactly_and_the_site_stays(case: Case, tmp_path: Path) -> None:
    site = Site.create(tmp_path)
    site.build()
    case.change(site)
    _assert_refused(site, case.expected, case.fix)


@pytest.mark.parametrize("case", cases_rules.REMINDERS, ids=lambda case: case.id)
def test_reminder_is_given_exactly_and_the_site_is_published(case: Case, tmp_path: Path) -> None:
    site = Site.create(tmp_path)
    case.change(site)
    assert site.findings() == sorted(case.expected, key=_place)
    built = site.build()
    assert built.published
    found = dict.fromkeys(built.findings)
    assert sorted(entry.code for entry in found) == sorted(map(_code, case.expected))
    assert any(case.fix in entry.hint for entry in found)
    _assert_excerpts(site, found)


def test_every_code_an_input_can_trigger_has_a_case() -> None:
    every = (*CASES, *cases_rules.REMINDERS)
    shown = {_code(finding) for case in every for finding in case.expected}
    # What the audit finds is in pages, not in inputs: tests/audit plants each of its faults.
    inputs = {code for code in CATALOGUE if not code.startswith("audit-")}
    assert inputs - shown == set(_ELSEWHERE)


def test_case_names_are_different() -> None:
    names = [case.id for case in (*CASES, *cases_rules.REMINDERS)]
    assert sorted(names) == sorted(set(names))


def test_many_faults_in_many_files_are_reported_in_one_run(tmp_path: Path) -> None:
    site = Site.create(tmp_path)
    site.build()
    both(
        file(A, article("短", body="# 标题\n\n[乙](javascript:x)[@nope]\n", tags="[]")),
        swap(B, "正文。[@law-1]", "[丙](/x/)[@law-1]"),
        file(URLS, BASE[URLS] + "b\n"),
        recorded("gone"),
        added(C, body="<script>x()</script>\n\n```factcheck\n```\n"),
        file("content/articles/process/GBK.md", "甲".encode("gbk")),
        file("content/articles/process/d.md", "---\ntitle：丁\n"),
        file("content/images/x.png", b"GIF89a"),
    )(site)
    _assert_refused(
        site,
        (
            f"{A}:{TITLE}:8 front-matter-value",
            f"{A}:{TAGS}:7 front-matter-value",
            f"{A}:{BODY - 1}:1 heading-level-1",
            f"{A}:{BODY + 1}:5 link-scheme",
            "content/articles/process/GBK.md path-name",
            f"{C}:{BODY - 1}:1 raw-html",
            f"{C}:{BODY - 1}:12 raw-html",
            f"{C}:{BODY + 1}:4 fence-unknown",
            "content/articles/process/d.md:1:1 front-matter-unclosed",
            f"{B}:{BODY + 2}:5 link-broken",
            "content/images/x.png image-format",
            f"{URLS}:{NEXT}:1 url-list-line",
            f"{URLS}:{NEXT + 1}:1 url-lost",
        ),
    )


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("见[乙](/c/)。\n", ["/c/"]),
        ("见[乙](/b/#没有)。\n", ["/b/#没有"]),
        ("甲<script>乙\n", ["<script>"]),
        ('<mark onclick="x()">甲</mark>\n', ["onclick"]),
        ("正文[@law-1; @nope]。\n", ["nope"]),
        ("正文[@law-1，甲]。\n", ["[@law-1，甲]"]),
        ("甲{: .big}乙\n", ["{: .big}"]),
        ("```factcheck\n```\n", ["factcheck"]),
        ("```fact-check\nclaim: 甲\nverdict: 大概\nbasis: 乙\n```\n", ["大概"]),
        ('!!! info "甲"\n    乙\n', ["info"]),
        ("- ## 甲\n", ["## 甲"]),
        ("乙\n\n##甲\n", ["##甲"]),
    ],
)
def test_finding_marks_the_words_that_are_wrong(
    text: str, marked: list[str], tmp_path: Path
) -> None:
    site = Site.create(tmp_path)
    site.write(A, article(body=text, related="[b]"))
    with pytest.raises(FindingsError) as stopped:
        site.build()
    whole = site.read(A)
    spans = [entry.span for entry in stopped.value.findings if entry.span]
    assert [whole[span.start : span.end] for span in spans] == marked


def test_hidden_files_and_folders_are_passed_over(tmp_path: Path) -> None:
    site = Site.create(tmp_path)
    site.write("content/.DS_Store", b"\0\xff")
    site.write("content/articles/process/.a.md.swp", b"\0\xff")
    site.write("content/.obsidian/workspace.json", "{")
    site.write("templates/.home.html.swp", b"\0\xff")
    assert site.findings() == []
    assert site.build().published


def test_unreadable_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = Site.create(tmp_path)
    site.build()
    site.write(C, article("丙逾期了怎么办？"))
    opened = os.open

    def refused(path: Path, flags: int, mode: int = 0o777) -> int:
        if str(path).endswith("/c.md"):
            raise PermissionError(13, "Permission denied")
        return opened(path, flags, mode)

    monkeypatch.setattr(os, "open", refused)
    _assert_refused(site, (f"{C} path-unreadable",))


def test_missing_or_special_settings_are_named_and_never_wait(tmp_path: Path) -> None:
    site = Site.create(tmp_path)
    for prepare in (site.delete, lambda path: os.mkfifo(site.root / path)):
        prepare(CONFIG)
        with pytest.raises(FindingsError) as stopped:
            load(site.root / CONFIG)
        assert [(entry.path, entry.code) for entry in stopped.value.findings] == [
            (CONFIG, "file-missing")
        ]


def test_release_demands_address_operator_and_privacy_at_their_places(tmp_path: Path) -> None:
    site = Site.create(tmp_path)
    site.replace(
        CONFIG,
        "      footer:",
        "      operator: {name: 某人}\n      privacy: {host: 某云}\n      footer:",
    )
    findings = load(site.root / CONFIG, release=True).findings
    located = report.locate(findings, {CONFIG: site.read(CONFIG).encode()})
    assert [f"{entry.place} {entry.finding.code}" for entry in located] == [
        f"{CONFIG}:2:1 config-release",
        f"{CONFIG}:12:7 config-release",
        f"{CONFIG}:12:7 config-release",
        f"{CONFIG}:13:7 config-release",
        f"{CONFIG}:13:7 config-release",
    ]


def test_new_address_is_a_reminder_in_a_preview_and_stops_a_release(tmp_path: Path) -> None:
    site = Site.create(tmp_path)
    site.build()
    site.write(C, article("丙逾期了怎么办？", related="[a]"))
    assert site.findings() == [f"{URLS} url-unrecorded"]
    before = site.published()
    with pytest.raises(FindingsError):
        site.build(release=True)
    assert site.published() == before
    assert site.build().published


@pytest.mark.parametrize("slug", ["page", "from", "index-2"])
def test_article_of_any_accepted_slug_has_an_address_to_record(slug: str, tmp_path: Path) -> None:
    site = Site.create(tmp_path)
    path = f"content/articles/process/{slug}.md"
    added(path, related="[a]")(site)
    assert site.findings() in ([], [f"{path} slug-reserved"])


def test_windows_line_ends_give_the_same_site(tmp_path: Path) -> None:
    site = Site.create(tmp_path)
    site.build()
    before = site.published()
    for path in (A, B, SOURCES, URLS, CONFIG):
        site.write(path, site.read(path).replace("\n", "\r\n"))
    assert site.findings() == []
    site.build(clean=True)
    pages = {name: content for name, content in site.published().items() if ".yuqi" not in name}
    assert pages == {name: content for name, content in before.items() if ".yuqi" not in name}
