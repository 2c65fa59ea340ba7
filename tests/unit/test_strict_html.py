"""What is read by its tags alone is what a parser for browsers finds, and nothing is wrong in it."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import strict_html
from generator.inspection import is_sound, thorough
from generator.strict_html import Reading, StrictReader

_PAGE = (
    '<!doctype html>\n<html lang="zh-CN">\n<head>\n<title>甲</title>\n{}\n</head>\n'
    "<body>\n<h1>甲</h1>\n{}\n</body>\n</html>"
)
_INLINE = ("a()", "p{color:red}")
_POSTS = "https://x.example/post"


def _reader() -> StrictReader:
    return StrictReader(lambda tag, attributes: is_sound(tag, attributes, _POSTS))


# What one page taught it must not mislead it about another.
_READER = _reader()


def _read(page: str) -> Reading | None:
    """The strict reading of a page, which is the thorough one if there is one."""
    content = page.encode()
    read = _READER.read(content, _INLINE)
    assert read == _reader().read(content, _INLINE), page
    if read is not None:
        assert thorough("a/index.html", content, _INLINE, _POSTS) == (read, ()), page
    return read


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        ("", "", ((), (), ())),
        ("<style>p{color:red}</style>", "<script>a()</script>", ((), (), ())),
        ('<meta name="a" content="&lt;b c=&quot;d&quot;&gt;">', "", ((), (), ())),
        ("", '<p id="a" class="b  c">甲<br>乙<img src="/d" alt=""></p>', (("a",), ("/d",), "bc")),
        ("", '<a href="/a/?b=1&amp;c=2#d">甲</a>', ((), ("/a/?b=1&c=2#d",), ())),
        ("", '<p id="a&amp;lt;&#34;&#39;&nbsp;"></p>', (("a&lt;\"'\xa0",), (), ())),
        ("", '<p\n id="b"\n hidden>a > b</p><p id="a"></p>', (("b", "a"), (), ())),
        (
            "",
            '<ul class="a"><li><div><ul class="b"><li>甲</li></ul></div></li></ul>',
            ((), (), "ab"),
        ),
        (
            "",
            '<dl><div id="a"><dt>甲</dt><dd><div><p>乙</p></div></dd></div></dl>',
            (("a",), (), ()),
        ),
        ("", '<table><tr id="a"><td><a href="#a">甲</a></td></tr></table>', (("a",), ("#a",), ())),
        ("", "<h2><div><h3>甲</h3></div></h2>", ((), (), ())),
        ("", '<a href="#a"><div id="a"><p>甲</p></div></a>', (("a",), ("#a",), ())),
        ("", f'<form action="{_POSTS}"><select><option>甲</option></select></form>', ((), (), ())),
        ("", "<b><b><b><b><b>甲</b>乙</b>丙</b>丁</b>戊</b>", ((), (), ())),
    ],
)
def test_page_in_the_subset_is_read(
    head: str, body: str, expected: tuple[tuple[str, ...], tuple[str, ...], str]
) -> None:
    ids, links, classes = expected
    assert _read(_PAGE.format(head, body)) == Reading(ids, links, frozenset(classes))


@pytest.mark.parametrize(
    ("head", "body"),
    [
        # not closed, or not where it ends
        ("", "<p>甲"),
        ("", "</p>"),
        ("", "<b><i>甲</b></i>"),
        ("", "<ul><li>甲<li>乙</ul>"),
        ("", "<br></br>"),
        ("", "<div/>"),
        # closed, moved, dropped or repeated by the parser
        ("", "<p><div></div></p>"),
        ("", '<p><b id="a"><div>甲</div></b></p>'),
        ("", '<p><a id="a" href="#a"><ul></ul></a></p>'),
        ("", '<a href="#"><span><a href="#">甲</a></span></a>'),
        ("", "<button><b><button>甲</button></b></button>"),
        ("", "<form><div><form></form></div></form>"),
        ("", "<h2><h3>甲</h3></h2>"),
        ("", "<li>甲</li>"),
        ("", "<ul><li><li>甲</li></li></ul>"),
        ("", "<div><dd>甲</dd></div>"),
        ("", '<table><div id="a">甲</div></table>'),
        ("", '<div><tr id="a"></tr></div>'),
        ("", '<table><td id="a"></td></table>'),
        ("", '<select><div id="a">甲</div></select>'),
        ("", '<textarea><p id="a"></p></textarea>'),
        ("", "<body>"),
        ("", '<html class="a">'),
        ("甲", ""),
        ("<p>甲</p>", ""),
        ("</head><head>", ""),
        ("", "</body><body>"),
        # another content, or another spelling
        ("", '<svg><path id="a"/></svg>'),
        ("", '<svg id="a"></svg>'),
        ("", "<math></math>"),
        ("", '<template><p id="a"></p></template>'),
        ("", "<iframe></iframe>"),
        ("", "<plaintext></plaintext>"),
        ("", "<a-b></a-b>"),
        ("", '<!-- <p id="a"></p> -->'),
        ("", "<!doctype html>"),
        ("", "<![CDATA[<p>]]>"),
        ("", "<?p?>"),
        ("", "a < b"),
        ("", "<"),
        ("", "<P></P>"),
        ("", '<p ID="a"></p>'),
        ("", "<p id='a'></p>"),
        ("", "<p id=a></p>"),
        ("", '<p id = "a"></p>'),
        ("", '<p id="a"class="b"></p>'),
        ("", '<p id="a" id="b"></p>'),
        ("", '<p id="a" ></p>'),
        ("", '<p\tid="a"></p>'),
        ("", '<p id="a\r"></p>'),
        ("", '<p id="a\0"></p>'),
        ("", '<p id="a>b"></p>'),
        ("", '<p id="a<b"></p>'),
        ("", '<p id="&copy"></p>'),
        ("", '<p id="&amp"></p>'),
        ("", '<p id="&#x41;"></p>'),
        ("", '<img src="/a" href="/b">'),
        # wrong
        ("", "<h1>乙</h1>"),
        ("", '<p id="a"></p><p id="a"></p>'),
        ("", '<p id="a"></p><p class="b" id="a"></p>'),
        ("", '<p id="a"></p>甲<p id="a"></p>'),
        ("", "<p onclick></p>"),
        ("", '<p style="color:red"></p>'),
        ("", '<a href="javascript:a()">甲</a>'),
        ("", '<form action="https://y.example/"></form>'),
        ("<script>b()</script>", ""),
        ("<script>a()b</script>", ""),
        ("<script>a()</script><script>b()</script>", ""),
        ("<style></style>", ""),
        ('<style media="print">p{color:red}</style>', ""),
        ("", "<style>p{color:blue}</style>"),
        ("", "<script>b()</script>"),
    ],
)
def test_page_outside_the_subset_is_read_thoroughly(head: str, body: str) -> None:
    assert _read(_PAGE.format(head, body)) is None


@pytest.mark.parametrize(
    "page",
    [
        "",
        "<p>甲</p>",
        "<h1>甲</h1></html>",
        f"甲{_PAGE.format('', '')}",
        f"{_PAGE.format('', '')}甲",
        f"{_PAGE.format('', '')}<p>甲</p></html>",
        _PAGE.format("", "").replace("<!doctype html>", "<!DOCTYPE html>"),
        _PAGE.format("", "").replace("</head>", "</head>甲"),
        _PAGE.format("", "").replace("<head>", '甲<head id="a">'),
        _PAGE.format("", "").replace("<h1>甲</h1>", ""),
        _PAGE.format("", "").replace("</body>", "</body>甲"),
    ],
)
def test_document_of_another_shape_is_read_thoroughly(page: str) -> None:
    assert _read(page) is None


@pytest.mark.parametrize("text", ["a\rb", "a\0b", "a</script><b>"])
def test_code_a_parser_would_not_hand_back_is_not_taken_for_the_allowed(text: str) -> None:
    page = _PAGE.format(f"<script>{text}</script>", "").encode()
    assert _reader().read(page, (text,)) is None


def test_what_is_kept_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strict_html, "_REMEMBERED", 1000)
    reader = _reader()
    for number in range(100):
        page = _PAGE.format("", f'<p id="a{number}">甲</p>').encode()
        assert reader.read(page, _INLINE) == Reading((f"a{number}",), (), frozenset())
        assert sum(map(len, reader._ids)) <= 1000 + len(page)
        reader.read(page.replace(b"</body>", b'<svg id="b%d">' % number), _INLINE)
        assert sum(map(len, reader._tags)) <= 1000 + 2 * len(page)


@pytest.mark.parametrize("unit", ["<", "<p", "<p ", '<p a="', "<p>", "<p>\n", " \n", "<br>", "a>"])
def test_reading_takes_no_longer_than_the_page_is_long(unit: str) -> None:
    # What grows with the square of this would take hours.
    body = unit * (1_000_000 // len(unit))
    assert _reader().read(_PAGE.format("", body).encode()[:-8], _INLINE) is None
    _reader().read(_PAGE.format("", body).encode(), _INLINE)
    _reader().read(body.encode(), _INLINE)


# -- by chance ----------------------------------------------------------------------------

_NAMES = strict_html._PHRASING | strict_html._FLOW | set(strict_html._ONLY) - {"html"}
_ELEMENTS = sorted(name for name in _NAMES if name.isalnum())
_VALUES = ["a", "b", "c d", "&amp;", "&quot;&lt;", "/x/", "#a", "", "甲", "\u3000"]
_TEXTS = ["", "", "", "\n", " ", "甲", "&lt;", "a>b", '"']
# One draw for a whole page: a page has hundreds of choices.
_CHANCE = st.integers(0, 2**48).map(Random)


def _attributes(chance: Random) -> str:
    names = chance.sample(["id", "class", "title", chance.choice(["href", "src"])], k=2)
    values = {name: chance.choice(_VALUES) for name in names} if chance.random() < 0.5 else {}
    if values.get("id"):
        values["id"] = f"{values['id']}{chance.randrange(9999)}"
    return "".join(f' {name}="{value}"' for name, value in values.items())


def _elements(chance: Random, parent: str, around: frozenset[str], *, loose: float = 0) -> str:
    """Well nested elements, each where the subset has it but for a share of `loose`."""
    parts = [chance.choice(_TEXTS)]
    for _ in range(chance.choice((1, 1, 2, 2, 3)) if len(around) < 9 else 0):
        allowed = strict_html._allowed(parent, around) - {"title", "script", "style"}
        names = _ELEMENTS if chance.random() < loose or not allowed else sorted(allowed)
        if not allowed and not loose:
            break
        name = chance.choice(names)
        place = strict_html._TERM_GROUP if (parent, name) == ("dl", "div") else name
        enclosing = around | {name if name in strict_html._ENCLOSING else f"#{len(around)}"}
        inner = _elements(chance, place, enclosing, loose=loose)
        end = "" if name in strict_html._VOID else f"{inner}</{name}>"
        parts += [f"<{name}{_attributes(chance)}>{end}", chance.choice(_TEXTS)]
    return "".join(parts)


_LOOSE = st.lists(
    st.one_of(
        st.sampled_from(_ELEMENTS).map(lambda name: f"<{name}>"),
        st.sampled_from(_ELEMENTS).map(lambda name: f'<{name} id="{name}">'),
        st.sampled_from(_ELEMENTS).map(lambda name: f"</{name}>"),
        st.sampled_from(
            ["甲", " ", "\n", "<", ">", '"', "&", "<!--", "-->", "<svg>", "</svg>", "/>"]
        ),
    ),
    max_size=12,
).map("".join)


@settings(max_examples=400, deadline=None, derandomize=True, database=None)
@given(_CHANCE)
def test_whatever_the_subset_holds_is_read(chance: Random) -> None:
    page = _PAGE.format("", _elements(chance, "body", frozenset()))
    if _read(page) is None:  # only for what is wrong about it
        assert thorough("a/index.html", page.encode(), _INLINE, _POSTS)[1], page


@settings(max_examples=600, deadline=None, derandomize=True, database=None)
@given(_CHANCE, st.sampled_from([0.01, 0.05, 1]))
def test_elements_in_any_place_are_read_alike(chance: Random, loose: float) -> None:
    _read(_PAGE.format("", _elements(chance, "body", frozenset(), loose=loose)))


@settings(max_examples=1000, deadline=None, derandomize=True, database=None)
@given(_LOOSE, _LOOSE)
def test_any_mixture_of_tags_is_read_alike(head: str, body: str) -> None:
    _read(_PAGE.format("", body))
    _read(_PAGE.format(head, body))
