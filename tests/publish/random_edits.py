"""An editor at work: random, valid edits of a whole project, reproducible from a seed.

`Editor` holds what the project should say and writes the files that differ.
Whatever it does, the project has no errors afterwards: links, related articles
and redirects follow when an article moves, disappears or becomes a draft.
"""

from __future__ import annotations

import os
import random
from datetime import timedelta
from pathlib import Path

from tests.harness import CONFIG, PRODUCTS, REPOSITORY, SOURCES, TODAY, Site, png
from tests.publish.manuscript import TABLES, Piece, article_text, own_page

_TAGS = ("逾期", "催收", "协商", "征信", "起诉", "防骗")
_STAGES = ("overdue-1-30", "sued")
_CATEGORIES = {"process": "催收流程", "safety": "防骗", "credit": "征信", "remedies": "应对措施"}
_URLS = ("https://test.example/", "https://test.example/sub/", "https://test.example/deep/er/")
_TEMPLATES = REPOSITORY / "templates"
# The files an editor removes when they are no longer needed; others are left alone.
_OWN = tuple(
    f"content/{name}" for name in ("articles/**/*", "images/*", "pages/*", "stages/*", "data/*")
)


class Editor:
    """Edits a site; `step()` does one thing and says which."""

    def __init__(self, site: Site, seed: int) -> None:
        self.site = site
        self.random = random.Random(seed)
        self.day = TODAY
        self.pieces: dict[str, Piece] = {}
        self.redirects: dict[str, str] = {}
        self.rules = {"law-1": 0, "guide-1": 0}
        self.statement = 0
        self.tables: int | None = None
        self.own_pages = {"sources-list": 0, "checks": 0}
        self.images: dict[str, int] = {}
        self.categories = ["process", "safety"]
        self.settings: dict[str, str] = {}
        self.templates: dict[str, str] = {}
        self.recorded: set[str] = set()
        self._numbers = iter(range(1, 1_000_000))
        for _ in range(9):
            self.add_article()
        self.save()

    def step(self, names: tuple[str, ...]) -> str:
        name = self.random.choice(names)
        getattr(self, name)()
        self.save()
        return name

    def piece(self) -> Piece:
        return self.random.choice(list(self.pieces.values()))

    def number(self) -> int:
        return next(self._numbers)

    # -- articles -----------------------------------------------------------------------

    def add_article(self) -> None:
        gone = sorted(self.redirects)
        again = gone and self.random.random() < 0.2
        slug = self.random.choice(gone) if again else f"p{self.number()}"
        self.redirects.pop(slug, None)
        self.pieces[slug] = Piece(
            slug=slug,
            category=self.random.choice(self.categories),
            title=f"第{self.number()}问怎么办？",
            summary=f"第{self.number()}个回答：先看清自己欠多少。",
            text=self.number(),
            tags=self.random.sample(_TAGS, self.random.randint(1, 3)),
            published=TODAY + timedelta(days=self.random.randint(-400, 20)),
            fact_check=self.random.random() < 0.3,
        )
        self.edit_references()

    def edit_body(self) -> None:
        self.piece().text = self.number()

    def edit_title(self) -> None:
        self.piece().title = f"新的第{self.number()}问怎么办？"

    def edit_summary(self) -> None:
        self.piece().summary = f"新的第{self.number()}个回答：先看清自己欠多少。"

    def edit_tags(self) -> None:
        self.piece().tags = self.random.sample(_TAGS, self.random.randint(1, 3))

    def edit_stage(self) -> None:
        self.piece().stage = self.random.choice((None, *_STAGES))

    def edit_product(self) -> None:
        """Of an article, or what is said of the product itself."""
        piece = self.piece()
        piece.product = None if piece.product else "weilidai"
        self.statement += self.random.randint(0, 1)

    def edit_related(self) -> None:
        self.piece().related = self.random.sample(list(self.pieces), 2)

    def edit_references(self) -> None:
        piece = self.piece()
        piece.links = self.random.sample(list(self.pieces), min(2, len(self.pieces)))
        piece.cites = self.random.sample(list(self.rules), self.random.randint(1, len(self.rules)))
        piece.image = self.random.choice((None, *self.images))
        piece.fact_check = not piece.fact_check

    def toggle_draft(self) -> None:
        piece = self.piece()
        piece.draft = not piece.draft and len(self.public()) > 5

    def move_to_category(self) -> None:
        self.piece().category = self.random.choice(self.categories)

    def rename_article(self) -> None:
        piece = self.piece()
        self.pieces.pop(piece.slug)
        self._redirect(piece.slug, slug := f"p{self.number()}")
        piece.slug = slug
        self.pieces[slug] = piece

    def delete_article(self) -> None:
        if len(self.public()) > 5:
            slug = self.piece().slug
            self.pieces.pop(slug)
            if self.random.random() < 0.7:
                self._redirect(slug, self.random.choice(sorted(self.public())))
            else:
                self.redirects = {old: to for old, to in self.redirects.items() if to != slug}

    def _redirect(self, old: str, new: str) -> None:
        self.redirects = {o: new if to == old else to for o, to in self.redirects.items()}
        self.redirects[old] = new

    # -- everything else ----------------------------------------------------------------

    def pass_days(self) -> None:
        self.day = TODAY + timedelta(days=self.random.randint(-3, 20))

    def edit_source(self) -> None:
        self.rules[self.random.choice(list(self.rules))] = self.number()

    def edit_own_page(self) -> None:
        """One of the site's own pages, which list what the articles cite and check, or a stage's."""
        name = self.random.choice(("sources-list", "checks", "about", "sued"))
        if name in self.own_pages and self.random.random() < 0.3:
            self.own_pages.pop(name)
        else:
            self.own_pages[name] = self.number()

    def edit_tables(self) -> None:
        """Give the site the calculator, change its tables, or take it away."""
        self.tables = None if self.tables and self.random.random() < 0.3 else self.number()

    def edit_example(self) -> None:
        self.piece().principal = self.random.choice((0, 10_000 + self.number()))

    def edit_image(self) -> None:
        name = f"photo{self.random.randint(1, 4)}.png"
        self.images[name] = self.number()
        self.piece().image = name

    def delete_image(self) -> None:
        if self.images:
            self.images.pop(self.random.choice(list(self.images)))

    def record_addresses(self) -> None:
        self.recorded = self.present()

    def edit_configuration(self) -> None:
        key = self.random.choice(("name", "url", "scam", "sizes", "operator", "tables"))
        self.settings[key] = {
            "url": self.random.choice(_URLS),
            "sizes": self.random.choice(("1, home: 1, latest: 3, cards: 4", "3, cards: 5")),
            "tables": self.random.choice(("[", "[tables, ")),
        }.get(key, f"{key} {self.number()}")

    def edit_categories(self) -> None:
        used = {piece.category for piece in self.pieces.values()}
        spare = [name for name in _CATEGORIES if name not in self.categories]
        unused = [name for name in self.categories if name not in used]
        if unused and self.random.random() < 0.5:
            self.categories.remove(unused[0])
        elif spare:
            self.categories.append(spare[0])
        self.random.shuffle(self.categories)

    def edit_template(self) -> None:
        name, text = self._template("*.html")
        mark = "</body>" if "</body>" in text else "{% block main %}\n"
        assert text.count(mark) == 1, name
        visible = self.random.choice((f"<p>{self.number()}</p>\n", "{# nothing a reader sees #}"))
        ends = visible + mark if mark == "</body>" else mark + visible
        self.templates[name] = text.replace(mark, ends)

    def edit_component(self) -> None:
        name, text = self._template("**/macro.html")
        head, tail = text.rsplit("{% endmacro %}", 1)
        self.templates[name] = f"{head}<!-- {self.number()} -->\n{{% endmacro %}}{tail}"

    def edit_style(self) -> None:
        name, text = self._template("**/*.css")
        self.templates[name] = f"{text}.v {{ margin: {self.number()}px; }}\n"

    def edit_script(self) -> None:
        name, text = self._template("**/form.js")
        self.templates[name] = f"{text}// {self.number()}\nconst unused = {self.number()};\n"

    def restore_templates(self) -> None:
        self.templates.clear()

    def _template(self, pattern: str) -> tuple[str, str]:
        path = self.random.choice(sorted(_TEMPLATES.glob(pattern)))
        return path.relative_to(_TEMPLATES).as_posix(), path.read_text("utf-8")

    def touch_everything(self) -> None:
        """Other times, and the entries of every folder in another order; the same bytes."""
        paths = [path for path in self.site.root.glob("content/**/*") if path.is_file()]
        self.random.shuffle(paths)
        for path in paths:
            content = path.read_bytes()
            path.unlink()
            path.write_bytes(content)
            moment = self.random.randint(0, 2_000_000_000)
            os.utime(path, (moment, moment))

    # -- what stands on the disk --------------------------------------------------------

    def public(self) -> set[str]:
        return {p.slug for p in self.pieces.values() if not p.draft and p.published <= self.day}

    def present(self) -> set[str]:
        arriving = {old for old, to in self.redirects.items() if to in self.public()}
        pages = {f"/{slug}/" for slug in self.public() | (arriving - self.pieces.keys())}
        return {"/", *pages, *(f"/category/{name}/" for name in self.categories)}

    def save(self) -> None:
        files = self.files()
        for path in [path for pattern in _OWN for path in self.site.root.glob(pattern)]:
            name = path.relative_to(self.site.root).as_posix()
            if path.is_file() and name not in files:
                path.unlink()
        for name, content in files.items():
            path = self.site.root / name
            if not path.is_file() or path.read_bytes() != content:
                self.site.write(name, content)

    def files(self) -> dict[str, bytes]:
        self.recorded &= self.present()
        texts = {
            "site_config.yml": self._configuration(),
            "content/data/sources.yml": self._sources(),
            "content/data/products.yml": PRODUCTS.replace("微粒贷", f"微粒贷{self.statement}"),
            "content/published-urls.txt": "".join(f"{url}\n" for url in sorted(self.recorded)),
            **{piece.path: self._article(piece) for piece in self.pieces.values()},
        }
        for name in TABLES if self.tables else ():
            texts[name] = self._table(name)
        for name, text in self.own_pages.items():
            folder = "stages" if name == "sued" else "pages"
            listing = {"sources-list": "sources", "checks": "fact-checks"}.get(name, "")
            texts[f"content/{folder}/{name}.md"] = own_page(f"第{text}版{name}", text, listing)
        for path in _TEMPLATES.rglob("*"):
            if path.is_file():
                name = path.relative_to(_TEMPLATES).as_posix()
                texts[f"templates/{name}"] = self.templates.get(name) or path.read_text("utf-8")
        images = {f"content/images/{name}": png(level) for name, level in self.images.items()}
        return {name: text.encode() for name, text in texts.items()} | images

    def _article(self, piece: Piece) -> str:
        old = [name for name, to in self.redirects.items() if to == piece.slug]
        free = [name for name in old if name not in self.pieces]
        calculates = self.tables is not None
        return article_text(
            piece, self.pieces, self.public(), free, images=self.images, calculates=calculates
        )

    def _table(self, name: str) -> str:
        """The repository's own, with other words and other figures."""
        text = (REPOSITORY / name).read_text("utf-8")
        text = text.replace("    principal: 欠款本金\n", f"    principal: 欠款本金{self.tables}\n")
        return text.replace("value: 年 3%,", f"value: 年 2.{self.tables}%,")

    def _configuration(self) -> str:
        head, rest = CONFIG.split("      categories:\n")
        stages = rest[rest.index("      stages:") :]
        for key, old in (("name", "测试站"), ("url", _URLS[0]), ("tables", "[tables, ")):
            head = head.replace(old, self.settings.get(key, old))
        head = head.replace("先收费的是骗局", self.settings.get("scam", "先收费的是骗局"))
        categories = "".join(
            f"        - {{id: {name}, title: {_CATEGORIES[name]}, summary: 会发生什么。}}\n"
            for name in self.categories
        )
        options = ""
        if "sizes" in self.settings:
            options += f"      page_sizes: {{category: {self.settings['sizes']}}}\n"
        if "operator" in self.settings:
            options += f"      operator: {{name: {self.settings['operator']}}}\n"
        head = head.replace("  - yuqi:\n", f"  - yuqi:\n{options}")
        return f"{head}      categories:\n{categories}{stages}"

    def _sources(self) -> str:
        text = SOURCES
        for name, old in (("law-1", "应当按期还款。"), ("guide-1", "晚上十点后不打电话。")):
            text = text.replace(old, f"{old}（第{self.rules[name]}次改）")
        return text


EDITS = (
    *("add_article", "edit_body", "edit_title", "edit_summary", "edit_tags", "edit_stage"),
    *("edit_related", "edit_references", "toggle_draft", "move_to_category", "rename_article"),
    *("delete_article", "pass_days", "edit_source", "edit_image", "delete_image"),
    *("edit_product", "edit_own_page", "edit_tables", "edit_example", "edit_script"),
    *("record_addresses", "edit_configuration", "edit_categories", "edit_template"),
    *("edit_component", "edit_style", "restore_templates", "touch_everything"),
)


def base_site(root: Path) -> Site:
    """The harness's project without its two articles."""
    site = Site.create(root)
    for path in ("content/articles/process/a.md", "content/articles/safety/b.md"):
        site.delete(path)
    return site
