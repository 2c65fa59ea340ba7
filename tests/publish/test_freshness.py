"""Promise 2: an output changes when what it shows changes, and for no other reason."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from generator.shell.clock import as_of
from tests.harness import REPOSITORY, TODAY, Site, article, png
from tests.publish.manuscript import EXAMPLE, TABLES
from tests.publish.observe import beyond_search, changed, cold_bytes, inodes

A = "content/articles/process/a.md"
B = "content/articles/safety/b.md"
REDIRECT = "old/index.html"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A few articles, a redirect, an image, a component; published."""
    site = Site.create(tmp_path)
    for name, title in (
        ("c", "丙会不会坐牢？"),
        ("d", "丁被起诉了怎么办？"),
        ("e", "戊要不要还？"),
    ):
        site.write(f"content/articles/safety/{name}.md", article(title, category="safety"))
    component = "```fact-check\nclaim: 某说法\nverdict: 无依据\nbasis: 没有。[@guide-1]\n```\n"
    site.write(
        "content/articles/safety/c.md",
        article(
            "丙会不会坐牢？", f"## 先看\n\n{component}", category="safety", redirect_from="[old]"
        ),
    )
    site.build()
    return site


@pytest.fixture
def calculating(site: Site) -> Site:
    """The same with the calculator, and an article with an example."""
    for path in TABLES:
        site.write(path, (REPOSITORY / path).read_bytes())
    site.write(A, site.read(A) + EXAMPLE)
    site.build()
    return site


def changes(site: Site) -> set[str]:
    """What the next build changes, the index of the search left out: it holds every text and has
    tests of its own. Files that are not changed keep their inodes.
    """
    before, tree = site.published(), inodes(site.target)
    built = site.build()
    after = site.published()
    names = changed(before, after)
    for name, inode in inodes(site.target).items():
        assert (tree.get(name) == inode) == (before.get(name) == after[name]), name
    assert built.fresh == len(names & after.keys())
    assert built.removed == len(names - after.keys())
    assert after == cold_bytes(site)
    return beyond_search(names)


def showing(site: Site, text: str) -> set[str]:
    """Published pages that hold a text; the index of the search is no page."""
    holding = {name for name, content in site.published().items() if text.encode() in content}
    return beyond_search(holding)


def pages(site: Site) -> set[str]:
    return {name for name in site.published() if name.endswith(".html")}


# -- one edit, exactly the pages that show it -------------------------------------------


def test_a_body_is_shown_on_its_own_page_and_in_its_text_only(site: Site) -> None:
    site.replace(A, "正文。", "改过的正文。")
    assert changes(site) == {"a/index.html", "a/index.txt"}


@pytest.mark.parametrize(
    "old, new",
    [("甲逾期了怎么办？", "甲逾期以后怎么办？"), ("到期没还足就是逾期，", "没有还足就是逾期了，")],
)
def test_a_title_or_summary_changes_the_pages_that_show_it(site: Site, old: str, new: str) -> None:
    site.write(A, site.read(A).replace(old, new))
    before = site.published()
    names = changes(site)
    expected = showing(site, new)
    assert names == expected
    assert {"a/index.html", "index.html", "category/process/index.html"} <= expected
    assert "404.html" not in expected
    assert {name for name in expected if old.encode() not in before[name]} == set()


def test_a_source_is_shown_where_it_is_cited(site: Site) -> None:
    site.replace("content/data/sources.yml", "某指引", "某新指引")
    assert changes(site) == {"c/index.html", "c/index.txt"} == showing(site, "某新指引")


def test_the_footer_is_on_every_page_but_redirects(site: Site) -> None:
    site.replace("site_config.yml", "撑不住时打 12356。", "撑不住时，打 12356。")
    assert changes(site) == pages(site) - {REDIRECT} | {"llms.txt"}


def test_the_name_of_the_site_is_on_every_page(site: Site) -> None:
    site.replace("site_config.yml", "site_name: 测试站", "site_name: 新名字")
    names = changes(site)
    assert names == showing(site, "新名字")
    assert names > pages(site)


def test_a_component_is_shown_where_it_is_called(site: Site) -> None:
    site.replace("templates/components/fact-check/macro.html", "结论", "我们的结论")
    assert changes(site) == {"c/index.html"}


def test_a_template_changes_the_pages_made_from_it(site: Site) -> None:
    site.replace("templates/not-found.html", "<h1 ", "<h1 lang='zh' ")
    assert changes(site) == {"404.html"}


CALCULATORS = {f"calculator{kind}/index.html" for kind in ("", "-card", "-judgment", "-private")}


def test_the_base_of_all_styles_changes_every_page_that_has_one(site: Site) -> None:
    base = site.read("templates/base.css")
    site.write("templates/base.css", base + "\n.prose { color: #010203; }\n")
    assert changes(site) == pages(site) - {REDIRECT}


def test_a_script_changes_the_scripts_and_the_page_that_loads_them(calculating: Site) -> None:
    old = {name for name in calculating.published() if "/calculator/form-" in name}
    path = "templates/components/calculator/form.js"
    calculating.write(path, calculating.read(path) + "const unused = 1;\n")
    names = changes(calculating)
    new = {name for name in calculating.published() if "/calculator/form-" in name}
    assert not old & new
    assert names == old | new | CALCULATORS


def test_a_table_changes_the_pages_that_calculate(calculating: Site) -> None:
    calculating.replace(TABLES[1], "    principal: 欠款本金\n", "    principal: 欠的本金\n")
    own = {*CALCULATORS, "calculator-method/index.html"}
    names = changes(calculating)
    own |= {name for name in names if "/calculator/tables-" in name}
    assert names - own == {"a/index.html", "a/index.txt"} == showing(calculating, "欠的本金") - own
    assert names >= CALCULATORS


def test_a_picture_changes_only_the_pages_that_show_it(site: Site) -> None:
    site.write("content/images/photo.png", png(1))
    site.replace(A, "正文。", "正文。![图](/images/photo.png)")
    first = changes(site) - {"a/index.html", "a/index.txt"}
    site.write("content/images/photo.png", png(2))
    second = changes(site) - first
    assert {name.rpartition("/")[0] for name in second} == {"a", "images"}
    site.write("content/images/photo.png", png(2) + b"what is no picture")
    assert changes(site) == set()


def test_a_renamed_article_leaves_a_redirect(site: Site) -> None:
    site.delete(A)
    site.write("content/articles/process/z.md", article("甲逾期了怎么办？", redirect_from="[a]"))
    site.replace(B, "related: [a]", "related: [z]")
    names = changes(site)
    assert {"a/index.html", "z/index.html", "b/index.html", "index.html"} <= names
    assert "404.html" not in names
    assert 'url=/z/"' in site.page("a/index.html")


def test_a_draft_is_shown_nowhere(site: Site) -> None:
    site.write("content/articles/process/z.md", article("己还没写好没有？", draft="true"))
    assert changes(site) == set()


def test_a_new_article_changes_few_of_many(tmp_path: Path) -> None:
    site = Site.create(tmp_path)
    for number in range(150):
        tags = f"[标签{number % 7}, 标签{number % 5}]"
        text = article(f"第{number}问怎么办？", tags=tags, published="2026-01-01")
        site.write(f"content/articles/process/p{number}.md", text)
    site.build()
    site.write("content/articles/process/new.md", article("新的一问怎么办？", tags="[标签1]"))
    before = site.published()
    site.build()
    names = beyond_search(changed(before, site.published()))
    assert {"new/index.html", "index.html", "category/process/index.html"} <= names
    assert len(names) <= 30


@pytest.mark.parametrize(
    "address", ["https://test.example/sub/", "http://localhost:8000/", "http://test.example/a/b/"]
)
def test_an_address_the_settings_accept_is_one_the_pages_may_carry(
    site: Site, address: str
) -> None:
    """Refused where it is written, or built; never an error in every page."""
    site.replace("site_config.yml", "https://test.example/", address)
    refused = {line.split(":")[0] for line in site.findings() if "url-" not in line}
    if refused:
        assert refused == {"site_config.yml"}
        return
    site.build()
    assert f'<link rel="canonical" href="{address}a/">' in site.page("a/index.html")
    assert site.published() == cold_bytes(site)


# -- what must not matter ---------------------------------------------------------------


def many(tmp_path: Path) -> Site:
    site = Site.create(tmp_path)
    for number in range(70):
        component = "```fact-check\nclaim: 某说法\nverdict: 无依据\nbasis: 没有。[@guide-1]\n```\n"
        body = f"## 第{number}节\n\n正文{number}。[@law-1]\n\n{component}"
        text = article(f"第{number}问怎么办？", body, tags=f"[标签{number % 9}]")
        site.write(f"content/articles/process/p{number}.md", text)
    return site


def command(site: Site, *options: str, **environment: str) -> dict[str, bytes]:
    """What `yuqi build` in its own process publishes."""
    config = str(site.root / "site_config.yml")
    subprocess.run(
        [sys.executable, "-m", "generator", "build", "-f", config, *options],
        cwd=REPOSITORY,
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
    )
    return site.published()


def test_the_number_of_workers_changes_no_byte(tmp_path: Path) -> None:
    site = many(tmp_path)
    one, two, five = (
        command(site, "--clean", "--as-of", "2026-11-24", "--workers", count) for count in "125"
    )
    assert one == two == five
    with_cache = command(site, "--as-of", "2026-11-24", "--workers", "2")
    assert with_cache == one


def test_workers_report_what_one_process_reports(tmp_path: Path) -> None:
    site = many(tmp_path)
    for number in (3, 30, 60):
        site.replace(f"content/articles/process/p{number}.md", "正文", "[坏](/nowhere/)")
        site.replace(f"content/articles/process/p{number + 1}.md", "tags:", "tag:")
    config = str(site.root / "site_config.yml")
    outputs = [
        subprocess.run(
            [*(sys.executable, "-m", "generator", "build", "-f", config), "--workers", count],
            cwd=REPOSITORY,
            env={**os.environ, "SOURCE_DATE_EPOCH": "1795500000"},
            check=False,
            capture_output=True,
        )
        for count in "13"
    ]
    assert [result.returncode for result in outputs] == [1, 1]
    assert outputs[0].stderr == outputs[1].stderr


def test_times_and_the_order_of_folders_change_no_byte(tmp_path: Path) -> None:
    site = many(tmp_path)
    site.build()
    source = random.Random(1)
    names = [path.relative_to(site.root) for path in site.root.rglob("*") if path.is_file()]
    names = [path for path in names if path.parts[0] in ("content", "templates")]
    other = Site(tmp_path / "elsewhere" / "other")
    source.shuffle(names)
    for name in (Path("site_config.yml"), *names):
        target = other.root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(site.root / name, target)
        os.utime(target, (source.randrange(10**9), source.randrange(2 * 10**9)))
    other.build()
    assert other.published() == site.published()


def test_a_file_changed_within_the_same_size_and_time_is_seen(site: Site) -> None:
    path = site.root / A
    status = path.stat()
    site.replace(A, "正文。", "文正。")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert changes(site) == {"a/index.html", "a/index.txt"}


def test_line_ends_change_no_page(site: Site) -> None:
    site.write(A, site.read(A).replace("\n", "\r\n"))
    before = site.published()
    site.build()
    assert changed(before, site.published()) == set()


def test_locale_and_hash_seed_change_no_byte(tmp_path: Path) -> None:
    site = many(tmp_path)
    plain = command(site, "--clean", SOURCE_DATE_EPOCH="1795500000", PYTHONHASHSEED="1")
    other = {"LC_ALL": "C", "TZ": "America/New_York", "PYTHONHASHSEED": "2"}
    assert command(site, "--clean", SOURCE_DATE_EPOCH="1795500000", **other) == plain


# -- the day ----------------------------------------------------------------------------


def test_a_dated_article_appears_on_its_day_and_leaves_the_rest_alone(site: Site) -> None:
    future = article("庚定时发布了吗？", published="2026-12-01", tags="[别的]")
    site.write("content/articles/process/later.md", future)
    assert changes(site) == set()
    before = site.published()
    assert not site.build(as_of=date(2026, 11, 30)).published
    site.build(as_of=date(2026, 12, 1))
    names = changed(before, site.published())
    assert {"later/index.html", "index.html", "category/process/index.html"} <= names
    assert "404.html" not in names
    assert not site.build(as_of=date(2026, 12, 31)).published
    site.build(as_of=TODAY)
    assert site.published() == before


def test_the_day_matters_only_through_what_is_public(site: Site) -> None:
    before = site.published()
    for day in (date(2026, 11, 21), date(2027, 3, 1)):
        assert not site.build(as_of=day).published
        site.build(as_of=day, clean=True)
        assert site.published() == before


def test_the_day_comes_from_the_option_or_the_environment_alike(tmp_path: Path) -> None:
    site = many(tmp_path)
    site.write("content/articles/process/later.md", article("庚定时了吗？", published="2026-12-01"))
    # 2026-11-30 16:00 UTC is midnight in Beijing.
    eve, morning = "1796054399", "1796054400"
    early = command(site, SOURCE_DATE_EPOCH=eve)
    assert "later/index.html" not in early
    late = command(site, SOURCE_DATE_EPOCH=morning)
    assert "later/index.html" in late
    assert command(site, "--as-of", "2026-12-01", SOURCE_DATE_EPOCH=eve) == late
    assert command(site, "--as-of", "2026-11-30", SOURCE_DATE_EPOCH=morning) == early


@pytest.mark.parametrize("epoch", ["", "yesterday", "1.5", "9" * 12, "9" * 30, "-" + "9" * 30])
def test_an_impossible_epoch_is_a_wrong_call(monkeypatch: pytest.MonkeyPatch, epoch: str) -> None:
    """`as_of` promises `ValueError`, which the command line turns into its usage message."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(ValueError):
        as_of(None)
