"""Style sheets: what old browsers can read, one for each kind of page, and where a mistake is."""

from __future__ import annotations

import pytest

from generator.policy import hashed
from generator.render.stylesheet import StyleError, sheets
from generator.render.templates import Templates
from tests.class_names import in_scripts, in_style

TEMPLATES = Templates(
    {
        "base.html": '{% from "components/frame/macro.html" import frame %}',
        "article.html": '{% extends "base.html" %}{% from "components/notes/macro.html" import n %}',
        "home.html": '{% extends "base.html" %}{% from "components/card/macro.html" import card %}',
        "calculator.html": '{% extends "base.html" %}',
        "redirect.html": "",
        **{
            f"components/{name}/macro.html": ""
            for name in ("card", "fact-check", "frame", "notes", "overdue")
        },
    }
)
PAGES = ("article.html", "home.html", "calculator.html", "redirect.html")
STYLES = {
    "base.css": ".page{margin:0}",
    **{
        f"components/{name}/style.css": f".{name}{{margin:0}}"
        for name in ("card", "fact-check", "frame", "notes", "overdue")
    },
}


def style(text: str) -> str:
    return sheets({"base.css": text}, TEMPLATES, PAGES).of("home.html").text


def test_a_kind_of_page_gets_the_base_and_the_components_it_prints() -> None:
    made = sheets(STYLES, TEMPLATES, PAGES)
    assert in_style(made.of("home.html").text) == {"page", "card", "frame"}
    assert in_style(made.of("calculator.html").text) == {"page", "frame"}
    assert made.of("article.html").text.startswith(".page")


def test_a_page_with_prose_gets_every_component_an_editor_can_call() -> None:
    made = sheets(STYLES, TEMPLATES, PAGES)
    assert in_style(made.of("article.html").text) == {
        "page",
        "frame",
        "notes",
        "fact-check",
        "overdue",
    }


def test_what_the_settings_leave_out_is_styled_where_it_is_an_example_alone() -> None:
    gallery = '{% extends "base.html" %}{% include "components/card/example.html" %}'
    example = '{% from "components/card/macro.html" import card %}'
    texts = {"gallery.html": gallery, "components/card/example.html": example}
    made = sheets(STYLES, Templates({**TEMPLATES.texts, **texts}), (*PAGES, *texts), ("card",))
    assert in_style(made.of("home.html").text) == {"page", "frame"}
    assert in_style(made.of("gallery.html").text) == {"page", "card", "frame"}


def test_a_page_outside_of_the_frame_has_no_style() -> None:
    assert sheets(STYLES, TEMPLATES, PAGES).of("redirect.html").text == ""


def test_a_sheet_is_named_by_the_hash_of_what_is_served() -> None:
    sheet = sheets(STYLES, TEMPLATES, PAGES).of("home.html")
    assert sheet.source == hashed(sheet.text)


@pytest.mark.parametrize(
    ("written", "served"),
    [
        ("@media (max-width: 40em) { a { margin: 0 } }", "@media (max-width:40em){a{margin:0}}"),
        ("@media (width <= 40em) { a { margin: 0 } }", "@media (max-width:40em){a{margin:0}}"),
        ("a { inset: 0 }", "a{top:0;bottom:0;left:0;right:0}"),
        (":root { color-scheme: light }", ":root{color-scheme:light}"),
        ("@media print { :root { color-scheme: dark } }", "@media print{:root{color-scheme:dark}}"),
    ],
)
def test_the_oldest_browsers_can_read_what_is_served(written: str, served: str) -> None:
    assert style(written) == served


@pytest.mark.parametrize(
    ("text", "place"),
    [("a { margin: 0 }\n\nb {\n  c  d\n}\n", "d\n"), ('a { content: "<" }', "<")],
)
def test_a_mistake_is_told_with_its_place(text: str, place: str) -> None:
    with pytest.raises(StyleError) as caught:
        style(text)
    assert caught.value.name == "base.css"
    assert caught.value.span is not None
    assert caught.value.span.start == text.index(place)


def test_class_names_are_read_from_rules_and_from_nothing_else() -> None:
    text = '.a .b-c:hover,.d>.e__f--g::before{content:".x";margin:.5em}@media print{.h{margin:0}.i{margin:0}}'
    assert in_style(text) == {"a", "b-c", "d", "e__f--g", "h", "i"}


def test_scripts_know_the_words_in_their_quotes() -> None:
    assert in_scripts({"a.js": 'x.classList.add(\'a\', "b c"); const d = `<p class="e">`;'}) >= {
        "a",
        "b",
        "c",
        "e",
    }
    assert "classList" not in in_scripts({"a.js": "x.classList.add('a')"})
