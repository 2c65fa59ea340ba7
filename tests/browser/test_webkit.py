"""Every type of page in a second engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest

from tests.browser.conftest import Published
from tests.browser.static_server import served
from tests.browser.test_gallery import TYPES
from tests.browser.webkit import WebKit, webkit

pytestmark = pytest.mark.soak

PATHS = {**TYPES, "calculator": "/calculator/", "tag": "/tag/%E5%82%AC%E6%94%B6/"}
ARTICLE = TYPES["article"]
# The driver has no way to read the console: a page that is looked at carries this script first.
PLACE = "recorder.js"
RECORDER = """\
window.problems = [];
for (const kind of ["error", "warn"]) {
  console[kind] = (...what) => problems.push(kind + ": " + what.join(" "));
}
addEventListener("error", (event) => {
  problems.push(event.message || "not loaded: " + (event.target.src || event.target.href));
}, true);
addEventListener("unhandledrejection", (event) => problems.push(String(event.reason)));
addEventListener("securitypolicyviolation", (event) => {
  problems.push(event.effectiveDirective + " " + event.blockedURI);
});
"""


def recorded(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """A site whose pages tell what goes wrong on them; the policy allows scripts of its own."""
    tag = f'<meta charset="utf-8"><script src="/{PLACE}"></script>'.encode()
    pages = {
        name: content.replace(b'<meta charset="utf-8">', tag, 1)
        for name, content in files.items()
        if name.endswith(".html")
    }
    return {**files, **pages, PLACE: RECORDER.encode()}


@dataclass(frozen=True)
class Reader:
    """WebKit on the published site."""

    browser: WebKit
    origin: str

    def open(self, path: str) -> WebKit:
        self.browser.open(self.origin + path)
        return self.browser

    def problems(self) -> list[str]:
        """What went wrong on the page since it was opened."""
        found = self.browser.run("return window.problems")
        assert isinstance(found, list), "the page is not recorded"
        return found


@pytest.fixture(scope="module")
def reader(published: Published) -> Iterator[Reader]:
    with served(recorded(published.files)) as origin, webkit() as browser:
        browser.resize(360, 800)
        yield Reader(browser, origin)


def test_what_goes_wrong_on_a_page_is_seen(reader: Reader) -> None:
    browser = reader.open("/")
    browser.run("document.body.setAttribute('style', 'color: red')")
    browser.run("console.error('planted')")
    assert any("planted" in problem for problem in reader.problems())
    assert any("style-src" in problem for problem in reader.problems())


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_a_page_opens_clean_and_fits(reader: Reader, path: str) -> None:
    browser = reader.open(path)
    assert reader.problems() == []
    assert browser.run("return document.documentElement.scrollWidth <= innerWidth")
    assert browser.run("return getComputedStyle(document.querySelector('.header')).display") == (
        "block"
    )
    assert browser.run("return document.querySelectorAll('h1').length") == 1


def test_what_a_reader_chooses_holds_on_the_next_page(reader: Reader) -> None:
    browser = reader.open(ARTICLE)
    browser.click(".display summary")
    browser.click('input[name="yq-palette"][value="dark"]')
    browser.click('input[name="yq-text"][value="larger"]')
    browser = reader.open("/")
    chosen = browser.run("return { ...document.documentElement.dataset }")
    assert chosen == {"palette": "dark", "text": "larger"}
    paper = browser.run("return getComputedStyle(document.body).backgroundColor")
    assert paper == "rgb(20, 24, 23)"
    browser.run("localStorage.clear()")
    assert reader.problems() == []


def test_a_page_is_handed_on_by_a_code(reader: Reader) -> None:
    browser = reader.open(ARTICLE)
    browser.click('[data-act="code"]')
    browser.run("return new Promise((done) => setTimeout(done, 500))")
    assert browser.run(
        "return document.querySelector('.share__code path').getAttribute('d').length"
    )
    assert reader.problems() == []
