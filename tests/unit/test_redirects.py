"""Old addresses lead, in one step, to an article that is there."""

from __future__ import annotations

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.article import Article, Placed
from generator.catalogue import RESERVED_SLUGS
from generator.diagnostics import Diagnostic, Span
from tests.unit.samples import accepted, catalogue

_SLUGS = st.sampled_from(["a", "b", "c", "d", "old", "older", "Old", "A", "search"])


@cache
def _pattern() -> Article:
    return accepted("正文。\n")


def _resolve(
    claims: dict[str, list[str]], drafts: frozenset[str] = frozenset()
) -> tuple[dict[str, str], list[Diagnostic]]:
    """Slug → its old addresses, to what becomes of them and what is wrong with them."""
    articles = [
        replace(
            _pattern(),
            slug=slug,
            path=f"content/articles/process/{slug}.md",
            draft=slug in drafts,
            redirect_from=tuple(Placed(old, Span(at, at + 1)) for at, old in enumerate(olds)),
        )
        for slug, olds in claims.items()
    ]
    value, findings = catalogue(articles)
    return dict(value.redirects), findings


def _told(findings: list[Diagnostic]) -> list[tuple[str, str]]:
    return [(finding.path.rsplit("/", 1)[1], finding.code) for finding in findings]


@settings(max_examples=400, deadline=None, derandomize=True, database=None)
@given(
    st.dictionaries(st.sampled_from("abcd"), st.lists(_SLUGS, max_size=4), min_size=1),
    st.frozensets(st.sampled_from("abcd")),
)
def test_every_claim_is_a_single_step_or_a_finding(
    claims: dict[str, list[str]], drafts: frozenset[str]
) -> None:
    resolved, findings = _resolve(claims, drafts)
    written = sum(map(len, claims.values()))
    assert len(resolved) + len(findings) == written
    for old, slug in resolved.items():
        assert slug in claims
        assert slug not in drafts
        assert old in claims[slug]
        assert old not in claims
        assert old.lower() not in {*claims, *RESERVED_SLUGS}
    assert len({old.lower() for old in resolved}) == len(resolved)


def test_good_claims_are_resolved() -> None:
    assert _resolve({"a": ["old", "older"], "b": []}) == ({"old": "a", "older": "a"}, [])


def test_a_circle_of_two_is_told_on_both_sides() -> None:
    _, findings = _resolve({"a": ["b"], "b": ["a"]})
    assert _told(findings) == [("a.md", "redirect-loop"), ("b.md", "redirect-loop")]


def test_a_circle_of_three_is_told_on_every_side() -> None:
    _, findings = _resolve({"a": ["b"], "b": ["c"], "c": ["a"]})
    assert [name for name, _ in _told(findings)] == ["a.md", "b.md", "c.md"]


def test_a_chain_names_its_first_step() -> None:
    _, (finding,) = _resolve({"a": ["b"], "b": ["old"]})
    assert finding.code == "redirect-chain"
    assert "old → b → a" in finding.message
    assert "“old”" in finding.hint


def test_the_first_claim_of_an_address_stands() -> None:
    resolved, findings = _resolve({"a": ["old"], "b": ["old"]})
    assert resolved == {"old": "a"}
    assert _told(findings) == [("b.md", "redirect-twice")]
