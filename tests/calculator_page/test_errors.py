"""Every error the form can meet, each named at its field; every line of the reading table."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from generator.calculator import calculate, fragment
from generator.calculator.spec import Json
from tests.calculator.engines import load_tables
from tests.calculator_page.conftest import NewReader
from tests.calculator_page.form import LOAN, field, fill, open_kind, submit

YEARLY: Json = LOAN | {"rate": "年 18%"}
CALL: Json = {"base": "accelerated", "remaining": "500", "accelerated_on": "2026-03-20"}
CARD: Json = {
    "amount": "5000", "posted": "2026-02-10", "statement_date": "2026-03-05", "due": "2026-03-25",
    "minimum_due": "500", "daily_rate": "日 0.05%", "as_of": "2026-04-04",
}  # fmt: skip
PRIVATE: Json = {"amount_arrived": "9000", "arrived_on": "2025-06-01", "as_of": "2026-08-01"}
JUDGED: Json = {"judged_sum": "10000", "last_day": "2026-03-05", "as_of": "2026-08-01"}
PAID: Json = {"amount": "10"}
TERM: Json = {"due": "2026-03-01", "principal": "10"}
BILL: Json = {"statement_date": "2026-04-05", "due": "2026-04-25"}

FAULTS: list[tuple[str, str, Json]] = [
    ("either_form", "loan", LOAN | {"instalments": [TERM]}),
    ("multiplier_format", "loan", LOAN | {"multiplier": "一点五"}),
    ("multiplier_range", "loan", LOAN | {"multiplier": "0.5"}),
    ("count_format", "loan", LOAN | {"grace_days": "三"}),
    ("count_range", "loan", LOAN | {"grace_days": "99999"}),
    ("one_penalty", "loan", LOAN | {"multiplier": "1.5", "penalty_rate": "日 0.06%"}),
    ("basis_missing", "loan", YEARLY),
    ("as_of_early", "loan", LOAN | {"as_of": "2026-03-01"}),
    ("payment_early", "loan", LOAN | {"payments": [PAID | {"date": "2026-03-01"}]}),
    ("payment_late", "loan", LOAN | {"payments": [PAID | {"date": "2026-05-01"}]}),
    ("missing", "loan", LOAN | {"payments": [PAID]}),
    (
        "interest_twice",
        "loan",
        LOAN | {"interest": "5", "base": "overdue_with_interest", "compounding": "on_interest"},
    ),
    ("call_needs_remaining", "loan", LOAN | CALL | {"remaining": ""}),
    ("call_needs_day", "loan", LOAN | CALL | {"accelerated_on": ""}),
    ("call_needs_base", "loan", LOAN | CALL | {"base": ""}),
    ("call_outside", "loan", LOAN | CALL | {"accelerated_on": "2026-05-01"}),
    ("percent_format", "card", CARD | {"late_fee_rate": "很高"}),
    ("percent_range", "card", CARD | {"late_fee_rate": "101%"}),
    ("due_before_statement", "card", CARD | {"due": "2026-03-01"}),
    ("statements_overlap", "card", {
        key: value for key, value in CARD.items() if key not in BILL and key != "minimum_due"
    } | {"statements": [BILL, BILL | {"statement_date": "2026-04-20", "due": "2026-05-10"}],
         "as_of": "2026-06-01"}),
    ("statement_early", "card", CARD | {"posted": "2026-03-10"}),
    ("fee_order", "card", CARD | {"late_fee_min": "20", "late_fee_max": "10"}),
    ("private_old", "private", PRIVATE | {"arrived_on": "2020-08-01"}),
    ("lpr_stale", "private", PRIVATE | {"arrived_on": "2099-01-01", "as_of": "2099-02-01"}),
    ("due_early", "private", PRIVATE | {"due": "2025-05-01"}),
    ("running_needs_rate", "judgment", JUDGED | {"running_from": "2026-03-05"}),
    (
        "after_as_of",
        "judgment",
        JUDGED | {"running_rate": "日 0.02%", "running_from": "2026-09-01"},
    ),
    (
        "excluded_order",
        "judgment",
        JUDGED | {"excluded": [{"from": "2026-05-01", "to": "2026-04-01"}]},
    ),
    ("judgment_old", "judgment", JUDGED | {"last_day": "2014-07-01"}),
    ("judgment_stale", "judgment", JUDGED | {"as_of": "2099-01-01"}),
]  # fmt: skip
NEVER_TYPED = {
    "type", "object", "list", "flag", "choice", "unknown",  # shapes a form cannot send
    "list_long",  # a link holds fewer; the engine's own tests have it
    "amount_format", "amount_decimals", "amount_big", "amount_zero", "date_format", "date_real",
    "date_range", "rate_format", "rate_day_high", "rate_month_high", "rate_year_high",
    "rate_daily",
    "read_as", "amount_plain", "amount_asked", "date_no_month", "date_no_day", "date_no_year",
    "date_short_year", "date_unread", "rate_negative", "rate_unread", "rate_decimals",
    "rate_year_range", "rate_high", "rate_asked", "rate_which", "rate_low", "rate_slip",
    "rate_day_slip", "rate_folk",
    # ^ said by the reading, before the engine sees the text
    "judgment_rate_changed",  # the rate has not changed yet
}  # fmt: skip


def test_every_error_has_its_case() -> None:
    assert {code for code, _, _ in FAULTS} == set(load_tables().wording["messages"]) - NEVER_TYPED


def test_every_error_is_named_in_the_summary_and_at_its_field(reader: NewReader) -> None:
    page, tables = reader(), load_tables()
    for code, mode, values in FAULTS:
        request: Json = {"mode": mode} | {key: text for key, text in values.items() if text != ""}
        answer: Any = calculate(request, tables)
        faults = {fault["field"]: fault for fault in answer["errors"]}
        assert code in {fault["code"] for fault in faults.values()}, (code, answer)
        open_kind(page, mode)
        page.evaluate("hash => { location.hash = hash; }", fragment(request))
        page.wait_for_function("location.hash === ''")
        expect(page.locator("#yq-errors")).to_be_focused()
        told = page.locator("#yq-errors li").all_text_contents()
        assert set(told) == {fault["message"] for fault in faults.values()}, code
        page.locator("#yq-errors a").first.click()
        assert page.evaluate(
            """message => {
              const active = document.activeElement;
              const holder = active.closest('[data-field]');
              return holder.textContent.includes(message) && active.getBoundingClientRect().top > 0;
            }""",
            told[0],
        ), code
        expect(page.locator("#yq-result")).to_be_hidden()


READ: list[tuple[str, str, str]] = [
    ("principal", "12,000", "读作 12,000.00 元"),
    ("principal", "１２０００", "读作 12,000.00 元"),
    ("principal", "12 000元", "读作 12,000.00 元"),
    ("principal", "¥12000", "读作 12,000.00 元"),
    ("principal", "1.2万", "读作 12,000.00 元"),
    ("principal", "12000", ""),
    ("due", "2026/3/5", "读作 2026-03-05"),
    ("due", "2026.3.5", "读作 2026-03-05"),
    ("due", "20260305", "读作 2026-03-05"),
    ("due", "2026年3月5日", "读作 2026-03-05"),
    ("due", "２０２６-０３-０５", "读作 2026-03-05"),
    ("rate", "0.05%/天", "读作 日利率 0.05%"),
    ("rate", "万分之五", "读作 日利率 0.05%"),
    ("rate", "日息5‱", "读作 日利率 0.05%"),
    ("rate", "年化18%", "读作 年利率 18%"),
    ("rate", "年利率18", "读作 年利率 18%"),
]
ASKED: list[tuple[str, str, str, tuple[str, ...]]] = [
    ("principal", "1万2", "“1万2”是多少元？", ("12,000.00 元", "10,002.00 元")),
    ("principal", "-500", "欠款本金要大于 0", ()),
    ("principal", "0", "欠款本金要大于 0", ()),
    ("principal", "1e9", "欠款本金要写成普通数字，小于 1 亿元", ()),
    ("principal", "12.345", "欠款本金最多两位小数", ()),
    ("due", "3月5日", "到期还款日要写明年份", ()),
    ("due", "2026-02-30", "到期还款日要是真实存在的日子", ()),
    ("rate", "1.5%", "合同利率 1.5% 是按天、按月还是按年？",
     ("月利率 1.5%", "年利率 1.5%")),
    ("rate", "18%", "合同利率 18% 是按天、按月还是按年？", ("月利率 18%", "年利率 18%")),
    ("rate", "日利率5%",
     "日利率 5% 太高，账单上常见的是 0.05%（万分之五）。你想填的是哪个？",
     ("日利率 0.05%", "月利率 5%", "年利率 5%")),
]  # fmt: skip


def test_every_line_of_the_reading_table_is_echoed(reader: NewReader) -> None:
    page = reader()
    for name, typed, echo in READ:
        field(page, name).fill(typed)
        line = page.locator(f"#yq-loan-{name}-echo")
        assert line.text_content() == echo, typed
        assert line.is_visible() == bool(echo), typed


def test_every_line_that_is_not_read_is_asked_about_or_explained(reader: NewReader) -> None:
    page = reader()
    for name, typed, message, offered in ASKED:
        fill(page, LOAN | {name: typed})
        submit(page)
        expect(page.locator("#yq-errors")).to_be_focused()
        assert page.locator("#yq-errors li").all_text_contents() == [message], typed
        error = page.locator(f"#yq-loan-{name}-error")
        assert (error.text_content() or "").startswith(f"错误：{message}"), typed
        assert tuple(error.locator("button").all_text_contents()) == offered, typed
        assert field(page, name).input_value() == typed
        if offered:
            error.locator("button").first.click()
            expect(error).to_be_hidden()
            expect(field(page, name)).to_be_focused()


# -- anything at all ----------------------------------------------------------------------

KINDS: dict[str, str] = {
    "amount": "principal", "amount0": "fee", "rate": "rate", "date": "due",
    "multiplier": "multiplier", "count": "grace_days",
}  # fmt: skip
"""A field of the loan form for each kind that is typed; a card's share has its own."""

FUZZ = """([ids, count, seed]) => {
  const pieces = ["万分之", "年化", "日", "%", "‰", "０", "９", "1", "5", "0.", ",", " ", "元", "年",
    "月", "-", "/", "千", "百", "分", "厘", "\\u0000", "\\ud800", "𝟙", "<b>", "e9", "：", "两", "十", "\\n"];
  let state = seed;
  const next = (limit) => (state = (state * 1103515245 + 12345) % 2147483648) % limit;
  const form = document.getElementById("yq-form");
  const bad = [];
  for (let at = 0; at < count; at += 1) {
    for (const id of ids) {
      let text = "";
      for (let left = next(9); left >= 0; left -= 1) {
        text += next(3) ? pieces[next(pieces.length)] : String.fromCodePoint(next(70000));
      }
      document.getElementById(id).value = text;
    }
    form.requestSubmit();
    const summary = document.getElementById("yq-errors");
    const result = document.getElementById("yq-result");
    const shown = (summary.hidden ? result : summary).textContent;
    if (summary.hidden === result.hidden || /NaN|undefined|Infinity|null/.test(shown)) {
      bad.push(ids.map((id) => document.getElementById(id).value));
    }
    if (bad.length > 3) break;
  }
  return bad;
}"""


def fuzz(page: Page, count: int, seed: int) -> None:
    loan = [f"yq-loan-{name}" for name in (*KINDS.values(), "as_of", "penalty_rate", "claimed")]
    card = ["yq-card-late_fee_rate", "yq-card-amount", "yq-card-daily_rate"]
    for mode, ids in (("loan", loan), ("card", card)):
        open_kind(page, mode)
        found = page.evaluate(FUZZ, [ids, count, seed])
        assert found == [], json.dumps(found)


def test_no_text_in_any_field_breaks_the_form(reader: NewReader) -> None:
    fuzz(reader(), 60, 20261124)


@pytest.mark.soak
def test_ten_thousand_texts_in_every_field_leave_the_form_whole(reader: NewReader) -> None:
    page = reader()
    page.set_default_timeout(0)
    for part in range(20):  # in pieces, so that a frozen page would be seen
        fuzz(page, 500, 7919 * part + 1)
