"""The pages of products: what others have written, who, and the articles to read first."""

from __future__ import annotations

from pathlib import Path

from tests.harness import Site, article
from tests.site.reading import Seen, local, read

SITE = f"""
-- content/data/products.yml --
- id: loan
  title: 某贷
  statement: 以你的合同和页面为准。
  where: 看账单。
  about:
  - topic: 宽限
    says: 一处写一天，一处写没有。
    by: 问答类网页
    when: 2022-10
    standing: 说法冲突
  - topic: 罚息
    says: 多写一倍半。
    by: 内容网站
    standing: 只有弱来源
  unknown: [合同原文。]
  first: [b, a]
  checked: '2026-11-24'
- id: other
  title: 另一种贷
  statement: 以你的合同和页面为准。
  first: [a]
  checked: '2026-11-24'
- id: idle
  title: 没人写
  statement: 以你的合同为准。
  checked: '2026-11-24'
-- content/articles/process/c.md --
{article("丙逾期了怎么办？", product="loan", related="[a]")}
"""


def _seen(tmp_path: Path) -> dict[str, Seen]:
    site = Site.create(tmp_path, SITE)
    site.build()
    return read(site.published())


def test_a_product_says_who_wrote_what_and_when_and_how_far_it_goes(tmp_path: Path) -> None:
    words = _seen(tmp_path)["/product/loan/"].words
    assert "宽限说法冲突一处写一天，一处写没有。问答类网页，2022-10" in words
    assert "罚息只有弱来源多写一倍半。内容网站，材料没写日期" in words
    assert "看账单。" in words and "合同原文。" in words
    assert "本站与所列机构无关联。资料核对于2026-11-24。" in words


def test_a_product_lists_what_to_read_first_in_the_editors_order(tmp_path: Path) -> None:
    pages = _seen(tmp_path)
    led = [local(link) for link in pages["/product/loan/"].links]
    assert [link for link in led if link in ("/a/", "/b/", "/c/")] == ["/b/", "/a/", "/c/"]


def test_the_front_page_and_articles_of_it_or_of_several_products_lead_to_a_product(
    tmp_path: Path,
) -> None:
    pages = _seen(tmp_path)
    for product, articles in (("loan", {"/a/", "/c/"}), ("other", {"/a/"})):
        link = f"/product/{product}/"
        leading = {page for page, seen in pages.items() if link in seen.links}
        assert leading == {"/", *articles}, "what one product alone lists is not about it"
    assert "/product/idle/" not in pages
