"""Strict YAML: every key and value has its place, no text is too odd to be read."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.yaml_document import Value, YamlDocument, parse

_PATH = "a.yml"
_WORDS = st.from_regex(r"[一-龥a-z][一-龥a-z0-9]{0,8}", fullmatch=True).filter(
    lambda word: word not in ("null", "y", "n")
)
_FRAGMENTS = st.sampled_from(
    [
        *"\n \t-:：,?[]{}&*!|>'\"%@`#~甲a1",
        "\n  ",
        "\n- ",
        ": ",
        "key: ",
        "key：",
        "- - ",
        "? ",
        "&a ",
        "*a",
        "!tag ",
        "!!str ",
        "<<: ",
        "---\n",
        "...\n",
        "|\n  ",
        '"\\x00"',
        '"\\u2028"',
        "\ud7ff",
        "\U0001f600",
    ]
)


def _codes(document: YamlDocument) -> list[str]:
    return [finding.code for finding in document.findings]


def _assert_inside(document: YamlDocument, start: int, end: int) -> None:
    spans = [*document.values.values(), *document.keys.values()]
    spans += [finding.span for finding in document.findings if finding.span is not None]
    for span in spans:
        assert start <= span.start <= span.end <= end


# Without the characters `decode` refuses and replaces before any YAML is read.
_CLEAN = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Zl", "Zp"]), max_size=80)


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(st.text(max_size=80))
def test_any_text_at_all_is_read_without_an_exception(text: str) -> None:
    parse(text, _PATH)


@settings(max_examples=400, deadline=None, derandomize=True, database=None)
@given(_CLEAN, st.integers(0, 50))
def test_spans_lie_inside_any_text(text: str, offset: int) -> None:
    _assert_inside(parse(text, _PATH, offset), offset, offset + len(text))


@settings(max_examples=700, deadline=None, derandomize=True, database=None)
@given(st.lists(_FRAGMENTS, max_size=24).map("".join))
def test_any_mixture_of_yaml_signs_is_read_and_spans_lie_inside(text: str) -> None:
    _assert_inside(parse(text, _PATH, 7), 7, 7 + len(text))


def _written(value: Value, indent: int = 0) -> str:
    """Block style, one scalar a line."""
    pad = " " * indent
    if isinstance(value, dict):
        return "".join(f"{pad}{key}:{_below(entry, indent)}" for key, entry in value.items())
    assert isinstance(value, list)
    return "".join(f"{pad}-{_below(entry, indent)}" for entry in value)


def _below(value: Value, indent: int) -> str:
    if isinstance(value, str):
        return f" {value}\n"
    if not value:
        return " []\n" if isinstance(value, list) else " {}\n"
    return "\n" + _written(value, indent + 2)


_TREES = st.recursive(
    _WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_WORDS, inner, max_size=3),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(st.dictionaries(_WORDS, _TREES, min_size=1, max_size=4), st.integers(0, 9))
def test_every_key_and_scalar_has_the_span_of_its_own_words(
    tree: dict[str, Value], offset: int
) -> None:
    text = "·" * offset + _written(tree)
    document = parse(text[offset:], _PATH, offset)
    assert document.findings == ()
    assert document.value == tree
    places = 0
    for location, span in document.keys.items():
        assert text[span.start : span.end] == location[-1]
    for location, span in document.values.items():
        value: Value = tree
        for part in location:
            value = value[part]  # type: ignore[index]  # the place comes from the tree
        if isinstance(value, str):
            places += 1
            assert text[span.start : span.end] == value
    assert places == len(re.findall(r"(?:: |- )[^\[{\s]", text))


def test_spans_are_right_in_flow_style_and_behind_chinese() -> None:
    text = "标签: [催收, '微粒贷', {a: 乙}]\n下一项: 丙\n"
    document = parse(text, _PATH)
    shown = {place: text[span.start : span.end] for place, span in document.values.items()}
    assert shown["标签", 0] == "催收"
    assert shown["标签", 1] == "'微粒贷'"
    assert shown["标签", 2, "a"] == "乙"
    assert shown["下一项",] == "丙"


def test_span_of_what_is_not_there_is_the_nearest_that_is() -> None:
    document = parse("a:\n  b: c\n", _PATH)
    assert document.span(("a", "b", "x", 3)) == document.values["a", "b"]
    assert document.span(("x",)) == document.values[()]


@pytest.mark.parametrize("word", ["yes", "no", "on", "1", "0x10", "1e3", "2026-11-24", "1:30", "y"])
def test_scalars_stay_the_text_they_are(word: str) -> None:
    assert parse(f"a: {word}\n", _PATH).value == {"a": word}


@pytest.mark.parametrize("word", ["", " ~", " null", " Null", " NULL"])
def test_only_plain_nothing_is_none(word: str) -> None:
    assert parse(f"a:{word}\n", _PATH).value == {"a": None}
    assert parse(f"a: '{word.strip()}'\n", _PATH).value == {"a": word.strip()}


def test_merge_keys_are_no_way_around_aliases() -> None:
    document = parse("base: &b {x: 甲}\na:\n  <<: *b\n", _PATH)
    assert set(_codes(document)) == {"yaml-alias"}


def test_alias_bomb_is_one_finding_each_and_grows_nothing() -> None:
    lines = ["a0: &a0 [x]"] + [
        f"a{at}: &a{at} [{', '.join([f'*a{at - 1}'] * 9)}]" for at in range(1, 9)
    ]
    document = parse("\n".join(lines), _PATH)
    assert set(_codes(document)) == {"yaml-alias"}
    assert len(document.findings) <= 9 * 9


@pytest.mark.parametrize(
    "text",
    [
        "a: !x b\n",
        "a: !x [b]\n",
        "a: !x {b: c}\n",
        "a: !!python/object/apply:os.system [id]\n",
        "a: !!set {b}\n",
        "!x\na: b\n",
        "!x a: b\n",
    ],
)
def test_tags_are_findings_wherever_they_stand(text: str) -> None:
    assert "yaml-tag" in _codes(parse(text, _PATH))


@pytest.mark.parametrize(
    "text", ["a: &x b\n", "a: &x [b]\n", "a: &x {b: c}\n", "&x a: b\n", "- &x a\n"]
)
def test_anchors_are_findings_wherever_they_stand(text: str) -> None:
    assert _codes(parse(text, _PATH)) == ["yaml-alias"]


def test_full_width_colon_in_an_entry_of_a_list_is_just_a_colon() -> None:
    document = parse("aliases:\n  - 微粒贷：逾期了怎么办\n", _PATH)
    assert document.findings == ()
    assert document.value == {"aliases": ["微粒贷：逾期了怎么办"]}


def test_what_stands_after_full_width_colons_and_tabs_keeps_its_place() -> None:
    text = "a：甲\nb:\n\t- 乙\nc：   丙\nd: 丁\n"
    document = parse(text, _PATH)
    assert sorted(_codes(document)) == ["yaml-fullwidth-colon"] * 2 + ["yaml-tab"]
    shown = {place: text[span.start : span.end] for place, span in document.values.items()}
    assert shown["a",] == "甲"
    assert shown["b", 0] == "乙"
    assert shown["c",] == "丙"
    assert shown["d",] == "丁"


def test_tab_beside_spaces_is_the_only_finding() -> None:
    document = parse("a:\n\tb: 甲\n  c: 乙\n", _PATH)
    assert _codes(document) == ["yaml-tab"]
    assert document.value == {"a": {"b": "甲", "c": "乙"}}


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ('a: "甲\nb: 乙\n', '"'),
        ("a: 'b\n", "'"),
        ("a: 甲: 乙\n", ":"),
        ("a: @b\n", "@"),
        ("a: `b\n", "`"),
        ("a: %b\n", "%"),
    ],
)
def test_syntax_fault_is_marked_where_it_begins(text: str, marked: str) -> None:
    (finding,) = parse(text, _PATH).findings
    assert finding.code == "yaml-syntax"
    assert finding.span is not None
    assert text[finding.span.start : finding.span.end] == marked
    assert finding.span.start < text.index("\n")


@pytest.mark.parametrize("char", ["\x00", "\x07", "\x7f", "\ufffe", "\uffff"])
def test_character_yaml_cannot_hold_is_one_finding_and_no_exception(char: str) -> None:
    document = parse(f"标题: 逾期{char}了\n", _PATH)
    assert (document.value, len(document.findings)) == (None, 1)


@pytest.mark.parametrize("depth", [50, 100, 400, 900])
@pytest.mark.parametrize("pair", ["[]", "{}"])
def test_deep_nesting_is_a_value_or_a_finding(depth: int, pair: str) -> None:
    inner = "{a: " if pair == "{}" else "["
    document = parse(f"a: {inner * depth}甲{pair[1] * depth}\n", _PATH)
    assert isinstance(document.value, dict) or document.findings
