"""Whether every link of the site arrives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from generator.article import Article, Standing
from generator.calculator.fragment import PREFIX
from generator.diagnostics import Diagnostic, Span
from generator.inspection import FACTS, PageFacts, resolve
from generator.messages import did_you_mean, finding
from generator.pages.frame import destination as destination_of

Written = Article | Standing
"""A page someone wrote: it has a path, a slug and a scan with the links and where they stand."""


class LinkVerifier:
    """Every link of every page against the files and anchors that will be there."""

    def __init__(
        self,
        facts: Mapping[str, bytes],
        written: Mapping[str, Written],
        base_path: str,
        excused: Collection[str],
    ) -> None:
        """`facts` are packed; `written` are sources by destination; `excused` destinations failed
        on their own.
        """
        self._facts = facts
        self._written = written
        self._base = base_path
        self._excused = excused
        self._anchors: dict[str, frozenset[str]] = {}
        self._spans: dict[str, dict[str, list[Span]]] = {}

    def broken_links(self) -> Iterator[Diagnostic]:
        arriving: set[str] = set()
        for name in self._facts:
            for link in self._of(name).links:
                if link in arriving:
                    continue
                if self._arrives(link):
                    arriving.add(link)
                else:
                    yield from self._report(name, link)

    def _of(self, name: str) -> PageFacts:
        return FACTS.unpack(self._facts[name])

    def written_links(self, article: Article) -> Iterator[Diagnostic]:
        """The links of an article whose page could not be made, as its source has them."""
        name = destination_of("", f"/{article.slug}/")
        self._written = {**self._written, name: article}
        scan = article.scan
        own = {f"{name}#{heading.anchor}" for heading in scan.headings}
        for link in dict.fromkeys(self._resolved(name, entry.target) for entry in scan.links):
            if link not in own and not self._arrives(link):
                yield from self._report(name, link)

    def _arrives(self, link: str) -> bool:
        target, _, fragment = link.partition("#")
        if target in self._excused:
            return True
        if target not in self._facts:
            return False
        # The inputs of a calculation are no anchor; the page reads them itself.
        if not fragment or fragment.startswith(PREFIX):
            return True
        if target not in self._anchors:
            self._anchors[target] = frozenset(self._of(target).anchors)
        return fragment in self._anchors[target]

    def _report(self, name: str, link: str) -> Iterator[Diagnostic]:
        target, _, fragment = link.partition("#")
        if target in self._facts:
            yield from self._unanchored(name, link, target, fragment)
        else:
            yield from self._broken(name, link, target)

    def orphans(self, articles: Mapping[str, Article]) -> Iterator[Diagnostic]:
        """Articles no other article's page links to; a site of one article has no other."""
        if len(articles) < 2:
            return
        linked = {
            target
            for name in articles
            for target in (link.partition("#")[0] for link in self._of(name).links)
            if target != name
        }
        for name, article in articles.items():
            if name not in linked:
                yield finding("page-orphan", article.path, slug=article.slug)

    def _broken(self, name: str, link: str, target: str) -> Iterator[Diagnostic]:
        slugs = [f"/{page.slug}/" for page in self._written.values()]
        address = f"/{target.removesuffix('index.html').lstrip('/')}"
        fix = did_you_mean(address, slugs, otherwise="核对网址，站内文章写成 /slug/")
        code = "image-missing" if target.startswith("images/") else "link-broken"
        yield from self._at_source(code, name, link, target=address, fix=fix)

    def _unanchored(self, name: str, link: str, target: str, fragment: str) -> Iterator[Diagnostic]:
        page = self._written.get(target)
        anchors = [heading.anchor for heading in page.scan.headings] if page else []
        fix = did_you_mean(fragment, anchors, otherwise=f"那一页的标题有：{'、'.join(anchors)}")
        where = "本页" if target == name else f"/{target.removesuffix('index.html')}"
        yield from self._at_source(
            "anchor-broken", name, link, target=where, anchor=fragment, fix=fix
        )

    def _at_source(self, code: str, name: str, link: str, **values: str) -> Iterator[Diagnostic]:
        """At every place of the article that wrote this link, else at the emitted file."""
        page = self._written.get(name)
        spans = self._places(name).get(link, ())
        if page is None or not spans:
            yield finding(code, page.path if page else name, None, **values)
            return
        for span in spans:
            yield finding(code, page.path, span, **values)

    def _places(self, name: str) -> Mapping[str, list[Span]]:
        """Where each link of a page is written, by what it leads to."""
        if name not in self._spans:
            places = self._spans[name] = defaultdict(list)
            page = self._written.get(name)
            for entry in page.scan.links if page else ():
                places[self._resolved(name, entry.target)].append(entry.span)
        return self._spans[name]

    def _resolved(self, name: str, written: str) -> str:
        """What a link means as an author writes it: without the base path."""
        rooted = f"{self._base}{written}" if written.startswith("/") else written
        return resolve(name, rooted, self._base)
