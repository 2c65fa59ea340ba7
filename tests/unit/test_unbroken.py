"""Days, ranges and numbers stay on one line, and nothing that is no text is touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.marks import CLOSE, OPEN
from generator.render.unbroken import unbroken
from tests.harness import Site
from tests.site.broken import body


@pytest.mark.parametrize(
    "figure",
    [
        "2026-11-24",
        "2025-12—2026-01",
        "1—3",
        "1,000–2,000",
        "5.475%—21.9%",
        "3~5",
        "45251—2025",
        "010-6619-4000",
    ],
)
def test_a_figure_with_a_line_in_it_is_kept_whole(figure: str) -> None:
    assert unbroken(f"<p>从{figure}，完") == f'<p>从<span class="unbroken">{figure}</span>，完'


@pytest.mark.parametrize(
    "html",
    [
        '<h2 id="2026-11-24">',
        "<pre><code>2026-11-24\n1-3</code></pre>",
        '<td data-label="2026-11-24 &lt; 1-3">',
        "https://x.example/2026-11-24/",
        "a-1-2",
        "1-2b",
        "2025——2026",
        "1-",
        "2026.",
        f"{OPEN}c:law-2026-1{CLOSE}",
        f"{OPEN}t:2026-1{CLOSE}",
    ],
)
def test_attributes_marks_addresses_and_words_stay_as_they_are(html: str) -> None:
    assert unbroken(html) == html


def test_a_word_between_two_marks_is_text() -> None:
    word = f"{OPEN}t:a{CLOSE}{{}}{OPEN}t{CLOSE}"
    whole = '<span class="unbroken">1-3</span>'
    assert unbroken(word.format("1-3")) == word.format(whole)


def test_what_is_searched_and_sent_as_text_is_as_it_was_written(tmp_path: Path) -> None:
    site = Site.create(tmp_path)
    body("从 2026-08-01 起，`1-3`，电话 010-6619-4000。\n\n## 2026-08-01 以后\n\n一句。\n")(site)
    site.build()
    assert site.page("a/index.html").count('<span class="unbroken">2026-08-01</span>') == 2
    copies = [
        content.decode()
        for name, content in site.published().items()
        if name.startswith("search/d/") or name == "a/index.txt"
    ]
    told = [text for text in copies if "从 2026-08-01 起，" in text]
    assert len(told) == 2
    assert not any("unbroken" in text for text in copies)
    assert all("2026-08-01 以后" in text and "010-6619-4000" in text for text in told)
