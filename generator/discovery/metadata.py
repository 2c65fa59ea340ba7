"""What stands in the head of a page for search engines and for those who share its address."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from generator.citations import Note
from generator.discovery.posters import poster, site_poster
from generator.discovery.structured import Described, graph
from generator.pages.article import ArticlePage
from generator.pages.gallery import GalleryPage
from generator.pages.home import HomePage
from generator.pages.hub import HubPage
from generator.pages.signpost import NotFoundPage, RedirectPage
from generator.pages.source_lists import SourceListPage


class About(Struct, frozen=True):
    """A page as its head tells of it. `published` and `modified` are days, `""` but on articles.

    `verification` are (name, content) by which search engines know the owner of a site.
    """

    canonical: str
    title: str
    description: str
    kind: str
    published: str
    modified: str
    picture: str
    graph: str
    verification: tuple[tuple[str, str], ...]


def about(
    page: Described | NotFoundPage | RedirectPage | GalleryPage, notes: Sequence[Note]
) -> About | None:
    """`None` for a page that is not to be found, as all of a preview are."""
    if isinstance(page, NotFoundPage | RedirectPage | GalleryPage) or page.frame.preview:
        return None
    article = page if isinstance(page, ArticlePage) else None
    home = page if isinstance(page, HomePage) else None
    return About(
        canonical=page.canonical,
        title=_title(page),
        description=_description(page),
        kind="website" if home is not None else "article",
        published=article.published if article else "",
        modified=article.modified if article else "",
        picture=_picture(page),
        graph=graph(page, notes),
        verification=home.verification if home else (),
    )


def _picture(page: Described) -> str:
    """Its full address; `""` where none are drawn."""
    if not page.frame.picture_font:
        return ""
    drawn = poster(page) if isinstance(page, ArticlePage) else site_poster(page.frame)
    return page.frame.site_url + drawn.name


def _title(page: Described) -> str:
    return page.frame.site_name if isinstance(page, HomePage) else page.title


def _description(page: Described) -> str:
    if isinstance(page, HomePage):
        return page.description
    if isinstance(page, HubPage | SourceListPage) and page.first:
        return f"{page.summary}从“{page.first}”起。"
    return page.summary
