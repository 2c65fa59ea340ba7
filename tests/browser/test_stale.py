"""What is past its day says so, by the calendar of the reader's device."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import NewReader, Published

LATER = datetime(2027, 6, 15, 12, tzinfo=UTC)
DUE = re.compile(r'data-module="stale" data-due="([0-9-]+)"( hidden)?')


@pytest.fixture(scope="module")
def later(chromium: Browser, published: Published) -> Iterator[Page]:
    """A reader whose device says 15 June 2027."""
    context = chromium.new_context(base_url=published.origin)
    page = context.new_page()
    page.clock.set_fixed_time(LATER)
    yield page
    context.close()


def notices(published: Published, path: str) -> list[str]:
    """The days after which a page has something to say."""
    return [match[1] for match in DUE.finditer(published.text(path))]


def test_every_page_that_is_past_its_day_says_so(later: Page, published: Published) -> None:
    """Of each set of days one page is opened: what differs between pages is only those."""
    by_days = {tuple(notices(published, path)): path for path in published.pages}
    by_days.pop((), None)
    assert len(by_days) > 3
    for days, path in by_days.items():
        later.goto(path)
        shown = later.locator(".stale").evaluate_all(
            "all => all.map(each => [each.dataset.due, !each.hidden, each.offsetHeight > 0])"
        )
        over = [day < LATER.date().isoformat() for day in days]
        assert shown == [[day, is_over, is_over] for day, is_over in zip(days, over, strict=True)]


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("/calculator/", {"24% 对照线"}),
        ("/calculator-card/", {"24% 对照线", "信用卡违约金"}),
        ("/calculator-private/", {"一年期 LPR", "民间借贷上限"}),
        ("/calculator-judgment/", {"判决后加倍部分的日利率"}),
    ],
)
def test_every_table_of_a_calculator_says_so_and_no_other(
    later: Page, path: str, names: set[str]
) -> None:
    later.goto(path)
    assert _named(later) == names


def test_every_table_says_so_where_all_are_explained(later: Page) -> None:
    later.goto("/calculator-method/")
    assert len(_named(later)) == 5


def _named(page: Page) -> set[str]:
    told = page.locator(".stale:visible").all_inner_texts()
    return {name for text in told for name in re.findall("“(.+?)”这张表", text)}


def test_every_article_and_every_page_with_a_date_has_a_notice(published: Published) -> None:
    dated = [path for path in published.pages if "资料核对于" in published.text(path)]
    assert len(dated) > 60
    assert [path for path in dated if "/from/" not in path and not notices(published, path)] == []


def test_on_the_day_it_was_published_only_what_is_over_already_shows(
    reader: NewReader, published: Published
) -> None:
    page = reader("/interest-cap-24/")
    assert page.locator(".stale:visible").count() == 1
    assert "2026-09-20" in page.locator(".stale:visible").inner_text()
    hidden: list[str | None] = [
        match[2] for match in DUE.finditer(published.text("/interest-cap-24/"))
    ]
    assert hidden.count(None) == 1


def test_without_scripts_the_day_of_the_check_is_printed_anyway(reader: NewReader) -> None:
    page = reader("/interest-cap-24/", java_script_enabled=False)
    assert page.get_by_text(re.compile("资料核对于 2026-")).first.is_visible()
