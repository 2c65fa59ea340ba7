"""The two pages of the calculator, and what the rest of the site gets of it: nothing."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from generator.calculator import calculate
from generator.calculator.spec import MODES
from generator.pages.calculator import EXAMPLES, FIRST, RATES, TIMES
from generator.pages.frame import calculator_slug
from tests.calculator.engines import load_tables
from tests.calculator_page.projects import FENCE, project
from tests.harness import REPOSITORY, Site

PAGE, METHOD = "calculator/index.html", "calculator-method/index.html"
PAGES = {mode: f"{calculator_slug(mode)}/index.html" for mode in MODES}
OF_KIND = {page: [mode] for mode, page in PAGES.items()}


@dataclass(frozen=True)
class Pages:
    files: dict[str, bytes]

    def text(self, name: str) -> str:
        return self.files[name].decode()

    @property
    def scripts(self) -> dict[str, bytes]:
        return {name: data for name, data in self.files.items() if name.endswith(".js")}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    site = project(tmp_path_factory.mktemp("pages"), FENCE)
    assert site.findings() == []
    site.build()
    return Pages(site.published())


DATA_BLOCK = '<script type="application/ld+json">'
"""Is read by search engines and run by nobody."""


def size(data: bytes) -> int:
    return len(gzip.compress(data, 9, mtime=0))


def test_only_the_calculators_page_loads_the_calculator(pages: Pages) -> None:
    for name in pages.files:
        if name.endswith(".html"):
            html = pages.text(name)
            assert re.findall(r"/calculator/form-(\w+)\.js", html) == OF_KIND.get(name, []), name
            known = ("<script>", '<script type="module" src="/assets/', DATA_BLOCK)
            assert html.count("<script") == sum(map(html.count, known)), name


def test_what_the_page_loads_is_there_and_loads_nothing_more(pages: Pages) -> None:
    named = re.findall(r'(?:src|data-\w+)="/(assets/[^"]+\.js)"', pages.text(PAGE))
    names = ["site.js", "form-loan.js", "tables-loan.js"]
    assert [name.rsplit("/", 1)[1] for name in named] == names
    for name in named:  # what is asked for later is `import(address)`
        assert not re.search(rb"\bimport\b(?!\()", pages.scripts[name])


def test_a_site_without_the_tables_has_no_calculator(tmp_path: Path) -> None:
    site = Site.create(tmp_path)
    site.build()
    assert not (site.target / PAGE).exists()
    assert "/calculator/" not in site.page("index.html")


def test_the_front_page_leads_to_the_calculator(pages: Pages) -> None:
    assert '<a href="/calculator/">' in pages.text("index.html")


def test_under_a_base_path_every_address_has_it(tmp_path: Path) -> None:
    site = project(tmp_path, FENCE)
    site.replace("site_config.yml", "https://test.example/", "https://test.example/sub/")
    site.build()
    html = site.page(PAGE)
    assert re.findall(r'data-program="(/sub/assets/[^"]+/form-loan\.js)"', html)
    assert '<a href="/sub/calculator/#v=2&amp;%7B%22mode%22%3A%22loan%22' in site.page(
        "a/index.html"
    )


def test_the_first_view_keeps_the_budget(pages: Pages) -> None:
    for page in PAGES.values():
        named = set(
            re.findall(
                r'(?:src|href|data-program|data-tables)="/(assets/[^"]+\.(?:js|css))"',
                pages.text(page),
            )
        )
        first = [pages.files[page], *(pages.files[name] for name in named)]
        assert len(first) <= 6
        assert sum(map(size, first)) <= 36 * 1024


def test_the_calculators_script_stays_small(pages: Pages) -> None:
    served = [data for name, data in pages.scripts.items() if "/form-" in name]
    assert len(served) == len(MODES)
    assert max(map(size, served)) <= 14 * 1024


def test_the_page_works_without_scripts(pages: Pages) -> None:
    for title, request in EXAMPLES:
        html = unescape(pages.text(PAGES[str(request["mode"])]))
        assert "<noscript>" in html
        assert title in html
        answer = calculate(request, load_tables())
        total = str(answer["lower"] if request["mode"] == "private" else answer["total"])
        assert f"{float(total):,.2f} 元" in html
    assert {request["mode"] for _, request in EXAMPLES} == set(MODES)


def test_what_a_day_costs_is_the_engines_figure(pages: Pages) -> None:
    html = pages.text(PAGE)
    for rate in RATES:
        row = re.search(rf'<tr><th scope="row"[^>]*>{re.escape(rate)}</th>(.*?)</tr>', html)
        assert row is not None
        amounts = re.findall(r">([0-9.]+)</td>", row[1])
        for times, amount in zip(TIMES, amounts, strict=False):
            request = {"mode": "loan", "principal": "1000", "rate": rate, "basis": "365"}
            request |= {"due": "2026-01-01", "as_of": "2026-01-11", "multiplier": times}
            ten = float(str(calculate(request, load_tables())["parts"]["penalty"]))  # type: ignore[index]
            assert abs(ten / 10 - float(amount)) <= 0.0051


def test_the_form_has_every_field_once_in_every_mode(pages: Pages) -> None:
    for mode, fields in MODES.items():
        html = pages.text(PAGES[mode])
        start = html.index('<form class="calculator__form"')
        panel = html[start : html.index("</details>", start)]
        names = re.findall(r'data-field="([^".]+)"', panel)
        assert sorted(names) == sorted(field.name for field in fields)
        first = panel[: panel.index("<details")]
        assert tuple(re.findall(r'data-field="([^"]+)"', first)) == FIRST[mode]


def test_the_form_asks_nothing_of_the_browsers_own_checks(pages: Pages) -> None:
    form = re.search('<form class="calculator__form".*</form>', pages.text(PAGE), re.DOTALL)
    assert form is not None
    assert "novalidate" in form[0]
    for refused in ("placeholder", " required", 'type="number"', "maxlength", "pattern="):
        assert refused not in form[0]
    assert form[0].count("<input") == form[0].count('type="text"')
    assert 'value="1' not in form[0], "no amount is filled in"


def test_the_scripts_get_the_tables_of_the_data_files(pages: Pages) -> None:
    expected: Any = load_tables().to_json()
    hints = expected["wording"].pop("hints")
    assert hints["principal"] in pages.text(PAGE)
    for mode, page in PAGES.items():
        found = re.search(r'data-tables="/([^"]+)"', pages.text(page))
        assert found is not None
        text = pages.files[found[1]].decode()
        tables = json.loads(text.removeprefix("export const tables = ").removesuffix(";\n"))
        for name in ("fields", "figures"):
            assert tables.pop(name) == {mode: expected[name][mode]}
        assert tables == {name: expected[name] for name in tables}


def test_the_method_page_prints_every_row_and_every_choice(pages: Pages) -> None:
    html = unescape(pages.text(METHOD))
    tables = load_tables()
    for table in (tables.lpr, tables.private_cap, tables.delayed_interest, tables.guidance):
        for row in table.rows:
            assert f'data-label="数值" class="ledger__number unbroken">{row.written}</td>' in html
    for words in (tables.wording["choices"],):
        for mode, fields in MODES.items():
            for field in fields:
                for code in field.vary:
                    assert words[f"{field.name}.{code}"] in html, (mode, field.name, code)
    assert '核对到 <span class="unbroken">2026-09-20</span>' in html
    assert html.count('class="overdue__sentence"') == 1


def test_every_field_of_the_first_screen_says_where_its_number_stands() -> None:
    hints = load_tables().wording["hints"]
    names = {name for first in FIRST.values() for name in first}
    assert names - set(hints) == set()
    every = {field.name for fields in MODES.values() for field in fields}
    assert set(hints) <= every | {
        f"{field.name}.{mode}" for mode, fields in MODES.items() for field in fields
    }


def test_no_script_writes_html_or_asks_the_network() -> None:
    for path in (REPOSITORY / "templates/components/calculator").glob("*.js"):
        text = path.read_text("utf-8")
        for refused in (
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "fetch(",
            "XMLHttpRequest",
            "sendBeacon",
            "localStorage",
            "sessionStorage",
            "indexedDB",
            "document.cookie",
            "eval(",
            "new Function",
            "alert(",
        ):
            assert refused not in text, (path.name, refused)


def test_reserved_addresses_cannot_be_taken_by_an_article(tmp_path: Path) -> None:
    site = project(tmp_path)
    text = site.read("content/articles/process/a.md")
    site.write("content/articles/process/calculator-method.md", text)
    codes = [finding.split()[1] for finding in site.findings()]
    assert "slug-reserved" in codes
