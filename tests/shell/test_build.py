"""`yuqi build`: what it says, where it publishes, and how it ends."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.harness import CONFIG, Site, article
from tests.shell.running import changed, epoch, module, run, sources, spawn

A = "content/articles/process/a.md"
MANIFEST = ".yuqi-manifest.json"
SUMMARY = re.compile(
    r"已发布到 (?P<target>\S+)：新写 (?P<fresh>[\d,]+)、沿用 (?P<kept>[\d,]+)、"
    r"删去 (?P<removed>[\d,]+) 个文件(?P<rest>\S*?)，用时 \d+\.\d\d 秒\n"
)
CURRENT = re.compile(r"(?P<target>\S+) 已是最新（(?P<kept>[\d,]+) 个文件），用时 \d+\.\d\d 秒\n")


def counts(output: str) -> tuple[int, int, int]:
    """(new, kept, removed) of the summary, which must be all there is."""
    match = SUMMARY.fullmatch(output)
    assert match is not None, output
    fresh, kept, removed = match["fresh"], match["kept"], match["removed"]
    return int(fresh), int(kept), int(removed)


def listed(site: Site, target: Path | None = None) -> int:
    """Files of the published site, the manifest left out."""
    return len(site.published(target)) - 1


# -- the summary ------------------------------------------------------------------------


def test_the_first_build_writes_everything(site: Site) -> None:
    result = run(site, "build")
    assert (result.exit_code, result.stderr) == (0, "")
    assert counts(result.stdout) == (listed(site), 0, 0)
    assert str(site.target) in result.stdout


def test_a_build_with_nothing_to_do_says_so(site: Site) -> None:
    run(site, "build")
    before = site.published()
    result = run(site, "build")
    match = CURRENT.fullmatch(result.stdout)
    assert match is not None
    assert int(match["kept"]) == listed(site)
    assert (result.exit_code, result.stderr) == (0, "")
    assert site.published() == before


def test_an_edit_writes_what_changed_and_keeps_the_rest(site: Site) -> None:
    run(site, "build")
    before = site.published()
    site.replace(A, "正文。", "改过的正文。")
    fresh, kept, removed = counts(run(site, "build").stdout)
    after = site.published()
    differing = {name for name in changed(before, after) if name != MANIFEST}
    assert {"a/index.html", "a/index.txt"} < differing
    assert fresh == len(differing & after.keys())
    assert removed == len(before.keys() - after.keys())
    assert kept == listed(site) - fresh


def test_what_is_no_longer_there_is_counted(site: Site) -> None:
    site.write("content/articles/process/c.md", article("丙还不上怎么办？"))
    run(site, "build")
    before = site.published()
    site.delete("content/articles/process/c.md")
    fresh, kept, removed = counts(run(site, "build").stdout)
    gone = before.keys() - site.published().keys()
    assert {"c/index.html", "c/index.txt"} < gone
    assert removed == len(gone)
    assert fresh + kept == listed(site)


def test_of_many_reminders_a_build_prints_the_first_and_says_how_many_more(site: Site) -> None:
    words = "".join(f"第{number}步。\n\n" for number in range(30))
    site.write(A, article(body=f"## 先做什么\n\n正文。[@law-1]\n\n{words}"))
    result = run(site, "build")
    assert result.exit_code == 0
    assert result.stderr.count("[text-typography]") == 20
    # Each step lacks two spaces: sixty reminders.
    assert "还有 40 处提醒没有列出，运行 yuqi check 看全部" in result.stderr


def test_reminders_are_printed_and_counted_and_do_not_stop_a_build(site: Site) -> None:
    site.write("content/articles/process/c.md", article("丙还不上怎么办？"))
    result = run(site, "build")
    assert result.exit_code == 0
    assert "content/published-urls.txt 提醒" in result.stderr
    assert "/c/" in result.stderr
    assert "，0 处错误，1 处提醒，用时" in result.stdout


def test_progress_is_silent_where_nobody_watches(site: Site) -> None:
    result = spawn(site, *module("build"))
    assert (result.returncode, result.stderr) == (0, "")
    assert SUMMARY.fullmatch(result.stdout)


def test_a_terminal_shows_progress_and_is_left_clean(site: Site) -> None:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        module("build"),
        cwd=site.root,
        env=os.environ | {"SOURCE_DATE_EPOCH": epoch()},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=theirs,
        text=True,
    )
    output, _ = process.communicate(timeout=120)
    os.close(theirs)
    shown = os.read(ours, 65536).decode()
    os.close(ours)
    assert process.returncode == 0
    assert re.match(r"\r正在生成 \d+ …", shown)
    assert shown.endswith("\r\x1b[K")
    assert SUMMARY.fullmatch(output)


# -- exit codes -------------------------------------------------------------------------


def test_mistakes_in_the_content_end_with_1_and_leave_the_site(site: Site) -> None:
    run(site, "build")
    before = site.published()
    site.replace(A, "summary:", "summery:")
    site.replace("content/articles/safety/b.md", "[@law-1]", "[@law-9]")
    result = run(site, "build")
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"{A}:3:1 错误" in result.stderr
    assert "content/articles/safety/b.md:15:6 错误" in result.stderr
    assert result.stderr.endswith("没有通过：3 处错误，0 处提醒\n")
    assert site.published() == before


def test_mistakes_in_the_settings_end_with_1(site: Site) -> None:
    site.replace("site_config.yml", "site_name:", "site_nam:")
    site.replace("site_config.yml", "language: zh", "language: en")
    result = run(site, "build")
    assert result.exit_code == 1
    assert re.findall(r"^(site_config\.yml:\d+:\d+) 错误", result.stderr, re.MULTILINE) == [
        "site_config.yml:1:1",
        "site_config.yml:1:1",
        "site_config.yml:7:13",
    ]


def test_a_missing_settings_file_ends_with_1(site: Site) -> None:
    site.delete("site_config.yml")
    result = run(site, "build")
    assert result.exit_code == 1
    assert "site_config.yml 错误 缺少这个文件" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["--workers", "0"],
        ["--workers", "65"],
        ["--workers", "two"],
        ["--as-of", "24.11.2026"],
        ["--as-of", "2026-02-30"],
        ["--nonsense"],
        ["surplus"],
    ],
)
def test_a_wrong_command_line_ends_with_2(site: Site, arguments: list[str]) -> None:
    result = run(site, "build", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert not site.target.exists()


def test_a_folder_given_as_settings_file_ends_with_2(site: Site) -> None:
    assert spawn(site, *module("build", "-f", "content")).returncode == 2


def strange_folder(site: Site) -> Path:
    site.write("elsewhere/diary.txt", "private")
    return site.root / "elsewhere"


def strange_file(site: Site) -> Path:
    site.write("elsewhere", "private")
    return site.root / "elsewhere"


def link(site: Site) -> Path:
    (site.root / "real").mkdir()
    (site.root / "elsewhere").symlink_to("real")
    return site.root / "elsewhere"


TARGETS: list[Callable[[Site], Path]] = [
    strange_folder,
    strange_file,
    link,
    lambda site: site.root,
    lambda site: site.root.parent,
    lambda site: site.root / "content",
    lambda site: site.root / "templates" / "components",
]


@pytest.mark.parametrize("target", TARGETS)
def test_a_target_that_is_not_ours_ends_with_3(site: Site, target: Callable[[Site], Path]) -> None:
    place = target(site)
    before = sources(site)
    result = run(site, "build", "--site-dir", str(place))
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.startswith("停下了：")
    assert sources(site) == before


def test_a_build_beside_another_ends_with_3(site: Site) -> None:
    site.build()
    with (site.root / ".site.yuqi-lock").open("ab") as lock:
        fcntl.lockf(lock, fcntl.LOCK_EX)
        result = spawn(site, *module("build"))
    assert (result.returncode, result.stdout) == (3, "")
    assert "另一个构建正在写" in result.stderr


# -- options ----------------------------------------------------------------------------


def test_site_dir_is_relative_to_where_the_command_runs(site: Site) -> None:
    (site.root / "below").mkdir()
    result = spawn(site, *module("build", "--site-dir", "below/out"))
    assert result.returncode == 0
    assert listed(site, site.root / "below" / "out") > 0
    assert not site.target.exists()


def test_the_folder_of_the_settings_is_relative_to_the_settings(site: Site) -> None:
    site.replace("site_config.yml", "theme:", "site_dir: public\ntheme:")
    config = str(site.root / "site_config.yml")
    (site.root / "below").mkdir()
    result = spawn(Site(site.root / "below"), *module("build", "-f", config))
    assert result.returncode == 0
    assert listed(site, site.root / "public") > 0


def test_clean_makes_everything_anew_with_the_same_bytes(site: Site) -> None:
    run(site, "build")
    before = site.published()
    assert counts(run(site, "build", "--clean").stdout) == (listed(site), 0, 0)
    assert site.published() == before


@pytest.mark.parametrize("workers", ["1", "2", "7"])
def test_the_number_of_workers_changes_no_byte(site: Site, workers: str) -> None:
    for number in range(60):
        site.write(f"content/articles/process/n{number}.md", article(f"第{number}种情况怎么办？"))
    site.build()
    target = site.root / "other"
    result = spawn(site, *module("build", "--workers", workers, "--site-dir", str(target)))
    assert result.returncode == 0
    assert site.published(target) == site.published()


def test_as_of_decides_what_is_published(site: Site) -> None:
    future = {"published": "2026-12-01", "reviewed": "2026-12-01"}
    site.write("content/articles/process/c.md", article("丙还不上怎么办？", **future))
    run(site, "build", "--as-of", "2026-11-30")
    assert "c/index.html" not in site.published()
    run(site, "build", "--as-of", "2026-12-01")
    assert "c/index.html" in site.published()
    run(site, "build")
    assert "c/index.html" not in site.published()


@pytest.mark.parametrize(
    ("moment", "included"),
    [("1796054399", False), ("1796054400", True), (" 1796054400 ", True)],
)
def test_source_date_epoch_is_the_day_in_beijing(site: Site, moment: str, included: bool) -> None:
    """1796054400 is the first second of 2026-12-01 in Beijing."""
    future = {"published": "2026-12-01", "reviewed": "2026-12-01"}
    site.write("content/articles/process/c.md", article("丙还不上怎么办？", **future))
    assert run(site, "build", env={"SOURCE_DATE_EPOCH": moment}).exit_code == 0
    assert ("c/index.html" in site.published()) is included


MALFORMED = ["", "tomorrow", "1.5", "0x10", "99999999999999999999", "-99999999999999999999"]


@pytest.mark.parametrize("moment", MALFORMED)
@pytest.mark.parametrize("command", ["build", "check", "related"])
def test_a_malformed_source_date_epoch_is_a_usage_error(
    site: Site, command: str, moment: str
) -> None:
    arguments = [command, "a"] if command == "related" else [command]
    result = run(site, *arguments, env={"SOURCE_DATE_EPOCH": moment})
    assert result.exit_code == 2
    assert "SOURCE_DATE_EPOCH" in result.stderr
    assert not site.target.exists()


def test_as_of_stands_above_source_date_epoch(site: Site) -> None:
    result = run(site, "build", "--as-of", "2026-11-24", env={"SOURCE_DATE_EPOCH": "tomorrow"})
    assert result.exit_code == 0


# -- releases ---------------------------------------------------------------------------

OPERATOR = '      operator: {name: 某中心, contact: a@b.example, icp: "京ICP备00000000号"}\n'
PRIVACY = "      privacy: {host: 某云, log_fields: IP 地址和时间, log_kept: 6 个月}\n"


def fill(site: Site, line: str = OPERATOR) -> None:
    site.replace("site_config.yml", "      footer:\n", f"{line}{PRIVACY}      footer:\n")
    site.replace("site_config.yml", "https://test.example/", "https://yuqi.example.cn/")


def test_a_release_names_everything_that_is_not_filled_in(site: Site) -> None:
    result = run(site, "build", "--release")
    assert (result.exit_code, result.stdout) == (1, "")
    line = CONFIG.splitlines().index("plugins:") + 1
    for key in ("name", "contact", "icp"):
        assert f"site_config.yml:{line}:1 错误 正式发布前必须填写“operator.{key}”" in result.stderr
    for key in ("host", "log_fields", "log_kept"):
        assert f"site_config.yml:{line}:1 错误 正式发布前必须填写“privacy.{key}”" in result.stderr
    assert "site_config.yml:2:1 错误 正式发布前必须填写“site_url”" in result.stderr
    assert result.stderr.endswith("没有通过：7 处错误，0 处提醒\n")
    assert not site.target.exists()


def test_a_release_points_at_the_operator_where_there_is_one(site: Site) -> None:
    fill(site, '      operator:\n        name: 某中心\n        icp: ""\n')
    result = run(site, "build", "--release")
    line = CONFIG.splitlines().index("      footer:") + 1
    places = re.findall(r"^(\S+) 错误 .*“(\S+)”", result.stderr, re.MULTILINE)
    place = f"site_config.yml:{line}:7"
    assert places == [(place, "operator.contact"), (place, "operator.icp")]


def test_a_release_refuses_addresses_that_are_not_recorded(site: Site) -> None:
    fill(site)
    site.write("content/articles/process/c.md", article("丙还不上怎么办？"))
    assert run(site, "build").exit_code == 0
    before = site.published()
    site.replace(A, "正文。", "改过的正文。")
    result = run(site, "build", "--release")
    assert result.exit_code == 1
    assert "/c/" in result.stderr
    assert "yuqi check --record-urls" in result.stderr
    assert site.published() == before


def test_a_release_counts_what_stops_it_as_an_error(site: Site) -> None:
    fill(site)
    site.write("content/articles/process/c.md", article("丙还不上怎么办？"))
    result = run(site, "build", "--release")
    assert result.stderr.endswith("没有通过：1 处错误，0 处提醒\n")


def test_a_complete_release_is_published(site: Site) -> None:
    fill(site)
    site.write("content/articles/process/c.md", article("丙还不上怎么办？"))
    run(site, "check", "--record-urls")
    result = run(site, "build", "--release")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "某中心" in site.page("index.html")
    assert "未填写" not in site.page("index.html")


def test_a_build_changes_no_source(site: Site) -> None:
    before = sources(site)
    run(site, "build")
    assert changed(before, sources(site)) == set()
