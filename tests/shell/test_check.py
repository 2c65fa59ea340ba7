"""`yuqi check`: every mistake with its place, for people, for tools, for annotations."""

from __future__ import annotations

import json
import re

import pytest

from generator.article import Source
from generator.diagnostics import Diagnostic, Severity, Span
from generator.edit import applied
from generator.rules.mending import mending
from generator.shell import report
from generator.shell.project import load
from tests.harness import BASE, REPOSITORY, Site, article
from tests.shell.running import changed, module, run, sources, spawn

A = "content/articles/process/a.md"
B = "content/articles/safety/b.md"
LIST = "content/published-urls.txt"
FAULTY = "正文，[看这里](http://a.example/%41,b:c)。"


@pytest.fixture
def faulty(site: Site) -> Site:
    """One fault: a link without encryption, in line 15 from column 10 on."""
    site.replace(A, "正文。", FAULTY)
    return site


def test_a_clean_project_ends_with_0_and_a_count(site: Site) -> None:
    result = run(site, "check")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "检查了 2 篇文章：0 处错误，0 处提醒\n"


def test_text_names_place_reason_line_and_fix(faulty: Site) -> None:
    result = run(faulty, "check")
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout == (
        f"{A}:15:10 错误 链接“http://a.example/%41,b:c”不能用 [link-scheme]\n"
        f"    │ {FAULTY}[@law-1]\n"
        "    └ 改法：站内写成 /slug/，站外只用 https:// 开头的地址\n"
        "检查了 2 篇文章：1 处错误，0 处提醒\n"
    )


def test_json_holds_everything_a_tool_needs(faulty: Site) -> None:
    result = run(faulty, "check", "--format", "json")
    assert (result.exit_code, result.stderr) == (1, "")
    assert json.loads(result.stdout) == [
        {
            "code": "link-scheme",
            "severity": "error",
            "path": A,
            "line": 15,
            "column": 10,
            "end_line": 15,
            "end_column": 34,
            "message": "链接“http://a.example/%41,b:c”不能用",
            "hint": "站内写成 /slug/，站外只用 https:// 开头的地址",
        }
    ]


def test_annotations_are_one_escaped_line_each(faulty: Site) -> None:
    result = run(faulty, "check", "--format", "annotations")
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout == (
        f"::error file={A},title=link-scheme,line=15,col=10::"
        "链接“http://a.example/%2541,b:c”不能用。站内写成 /slug/，站外只用 https:// 开头的地址\n"
    )


def test_annotations_escape_what_would_end_them_early() -> None:
    finding = Diagnostic(
        "content/a,b:c%.md", Span(2, 3), "x:y", Severity.WARNING, "50%\r\n::error::", "改\n它"
    )
    located = report.locate([finding], {finding.path: "一\n二三".encode()})
    assert list(report.as_annotations(located)) == [
        "::warning file=content/a%2Cb%3Ac%25.md,title=x%3Ay,line=2,col=1::50%25%0D%0A::error::。改%0A它"
    ]


def test_a_finding_about_a_whole_file_has_no_line(site: Site) -> None:
    site.write("content/articles/process/notes.txt", "x")
    path = "content/articles/process/notes.txt"
    text = run(site, "check").stdout
    assert text.startswith(f"{path} 错误 ")
    (entry,) = json.loads(run(site, "check", "--format", "json").stdout)
    assert (entry["path"], entry["line"], entry["column"]) == (path, None, None)
    annotation = run(site, "check", "--format", "annotations").stdout
    assert annotation.startswith(f"::error file={path},title=path-unexpected::")


@pytest.mark.parametrize(("style", "nothing"), [("json", "[]\n"), ("annotations", "")])
def test_tools_get_nothing_but_findings(site: Site, style: str, nothing: str) -> None:
    result = run(site, "check", "--format", style)
    assert (result.exit_code, result.stdout, result.stderr) == (0, nothing, "")


def test_columns_count_characters_and_lines_count_whatever_ends_them(site: Site) -> None:
    text = article("甲逾期了怎么办？", f"## 先看\n\n😀😀{FAULTY}\n", related="[b]")
    site.write(A, text.replace("\n", "\r\n"))
    (entry,) = json.loads(run(site, "check", "--format", "json").stdout)
    assert (entry["line"], entry["column"], entry["end_column"]) == (15, 12, 36)


def test_all_mistakes_of_all_files_come_at_once_and_in_order(faulty: Site) -> None:
    faulty.replace("content/articles/safety/b.md", "tags:", "tag:")
    faulty.write("content/articles/safety/c.md", "no front matter\n")
    faulty.replace(LIST, "/b/\n", "/b/\nb\n")
    places = re.findall(r"^(\S+) 错误", run(faulty, "check").stdout, re.MULTILINE)
    assert places == [
        f"{A}:15:10",
        "content/articles/safety/b.md:1:1",
        "content/articles/safety/b.md:5:1",
        "content/articles/safety/c.md:1:1",
        f"{LIST}:4:1",
    ]


def test_a_long_line_is_shown_around_the_mistake(site: Site) -> None:
    site.replace(A, "正文。", "很长的一句话，" * 40 + FAULTY)
    excerpt = run(site, "check").stdout.splitlines()[1]
    assert excerpt.startswith("    │ …")
    assert excerpt.endswith("…") or FAULTY in excerpt
    assert "http://a.example" in excerpt
    assert len(excerpt) < 90


def test_reminders_alone_end_with_0(site: Site) -> None:
    site.write("content/articles/process/c.md", article("丙还不上怎么办？"))
    result = run(site, "check")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{LIST} 提醒 有 1 个新地址还没有记进清单：/c/")
    assert result.stdout.endswith("检查了 3 篇文章：0 处错误，1 处提醒\n")


@pytest.mark.parametrize("arguments", [["--format", "xml"], ["--as-of", "someday"], ["extra"]])
def test_a_wrong_command_line_ends_with_2(site: Site, arguments: list[str]) -> None:
    assert run(site, "check", *arguments).exit_code == 2


def test_nothing_is_published_or_changed(site: Site) -> None:
    before = sources(site)
    run(site, "check")
    assert not site.target.exists()
    assert changed(before, sources(site)) == set()


def test_as_of_decides_what_counts_as_published(site: Site) -> None:
    future = {"published": "2026-12-01", "reviewed": "2026-12-01"}
    site.write("content/articles/process/c.md", article("丙还不上怎么办？", **future))
    assert "/c/" not in run(site, "check", "--as-of", "2026-11-30").stdout
    assert "/c/" in run(site, "check", "--as-of", "2026-12-01").stdout


# -- settings that cannot be used -------------------------------------------------------


@pytest.fixture
def unusable(site: Site) -> Site:
    site.replace("site_config.yml", "site_name:", "site_nam:")
    return site


def test_mistakes_in_the_settings_end_with_1(unusable: Site) -> None:
    result = run(unusable, "check")
    assert result.exit_code == 1
    assert "site_config.yml:1:1 错误" in result.output


def test_json_stays_json_when_the_settings_cannot_be_used(unusable: Site) -> None:
    result = run(unusable, "check", "--format", "json")
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert {(entry["path"], entry["line"]) for entry in found} == {("site_config.yml", 1)}


def test_annotations_stay_annotations_when_the_settings_cannot_be_used(unusable: Site) -> None:
    result = run(unusable, "check", "--format", "annotations")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines
    assert [line for line in lines if not line.startswith("::error file=site_config.yml,")] == []


# -- recording addresses ----------------------------------------------------------------


def record(site: Site) -> None:
    result = run(site, "check", "--record-urls")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.endswith("0 处错误，0 处提醒\n")


def addresses(site: Site) -> list[str]:
    return [line for line in site.read(LIST).splitlines() if not line.startswith("#")]


def test_recording_adds_new_addresses_in_order(site: Site) -> None:
    before = addresses(site)
    site.write("content/articles/process/aa.md", article("丙还不上怎么办？"))
    record(site)
    assert addresses(site) == sorted([*before, "/aa/"])
    assert site.findings() == []


def test_recording_twice_changes_nothing(site: Site) -> None:
    site.write("content/articles/process/c.md", article("丙还不上怎么办？"))
    record(site)
    before = sources(site)
    record(site)
    assert changed(before, sources(site)) == set()


def test_recording_starts_a_list_that_is_not_there(site: Site) -> None:
    site.delete(LIST)
    record(site)
    assert addresses(site) == [line for line in BASE[LIST].splitlines() if line[0] == "/"]


def test_recording_keeps_old_addresses_and_records_the_new_one(site: Site) -> None:
    run(site, "rename", "a", "c")
    record(site)
    assert {"/a/", "/c/"} <= set(addresses(site))


def test_recording_never_drops_a_lost_address(site: Site) -> None:
    site.replace(LIST, "/a/\n", "/a/\n/gone/\n")
    site.write("content/articles/process/c.md", article("丙还不上怎么办？"))
    before = sources(site)
    result = run(site, "check", "--record-urls")
    assert result.exit_code == 1
    assert "/gone/" in result.stdout
    assert changed(before, sources(site)) == set()


def test_drafts_and_future_articles_are_not_recorded(site: Site) -> None:
    future = {"published": "2026-12-01", "reviewed": "2026-12-01"}
    site.write("content/articles/process/c.md", article("丙还是草稿怎么办？", draft="true"))
    site.write("content/articles/process/d.md", article("丁要等到哪天发？", **future))
    before = addresses(site)
    record(site)
    assert addresses(site) == before


@pytest.mark.parametrize("slug", ["from", "page", "tag-1"])
def test_every_article_that_is_published_is_recorded(site: Site, slug: str) -> None:
    """Whatever it is called; a name the site keeps for itself must be refused instead."""
    site.write(f"content/articles/process/{slug}.md", article("丙还不上怎么办？"))
    if run(site, "check", "--record-urls").exit_code == 0:
        assert f"/{slug}/" in addresses(site)


def test_it_can_be_run_from_anywhere(site: Site) -> None:
    (site.root / "below").mkdir()
    config = str(site.root / "site_config.yml")
    result = spawn(Site(site.root / "below"), *module("check", "-f", config))
    assert (result.returncode, result.stderr) == (0, "")


def test_fix_mends_what_needs_no_thought_and_says_so(site: Site) -> None:
    tidy = article("甲逾期了怎么办？", "过了 3 天，再看。\n")
    found = re.search(r"aliases: .*\n", tidy)
    assert found is not None
    tidy = tidy.replace(found[0], "").replace("published:", f"{found[0]}published:")
    site.write(A, tidy.replace(found[0], "").replace("tags:", f"{found[0]}tags:"))
    site.replace(A, "过了 3 天，再看", "过了3天,再看")
    site.write(B, ordered(site.read(B)))
    before = sources(site)
    result = run(site, "check", "--fix")
    assert result.exit_code == 0
    assert result.stderr == (
        f"{A}:12:3 改好 “过了3天,再看。” → “过了 3天,再看。”\n"
        f"{A}:12:4 改好 “过了3天,再看。” → “过了3 天,再看。”\n"
        f"{A}:12:5 改好 “过了3天,再看。” → “过了3天，再看。”\n"
        f"{A}:2:1 改好 信息区按固定顺序排：aliases、tags\n"
    )
    assert changed(before, sources(site)) == {A}
    assert site.read(A) == tidy
    assert run(site, "check", "--fix").stderr == ""


def ordered(text: str) -> str:
    """An article whose keys stand in the order of the guide."""
    source = Source(B, text.encode(), "")
    return applied(source, mending(source).edits).decode()


def test_fix_of_the_repository_has_nothing_to_do() -> None:
    project = load(REPOSITORY / "site_config.yml")
    every = (*project.sources.articles, *project.sources.standing)
    assert [source.path for source in every if mending(source).edits] == []
