"""The typed reading of `site_config.yml`.

The file is a valid MkDocs configuration. MkDocs checks it its own way when it
hosts the build; here every key is checked again, all errors at once and with
their lines, because both shells build from this value and from nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
)

from generator.diagnostics import Diagnostic, Span
from generator.messages import finding
from generator.validation import validate
from generator.yaml_document import YamlDocument, parse

CONFIG_PATH = "site_config.yml"

SLUG_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
Slug = Annotated[str, StringConstraints(pattern=SLUG_PATTERN, max_length=80)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, pattern=r"^[^\n]*$")]
MaybeLine = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[^\n]*$")]

# Keys MkDocs knows and this site has no use for: said plainly instead of ignored.
MKDOCS_ONLY = frozenset(
    [
        "nav",
        "INHERIT",
        "copyright",
        "dev_addr",
        "draft_docs",
        "edit_uri",
        "edit_uri_template",
        "exclude_docs",
        "extra",
        "extra_css",
        "extra_javascript",
        "extra_templates",
        "hooks",
        "mdx_configs",
        "not_in_nav",
        "pages",
        "remote_branch",
        "remote_name",
        "repo_name",
        "repo_url",
        "site_author",
        "strict",
        "use_directory_urls",
        "validation",
        "watch",
    ]
)


# Names that belong to nobody; a canonical address under one of them leads nowhere.
_NOBODYS = re.compile(r"(?:^|\.)(?:example\.(?:com|net|org)|example|test|invalid|localhost)$")


def host(address: str) -> str:
    """The host of a web address; `""` if it is none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return (parts.hostname or "") if parts.scheme in ("http", "https") else ""


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Operator(_Section):
    """Who runs the site. Empty fields are marked as missing in previews and refused in releases."""

    name: MaybeLine = Field(default="", description="谁在运营这个网站，例如单位或个人的名称")
    contact: MaybeLine = Field(default="", description="读者怎么联系你们，例如一个邮箱地址")
    icp: MaybeLine = Field(default="", description="ICP 备案号，例如“京ICP备00000000号”")
    police: MaybeLine = Field(default="", description="公安备案号；没有就留空")
    reviewer: MaybeLine = Field(
        default="", description="谁核对资料，印在“资料核对于”后面；没有就留空"
    )


class Footer(_Section):
    """The calm lines at the foot of every page."""

    disclaimer: Line = Field(
        description="免责说明，例如“公益信息，不构成法律意见；不放贷、不代办、不收费”"
    )
    scam: Line = Field(description="一句防骗提醒")
    crisis: Line = Field(description="一句求助提示，写明电话")


class Category(_Section):
    """A folder of `content/articles/` and its page."""

    id: Slug = Field(description="分类的英文名，等于 content/articles/ 下的文件夹名")
    title: Line = Field(description="读者看到的分类名")
    summary: Line = Field(description="一句话说明这个分类讲什么")


class Stage(_Section):
    """A point on the way from “nearly due” to “settled”."""

    id: Slug = Field(description="阶段的英文名，文章的 stages 里用它")
    title: Line = Field(description="读者看到的阶段名")


class Verification(_Section):
    """A tag by which a search engine knows who owns the site."""

    name: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]+$")] = Field(
        description="标签的名字，例如 baidu-site-verification"
    )
    content: Line = Field(description="站长平台给的那一串字符")


def _endpoint(value: str) -> str:
    if not host(value) or "?" in value or "#" in value:
        raise ValueError("不是完整的网址")
    return value


Endpoint = Annotated[Line, AfterValidator(_endpoint)]


class FeedbackSettings(_Section):
    """Where readers' answers go; off while both addresses are empty."""

    mailto: Annotated[str, StringConstraints(pattern=r"^([^\s@?&<>\"']+@[^\s@?&<>\"']+)?$")] = (
        Field(default="", description="收反馈的邮箱；和 endpoint 只能填一个")
    )
    endpoint: Annotated[str, AfterValidator(lambda value: value and _endpoint(value))] = Field(
        default="", pattern=r"^(https://.*)?$", description="收反馈表单的 https 地址，由你自己管"
    )
    retention: MaybeLine = Field(
        default="", description="反馈保存多久，接在“只用来改正文章，”后面，例如“处理完 30 天内删除”"
    )

    @property
    def asked(self) -> bool:
        return bool(self.mailto or self.endpoint)

    def gap(self, operator: Operator) -> str:
        """What a reader would have to be told and is not; `""` when all is there."""
        if self.mailto and self.endpoint:
            return "mailto 和 endpoint 只能填一个"
        if not self.asked:
            return ""
        missing = [name for name in ("name", "contact") if not getattr(operator, name)]
        if missing or not self.retention:
            return "收反馈要先填好 operator 的 name、contact 和 feedback 的 retention"
        return ""


class Notify(_Section):
    """How search engines are told of changes. Baidu's token is a secret and not kept here."""

    indexnow_key: Annotated[str, StringConstraints(pattern=r"^([A-Za-z0-9-]{8,128})?$")] = Field(
        default="", description="IndexNow 的密钥，8 到 128 个字母、数字或连字符；没有就留空"
    )
    indexnow_endpoint: Endpoint = Field(
        default="https://api.indexnow.org/indexnow", description="IndexNow 的提交地址"
    )
    baidu_endpoint: Endpoint = Field(
        default="http://data.zz.baidu.com/urls", description="百度普通收录的推送地址，不带参数"
    )


class PageSizes(_Section):
    """How many entries a page shows."""

    category: int = Field(default=20, ge=1, le=200, description="分类页每页几篇，1 到 200 的整数")
    home: int = Field(default=3, ge=1, le=20, description="首页每个分类列几篇，1 到 20 的整数")
    latest: int = Field(default=5, ge=1, le=20, description="首页“最近更新”列几篇，1 到 20 的整数")
    feed: int = Field(default=20, ge=1, le=100, description="订阅源里放几篇，1 到 100 的整数")
    cards: int = Field(
        default=6, ge=1, le=12, description="每篇文章的“大家还在看”放几张卡片，1 到 12 的整数"
    )


class Privacy(_Section):
    """What only the operator knows of a reader's visit; printed on the page about privacy."""

    host: MaybeLine = Field(default="", description="网站放在哪家主机，例如公司和地区")
    log_fields: MaybeLine = Field(
        default="", description="访问日志记哪些字段，例如 IP 地址、时间、网址"
    )
    log_kept: MaybeLine = Field(default="", description="访问日志留多久，例如 6 个月")


class ReviewAfter(_Section):
    """After how many days what was checked has to be checked again."""

    sources: int = Field(default=365, ge=1, le=3650, description="来源核对后管多少天，整数")
    products: int = Field(default=180, ge=1, le=3650, description="产品资料核对后管多少天，整数")
    hotlines: int = Field(default=180, ge=1, le=3650, description="求助电话核对后管多少天，整数")
    tables: int = Field(
        default=31,
        ge=1,
        le=3650,
        description="利率和规则表的 verified_through 过了多少天算过期，整数；LPR 每月公布一次",
    )


class PluginOptions(_Section):
    """Options of the `yuqi` plugin in `site_config.yml`."""

    operator: Operator = Field(default=Operator(), description="运营者信息")
    footer: Footer = Field(description="页脚的三句话：disclaimer、scam、crisis")
    categories: tuple[Category, ...] = Field(
        min_length=1, description="分类列表，每项有 id、title、summary"
    )
    stages: tuple[Stage, ...] = Field(min_length=1, description="阶段列表，每项有 id、title")
    questions: tuple[Slug, ...] = Field(
        default=(), max_length=12, description="首页“大家常问”的文章，写 slug，最多 12 篇"
    )
    verification: tuple[Verification, ...] = Field(
        default=(), description="站长平台的验证标签，每项有 name、content；印在首页"
    )
    feedback: FeedbackSettings = Field(
        default=FeedbackSettings(), description="“这页有帮助吗”：mailto 或 endpoint，和 retention"
    )
    preview: bool = Field(
        default=False, description="true 或 false：是不是预览站。预览站的每一页都不让搜索引擎收录"
    )
    notify: Notify = Field(default=Notify(), description="把变化告诉搜索引擎的设置")
    page_sizes: PageSizes = Field(default=PageSizes(), description="各种页面的条数")
    privacy: Privacy = Field(
        default=Privacy(), description="隐私页印的托管和日志：host、log_fields、log_kept"
    )
    review_after: ReviewAfter = Field(
        default=ReviewAfter(),
        description="各种资料核对后管多少天：sources、products、hotlines、tables",
    )


class Theme(_Section):
    """MkDocs' theme section: Material is inherited, our templates come first."""

    name: Literal["material"] = Field(description="只能是 material")
    custom_dir: Literal["templates"] = Field(description="只能是 templates")
    language: Literal["zh"] = Field(default="zh", description="只能是 zh")
    font: Literal["false"] = Field(default="false", description="只能是 false：不加载外部字体")


Extension = Literal[
    "tables", "sane_lists", "fenced_code", "def_list", "admonition", "pymdownx.details"
]


class Plugin(_Section):
    """The one entry of `plugins`."""

    yuqi: PluginOptions = Field(description="本站插件的设置")


class Settings(_Section):
    """Everything the build needs to know that is not content."""

    site_name: Line = Field(description="网站名")
    site_url: Line = Field(description="网站的正式地址，以 https:// 开头、以 / 结尾")
    site_description: Line = Field(description="一句话介绍网站，用于首页的描述")
    docs_dir: Literal["content"] = Field(description="只能是 content")
    site_dir: Line = Field(default="site", description="发布文件夹，通常是 site")
    theme: Theme = Field(description="name、custom_dir、language、font 四项")
    markdown_extensions: tuple[Extension, ...] = Field(
        description="启用的 Markdown 扩展，只能从 tables、sane_lists、fenced_code、def_list、"
        "admonition、pymdownx.details 里选"
    )
    plugins: tuple[Plugin] = Field(description="只写 yuqi 一个插件；别的插件不会运行")

    @field_validator("site_url")
    @classmethod
    def _absolute(cls, value: str) -> str:
        if not host(value) or "?" in value or "#" in value:
            raise ValueError("不是完整的网址")
        if not value.endswith("/"):
            raise ValueError("没有以 / 结尾")
        return value

    @property
    def options(self) -> PluginOptions:
        return self.plugins[0].yuqi

    @cached_property
    def base_path(self) -> str:
        """Path under which the site is served, without the last slash: `""` or `"/sub"`."""
        return urlsplit(self.site_url).path.rstrip("/")

    def category(self, identifier: str) -> Category:
        return self._categories[identifier]

    @cached_property
    def _categories(self) -> dict[str, Category]:
        return {entry.id: entry for entry in self.options.categories}


def parse_settings(
    text: str, path: str = CONFIG_PATH
) -> tuple[Settings | None, tuple[Diagnostic, ...]]:
    """Read the configuration; `None` when it cannot be used, with all findings at once."""
    document = parse(text, path)
    findings = list(document.findings)
    if not isinstance(document.value, dict) and findings:
        return None, tuple(findings)
    value = document.value if isinstance(document.value, dict) else {}
    findings.extend(
        finding("config-unused-key", path, document.keys.get((key,)), key=key)
        for key in value
        if key in MKDOCS_ONLY
    )
    known = {key: entry for key, entry in value.items() if key not in MKDOCS_ONLY}
    trimmed = YamlDocument(known, document.values, document.keys, ())
    settings, misfits = validate(Settings, trimmed, path, kind="config", head=Span(0, 0))
    findings.extend(misfits)
    findings.extend(_duplicates(known, document, path))
    if settings is not None and (gap := settings.options.feedback.gap(settings.options.operator)):
        span = document.keys.get(("plugins", 0, "yuqi", "feedback"))
        findings.append(finding("config-feedback", path, span, detail=gap))
    return (None if findings else settings), tuple(findings)


def _duplicates(value: object, document: YamlDocument, path: str) -> list[Diagnostic]:
    """Two categories or two stages with one id, or a question asked twice."""
    found = []
    for name, inside in (("categories", ("id",)), ("stages", ("id",)), ("questions", ())):
        seen: set[str] = set()
        prefix = ("plugins", 0, "yuqi", name)
        for location, span in document.values.items():
            if location[:4] != prefix or len(location) < 5 or location[5:] != inside:
                continue
            entry: object = value
            for part in location:
                entry = entry[part]  # type: ignore[index]  # the location comes from this very value
            if str(entry) in seen:
                found.append(finding("config-duplicate", path, span, key=name, value=entry))
            seen.add(str(entry))
    return found


# What a reader must be told before anybody publishes; the rest may stay empty.
_DEMANDED = (
    ("operator", ("name", "contact", "icp")),
    ("privacy", ("host", "log_fields", "log_kept")),
)


def release_findings(
    settings: Settings, text: str, path: str = CONFIG_PATH
) -> tuple[Diagnostic, ...]:
    """What a release demands beyond a preview: who answers for the site, what its host notes down,
    an address of its own.
    """
    return tuple(_lacking(settings, parse(text, path), path))


def _lacking(settings: Settings, document: YamlDocument, path: str) -> Iterator[Diagnostic]:
    address = urlsplit(settings.site_url).hostname or ""
    if _NOBODYS.search(address):
        expected = f"自己的域名；{address} 不属于任何人"
        place = document.keys.get(("site_url",))
        yield finding("config-release", path, place, key="site_url", expected=expected)
    for name, fields in _DEMANDED:
        section: BaseModel = getattr(settings.options, name)
        span = document.keys.get(("plugins", 0, "yuqi", name)) or document.keys.get(("plugins",))
        for field in fields:
            if not getattr(section, field):
                yield finding(
                    "config-release",
                    path,
                    span,
                    key=f"{name}.{field}",
                    expected=type(section).model_fields[field].description,
                )
