"""Broken standing pages, introductions of stages, products and tags."""

from __future__ import annotations

from tests.site.broken import (
    CONFIG,
    EXTRA,
    TAGS,
    A,
    B,
    Change,
    both,
    case,
    dropped,
    file,
    front,
    recorded,
    swap,
)

ABOUT = "content/pages/about.md"
SUED = "content/stages/sued.md"
PRODUCTS = "content/data/products.yml"
_SAID = "{topic: 甲, says: 乙, standing: 说法冲突}"
_BODY = 8


def _standing(path: str, body: str, **keys: str) -> Change:
    """A page of the site's own; its body begins on line 8, one later for each of `keys`."""
    front = "".join(f"{key}: {value}\n" for key, value in keys.items())
    text = (
        "---\ntitle: 关于本站\nsummary: 谁在做这个网站，凭什么可以信。\n"
        f"reviewed: 2026-11-20\nreview_due: 2027-05-20\n{front}---\n\n{body}"
    )
    write = file(path, text)
    return both(write, recorded("about")) if path == ABOUT else write


STANDING = (
    case("standing page empty", file(ABOUT, ""), f"{ABOUT}:1:1 front-matter-missing"),
    case(
        "standing page with a key of articles",
        _standing(ABOUT, "甲\n", category="process"),
        f"{ABOUT}:6:1 front-matter-unknown-key",
    ),
    case(
        "standing page lists what is not there",
        _standing(ABOUT, "甲\n", listing="links"),
        f"{ABOUT}:6:10 front-matter-value",
    ),
    case(
        "standing page with a broken link",
        _standing(ABOUT, "[甲](/c/)\n"),
        f"{ABOUT}:{_BODY}:5 link-broken",
    ),
    case(
        "standing page with an unknown source",
        _standing(ABOUT, "甲[@law-9]\n"),
        f"{ABOUT}:{_BODY}:4 citation-unknown",
    ),
    case(
        "standing page with a source from memory",
        _standing(ABOUT, "甲[@memory-1]\n"),
        f"{ABOUT}:{_BODY}:4 citation-memory",
    ),
    case(
        "standing page with two faults in its body",
        _standing(ABOUT, "# 甲\n\n[甲](b)\n"),
        f"{ABOUT}:{_BODY}:1 heading-level-1",
        f"{ABOUT}:{_BODY + 2}:5 link-relative",
    ),
    case(
        "standing page at an address the site uses",
        _standing("content/pages/search.md", "甲\n"),
        "content/pages/search.md slug-reserved",
    ),
    case(
        "standing page at the address of an article",
        _standing("content/pages/a.md", "甲\n"),
        "content/pages/a.md slug-duplicate",
    ),
    case(
        "old address is a standing page",
        both(_standing(ABOUT, "甲\n"), front(redirect_from="[about]")),
        f"{A}:{EXTRA}:17 redirect-clash",
    ),
    case(
        "introduction of no stage",
        _standing("content/stages/nowhere.md", "甲\n"),
        "content/stages/nowhere.md stage-unknown",
        fix="overdue-1-30、sued",
    ),
    case(
        "introduction of a stage with a broken link",
        _standing(SUED, "[甲](/c/)\n"),
        f"{SUED}:{_BODY}:5 link-broken",
    ),
    case(
        "introduction of a stage with a broken anchor",
        _standing(SUED, "[甲](#没有)\n"),
        f"{SUED}:{_BODY}:5 anchor-broken",
    ),
)

TABLES = (
    case(
        "product misspelt",
        front(product="weilida"),
        f"{A}:{EXTRA}:10 product-unknown",
        fix="是不是想写“weilidai”？",
    ),
    case("no products", dropped(PRODUCTS), f"{PRODUCTS} file-missing"),
    case(
        "product without a statement",
        swap(PRODUCTS, "  statement: 以你的合同和页面为准。\n", ""),
        f"{PRODUCTS}:1:3 data-missing-key",
    ),
    case(
        "product twice",
        swap(
            PRODUCTS,
            "- id",
            "- {id: weilidai, title: 甲, statement: 乙, checked: 2026-11-24}\n- id",
        ),
        f"{PRODUCTS}:2:7 data-duplicate-id",
    ),
    case(
        "product that sends readers to no article",
        swap(PRODUCTS, "  checked:", "  first: [nope]\n  checked:"),
        f"{PRODUCTS}:4:11 related-unknown",
    ),
    case(
        "product said to be so by nobody",
        swap(PRODUCTS, "  checked:", f"  about: [{_SAID}]\n  checked:"),
        f"{PRODUCTS}:4:11 data-missing-key",
    ),
    case(
        "product said to be so with a certainty of its own",
        swap(PRODUCTS, "  checked:", f"  about: [{_SAID[:-1]}真的, by: 丙}}]\n  checked:"),
        f"{PRODUCTS}:4:41 data-value",
    ),
    case(
        "question that no article answers",
        swap(CONFIG, "      stages:", "      questions: [a, nope]\n      stages:"),
        f"{CONFIG}:19:22 related-unknown",
    ),
)


def _tagged(tag: str) -> Change:
    """Both articles have the tag, so that it has a page."""
    return both(front(tags=f'["{tag}"]'), swap(B, "tags: [逾期]", f'tags: ["{tag}"]'))


def _refused(name: str, tag: str) -> tuple[str, Change, str, str]:
    return (
        name,
        _tagged(tag),
        f"{A}:{TAGS}:8 front-matter-value",
        f"{B}:{TAGS}:8 front-matter-value",
    )


ADDRESSES_OF_TAGS = (
    case(*_refused("tag climbs out of the site", "../../escaped")),
    case(*_refused("tag climbs into another page", "../a")),
    case(*_refused("tag is two dots", "..")),
    case(*_refused("tag is a dot", ".")),
    case(*_refused("tag with a slash", "甲/乙")),
)

CASES = (*STANDING, *TABLES, *ADDRESSES_OF_TAGS)
