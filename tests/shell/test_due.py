"""`yuqi due`: what has to be checked again, when and why."""

from __future__ import annotations

from tests.harness import Site, article
from tests.shell.running import run

A = "content/articles/process/a.md"


def test_nothing_is_due_on_a_fresh_site(site: Site) -> None:
    result = run(site, "due", "--fail")
    assert (result.exit_code, result.stdout) == (0, "2026-11-24 以前要核对：0 项\n")


def test_what_is_overdue_is_listed_with_its_reason_and_can_fail(site: Site) -> None:
    site.write(A, article("甲逾期了怎么办？", reviewed="2026-01-01", review_due="2026-11-22"))
    result = run(site, "due", "--fail")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0] == (
        f"2026-11-22  过了 2 天  文章“甲逾期了怎么办？”：上次核对于 2026-01-01  {A}"
    )
    assert run(site, "due").exit_code == 0


def test_what_is_due_soon_is_listed_most_urgent_first(site: Site) -> None:
    site.write(A, article("甲逾期了怎么办？", review_due="2026-12-01", related="[b]"))
    site.write(
        "content/data/hotlines.yml",
        "- {id: '12356', title: 心理援助, purpose: 有困扰时打。, hours: —,"
        " source: guide-1, checked: '2026-06-01'}\n",
    )
    lines = run(site, "due", "--within", "60").stdout.splitlines()
    assert [line[:10] for line in lines[:-1]] == ["2026-11-28", "2026-12-01"]
    assert "求助电话“心理援助”（12356）：核对于 2026-06-01，180 天以内有效" in lines[0]
    assert lines[-1] == "2027-01-23 以前要核对：2 项"


def test_how_long_a_check_holds_is_a_setting(site: Site) -> None:
    site.replace(
        "site_config.yml", "      stages:", "      review_after: {sources: 30}\n      stages:"
    )
    result = run(site, "due", "--within", "30")
    assert result.stdout.count("来源“") == 3


def test_a_table_that_cannot_be_read_is_told_instead(site: Site) -> None:
    site.write("content/data/sources.yml", "- id: x\n")
    result = run(site, "due")
    assert result.exit_code == 1
    assert "data-missing-key" in result.stderr
