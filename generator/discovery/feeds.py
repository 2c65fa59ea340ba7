"""Feeds of the newest articles: Atom (RFC 4287) and JSON Feed 1.1, of the site and of a category.

A feed has no date of its own: it is as new as its newest entry.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from msgspec import Struct

from generator.article import Article
from generator.catalogue import Catalogue
from generator.pages.frame import article_path, canonical, hub_path
from generator.pages.hub import FEED
from generator.settings import Settings

ATOM, JSON_FEED = FEED, "feed.json"
_LANGUAGE = "zh-CN"
# Atom demands a date of a feed that has no entries yet.
_NEVER = "1970-01-01"


class Entry(Struct, frozen=True):
    """An article in a feed; both dates are days in Beijing."""

    address: str
    title: str
    summary: str
    category: str
    published: str
    modified: str


class Channel(Struct, frozen=True):
    """What both formats say; `address` is the page the feed follows, `feed` the file's own."""

    title: str
    description: str
    author: str
    address: str
    feed: str
    entries: tuple[Entry, ...]

    @property
    def modified(self) -> str:
        """`""` for a feed without entries."""
        return max((entry.modified for entry in self.entries), default="")


class Atom(Struct, frozen=True):
    """The feed as XML."""

    channel: Channel

    def content(self) -> bytes:
        channel = self.channel
        entries = "".join(_entry(entry) for entry in channel.entries)
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{_LANGUAGE}">\n'
            f"<id>{escape(channel.feed)}</id>\n"
            f"<title>{escape(channel.title)}</title>\n"
            f"<subtitle>{escape(channel.description)}</subtitle>\n"
            f"<updated>{_moment(channel.modified or _NEVER)}</updated>\n"
            f'<link rel="self" type="application/atom+xml" href="{escape(channel.feed)}"/>\n'
            f'<link rel="alternate" type="text/html" href="{escape(channel.address)}"/>\n'
            f"<author><name>{escape(channel.author)}</name></author>\n"
            f"{entries}</feed>\n"
        ).encode()


def _entry(entry: Entry) -> str:
    return (
        f"<entry>\n<id>{escape(entry.address)}</id>\n<title>{escape(entry.title)}</title>\n"
        f'<link rel="alternate" type="text/html" href="{escape(entry.address)}"/>\n'
        f"<published>{_moment(entry.published)}</published>\n"
        f"<updated>{_moment(entry.modified)}</updated>\n"
        f'<category term="{escape(entry.category)}"/>\n'
        f"<summary>{escape(entry.summary)}</summary>\n</entry>\n"
    )


class JsonFeed(Struct, frozen=True):
    """The feed as JSON."""

    channel: Channel

    def content(self) -> bytes:
        channel = self.channel
        value: dict[str, Any] = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": channel.title,
            "home_page_url": channel.address,
            "feed_url": channel.feed,
            "description": channel.description,
            "language": _LANGUAGE,
            "authors": [{"name": channel.author}],
            "items": [
                {
                    "id": entry.address,
                    "url": entry.address,
                    "title": entry.title,
                    "content_text": entry.summary,
                    "date_published": _moment(entry.published),
                    "date_modified": _moment(entry.modified),
                    "tags": [entry.category],
                }
                for entry in channel.entries
            ],
        }
        return f"{json.dumps(value, ensure_ascii=False, indent=1)}\n".encode()


def _moment(day: str) -> str:
    """Both formats want a time; the first one of the day in Beijing stands for the day."""
    return f"{day}T00:00:00+08:00"


def feeds(catalogue: Catalogue, settings: Settings) -> Iterator[tuple[str, Atom | JsonFeed]]:
    """(site path without the base, file) of every feed."""
    newest = catalogue.newest_first
    site = (settings.site_name, settings.site_description)
    yield from _both(newest, "/", *site, settings)
    for category in settings.options.categories:
        own = [article for article in newest if article.category == category.id]
        title = f"{category.title} - {settings.site_name}"
        path = hub_path("", "category", category.id)
        yield from _both(own, path, title, category.summary, settings)


def _both(
    articles: Sequence[Article], path: str, title: str, description: str, settings: Settings
) -> Iterator[tuple[str, Atom | JsonFeed]]:
    """The two formats of the feed that follows the page at `path`."""
    entries = tuple(
        entry(article, settings) for article in articles[: settings.options.page_sizes.feed]
    )
    address = canonical(settings, f"{settings.base_path}{path}")
    author = settings.options.operator.name or settings.site_name

    def channel(name: str) -> Channel:
        return Channel(title, description, author, address, f"{address}{name}", entries)

    yield f"{path}{ATOM}", Atom(channel(ATOM))
    yield f"{path}{JSON_FEED}", JsonFeed(channel(JSON_FEED))


def entry(article: Article, settings: Settings) -> Entry:
    path = article_path(settings.base_path, article.slug)
    return Entry(
        address=canonical(settings, path),
        title=article.title,
        summary=article.summary,
        category=settings.category(article.category).title,
        published=article.published.isoformat(),
        modified=article.modified.isoformat(),
    )
