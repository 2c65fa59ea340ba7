"""The form in a real browser: computing, errors, readings, keyboard, offline, link."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from generator.calculator import calculate, fragment, report
from generator.calculator.spec import MODES, Json
from generator.pages.calculator import EXAMPLES
from tests.calculator.engines import load_tables
from tests.calculator_page.conftest import NewReader
from tests.calculator_page.form import LOAN, field, fill, heading, open_kind, submit

# -- computing ----------------------------------------------------------------------------


def test_each_mode_says_what_the_build_says(reader: NewReader) -> None:
    page = reader()
    for _, request in EXAMPLES:
        values = {name: value for name, value in request.items() if name != "mode"}
        fill(page, values, str(request["mode"]))
        submit(page)
        _says(page, request)


def test_the_kinds_lead_to_one_another(reader: NewReader) -> None:
    page = reader()
    links = page.locator(".calculator__kinds a")
    for at, mode in enumerate(MODES):
        links.nth(at).click()
        expect(page.locator("#yq-calculator")).to_have_attribute("data-mode", mode)
        expect(page.locator('.calculator__kinds [aria-current="page"]')).to_have_text(
            load_tables().words("shown", f"mode.{mode}")
        )


def _says(page: Page, request: Json) -> None:
    tables = load_tables()
    made: Any = report(request, calculate(request, tables), tables)
    expect(heading(page)).to_have_text(made["sentence"])
    expect(heading(page)).to_be_focused()
    expect(page.locator("#yq-status")).to_contain_text(made["sentence"])
    figures = page.locator("#yq-result .overdue__figures")
    assert figures.locator("dt").all_text_contents() == [term for term, _ in made["figures"]]
    assert figures.locator("dd").all_text_contents() == [value for _, value in made["figures"]]
    body = page.locator("#yq-result-body")
    lines = body.locator("h3:text-is('怎么算的') + ul > li")
    assert lines.all_text_contents() == made["formulas"]
    assert body.locator(".calculator__ledger:visible").count() == len(made["ledgers"])
    assert not body.locator("textarea").is_visible()
    assert not body.locator("#yq-gap").is_visible()
    for ledger in made["ledgers"]:
        table = body.locator(f"table:has(caption:text-is('{ledger['caption']}'))")
        rows = [
            row.locator("th, td").all_text_contents() for row in table.locator("tbody tr").all()
        ]
        assert rows == ledger["rows"]
    assert body.locator("p.overdue__note").all_text_contents() == made["notes"]


def test_the_results_come_in_order(reader: NewReader) -> None:
    page = reader()
    fill(page, LOAN | {"claimed": "10232.50"})
    submit(page)
    expect(page.get_by_text("下面每一种都能算出对方的数")).to_be_visible()
    titles = page.locator("#yq-result h3").all_text_contents()
    assert titles == [
        "怎么算的",
        "拖下去会怎样",
        "口径不同差多少",
        "对方说欠 10,232.50 元",
        "你填的",
        "留一份",
        "和账单对不上怎么办",
        "接下来",
    ]
    expect(page.locator(".calculator__found")).to_have_text("头尾两天都算（多一天）：10,232.50 元")
    assert page.locator("#yq-result svg[role=img]").count() == 1


def test_lists_are_part_of_the_request(reader: NewReader) -> None:
    page = reader()
    fill(page, LOAN)
    page.locator('div[data-mode="loan"] .calculator__more > summary').click()
    payments = page.locator('[data-mode="loan"] [data-field="payments"]')
    for _ in range(3):
        payments.locator("[data-add]").click()
    rows = payments.locator("[data-row]")
    rows.nth(0).locator("[data-remove]").click()
    expect(payments.locator("[data-add]")).to_be_focused()
    rows.nth(1).locator("input").nth(0).fill("3月10日")
    rows.nth(1).locator("input").nth(1).fill("30元")
    submit(page)
    expect(page.locator("#yq-errors")).to_contain_text("第 1 笔还款的日期要写明年份")
    page.locator("#yq-errors a").click()
    expect(rows.nth(1).locator("input").nth(0)).to_be_focused()
    rows.nth(1).locator("input").nth(0).fill("2026年3月10日")
    submit(page)
    expect(heading(page)).to_contain_text("10,195.00 元")


# -- errors and readings ------------------------------------------------------------------


def test_every_fault_is_named_first_and_nothing_typed_is_lost(reader: NewReader) -> None:
    page = reader()
    fill(page, {"principal": "很多", "rate": "0.05%", "due": "2026-02-30"})
    submit(page)
    summary = page.locator("#yq-errors")
    expect(summary).to_be_focused()
    assert page.evaluate("document.querySelector('main').firstElementChild.id") == "yq-errors"
    expect(summary.get_by_role("alert")).to_be_visible()
    expect(summary.locator("h2")).to_have_text("有几处要改")
    assert summary.locator("li").all_text_contents() == [
        "欠款本金要写成数字，例如 12000 或 12000.50",
        "合同利率 0.05% 是按天、按月还是按年？",
        "到期还款日要是真实存在的日子",
        "填写计算截止日",
    ]
    assert page.title().startswith("错误：")
    links = summary.locator("a")
    for at, name in enumerate(("principal", "rate", "due", "as_of")):
        links.nth(at).click()
        expect(field(page, name)).to_be_focused()
        assert page.locator(f"label[for=yq-loan-{name}]").evaluate(
            "e => e.getBoundingClientRect().top > -1 && e.getBoundingClientRect().top < innerHeight"
        )
        expect(field(page, name)).to_have_attribute("aria-invalid", "true")
        described = field(page, name).get_attribute("aria-describedby").split()
        assert any(
            "错误：" in (page.locator(f"#{part}").text_content() or "") for part in described
        )
    expect(field(page, "principal")).to_have_value("很多")
    expect(page.locator("#yq-result")).to_be_hidden()
    field(page, "principal").fill("1万")
    page.get_by_role("button", name="日利率 0.05%").click()
    expect(field(page, "rate")).to_have_value("日 0.05%")
    expect(field(page, "rate")).to_be_focused()
    fill(page, {"due": "2026-03-05", "as_of": "2026-04-04"})
    submit(page)
    expect(heading(page)).to_contain_text("10,225.00")
    expect(summary).to_be_hidden()
    assert not page.title().startswith("错误：")


def test_a_relation_between_fields_is_named_at_its_field(reader: NewReader) -> None:
    page = reader()
    fill(page, LOAN | {"as_of": "2026-03-01"})
    submit(page)
    expect(page.locator("#yq-errors li")).to_have_text(["计算截止日要等于或晚于 2026-03-05"])


def test_a_fault_under_more_opens_it(reader: NewReader) -> None:
    page = reader()
    fill(page, LOAN | {"rate": "年利率18%"})
    submit(page)
    expect(page.locator("#yq-errors li")).to_contain_text(["360 天还是 365 天"])
    expect(field(page, "basis")).to_be_visible()
    page.locator("#yq-errors a").click()
    expect(field(page, "basis")).to_be_focused()
    field(page, "basis").select_option("365")
    submit(page)
    expect(heading(page)).to_be_focused()


def test_the_unit_can_be_chosen_beside_the_rate(reader: NewReader) -> None:
    page = reader()
    fill(page, LOAN | {"rate": "1.5"})
    page.locator('[data-mode="loan"] [data-field="rate"] select').select_option("month")
    submit(page)
    expect(heading(page)).to_contain_text("10,225.00")


def test_clear_empties_everything(reader: NewReader) -> None:
    page = reader()
    fill(page, LOAN)
    submit(page)
    expect(heading(page)).to_be_focused()
    page.get_by_role("button", name="清除").click()
    expect(page.locator("#yq-result")).to_be_hidden()
    expect(field(page, "principal")).to_be_focused()
    assert set(page.locator("form input[type=text]").evaluate_all("e => e.map(i => i.value)")) == {
        ""
    }


def test_a_change_link_leads_back_to_its_field(reader: NewReader) -> None:
    page = reader()
    fill(page, LOAN)
    submit(page)
    page.get_by_role("button", name="改：到期还款日").click()
    expect(field(page, "due")).to_be_focused()


# -- by keyboard, offline, private --------------------------------------------------------


def test_the_keyboard_is_enough(reader: NewReader) -> None:
    page = reader()
    page.locator(".calculator__kinds a").last.focus()
    for text in (LOAN["principal"], LOAN["rate"]):
        page.keyboard.press("Tab")
        page.keyboard.type(text)
    page.keyboard.press("Tab")  # the unit
    for text in (LOAN["due"], LOAN["as_of"]):
        page.keyboard.press("Tab")
        page.keyboard.type(text)
    page.keyboard.press("Enter")
    expect(heading(page)).to_be_focused()
    expect(heading(page)).to_contain_text("10,225.00")


def test_it_works_offline_once_loaded_and_asks_for_nothing(reader: NewReader) -> None:
    page = reader()
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.context.set_offline(True)
    fill(page, LOAN | {"claimed": "9999"})
    submit(page)
    expect(page.get_by_text("没有一种口径正好算出对方的数")).to_be_visible()
    assert asked == []
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [
        0,
        0,
        "",
    ]


@pytest.mark.parametrize(
    ("zone", "now", "day"),
    [
        ("America/Los_Angeles", "2026-03-05T15:59:59Z", "2026-03-05"),
        ("America/Los_Angeles", "2026-03-05T16:00:00Z", "2026-03-06"),
        ("Pacific/Kiritimati", "2026-03-05T15:59:59Z", "2026-03-05"),
        ("Pacific/Kiritimati", "2026-12-31T16:00:00Z", "2027-01-01"),
        ("Asia/Shanghai", "2028-02-28T16:30:00Z", "2028-02-29"),
    ],
)
def test_today_is_the_day_in_beijing(reader: NewReader, zone: str, now: str, day: str) -> None:
    page = reader("/404.html", timezone_id=zone)
    page.clock.set_fixed_time(now)
    page.goto("/calculator/")
    page.locator("button:visible", has_text="填今天").click()
    expect(field(page, "as_of")).to_have_value(day)


def test_the_result_can_be_sent_as_a_link_and_read_again(reader: NewReader) -> None:
    page = reader()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    fill(page, LOAN | {"claimed": "10232.50"})
    submit(page)
    page.get_by_role("button", name="复制带数字的链接").click()
    expect(page.get_by_text("已复制。链接里有你的数字")).to_be_visible()
    link = page.locator("textarea").input_value()
    assert page.evaluate("navigator.clipboard.readText()") == link
    assert "?" not in link
    assert page.evaluate("location.hash") == ""
    other = reader(link.replace(link.split("/calculator/")[0], ""))
    expect(other.locator("#yq-result-title")).to_contain_text("10,225.00")
    expect(field(other, "claimed")).to_have_value("10232.50")
    assert other.evaluate("location.hash") == ""


def test_an_example_of_the_page_itself_fills_the_form_and_goes_to_its_result(
    reader: NewReader,
) -> None:
    page = reader("/calculator-judgment/")
    page.get_by_role("link", name="换成我的数字").click()
    expect(heading(page)).to_be_focused()
    expect(field(page, "judged_sum", "judgment")).to_have_value("10000")
    expect(heading(page)).to_contain_text("10,260.75")
    assert page.evaluate("location.hash") == ""


def test_an_articles_example_opens_with_its_numbers(reader: NewReader) -> None:
    page = reader("/a/")
    page.get_by_role("link", name="换成我的数字").click()
    expect(field(page, "principal")).to_have_value("10000")
    expect(heading(page)).to_contain_text("10,225.00")
    assert page.evaluate("location.hash") == ""


def test_every_mode_is_read_from_a_link(reader: NewReader) -> None:
    page, tables = reader(), load_tables()
    for _, request in EXAMPLES:
        open_kind(page, str(request["mode"]))
        page.evaluate("hash => { location.hash = hash; }", fragment(request))
        made: Any = report(request, calculate(request, tables), tables)
        expect(heading(page)).to_have_text(made["sentence"])
        assert page.evaluate("location.hash") == ""


def escaped(request: object) -> str:
    return "v=2&" + quote(json.dumps(request))


HOSTILE = (
    "v=1&mode=loan",
    escaped(LOAN | {"mode": "loan", "<img src=x onerror=alert(1)>": "1"}),
    escaped({"mode": "loan", "__proto__": "1"}),
    "v=2&%7B%22mode%E0%A4%A",
    escaped({"mode": "constructor", "principal": "1"}),
    escaped({"mode": "judgment", "judged_sum": "10000"}),  # of another page
    escaped({"mode": "loan", "payments": [{"__proto__": "1"}]}),
    escaped({"mode": "loan", "payments": ["<img src=x>"]}),
    escaped({"mode": "loan", "payments": [{"amount": "1"}] * 2000}),
)


def test_a_link_that_cannot_be_trusted_is_told_and_removed(reader: NewReader) -> None:
    page = reader(f"/calculator/#{HOSTILE[0]}")
    for at, hostile in enumerate(HOSTILE):
        if at:
            page.evaluate("hash => { location.hash = hash; }", hostile)
        expect(page.locator("#yq-notice")).to_contain_text("读不出来")
        expect(page.locator("#yq-result")).to_be_hidden()
        assert page.evaluate("location.hash") == "", hostile
        assert page.locator("main img").count() == 0
        page.evaluate("document.getElementById('yq-notice').textContent = ''")


def test_a_link_with_a_bad_value_shows_it_as_text_beside_its_field(reader: NewReader) -> None:
    page = reader(f"/calculator/#{escaped({'mode': 'loan', 'principal': '<b>1</b>'})}")
    expect(page.locator("#yq-errors")).to_contain_text("欠款本金要写成数字")
    expect(field(page, "principal")).to_have_value("<b>1</b>")


def test_a_link_that_names_the_usual_choice_chooses_it(reader: NewReader) -> None:
    usual: Json = {"mode": "loan", "end_points": "difference", "grace_retroactive": True}
    page = reader(f"/calculator/#{fragment(usual | LOAN)}")
    expect(heading(page)).to_contain_text("10,225.00")
    for name in ("end_points", "grace_retroactive"):
        assert field(page, name).evaluate("e => e.selectedIndex") == 0


def test_another_anchor_is_left_in_the_address(reader: NewReader) -> None:
    page = reader("/calculator/#yq-form")
    assert page.evaluate("location.hash") == "#yq-form"


def test_the_text_and_the_csv_can_be_taken(reader: NewReader) -> None:
    page = reader()
    fill(page, LOAN)
    submit(page)
    page.get_by_role("button", name="复制文字").click()
    text = page.locator("textarea").input_value()
    assert "合计：10,225.00 元" in text
    assert "/calculator-method/" in text
    with page.expect_download() as download:
        page.get_by_role("button", name="下载明细（CSV）").click()
    assert re.fullmatch(r"逾期明细-\d{4}-\d\d-\d\d\.csv", download.value.suggested_filename)
    assert "225.00" in download.value.path().read_text("utf-8-sig")


def test_in_wechat_only_what_works_there_is_offered(reader: NewReader) -> None:
    page = reader(user_agent="Mozilla/5.0 (Linux; Android 13) MicroMessenger/8.0.49")
    fill(page, LOAN)
    submit(page)
    expect(page.get_by_role("button", name="复制文字")).to_be_visible()
    expect(page.get_by_role("button", name="下载明细（CSV）")).to_have_count(0)
    expect(page.get_by_role("button", name="打印")).to_have_count(0)
