"""The ways through the repository's own content: no dead end, no island, none to a lender."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

from generator.shell.project import load
from tests.harness import TODAY, Site, copied_project
from tests.site.reading import Seen, local, outside, read, within

# Authorities and their own services: a page may lead to these, to the site itself, nowhere else.
OFFICIAL = (".gov.cn", ".pbccrc.org.cn", ".nifa.org.cn")
WARNINGS = ("/no-credit-check-loans-risk/", "/need-20000-urgent/")

Pages = dict[str, Seen]


@dataclass(frozen=True)
class Walk:
    """From the front page by links that are there; `told` are words of the last page."""

    steps: tuple[str, ...]
    told: str


WALKS = {
    "three instalments missed": Walk(
        ("/stage/overdue-90-plus/", "/negotiate-repayment/"), "算出每月真能还的数"
    ),
    "sued in another city": Walk(("/stage/sued/", "/sued-what-next/"), "先按期寄出答辩状和证据"),
    "relatives are harassed": Walk(
        ("/contacting-family-and-contacts/",), "不得透露欠款，对方拒绝就要停"
    ),
    "wants a loan urgently": Walk(("/need-20000-urgent/",), "写一张条子"),
    "cannot bear it any longer": Walk(("/mental-health-crisis/",), "打12356"),
    "settled last year": Walk(
        ("/stage/settled/", "/credit-record-five-years/"), "一般从还清那天算"
    ),
    "card, only the minimum": Walk(
        ("/stage/before-due/", "/credit-card-minimum/"), "在到期日前还够"
    ),
    "payment order over a holiday": Walk(
        ("/payment-order/",), "最后一天是法定休假日的，顺到休假日后的第一天"
    ),
    "somebody else's debt": Walk(("/if-you-are-the-contact/",), "请不要再联系我"),
    "wants to complain": Walk(("/complaint-channels/",), "先向放款机构投诉"),
}


# What the readers of a stage ask most, in their order of need.
ASKED = {
    "before-due": "extension-before-due grace-period partial-payment-order need-20000-urgent"
    " credit-card-minimum borrowing-to-repay",
    "overdue-1-30": "when-reported-to-credit-bureau overdue-first-days jail-or-not"
    " penalty-interest-how-calculated use-again-after-repay autodebit-failed",
    "overdue-31-90": "contacting-family-and-contacts negotiate-repayment mental-health-crisis"
    " collection-call-hours interest-stop-instalments home-visit lawyer-letter-real-or-fake"
    " losing-contact",
    "overdue-90-plus": "when-will-they-sue interest-cap-24 effect-on-family-children"
    " lump-sum-discount debt-sold-to-third-party limitation-period payment-order",
    "sued": "court-sms-real-or-fake sued-what-next check-the-bill mediation-after-suit legal-aid"
    " litigation-costs payment-order",
    "enforcement": "judgment-enforcement-frozen-account dishonest-list-vs-consumption-limit"
    " interest-after-judgment",
    "settled": "credit-record-five-years loan-again-after-bad-credit credit-repair-scam"
    " one-off-credit-repair settlement-proof fake-customer-service",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    written = copied_project(tmp_path_factory.mktemp("ways") / "project")
    written.build(as_of=TODAY)
    return written


@pytest.fixture(scope="module")
def pages(site: Site) -> Pages:
    return read(site.published())


@pytest.fixture(scope="module")
def articles(site: Site) -> frozenset[str]:
    found = (site.root / "content/articles").glob("*/*.md")
    return frozenset(f"/{path.stem}/" for path in found)


def strangers(pages: Pages, start: str, own: frozenset[str]) -> dict[str, set[str]]:
    """Page → what it leads to off the site that is no authority; three clicks from `start`.

    `own` are the site's host and the help lines it names.
    """
    found = {page: outside(pages[page]) - own for page in within(pages, start, 3)}
    return {
        page: strange
        for page, hosts in found.items()
        if (strange := {host for host in hosts if not f".{host}".endswith(OFFICIAL)})
    }


@pytest.fixture(scope="module")
def own(site: Site) -> frozenset[str]:
    host = urlsplit(load(site.root / "site_config.yml").settings.site_url).hostname or ""
    lines = re.findall(r"^- id: '(\d+)'$", site.read("content/data/hotlines.yml"), re.MULTILINE)
    assert "12356" in lines
    return frozenset((host, *(f"tel:{number}" for number in lines)))


@pytest.mark.parametrize("start", WARNINGS)
def test_no_lender_is_reached_in_three_clicks_from_the_pages_on_urgent_loans(
    pages: Pages, articles: frozenset[str], own: frozenset[str], start: str
) -> None:
    assert articles <= set(within(pages, start, 3)), "too little was looked at"
    assert strangers(pages, start, own) == {}


@pytest.mark.parametrize("address", ["https://loan.example/", "tel:4000000000", "weixin://dl/"])
def test_a_planted_way_to_a_lender_would_be_seen(
    pages: Pages, own: frozenset[str], address: str
) -> None:
    planted = deepcopy(pages)
    planted["/borrowing-to-repay/"].everywhere.append(address)
    found = strangers(planted, "/need-20000-urgent/", own)
    assert list(found) == ["/borrowing-to-repay/"]


def test_every_article_names_two_to_four_next_steps_and_its_text_leads_on(
    site: Site, pages: Pages, articles: frozenset[str]
) -> None:
    settings = load(site.root / "site_config.yml").settings
    assert settings.options.page_sizes.cards >= 4, "the chosen steps would not all be shown"
    for path in sorted((site.root / "content/articles").glob("*/*.md")):
        front = path.read_text("utf-8").split("\n---\n", 1)[0]
        (steps,) = [line for line in front.splitlines() if line.startswith("related: ")]
        assert 2 <= len(steps.split(",")) <= 4, path.name
        own = f"/{path.stem}/"
        led = {local(link) for link in pages[own].prose} & articles - {own}
        assert len(led) >= 2, f"{own} leads only to {sorted(led)}"


def test_every_article_is_reached_from_every_other_by_what_the_texts_name(
    pages: Pages, articles: frozenset[str]
) -> None:
    forward = {page: {local(link) for link in pages[page].prose} & articles for page in articles}
    backward = {page: {other for other in articles if page in forward[other]} for page in articles}
    for leads in (forward, backward):
        reached: set[str] = set()
        edge = {"/mental-health-crisis/"}
        while edge:
            reached |= edge
            edge = {other for page in edge for other in leads[page]} - reached
        assert reached == articles


def test_every_article_is_two_clicks_from_the_front_page(
    pages: Pages, articles: frozenset[str]
) -> None:
    near = within(pages, "/", 2)
    assert sorted(articles - set(near)) == []


@pytest.mark.parametrize("walk", WALKS.values(), ids=WALKS)
def test_a_reader_walks_from_the_front_page_to_the_advice(pages: Pages, walk: Walk) -> None:
    here = "/"
    for step in walk.steps:
        assert step in {local(link) for link in pages[here].links}, f"{here} has no link to {step}"
        here = step
    assert walk.told in pages[here].words


@pytest.mark.parametrize("stage", ASKED)
def test_a_stage_says_three_things_to_do_three_to_leave_and_leads_to_what_is_asked_there(
    site: Site, pages: Pages, stage: str
) -> None:
    body = site.read(f"content/stages/{stage}.md").split("\n---\n", 1)[1]
    parts = {part.split("\n", 1)[0]: part for part in body.split("\n## ")[1:]}
    assert list(parts) == ["今天先做这 3 件", "先别做这 3 件", "要记住的期限", "按顺序看"]
    for heading in ("今天先做这 3 件", "先别做这 3 件"):
        assert re.findall(r"^(\d)\. ", parts[heading], re.MULTILINE) == ["1", "2", "3"]
    led = {local(link).strip("/") for link in pages[f"/stage/{stage}/"].prose}
    assert set(ASKED[stage].split()) - led == set()
