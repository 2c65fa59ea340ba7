"""Every component with its example on one page: what a preview shows and the browser tests look at.

It is part of a preview only; a published site has no such page.
"""

from __future__ import annotations

from msgspec import Struct

from generator.pages.frame import Frame, NavLink, article_path, canonical
from generator.pages.hub import stage_links
from generator.settings import Settings

TEMPLATE = "gallery.html"
GALLERY = "gallery"


class GalleryPage(Struct, frozen=True):
    """The examples stand in the templates; `stages` are the site's own."""

    frame: Frame
    canonical: str
    stages: tuple[NavLink, ...]


def gallery_page(frame: Frame, settings: Settings) -> GalleryPage:
    address = canonical(settings, article_path(settings.base_path, GALLERY))
    return GalleryPage(frame, address, stage_links(settings))
