"""`yuqi new`: a draft that passes the check, and nothing else is ever touched."""

from __future__ import annotations

import os
from types import SimpleNamespace

import pytest
from click.testing import Result

from generator.article import Article, Source
from generator.parse import parse_article
from generator.shell.commands import new
from tests.harness import Site, article
from tests.shell.running import changed, module, run, sources, spawn

C = "content/articles/process/c.md"
TITLE, SUMMARY = "丙还不上怎么办？", "先看清自己欠多少，再决定先还哪一笔。"
FLAGS = {"--category": "process", "--title": TITLE, "--summary": SUMMARY, "--tag": "逾期"}


def make(site: Site, slug: str = "c", **flags: str) -> Result:
    """`yuqi new` with all flags; `flags` replace some, by name without dashes."""
    given = FLAGS | {f"--{name}": value for name, value in flags.items()}
    return run(site, "new", *(part for pair in given.items() for part in pair), "--", slug)


def assert_refused(site: Site, before: dict[str, bytes], result: Result) -> None:
    assert result.exit_code in (1, 2, 3)
    assert result.stdout == ""
    assert result.stderr.strip()
    assert changed(before, sources(site)) == set()


def written(site: Site, path: str = C) -> Article:
    content = (site.root / path).read_bytes()
    parsed = parse_article(Source(path, content, ""))
    assert parsed.article is not None, parsed.findings
    return parsed.article


# -- what is made -----------------------------------------------------------------------


def test_a_draft_is_made_with_everything_filled_in(site: Site) -> None:
    before = sources(site)
    result = make(site)
    assert (result.exit_code, result.stderr) == (0, "")
    assert C in result.stdout
    assert changed(before, sources(site)) == {C}
    draft = written(site)
    assert (draft.title, draft.summary, draft.tags) == (TITLE, SUMMARY, ("逾期",))
    assert (draft.category, draft.draft) == ("process", True)
    assert draft.published.isoformat() == draft.reviewed.isoformat() == "2026-11-24"
    assert draft.review_due.isoformat() == "2027-05-25"
    assert len(draft.scan.headings) > 1


def test_the_draft_passes_the_check_as_it_stands(site: Site) -> None:
    make(site)
    result = run(site, "check")
    assert (result.exit_code, result.stdout) == (0, "检查了 3 篇文章：0 处错误，0 处提醒\n")


def test_the_draft_passes_the_check_when_it_is_published(site: Site) -> None:
    make(site)
    site.replace(C, "draft: true\n", "")
    assert run(site, "check", "--record-urls").exit_code == 0
    assert site.findings() == [f"{C}:6:1 aliases-few"]


def test_a_category_without_articles_gets_its_folder(site: Site) -> None:
    site.replace(
        "site_config.yml",
        "      stages:",
        "        - {id: credit, title: 征信, summary: 怎么查。}\n      stages:",
    )
    make(site, category="credit")
    assert written(site, "content/articles/credit/c.md").category == "credit"


def test_several_tags_can_be_given(site: Site) -> None:
    flags = [part for pair in FLAGS.items() for part in pair]
    run(site, "new", "c", *flags, "--tag", "催收, 电话", "--tag", "a: b")
    assert written(site).tags == ("逾期", "催收, 电话", "a: b")


HOSTILE = [
    '他说"不还也行"能信吗',
    "标题: 带冒号怎么办",
    "'单引号'怎么办",
    "😀还不上👨‍👩‍👧怎么办",
    "# 井号开头怎么办",
    "- 横线开头怎么办",
    "[方括号]和{花括号}",
    "{{ 7 * 7 }}是多少",
    "{% raw %}怎么办",
    "反斜杠\\n怎么办",
    "百分之 % 与 & 怎么办",
    "<script>alert(1)</script>",
    "&amp;实体怎么办",
    "null",
    "true的故事怎么办",
    "2026-11-24",
    "*别名怎么办",
    "!标签怎么办",
    "@来源怎么办",
    "换\n行怎么办",
    "回\r车怎么办",
    "制表\t符怎么办",
    "行分隔\u2028怎么办",
    "下一行\x85怎么办",
    "响铃\x07怎么办",
    "删除\x7f怎么办",
    "私用\ue000怎么办",
    "字节序\ufeff怎么办",
    "短",
    "长" * 41,
    "---",
    "title: x\ndraft: false",
]


@pytest.mark.parametrize("title", HOSTILE)
def test_a_strange_title_is_kept_to_the_letter_or_refused(site: Site, title: str) -> None:
    before = sources(site)
    result = make(site, title=title)
    if result.exit_code:
        assert_refused(site, before, result)
        return
    assert written(site).title == title
    assert written(site).draft
    assert run(site, "check").exit_code == 0
    site.replace(C, "draft: true\n", "")
    site.build()


def test_a_title_that_is_no_text_is_refused(site: Site) -> None:
    before = sources(site)
    flags = [part for pair in FLAGS.items() for part in pair if pair[0] != "--title"]
    title = os.fsdecode(b"\xff\xfe\xff\xfe\xff")
    result = spawn(site, *module("new", "c", *flags, "--title", title))
    assert result.returncode in (1, 2)
    assert "Traceback" not in result.stderr
    assert changed(before, sources(site)) == set()


@pytest.mark.parametrize(
    "flags",
    [{"summary": "太短"}, {"summary": "长" * 81}, {"tag": "长" * 41}, {"summary": "换\n行" * 5}],
)
def test_values_the_check_would_refuse_are_refused_at_once(
    site: Site, flags: dict[str, str]
) -> None:
    before = sources(site)
    assert_refused(site, before, make(site, **flags))


# -- what is refused --------------------------------------------------------------------


@pytest.mark.parametrize("category", ["process", "safety"])
def test_an_article_is_never_overwritten(site: Site, category: str) -> None:
    before = sources(site)
    result = make(site, "a", category=category)
    assert_refused(site, before, result)
    assert "content/articles/process/a.md" in result.stderr


@pytest.mark.parametrize("content", [b"no front matter\n", b"\xff\xfe", b"x" * 300_000, b""])
def test_a_file_that_is_no_article_is_never_overwritten(site: Site, content: bytes) -> None:
    site.write(C, content)
    before = sources(site)
    assert_refused(site, before, make(site))


def test_a_link_is_never_overwritten_or_followed(site: Site) -> None:
    site.write("kept.md", article())
    (site.root / C).symlink_to("../../../kept.md")
    before = sources(site)
    assert_refused(site, before, make(site))
    assert (site.root / C).is_symlink()


BAD_SLUGS = [
    "C",
    "丙",
    "a b",
    "a_b",
    "-a",
    "a-",
    "a--b",
    "a/b",
    "../a",
    ".",
    "..",
    "",
    "c\n",
    "a.md",
]


@pytest.mark.parametrize("slug", BAD_SLUGS)
def test_a_slug_that_is_no_address_is_refused(site: Site, slug: str) -> None:
    before = sources(site)
    assert_refused(site, before, make(site, slug))


@pytest.mark.parametrize("length", [81, 300])
def test_a_slug_that_is_too_long_to_be_recommended_is_refused(site: Site, length: int) -> None:
    """`related` and the file system both have a limit."""
    before = sources(site)
    assert_refused(site, before, make(site, "c" * length))


@pytest.mark.parametrize("slug", ["404", "assets", "category", "images", "search", "stage", "tag"])
def test_an_address_the_site_needs_is_refused(site: Site, slug: str) -> None:
    before = sources(site)
    assert_refused(site, before, make(site, slug))


def test_the_address_of_a_standing_page_is_refused(site: Site) -> None:
    site.write(
        "content/pages/about.md",
        "---\ntitle: 关于本站怎么办\nsummary: 谁在做这件事，为什么做这件事。\n"
        "reviewed: 2026-11-20\nreview_due: 2027-05-20\n---\n\n正文。\n",
    )
    assert run(site, "check").exit_code == 0
    before = sources(site)
    assert_refused(site, before, make(site, "about"))


@pytest.mark.parametrize("slug", ["old", "older"])
def test_an_address_that_redirects_is_refused(site: Site, slug: str) -> None:
    site.replace("content/articles/process/a.md", "tags:", "redirect_from: [old, Older]\ntags:")
    before = sources(site)
    result = make(site, slug)
    assert_refused(site, before, result)
    assert "content/articles/process/a.md" in result.stderr


@pytest.mark.parametrize("category", ["nowhere", "../safety", "Process", ""])
def test_an_unknown_category_is_refused(site: Site, category: str) -> None:
    before = sources(site)
    assert_refused(site, before, make(site, category=category))


def test_a_broken_configuration_is_told(site: Site) -> None:
    site.replace("site_config.yml", "site_name:", "site_nam:")
    before = sources(site)
    result = make(site)
    assert_refused(site, before, result)
    assert "site_config.yml:1:1" in result.stderr


@pytest.mark.parametrize("moment", ["tomorrow", "99999999999999999999"])
def test_a_malformed_source_date_epoch_is_a_usage_error(site: Site, moment: str) -> None:
    flags = [part for pair in FLAGS.items() for part in pair]
    before = sources(site)
    result = run(site, "new", "c", *flags, env={"SOURCE_DATE_EPOCH": moment})
    assert result.exit_code == 2
    assert "SOURCE_DATE_EPOCH" in result.stderr
    assert changed(before, sources(site)) == set()


# -- questions --------------------------------------------------------------------------


@pytest.mark.parametrize("missing", FLAGS)
def test_what_is_missing_is_a_usage_error_where_nobody_can_be_asked(
    site: Site, missing: str
) -> None:
    before = sources(site)
    flags = [part for pair in FLAGS.items() for part in pair if pair[0] != missing]
    result = run(site, "new", "c", *flags, answers="甲乙丙丁戊己庚辛壬癸\n")
    assert result.exit_code == 2
    assert "缺少" in result.stderr
    assert changed(before, sources(site)) == set()


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody sits there: the runner's own input is no terminal."""
    monkeypatch.setattr(new, "sys", SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True)))


@pytest.mark.usefixtures("terminal")
def test_everything_missing_is_asked_for(site: Site) -> None:
    result = run(site, "new", "c", answers=f"process\n{TITLE}\n{SUMMARY}\n逾期 催收\n")
    assert result.exit_code == 0
    draft = written(site)
    assert (draft.category, draft.title, draft.summary) == ("process", TITLE, SUMMARY)
    assert draft.tags == ("逾期", "催收")


@pytest.mark.usefixtures("terminal")
def test_only_what_is_missing_is_asked_for(site: Site) -> None:
    flags = [part for pair in FLAGS.items() for part in pair if pair[0] != "--title"]
    result = run(site, "new", "c", *flags, answers=f"{TITLE}\n")
    assert result.stdout.count("：") < 4
    assert written(site).title == TITLE


@pytest.mark.usefixtures("terminal")
def test_a_category_that_does_not_exist_is_asked_for_again(site: Site) -> None:
    result = run(site, "new", "c", answers=f"nowhere\nsafety\n{TITLE}\n{SUMMARY}\n逾期\n")
    assert result.exit_code == 0
    assert "safety" in result.stdout
    assert written(site, "content/articles/safety/c.md").category == "safety"


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize("answers", ["", "process\n", f"process\n{TITLE}\n{SUMMARY}\n"])
def test_giving_up_in_between_leaves_nothing(site: Site, answers: str) -> None:
    before = sources(site)
    result = run(site, "new", "c", answers=answers)
    assert result.exit_code == 1
    assert changed(before, sources(site)) == set()


@pytest.mark.usefixtures("terminal")
def test_a_taken_slug_is_refused_before_anything_is_asked(site: Site) -> None:
    result = run(site, "new", "a", answers=f"process\n{TITLE}\n{SUMMARY}\n逾期\n")
    assert result.exit_code == 1
    assert "标题" not in result.stdout
