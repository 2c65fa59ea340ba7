"""The core of the calculator in a second browser engine, Debian's WebKit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from generator.calculator import calculate, fragment, report
from generator.pages.calculator import EXAMPLES
from tests.browser.webkit import WebKit, webkit
from tests.calculator.engines import load_tables
from tests.calculator_page.form import path_of

pytestmark = pytest.mark.soak

SUBMIT = "#yq-form button[type=submit]"
READY = f"const b = document.querySelector('{SUBMIT}'); return b && !b.disabled;"
TOLD = "return document.activeElement.id === arguments[0]"


@pytest.fixture(scope="module")
def browser() -> Iterator[WebKit]:
    with webkit() as found:
        yield found


@pytest.fixture
def opened(browser: WebKit, origin: str) -> WebKit:
    browser.open("about:blank")
    browser.open(f"{origin}/calculator/")
    browser.wait(READY)
    browser.run(
        "window.faults = []; addEventListener('error', (e) => window.faults.push(String(e.message)));"
        "addEventListener('unhandledrejection', (e) => window.faults.push(String(e.reason)));"
    )
    return browser


def test_every_mode_says_what_the_build_says(opened: WebKit, origin: str) -> None:
    tables = load_tables()
    for _, request in EXAMPLES:
        mode = request["mode"]
        opened.open(f"{origin}{path_of(str(mode))}")
        opened.wait(READY)
        for name, value in request.items():
            if name == "mode":
                continue
            selector = f"#yq-{mode}-{name}"
            opened.run(
                f"const d = document.querySelector('{selector}').closest('details'); if (d) d.open = true;"
            )
            opened.type(selector, str(value))
        opened.click(SUBMIT)
        opened.wait("return !document.getElementById('yq-result').hidden")
        made: Any = report(request, calculate(request, tables), tables)
        assert opened.text("#yq-result-title") == made["sentence"]
        assert opened.run(TOLD, "yq-result-title")
        shown = opened.run(
            "return [...document.querySelectorAll('.overdue__figures dd')].map((e) => e.textContent)"
        )
        assert shown[: len(made["figures"])] == [value for _, value in made["figures"]]


def test_what_is_typed_freely_is_read_or_asked_about(opened: WebKit) -> None:
    opened.type("#yq-loan-principal", "１万2")
    opened.type("#yq-loan-rate", "万分之五")
    opened.type("#yq-loan-due", "2026年3月5日")
    assert opened.text("#yq-loan-rate-echo") == "读作 日利率 0.05%"
    opened.click(SUBMIT)
    opened.wait("return !document.getElementById('yq-errors').hidden")
    assert opened.run(TOLD, "yq-errors")
    told = opened.run(
        "return [...document.querySelectorAll('#yq-errors li')].map((e) => e.textContent)"
    )
    assert told == ["“１万2”是多少元？", "填写计算截止日"]
    opened.click("#yq-loan-principal-error button")
    opened.type("#yq-loan-as_of", "20260404")
    opened.run("document.getElementById('yq-loan-as_of').focus()")
    opened.type("#yq-loan-as_of", "\ue007")  # Enter
    opened.wait("return !document.getElementById('yq-result').hidden")
    assert "12,270.00 元" in opened.text("#yq-result-title")
    assert opened.run("return window.faults") == []


def test_a_link_is_read_once_and_the_gap_is_explained(opened: WebKit, origin: str) -> None:
    request = EXAMPLES[0][1] | {"claimed": "10650"}
    opened.open("about:blank")
    opened.open(f"{origin}/calculator/#{fragment(request)}")
    opened.wait("return document.querySelector('.calculator__found')")
    assert "5%" in opened.text(".calculator__found")
    assert opened.address() == f"{origin}/calculator/"
    line = "return document.querySelector('.calculator__chart polyline').points.length"
    assert opened.run(line) == 4
