"""Pictures of articles: upright, sized, hashed, without what a camera wrote into them."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.harness import Site, article

A = "content/articles/process/a.md"
SECRET = b"a place nobody should know"


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 40), **options: object) -> bytes:
    written = BytesIO()
    Image.linear_gradient("L").convert("RGB").resize(size).save(written, kind, **options)
    return written.getvalue()


def written_by_a_phone(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = SECRET.decode()
    return exif


def photo(orientation: int = 1) -> bytes:
    """A JPEG as a phone writes it, with a place and a way up."""
    return picture("JPEG", exif=written_by_a_phone(orientation), comment=SECRET)


def noise(size: tuple[int, int]) -> bytes:
    written = BytesIO()
    Image.effect_noise(size, 100).save(written, "PNG")
    return written.getvalue()


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site.create(tmp_path)


def shown(site: Site, name: str, content: bytes) -> tuple[dict[str, str], bytes]:
    """The attributes of the picture on the page, and the bytes behind its address."""
    site.write(f"content/images/{name}", content)
    site.write(A, article(body=f"## 先看\n\n正文。[@law-1]\n\n![一张图](/images/{name})\n"))
    site.build()
    (tag,) = re.findall(r"<img [^>]*>", site.page("a/index.html"))
    attributes = dict(re.findall(r'([a-z]+)="([^"]*)"', tag))
    return attributes, (site.target / attributes["src"].lstrip("/")).read_bytes()


def test_a_picture_has_its_size_waits_and_is_named_by_its_bytes(site: Site) -> None:
    attributes, _ = shown(site, "x.png", picture())
    assert re.fullmatch(r"/images/x\.[0-9a-f]{12}\.png", attributes.pop("src"))
    assert attributes == {
        "alt": "一张图",
        "width": "60",
        "height": "40",
        "loading": "lazy",
        "decoding": "async",
    }


def test_another_picture_has_another_address_and_the_page_follows(site: Site) -> None:
    first, _ = shown(site, "x.png", picture())
    second, _ = shown(site, "x.png", picture(size=(80, 40)))
    assert first["src"] != second["src"]
    warm = site.published()
    assert not any(name == first["src"].lstrip("/") for name in warm)
    site.build(clean=True)
    assert site.published() == warm


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.jpg", photo()),
        ("x.webp", picture("WEBP", exif=written_by_a_phone(), xmp=SECRET)),
        ("x.png", picture() + SECRET),
    ],
)
def test_nothing_but_the_picture_is_published(site: Site, name: str, content: bytes) -> None:
    assert SECRET in content
    _, served = shown(site, name, content)
    assert SECRET not in served
    assert b"Exif" not in served
    with Image.open(BytesIO(served)) as image:
        assert image.size == (60, 40)


def test_a_picture_lying_on_its_side_is_set_upright(site: Site) -> None:
    attributes, served = shown(site, "x.jpg", photo(orientation=6))
    assert (attributes["width"], attributes["height"]) == ("40", "60")
    with Image.open(BytesIO(served)) as image:
        assert image.size == (40, 60)


def test_transparency_stays(site: Site) -> None:
    written = BytesIO()
    Image.new("RGBA", (4, 4), (255, 0, 0, 10)).save(written, "PNG")
    _, served = shown(site, "x.png", written.getvalue())
    with Image.open(BytesIO(served)) as image:
        assert image.convert("RGBA").getpixel((0, 0)) == (255, 0, 0, 10)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("x.png", picture()[:60], "image-broken"),
        ("x.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 16, "image-format"),
        ("x.png", picture(size=(1601, 10)), "image-pixels"),
        ("x.png", noise((600, 600)), "image-heavy"),
        (
            "x.webp",
            picture("WEBP", save_all=True, append_images=[Image.new("RGB", (60, 40))]),
            "image-broken",
        ),
    ],
)
def test_a_picture_that_cannot_be_served_is_a_finding(
    site: Site, name: str, content: bytes, code: str
) -> None:
    site.write(f"content/images/{name}", content)
    site.write(A, article(body=f"## 先看\n\n正文。[@law-1]\n\n![一张图](/images/{name})\n"))
    assert site.findings() == [f"content/images/{name} {code}"]
    assert site.findings() == [f"content/images/{name} {code}"]  # told again, not forgotten


def test_pictures_are_looked_at_once(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    shown(site, "x.png", picture())
    monkeypatch.setattr(Image, "open", lambda *_, **__: pytest.fail("looked at again"))
    site.replace(A, "正文。", "改过的正文。")
    site.build()
    assert "改过的正文" in site.page("a/index.html")
