"""「这页有帮助吗」: off unless configured, to the operator alone, nothing sent before the reader does."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.audit.inspection import inspect
from tests.audit.test_faults import audited_site
from tests.discovery.conftest import made
from tests.discovery.test_hosting import _of
from tests.harness import Site

OPERATOR = "      operator: {name: 某社, contact: me@test.example}\n"
FORM = "      feedback: {endpoint: 'https://forms.example/yuqi', retention: 处理完 30 天内删除}\n"
MAIL = "      feedback: {mailto: me@test.example, retention: 处理完 30 天内删除}\n"


def _with(root: Path, told: str) -> Site:
    site = audited_site(root)
    site.replace("site_config.yml", "      footer:", f"{told}      footer:")
    return site


def test_nothing_is_asked_by_default(tmp_path: Path) -> None:
    files = made(Site.create(tmp_path).root)
    assert [name for name, content in files.items() if b"feedback__" in _body(content)] == []


def _body(content: bytes) -> bytes:
    return content.partition(b"<body>")[2]


def test_a_form_is_sent_to_the_configured_address_and_says_so_before(tmp_path: Path) -> None:
    site = _with(tmp_path, OPERATOR + FORM)
    site.build()
    page = LexborHTMLParser(site.page("a/index.html"))
    (form,) = page.css("form.feedback__form")
    assert [node.text() for node in form.css("button.button")] == ["发送"]
    assert form.attributes["method"] == "post"
    assert form.attributes["action"] == "https://forms.example/yuqi"
    assert {node.attributes.get("name") for node in form.css("input, textarea")} == {
        "page",
        "answer",
        "words",
    }
    (notice,) = page.css(".feedback__notice")
    for words in ("某社", "me@test.example", "30 天内删除", "别写姓名"):
        assert words in notice.text()
    policy = page.css_first('meta[http-equiv="Content-Security-Policy"]')
    assert policy is not None
    assert "form-action https://forms.example" in (policy.attributes["content"] or "")
    assert "form-action 'none'" in site.page("index.html"), "only pages with the form may send it"
    files = {name: text for name, text in site.published().items() if not name.startswith(".")}
    assert list(inspect(files)) == []
    assert "form-action https://forms.example" in _of(site).headers["Content-Security-Policy"]


def test_mail_needs_no_form_and_no_wider_policy(tmp_path: Path) -> None:
    site = _with(tmp_path, OPERATOR + MAIL)
    site.build()
    page = site.page("a/index.html")
    assert "mailto:me@test.example?subject=%E6%9C%89%E5%B8%AE%E5%8A%A9" in page
    assert "form-action 'none'" in page
    assert "<form" not in page.partition("yq-feedback")[2]
    files = {name: text for name, text in site.published().items() if not name.startswith(".")}
    assert list(inspect(files)) == []


@pytest.mark.parametrize(
    "told",
    [
        FORM,
        MAIL,
        OPERATOR + FORM.replace(", retention: 处理完 30 天内删除", ""),
        OPERATOR + FORM.replace("endpoint:", "mailto: me@test.example, endpoint:"),
    ],
)
def test_it_is_refused_without_the_notice_the_law_wants(tmp_path: Path, told: str) -> None:
    site = Site.create(tmp_path)
    site.replace("site_config.yml", "      footer:", f"{told}      footer:")
    assert [line.split()[-1] for line in site.findings()] == ["config-feedback"]


@pytest.mark.parametrize("address", ["http://forms.example/", "//forms.example/", "/here/", "x"])
def test_an_address_that_is_not_secure_is_refused(tmp_path: Path, address: str) -> None:
    site = Site.create(tmp_path)
    told = OPERATOR + FORM.replace("https://forms.example/yuqi", address)
    site.replace("site_config.yml", "      footer:", f"{told}      footer:")
    assert [line.split()[-1] for line in site.findings()] == ["config-value"]
