"""`yuqi rename`: everything that names the article follows, and not a byte more changes."""

from __future__ import annotations

import pytest

from generator.article import Article, Source
from generator.parse import parse_article
from tests.harness import TODAY, Site, article
from tests.shell.running import changed, run, sources

A = "content/articles/process/a.md"
B = "content/articles/safety/b.md"
C = "content/articles/process/c.md"
LINKS = """\
## 看这里

见[甲](/a/)、[甲的一节](/a/#先做什么)，不是[甲乙](/ab/)。[@law-1]

再见[甲][甲]。代码`[甲](/a/)`不算，/a/ 也不算。

[甲]: /a/#先做什么

```fact-check
claim: 有人说[甲](/a/)不对
verdict: 无依据
basis: 依据在[甲的一节](/a/#先做什么)。[@law-1]
```

```text
[甲](/a/)
```
"""
MENDED = (
    LINKS.replace("](/a/", "](/c/")
    .replace("]: /a/", "]: /c/")
    .replace("`[甲](/c/)`", "`[甲](/a/)`")
    .replace("```text\n[甲](/c/)", "```text\n[甲](/a/)")
)


def parsed(site: Site, path: str) -> Article:
    result = parse_article(Source(path, (site.root / path).read_bytes(), ""))
    assert result.article is not None, result.findings
    return result.article


def old_slugs(site: Site, path: str = C) -> list[str]:
    return [entry.value for entry in parsed(site, path).redirect_from]


def rename(site: Site, old: str = "a", new: str = "c") -> str:
    result = run(site, "rename", old, new)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


@pytest.fixture
def linked(site: Site) -> Site:
    """`b` names `a` in every way there is; `ab` is an article of its own."""
    site.write("content/articles/process/ab.md", article("甲乙怎么办呢？", related="[a, b]"))
    site.write(B, article("乙怎么认出骗局？", LINKS, category="safety", related="[ab, a]"))
    site.replace("content/published-urls.txt", "/b/\n", "/b/\n/ab/\n")
    assert site.findings() == []
    return site


# -- what changes -----------------------------------------------------------------------


def test_the_file_moves_within_its_folder_and_remembers_its_old_name(site: Site) -> None:
    before = sources(site)
    rename(site)
    after = sources(site)
    assert changed(before, after) == {A, B, C}
    assert A not in after
    text = before[A].decode()
    assert after[C].decode() == text.replace("\n---\n", "\nredirect_from: [a]\n---\n", 1)


def test_links_and_recommendations_of_others_follow(linked: Site) -> None:
    before = linked.read(B)
    rename(linked)
    assert linked.read(B) == before.replace(LINKS, MENDED).replace("[ab, a]", "[ab, c]")
    assert parsed(linked, "content/articles/process/ab.md").related[0].value == "c"


def test_links_of_an_article_to_itself_follow(site: Site) -> None:
    site.replace(A, "正文。", "[上面](/a/#先做什么)。")
    rename(site)
    assert "[上面](/c/#先做什么)。" in site.read(C)


@pytest.mark.parametrize("folder", ["pages", "stages"])
def test_links_on_the_sites_own_pages_follow(site: Site, folder: str) -> None:
    path = f"content/{folder}/{'about' if folder == 'pages' else 'sued'}.md"
    front = (
        "---\ntitle: 关于本站怎么办\nsummary: 谁在做这件事，为什么做这件事。\n"
        "reviewed: 2026-11-20\nreview_due: 2027-05-20\n---\n\n"
    )
    site.write(path, f"{front}先看[甲](/a/#先做什么)。\n")
    assert run(site, "check").exit_code == 0
    rename(site)
    assert site.read(path) == f"{front}先看[甲](/c/#先做什么)。\n"


def test_the_questions_of_the_front_page_follow(site: Site) -> None:
    config = "site_config.yml"
    site.replace(config, "      categories:", "      questions: [b, a]  # 常问\n      categories:")
    before = site.read(config)
    rename(site)
    assert site.read(config) == before.replace("[b, a]", "[b, c]")


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_every_other_byte_is_kept(linked: Site, ending: str) -> None:
    for path in (A, B):
        text = linked.read(path).replace("正文。", "正文。  \n\n\n\t尾巴　😀")
        linked.write(path, text.replace("\n", ending).encode() + b"  ")
    before = sources(linked)
    rename(linked)
    after = sources(linked)
    head = f"{ending}---{ending}".encode()
    old = f"{ending}redirect_from: [a]".encode()
    assert after[C] == before[A].replace(head, old + head, 1)
    expected = before[B].decode().replace(LINKS.replace("\n", ending), MENDED.replace("\n", ending))
    assert after[B].decode() == expected.replace("[ab, a]", "[ab, c]")


def test_lines_that_end_in_two_ways_stay_as_they_are(site: Site) -> None:
    content = site.read(A).replace("正文。[@law-1]\n", "正文。[@law-1]\r\n\r\n再一段。\n").encode()
    site.write(A, content)
    rename(site)
    added = b"\nredirect_from: [a]\n---\n"
    assert (site.root / C).read_bytes() == content.replace(b"\n---\n", added, 1)


def test_it_says_which_files_it_changes(linked: Site) -> None:
    output = rename(linked)
    assert [line.split("：")[0] for line in output.splitlines()[:-1]] == [
        C,
        "content/articles/process/ab.md",
        B,
    ]
    assert output.endswith("已改名：/a/ → /c/\n")


# -- old names --------------------------------------------------------------------------

LISTS = {
    "redirect_from: [older]\n": "redirect_from: [older, a]\n",
    "redirect_from: [older]  # 改过一次\n": "redirect_from: [older, a]  # 改过一次\n",
    "redirect_from: [ older , 'oldest' ]\n": None,
    "redirect_from: [\n  older,\n  oldest\n]\n": None,
    "redirect_from:\n  - older\n": None,
    "redirect_from:\n- older\n- oldest\n": None,
    "redirect_from: []\n": "redirect_from: [a]\n",
}


@pytest.mark.parametrize("last", [False, True])
@pytest.mark.parametrize("written", LISTS)
def test_an_existing_list_gets_one_more_name(site: Site, written: str, last: bool) -> None:
    place = "---\n\n" if last else "tags:"
    text = site.read(A)
    site.write(A, text.replace(place, written + place, 1))
    before = old_slugs(site, A)
    rename(site)
    assert old_slugs(site) == [*before, "a"]
    if expected := LISTS[written]:
        assert site.read(C) == text.replace(place, expected + place, 1)
    rest = [line for line in text.splitlines() if line]
    assert [line for line in site.read(C).splitlines() if line in rest] == rest


def test_comments_beside_a_list_are_kept(site: Site) -> None:
    written = "redirect_from:\n  - older  # 2025 年用过\n# 标签不要改\n\ntags:"
    site.write(A, site.read(A).replace("tags:", written))
    rename(site)
    assert old_slugs(site) == ["older", "a"]
    assert "# 标签不要改" in site.read(C)
    assert "# 2025 年用过" in site.read(C)


def test_renaming_back_leaves_no_loop(site: Site) -> None:
    before = sources(site)
    rename(site, "a", "c")
    rename(site, "c", "a")
    assert old_slugs(site, A) == ["c"]
    assert changed(before, sources(site)) == {A}
    rename(site, "a", "c")
    assert old_slugs(site) == ["a"]
    assert run(site, "check").exit_code == 0


def test_renaming_on_leads_from_every_old_name_in_one_step(site: Site) -> None:
    rename(site, "a", "c")
    rename(site, "c", "d")
    site.build(as_of=TODAY)
    for old in ("a", "c"):
        assert "url=/d/" in site.page(f"{old}/index.html")


NEVER_PUBLIC = {
    "a draft": {"draft": "true"},
    "an article of the future": {"published": "2026-12-01", "reviewed": "2026-12-01"},
}


@pytest.mark.parametrize("kind", NEVER_PUBLIC)
def test_what_was_never_public_needs_no_redirect(site: Site, kind: str) -> None:
    site.write(C, article("丙还不上怎么办？", **NEVER_PUBLIC[kind]))
    rename(site, "c", "d")
    assert old_slugs(site, "content/articles/process/d.md") == []
    assert site.findings() == []


# -- afterwards -------------------------------------------------------------------------


def test_afterwards_the_check_is_clean_and_the_old_address_redirects(linked: Site) -> None:
    linked.build()
    rename(linked)
    result = run(linked, "check", "--record-urls")
    assert (result.exit_code, result.stderr) == (0, "")
    assert linked.findings() == []
    linked.build()
    assert 'content="0; url=/c/"' in linked.page("a/index.html")
    assert "甲逾期了怎么办？" in linked.page("c/index.html")
    assert 'href="/a/' not in linked.page("b/index.html").replace("<code>[甲](/a/)", "")


# -- refusals ---------------------------------------------------------------------------


def refused(site: Site, old: str, new: str) -> str:
    before = sources(site)
    result = run(site, "rename", old, new)
    assert result.exit_code in (1, 2, 3)
    assert result.stdout == ""
    assert changed(before, sources(site)) == set()
    return result.stderr


def test_an_unknown_article_is_refused_with_a_guess(site: Site) -> None:
    site.write("content/articles/process/huabei.md", article("丙还不上怎么办？"))
    assert "是不是想写“huabei”？" in refused(site, "huabai", "c")


@pytest.mark.parametrize("new", ["a", "b"])
def test_a_taken_name_is_refused(site: Site, new: str) -> None:
    assert f"/{new}.md" in refused(site, "a", new)


@pytest.mark.parametrize(
    "new", ["C", "丙", "a b", "c/", "../c", "c.md", "", "c\n", "404", "tag", "c" * 81, "c" * 300]
)
def test_a_name_that_is_no_address_is_refused(site: Site, new: str) -> None:
    assert refused(site, "a", new)


@pytest.mark.parametrize("new", ["old", "older"])
def test_an_address_that_leads_to_another_article_is_refused(site: Site, new: str) -> None:
    site.replace(B, "tags:", "redirect_from: [old, Older]\ntags:")
    assert B in refused(site, "a", new)


def test_the_address_of_a_standing_page_is_refused(site: Site) -> None:
    site.write(
        "content/pages/about.md",
        "---\ntitle: 关于本站怎么办\nsummary: 谁在做这件事，为什么做这件事。\n"
        "reviewed: 2026-11-20\nreview_due: 2027-05-20\n---\n\n正文。\n",
    )
    assert "about" in refused(site, "a", "about")


@pytest.mark.parametrize("content", [b"x" * 300_000, b"no front matter\n"])
def test_a_file_in_the_way_is_never_overwritten(site: Site, content: bytes) -> None:
    site.write(C, content)
    assert refused(site, "a", "c")


def test_a_link_in_the_way_is_never_overwritten(site: Site) -> None:
    site.write("kept.md", article())
    (site.root / C).symlink_to("../../../kept.md")
    assert refused(site, "a", "c")
    assert (site.root / C).is_symlink()


def test_an_article_that_cannot_be_read_stops_it(site: Site) -> None:
    site.replace(B, "summary:", "summery:")
    assert f"{B}:3:1 错误" in refused(site, "a", "c")


def test_two_articles_of_one_name_stop_it_and_are_named(site: Site) -> None:
    site.write("content/articles/safety/a.md", article(category="safety"))
    message = refused(site, "a", "c")
    assert "content/articles/process/a.md" in message
    assert "content/articles/safety/a.md" in message


def test_a_dry_run_says_the_same_and_writes_nothing(linked: Site) -> None:
    before = sources(linked)
    dry = run(linked, "rename", "a", "c", "--dry-run")
    assert dry.exit_code == 0
    assert changed(before, sources(linked)) == set()
    assert rename(linked).startswith(dry.stdout)
    assert dry.stdout.count("处改动") == 3
