"""`robots.txt` for crawlers and `llms.txt` for language models: short, and of bounded length."""

from __future__ import annotations

from msgspec import Struct

from generator.catalogue import Catalogue
from generator.discovery.sitemap import NAME as SITEMAP
from generator.pages.article import TEXT_NAME
from generator.pages.frame import article_path, canonical, hub_path
from generator.settings import Settings

_PER_CATEGORY = 100


class Robots(Struct, frozen=True):
    """Everything may be read; `sitemap` is a full address."""

    sitemap: str

    def content(self) -> bytes:
        return f"User-agent: *\nAllow: /\n\nSitemap: {self.sitemap}\n".encode()


def robots(settings: Settings) -> Robots:
    return Robots(f"{settings.site_url}{SITEMAP}")


class Key(Struct, frozen=True):
    """The file that proves to IndexNow whose site this is; its name is the key, too."""

    key: str

    def content(self) -> bytes:
        return self.key.encode()


class Shelf(Struct, frozen=True):
    """A category: its page, and (title, address of the text, summary) of its newest articles."""

    title: str
    summary: str
    address: str
    articles: tuple[tuple[str, str, str], ...]
    more: bool


class Guide(Struct, frozen=True):
    """What a language model should know before it quotes this site."""

    site_name: str
    description: str
    disclaimer: str
    crisis: str
    sitemap: str
    shelves: tuple[Shelf, ...]

    def content(self) -> bytes:
        shelves = "\n\n".join(_told(shelf) for shelf in self.shelves)
        return (
            f"# {self.site_name}\n\n> {self.description}\n\n{self.disclaimer}\n{self.crisis}\n\n"
            "每篇文章都有纯文本版：在文章网址后面加 index.txt。里面写着发布日期、资料核对日期、"
            "每条出处和它的核实程度。引用时请一并说明核对日期，并给出文章网址。\n"
            f"全部网址：{self.sitemap}\n\n{shelves}\n"
        ).encode()


def _told(shelf: Shelf) -> str:
    lines = [f"## {shelf.title}", "", shelf.summary, ""]
    lines += (f"- [{title}]({address}): {summary}" for title, address, summary in shelf.articles)
    if shelf.more:
        lines.append(f"- [{shelf.title}的全部文章]({shelf.address})")
    return "\n".join(lines)


def guide(catalogue: Catalogue, settings: Settings) -> Guide:
    newest = catalogue.newest_first
    shelves = []
    for category in settings.options.categories:
        own = [article for article in newest if article.category == category.id]
        address = canonical(settings, hub_path(settings.base_path, "category", category.id))
        listed = tuple(
            (entry.title, text_address(entry.slug, settings), entry.summary)
            for entry in own[:_PER_CATEGORY]
        )
        more = len(own) > _PER_CATEGORY
        shelves.append(Shelf(category.title, category.summary, address, listed, more))
    footer = settings.options.footer
    return Guide(
        site_name=settings.site_name,
        description=settings.site_description,
        disclaimer=footer.disclaimer,
        crisis=footer.crisis,
        sitemap=f"{settings.site_url}{SITEMAP}",
        shelves=tuple(shelves),
    )


def text_address(slug: str, settings: Settings) -> str:
    return canonical(settings, article_path(settings.base_path, slug)) + TEXT_NAME
