"""What is recorded while a browser reads, and what is measured on a page."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

_MEASURE = (Path(__file__).parent / "measure.js").read_text("utf-8")
_LAY_OUT = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { content-visibility: visible !important; }");
  document.adoptedStyleSheets = [sheet];
}"""


@dataclass
class Recorder:
    """Everything a context asked for and everything that went wrong, in order."""

    origin: str
    requested: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    expected_misses: set[str] = field(default_factory=set)

    def watch(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", lambda event: self.problems.append(f"page error: {event.error}"))
        context.on("request", lambda request: self.requested.append(request.url))
        context.on("requestfailed", self._failed)
        context.on("response", self._response)

    def clear(self) -> None:
        """Begin anew."""
        self.requested.clear()
        self.problems.clear()
        self.expected_misses.clear()

    def expect_miss(self, address: str) -> None:
        """`address` will be answered with 404; the browser's own line about it is no fault."""
        self.expected_misses.add(address)

    def _console(self, message: ConsoleMessage) -> None:
        if message.location["url"] not in self.expected_misses:
            self.problems.append(
                f"console {message.type}: {message.text} ({message.location['url']})"
            )

    def _failed(self, request: Request) -> None:
        # A reader who goes on before the icon has come gives it up; that is no fault.
        if request.failure != "net::ERR_ABORTED":
            self.problems.append(f"request failed: {request.url} ({request.failure})")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.url not in self.expected_misses:
            self.problems.append(f"status {response.status}: {response.url}")

    def outside(self) -> list[str]:
        """Addresses on another host, or another port of this one."""
        host = urlsplit(self.origin).netloc
        return [url for url in self.requested if urlsplit(url).netloc != host]

    def assert_clean(self) -> None:
        assert not self.problems, "\n".join(self.problems)
        assert not self.outside(), "\n".join(self.outside())


def lay_out(page: Page) -> None:
    """Everything, also what a page leaves until a reader comes near."""
    page.evaluate(_LAY_OUT)


@dataclass(frozen=True)
class Measured:
    """The result of `measure.js`. Lists hold one sentence for each fault."""

    headings: int
    language: str
    title: str
    description: str
    robots: str
    overflow: list[str]
    faint: list[str]
    hidden: list[str]
    small: list[str]
    squeezed: list[str]
    torn: list[str]
    dangling: list[str]
    read: int

    @classmethod
    def of(cls, page: Page, *, contrast: bool = True, text: int = 100) -> Self:
        """Measure `page` with text of so many percent; colours only if asked for, they take longest."""
        lay_out(page)
        return cls(**page.evaluate(_MEASURE, {"contrasts": contrast, "text": f"{text}%"}))
