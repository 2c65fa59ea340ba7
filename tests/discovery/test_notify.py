"""Search engines are told what changed, once, and their answers are believed as they are given."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.discovery.changes import changes, listed, news
from generator.settings import Settings, parse_settings
from generator.shell.cli import main
from generator.shell.notify import Result, Sender, baidu, index_now
from tests.discovery.engines import Answer, Engine, running
from tests.harness import CONFIG, Site

ADDRESSES = ["https://test.example/a/", "https://test.example/b/"]
KEY = "0123456789abcdef"


def settings(endpoint: str) -> Settings:
    told = f"      notify: {{indexnow_key: {KEY}, indexnow_endpoint: '{endpoint}', baidu_endpoint: '{endpoint}'}}\n"
    made, findings = parse_settings(CONFIG.replace("      footer:", f"{told}      footer:"))
    assert made is not None, findings
    return made


def patient(waits: list[float] | None = None) -> Sender:
    return Sender(timeout=0.5, sleep=(waits if waits is not None else []).append)


def told(engine: Engine, waits: list[float] | None = None) -> Result:
    return index_now(ADDRESSES, settings(engine.address), patient(waits))


def pushed(engine: Engine) -> Result:
    return baidu(ADDRESSES, "秘密", settings(engine.address), patient())


@pytest.mark.parametrize("status", [200, 202])
def test_indexnow_is_told_as_its_protocol_says(status: int) -> None:
    with running(Answer(status)) as engine:
        result = told(engine)
    assert result.complete
    assert engine.json() == {
        "host": "test.example",
        "key": KEY,
        "keyLocation": f"https://test.example/{KEY}.txt",
        "urlList": ADDRESSES,
    }
    assert engine.asked[0][1] == "application/json; charset=utf-8"


@pytest.mark.parametrize(
    ("status", "words"), [(400, "格式"), (403, "密钥"), (422, "不属于"), (404, "404")]
)
def test_a_refusal_is_told_in_words_and_not_repeated(status: int, words: str) -> None:
    with running(Answer(status, "no")) as engine:
        result = told(engine)
    assert (result.accepted, len(engine.asked)) == (0, 1)
    assert words in result.detail


@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_may_pass_is_tried_again_and_not_for_ever(status: int) -> None:
    waits: list[float] = []
    with running(Answer(status)) as engine:
        result = told(engine, waits)
    assert (result.accepted, len(engine.asked)) == (0, 3)
    assert waits == [2.0, 4.0]
    with running(Answer(status), Answer(200)) as engine:
        assert told(engine).complete


@pytest.mark.parametrize(("after", "waited"), [("7", 7.0), ("100000", 30.0), ("soon", 2.0)])
def test_a_wish_to_wait_is_kept_within_bounds(after: str, waited: float) -> None:
    waits: list[float] = []
    with running(Answer(429, headers={"Retry-After": after}), Answer(200)) as engine:
        assert told(engine, waits).complete
    assert waits == [waited]


def test_an_engine_that_does_not_answer_is_given_up() -> None:
    with running(Answer(200, wait=1.5)) as engine:
        result = index_now(ADDRESSES, settings(engine.address), Sender(0.05, lambda _: None))
    assert not result.complete
    assert "没有回答" in result.detail


def test_an_engine_that_is_not_there_is_a_result_and_no_crash() -> None:
    with running(Answer(200)) as engine:
        address = settings(engine.address)
    result = index_now(ADDRESSES, address, patient())
    assert (result.accepted, "没有回答" in result.detail) == (0, True)


def test_a_redirect_is_not_followed() -> None:
    with (
        running(Answer(200)) as other,
        running(Answer(307, headers={"Location": other.address})) as engine,
    ):
        assert not pushed(engine).complete
        assert other.asked == []


def test_baidu_is_sent_one_address_a_line() -> None:
    with running(Answer(200, '{"remain":98,"success":2}')) as engine:
        result = pushed(engine)
    path, kind, body = engine.asked[0]
    assert path == "/push?site=https%3A%2F%2Ftest.example&token=%E7%A7%98%E5%AF%86"
    assert (kind, body.decode().splitlines()) == ("text/plain", ADDRESSES)
    assert result.complete
    assert "98" in result.detail


def test_what_baidu_does_not_take_is_named() -> None:
    answer = {"remain": 9, "success": 1, "not_same_site": [], "not_valid": [ADDRESSES[1]]}
    with running(Answer(200, json.dumps(answer))) as engine:
        result = pushed(engine)
    assert (result.accepted, result.offered, result.complete) == (1, 2, False)
    assert ADDRESSES[1] in result.detail


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (401, '{"error":401,"message":"token is not valid"}', "token"),
        (400, '{"error":400,"message":"over quota"}', "配额"),
        (400, '{"error":400,"message":"site error"}', "验证"),
        (404, "<html>not found</html>", "读不懂"),
        (200, "[]", "读不懂"),
        (200, '{"success":"many"}', "读不懂"),
    ],
)
def test_baidus_errors_are_told_in_words(status: int, body: str, words: str) -> None:
    with running(Answer(status, body)) as engine:
        result = pushed(engine)
    assert result.accepted == 0
    assert words in result.detail
    assert len(engine.asked) == 1
    assert "秘密" not in result.detail


def test_many_addresses_go_in_batches_until_one_is_not_taken() -> None:
    many = [f"https://test.example/{at}/" for at in range(4_500)]
    answers = [Answer(200, '{"remain":0,"success":2000}'), Answer(200, '{"remain":0,"success":5}')]
    with running(*answers) as engine:
        result = baidu(many, "t", settings(engine.address), patient())
    assert [len(body.splitlines()) for _, _, body in engine.asked] == [2000, 2000]
    assert (result.accepted, result.offered) == (2005, 4500)


# -- what there is to tell --------------------------------------------------------------


def test_cards_that_change_are_no_news_a_text_is() -> None:
    before = {"a/index.html": "1", "a/index.txt": "1", "b/index.html": "1", "b/index.txt": "1"}
    after = {"a/index.html": "2", "a/index.txt": "1", "b/index.html": "2", "b/index.txt": "2"}
    site = "https://test.example/"
    places = frozenset((f"{site}a/", f"{site}b/", f"{site}c/"))
    assert news(before, after, places, site).changed == (f"{site}b/",)
    more = news(before, after | {"c/index.html": "1", "404.html": "9", "x.css": "1"}, places, site)
    assert more.changed == (f"{site}b/", f"{site}c/")


def test_pages_that_are_gone_or_moved_are_told_once() -> None:
    before = {"a/index.html": "1", "b/index.html": "1", "index.html": "1", "404.html": "1"}
    after = {"a/index.html": "moved", "index.html": "1"}
    site = "https://test.example/"
    told_now = news(before, after, frozenset((site,)), site)
    assert told_now.gone == (f"{site}a/", f"{site}b/")
    assert news(after, after, frozenset((site,)), site) == news({}, {}, frozenset(), site)


def test_uploads_begin_with_what_pages_need_and_end_with_what_lists_them() -> None:
    after = dict.fromkeys(
        ("index.html", "sitemap.xml.gz", "assets/1/a.css", "a/index.txt", "feed.json"), "2"
    )
    found = changes({"index.html": "1", "old/index.html": "1", "assets/1/a.css": "1"}, after)
    assert found.put == (
        "assets/1/a.css",
        "a/index.txt",
        "index.html",
        "feed.json",
        "sitemap.xml.gz",
    )
    assert found.delete == ("old/index.html",)


def test_the_command_shows_first_sends_on_demand_and_tells_nothing_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site.create(tmp_path)
    monkeypatch.setenv("YUQI_BAIDU_TOKEN", "t")
    arguments = ["notify", "-f", str(site.root / "site_config.yml")]
    with running(Answer(200, '{"remain":9,"success":7}')) as engine:
        told_to = f"{{indexnow_key: {KEY}, indexnow_endpoint: '{engine.address}', baidu_endpoint: '{engine.address}'}}"
        site.replace("site_config.yml", "      footer:", f"      notify: {told_to}\n      footer:")
        site.build()
        assert site.page(f"{KEY}.txt") == KEY
        places = listed({"sitemap.xml": (site.target / "sitemap.xml").read_bytes()})
        shown = CliRunner().invoke(main, arguments)
        assert (shown.exit_code, engine.asked) == (0, [])
        assert f"{len(places)} 个网址有变化" in shown.output
        sent = CliRunner().invoke(main, [*arguments, "--send"])
        assert set(engine.json()["urlList"]) == places
        assert sent.exit_code == (0 if len(places) == 7 else 1), "Baidu took seven"
        engine.answers = [Answer(200, '{"remain":9,"success":1}')]
        site.replace("content/articles/process/a.md", "正文。", "改过的正文。")
        site.build()
        engine.asked.clear()
        CliRunner().invoke(main, [*arguments, "--send"])
        assert engine.json()["urlList"] == ["https://test.example/a/"]


def test_nothing_is_set_up_by_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("YUQI_BAIDU_TOKEN", raising=False)
    site = Site.create(tmp_path)
    site.build()
    result = CliRunner().invoke(
        main, ["notify", "-f", str(site.root / "site_config.yml"), "--send"]
    )
    assert result.exit_code == 0
    assert "还没有设置搜索引擎" in result.output


def test_changes_are_listed_for_an_upload(tmp_path: Path) -> None:
    site = Site.create(tmp_path)
    site.build()
    arguments = ["changes", str(tmp_path / "nothing"), str(site.target)]
    everything = CliRunner().invoke(main, [*arguments, "--put"]).output.splitlines()
    assert set(everything) == set(site.published()) - {".yuqi-manifest.json"}
    assert CliRunner().invoke(main, [*arguments, "--delete"]).output == ""
    assert CliRunner().invoke(main, ["changes", "a", str(tmp_path)]).exit_code == 2
