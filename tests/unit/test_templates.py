"""Templates: what a page depends on is known without parsing, and known rightly."""

from __future__ import annotations

import re

import pytest
from jinja2 import UndefinedError, meta

from generator.render.page import TEMPLATES
from generator.render.templates import Templates, phrased, whole_figures
from tests.unit.samples import templates


@pytest.mark.parametrize("name", sorted(templates().texts))
def test_references_are_what_jinja_finds(name: str) -> None:
    environment = templates().environment()
    found = meta.find_referenced_templates(environment.parse(templates().texts[name]))
    assert set(templates().references(name)) == set(found)


@pytest.mark.parametrize("name", sorted(templates().texts))
def test_every_template_refers_only_to_what_is_there(name: str) -> None:
    assert set(templates().closure(name)) <= set(templates().texts)


@pytest.mark.parametrize("name", sorted(templates().texts))
def test_every_template_compiles_and_says_what_it_needs(name: str) -> None:
    templates().environment().get_template(name)
    assert templates().texts[name].startswith("{#")


def test_every_page_has_its_template() -> None:
    assert set(TEMPLATES.values()) <= set(templates().texts)


@pytest.mark.parametrize("name", sorted(templates().texts))
def test_no_template_switches_escaping_off(name: str) -> None:
    # The scripts a template may name are modules of ours at an address, and the one inline line.
    text = re.sub(
        r'<script type="module" src="\{\{ page\.(frame\.)?(search_)?script \}\}" fetchpriority="low"></script>'
        r"|<script>\{\{ page\.frame\.before_paint \| inline \}\}</script>"
        r'|<script type="application/ld\+json">\{\{ about\.graph \| inline \}\}</script>',
        "",
        templates().texts[name],
    )
    for word in ("| safe", "|safe", "autoescape", "<script", " style=", " onclick="):
        assert word not in text


def test_closure_follows_every_kind_of_reference_and_circles() -> None:
    made = Templates(
        {
            "a": "{% extends \"b\" %}{% include 'c' %}",
            "b": '{%- import "d" as d -%}{% from "e" import f %}',
            "c": '{% include "a" %}',
            "d": "",
            "e": "",
            "other": "",
        }
    )
    assert made.closure("a") == ("a", "b", "c", "d", "e")
    assert made.closure("d", "other") == ("d", "other")


def test_digest_of_a_closure_changes_with_each_of_its_texts_and_no_other() -> None:
    texts = {"a": '{% extends "b" %}', "b": "x", "other": "y"}
    digest = Templates(texts).closure_digest("a")
    assert Templates(texts | {"b": "z"}).closure_digest("a") != digest
    assert Templates(texts | {"a": '{% extends "b" %} '}).closure_digest("a") != digest
    assert Templates(texts | {"other": "z"}).closure_digest("a") == digest


def test_values_are_escaped_and_missing_ones_are_errors() -> None:
    environment = Templates({"a": "{{ value }}"}).environment()
    page = environment.get_template("a").render(value='<a b="c">&\'')
    assert "<" not in page
    assert '"' not in page
    with pytest.raises(UndefinedError):
        environment.get_template("a").render()


def test_a_macro_is_asked_once_for_the_same_values() -> None:
    text = (
        "{% macro told(value, times) %}<i>{{ value }}</i>{{ times.more() }}{% endmacro %}"
        "{{ told | once(value, times) }}{{ told | once(value, times) }}"
    )

    class Times:
        count = 0

        def more(self) -> int:
            self.count += 1
            return self.count

    template = Templates({"x.html": text}).environment().get_template("x.html")
    assert template.render(value="<甲>", times=Times()) == "<i>&lt;甲&gt;</i>1" * 2
    # What cannot be remembered is told each time.
    assert template.render(value=[1], times=Times()) == "<i>[1]</i>1<i>[1]</i>2"


def test_days_are_kept_whole_and_what_is_around_them_is_escaped() -> None:
    day = '<span class="unbroken">2026-11-24</span>'
    assert whole_figures("<从 2026-11-24 起>") == f"&lt;从 {day} 起&gt;"


def test_a_title_is_cut_behind_its_punctuation_alone() -> None:
    assert phrased("坐牢吗") == "坐牢吗"
    first, second = (
        '<span class="phrase">&lt;还不上，</span>',
        '<span class="phrase">坐牢吗？！</span>',
    )
    assert phrased("<还不上，坐牢吗？！") == first + second
    assert re.sub("<[^>]+>", "", phrased("，1 天、3 天")) == "，1 天、3 天"
