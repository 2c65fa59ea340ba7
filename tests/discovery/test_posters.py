"""Pictures for sharing: words that fit, no boxes, drawn for a release and kept by content."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image

from generator import site as core
from generator.catalogue import Edition
from generator.diagnostics import Diagnostic
from generator.discovery.posters import MissingGlyphError, Poster, painter
from generator.output import Memory, Output, Previous
from generator.shell.font import picture_font
from generator.shell.project import load
from tests.harness import REPOSITORY, TODAY, Site, article

PAPER = (252, 251, 248)
Paint = Callable[[Poster], bytes]


@pytest.fixture(scope="module")
def font() -> bytes:
    content, findings = picture_font()
    assert findings == ()
    return content


@pytest.fixture(scope="module")
def paint(font: bytes) -> Paint:
    return painter(font)


def words(title: str, category: str = "应对措施") -> Poster:
    return Poster(
        title, category, "逾期须知", "公益信息，不构成法律意见；不放贷、不代办、不收费。", "f"
    )


@pytest.mark.parametrize(
    "title",
    [
        "催收会上门吗？",
        "一个特别长的标题用来看看排版会不会出问题，四十个字以内的标题最多也就这么长了，对吧？",
        "LPR 3.00% 和 APR 36%：GB/T 45251—2025、Wechat Pay 怎么换算，（《民法典》第 675 条）？",
        "囧、燚、龘、㙍、镕：生僻字会不会变成方框？",
        "W" * 60,
    ],
)
def test_a_title_keeps_to_its_room(paint: Paint, title: str) -> None:
    content = paint(words(title))
    image = Image.open(BytesIO(content)).convert("RGB")
    assert image.size == (1200, 630)
    assert len(content) < 60_000
    for margin in ((20, 0, 85, 630), (1116, 0, 1200, 630), (20, 521, 1200, 527), (20, 0, 1200, 70)):
        colours = image.crop(margin).getcolors()
        assert colours is not None
        assert [colour for _, colour in colours] == [PAPER], margin
    assert len(image.crop((90, 136, 1110, 520)).getcolors(100_000) or ()) > 1


@pytest.mark.parametrize("sign", ["𠮷", "😀", "\ue000"])
def test_a_sign_without_a_picture_is_refused_and_never_a_box(paint: Paint, sign: str) -> None:
    with pytest.raises(MissingGlyphError) as caught:
        paint(words(f"这个字{sign}怎么办？"))
    assert caught.value.sign == sign


def test_a_picture_is_the_same_each_time(paint: Paint, font: bytes) -> None:
    assert paint(words("甲？")) == painter(font)(words("甲？"))
    assert words("甲？").name != words("乙？").name
    assert re.fullmatch(r"og/[0-9a-f]{12}\.png", words("甲？").name)


def test_every_title_of_the_real_site_can_be_drawn(font: bytes) -> None:
    from generator.discovery.posters import _check, sizes

    check = sizes(font)(46)
    for path in (REPOSITORY / "content" / "articles").rglob("*.md"):
        title = re.search(r"^title: (.*)$", path.read_text("utf-8"), re.MULTILINE)
        assert title is not None
        _check(title[1], check)


def _build(
    site: Site, font: bytes, previous: Previous | None = None
) -> tuple[dict[str, Output], list[Diagnostic]]:
    project = load(site.root / "site_config.yml")
    sources = replace(project.sources, font=font)
    memory = Memory()
    events = list(
        core.build(project.settings, sources, Edition(TODAY), previous or Previous(), memory)
    )
    outputs = {event.destination: event for event in events if isinstance(event, Output)}
    return outputs, [event for event in events if isinstance(event, Diagnostic)]


def test_a_release_names_its_pictures_and_draws_none_twice(tmp_path: Path, font: bytes) -> None:
    site = Site.create(tmp_path)
    outputs, findings = _build(site, font)
    assert [entry.code for entry in findings] == []
    drawn = {name for name in outputs if name.startswith("og/")}
    named = {
        address.decode().removeprefix("https://test.example/")
        for entry in outputs.values()
        for address in re.findall(rb'property="og:image" content="([^"]+)"', entry.content or b"")
    }
    assert named == drawn
    assert len(drawn) == 3, "two articles and one for all other pages"
    known = {name: entry.fingerprint for name, entry in outputs.items()}
    site.replace("content/articles/process/a.md", "正文。", "改过的正文。")
    again, _ = _build(site, font, Previous(outputs=known))
    assert {name for name in drawn if again[name].content is not None} == set()


def test_a_build_that_is_no_release_draws_none(tmp_path: Path) -> None:
    outputs, _ = _build(Site.create(tmp_path), b"")
    assert [name for name in outputs if name.startswith("og/")] == []
    assert all(b"og:image" not in (entry.content or b"") for entry in outputs.values())


def test_a_title_the_font_cannot_draw_is_told_at_its_article(tmp_path: Path, font: bytes) -> None:
    site = Site.create(tmp_path)
    site.write("content/articles/process/c.md", article("丙𠮷逾期怎么办？", related="[a]"))
    _, findings = _build(site, font)
    assert ("content/articles/process/c.md", "picture-glyph") in [
        (entry.path, entry.code) for entry in findings
    ]


def test_a_missing_font_is_told() -> None:
    content, findings = picture_font("no_such_font_package")
    assert (content, [entry.code for entry in findings]) == (b"", ["picture-font"])


def test_a_preview_is_not_to_be_found(tmp_path: Path) -> None:
    site = Site.create(tmp_path)
    site.replace("site_config.yml", "      footer:", "      preview: true\n      footer:")
    outputs, _ = _build(site, b"")
    pages = [entry.content or b"" for name, entry in outputs.items() if name.endswith(".html")]
    assert all(b'<meta name="robots" content="noindex">' in page for page in pages)
    assert not {"sitemap.xml", "robots.txt"} & outputs.keys()
