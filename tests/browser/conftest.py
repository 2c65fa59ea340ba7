"""A browser, the repository's own site, and readers whose every request is recorded.

The fixtures live as long as this package's tests: the browser's driver keeps threads,
and the tests of other packages fork.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from generator.catalogue import Edition
from generator.errors import FindingsError
from generator.shell import builder, report
from generator.shell.project import load
from tests.browser.observation import Recorder
from tests.browser.static_server import served
from tests.chromium import launched
from tests.harness import TODAY, Site, article, copied_project

OLD_SLUG = "weilidai-old-address"
REDIRECTED = "weilidai-collection-process"


@dataclass(frozen=True)
class Published:
    """A served site: its origin and its files by destination."""

    origin: str
    files: dict[str, bytes]

    @property
    def pages(self) -> list[str]:
        """The address of every HTML page, as a path."""
        names = (name for name in self.files if name.endswith(".html"))
        return sorted(f"/{name.removesuffix('index.html')}" for name in names)

    def text(self, path: str) -> str:
        name = path.lstrip("/")
        return self.files[f"{name}index.html" if path.endswith("/") else name].decode()


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


def built(site: Site) -> dict[str, bytes]:
    """The files of the published site; what forbids a build is told instead of a traceback."""
    try:
        site.build(as_of=TODAY)
    except FindingsError as error:
        lines = "\n".join(report.as_text(report.locate(error.findings, {})))
        pytest.fail(f"there is no site to look at:\n{lines}", pytrace=False)
    return site.published()


@pytest.fixture(scope="package")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    """The site of the repository, with one old address that redirects."""
    site = copied_project(tmp_path_factory.mktemp("published") / "project")
    path = f"content/articles/process/{REDIRECTED}.md"
    text = site.read(path)
    site.write(path, text.replace("\n---\n", f"\nredirect_from: [{OLD_SLUG}]\n---\n", 1))
    files = built(site)
    with served(files) as origin:
        yield Published(origin, files)


WIDE = """\
## 一段很长的英文网址和单词

<https://www.example.gov.cn/a/very/long/path/without/any/place/to/break/it/index_2026_11_24.html>

Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft，`没有空格的代码_0123456789012345678901234567890123456789`。

## 一张很宽的表

| 项目 | 第一阶段 | 第二阶段 | 第三阶段 | 第四阶段 | 第五阶段 |
| --- | ---: | :---: | --- | --- | --- |
| 微粒贷微粒贷微粒贷 | 1,234,567,890.00 元 | 说明文字说明文字 | 很长的一格很长的一格 | 甲 | 乙 |

## 一段代码和各种框

```
一行很长的文字，不折行，0123456789012345678901234567890123456789012345678901234567890123456789
```

!!! warning "提醒"
    先收费的是骗局。[说明](/a/)

??? note "展开看"
    这里面是细节。

> 引用的一句话。

```fact-check
claim: 某说法
verdict: 无依据
basis: 没有依据。[@law-1]
```

### 小标题

1. 第一步
    - 里面一层
2. 第二步[@guide-1]

术语
:   解释。
"""


@pytest.fixture(scope="package")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    """A made-up site with what the repository's has not yet: further pages, wide content."""
    site = Site.create(tmp_path_factory.mktemp("crowded"))
    site.replace(
        "site_config.yml", "      stages:", "      page_sizes: {category: 1}\n      stages:"
    )
    title = "Donaudampfschifffahrtsgesellschaft逾期了？"
    site.write("content/articles/process/wide.md", article(title, WIDE))
    for number in range(4):
        path = f"content/articles/process/n{number}.md"
        site.write(path, article(f"第{number}种情况怎么办？"))
    files = built(site)
    with served(files) as origin:
        yield Published(origin, files)


@pytest.fixture(scope="package")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    """A small site as a preview has it: with the page of all components."""
    site = Site.create(tmp_path_factory.mktemp("gallery"))
    project = load(site.root / "site_config.yml")
    builder.publish(project, site.target, Edition(TODAY, drafts=True))
    files = site.published()
    with served(files) as origin:
        yield Published(origin, files)


NewReader = Callable[..., Page]


class Readers:
    """Pages on one site, one for each way of reading, kept from test to test: a context is dear."""

    def __init__(self, browser: Browser, origin: str) -> None:
        self._browser = browser
        self._origin = origin
        self._pages: dict[str, Page] = {}
        self.recorder = Recorder(origin)

    def open(self, path: str = "/", *, miss: bool = False, **options: Any) -> Page:
        """The page at `path`; `options` are those of `Browser.new_context`.

        `miss` says that there is no such address and the host will answer 404.
        """
        page = self._page(options)
        if miss:
            self.recorder.expect_miss(self._origin + path)
        page.emulate_media(media="null")
        page.goto(path)
        return page

    def _page(self, options: dict[str, Any]) -> Page:
        key = repr(sorted(options.items()))
        if key not in self._pages:
            context = self._browser.new_context(
                base_url=self._origin, viewport={"width": 360, "height": 800}, **options
            )
            self.recorder.watch(context)
            self._pages[key] = context.new_page()
        return self._pages[key]

    def close(self) -> None:
        for page in self._pages.values():
            page.context.close()


@pytest.fixture(scope="package")
def readers(chromium: Browser, published: Published) -> Iterator[Readers]:
    readers = Readers(chromium, published.origin)
    yield readers
    readers.close()


@pytest.fixture
def reader(readers: Readers) -> Iterator[NewReader]:
    """Opens a page of the repository's site; what it loads must come clean and from there."""
    readers.recorder.clear()
    yield readers.open
    readers.recorder.assert_clean()
