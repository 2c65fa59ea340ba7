"""The catalogue of findings: code → severity, reason, fix, in the editors' language.

Every finding of the generator is made by `finding()`, so a code that is not
listed here cannot be reported. `{name}` marks a value given at the call.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

from generator.audit.messages import AUDIT
from generator.diagnostics import Diagnostic, Message, Severity, Span

_E, _W = Severity.ERROR, Severity.WARNING


CATALOGUE = MappingProxyType(
    AUDIT
    | {
        # -- the tree of files ------------------------------------------------------------
        "path-symlink": Message(
            _E, "这是一个符号链接，构建不跟随链接", "换成真正的文件或文件夹，或者删掉它"
        ),
        "path-special": Message(_E, "这不是普通文件（{kind}）", "删掉它；这里只放普通文件"),
        "path-unreadable": Message(_E, "读不了：{reason}", "检查文件权限"),
        "path-name": Message(
            _E, "文件名“{name}”不能用", "只用小写英文字母、数字、连字符和点，例如 my-article.md"
        ),
        "path-case": Message(
            _E, "“{name}”和“{other}”只有大小写不同", "改掉其中一个名字，有的系统分不清大小写"
        ),
        "path-unexpected": Message(
            _E,
            "这里不该有这个文件",
            "文章放在 content/articles/<分类>/，图片放在 content/images/，数据放在 content/data/",
        ),
        "path-deep": Message(_E, "文件夹嵌套超过 {limit} 层", "放到浅一些的文件夹里"),
        "file-too-large": Message(_E, "文件有 {size} KB，上限是 {limit} KB", "拆开或压缩这个文件"),
        "file-not-utf8": Message(
            _E, "不是 UTF-8 编码：第 {byte} 个字节是 0x{value}", "用编辑器另存为 UTF-8（不带 BOM）"
        ),
        "file-bom": Message(_E, "文件开头有 BOM", "用编辑器另存为“UTF-8 无 BOM”"),
        "file-control": Message(_E, "有看不见的控制字符 U+{char}", "删掉这个字符"),
        "file-reserved-char": Message(
            _E, "有私用区字符 U+{char}，读者会看到方块", "删掉或换成普通文字"
        ),
        "file-missing": Message(_E, "缺少这个文件", "新建它，或从版本库里恢复"),
        "image-format": Message(
            _E, "文件内容不是 {suffix} 图片", "导出为真正的 png、jpg 或 webp 再放进来"
        ),
        "image-broken": Message(
            _E, "图片读不出来：{detail}", "用看图软件打开，另存为普通的 png、jpg 或 webp"
        ),
        "image-pixels": Message(
            _E, "图片有 {width}×{height} 像素，每边上限是 {limit}", "裁掉多余的部分，或缩小再放进来"
        ),
        "image-heavy": Message(
            _E, "图片压缩以后还有 {size} KB，上限是 {limit} KB", "缩小一些，照片用 jpg 或 webp"
        ),
        # -- YAML, in front matter, data and configuration --------------------------------
        "yaml-syntax": Message(_E, "YAML 写法有误：{detail}", "{fix}"),
        "yaml-fullwidth-colon": Message(
            _E, "“{key}”后面是全角冒号“：”", "改成半角冒号加空格，例如“{key}: ”"
        ),
        "yaml-tab": Message(_E, "缩进里有制表符（Tab）", "改成两个空格"),
        "yaml-duplicate-key": Message(_E, "“{key}”写了两次", "只留一个"),
        "yaml-alias": Message(_E, "用了 YAML 的锚点或别名（& 或 *）", "把内容直接写出来"),
        "yaml-tag": Message(_E, "用了 YAML 标签“{tag}”", "去掉以 ! 开头的标签"),
        "yaml-nesting": Message(_E, "套了超过 {limit} 层", "写得平一些"),
        "yaml-key": Message(_E, "键只能是一个词", "把键写成普通的英文小写词"),
        # -- front matter -----------------------------------------------------------------
        "front-matter-missing": Message(
            _E, "文章没有以“---”开头的信息区", "在第一行写“---”，填好 title 等各项，再用“---”结束"
        ),
        "front-matter-unclosed": Message(
            _E, "信息区没有结束的“---”", "在信息区最后单独写一行“---”"
        ),
        "front-matter-not-mapping": Message(
            _E, "信息区要写成“键: 值”的形式", "每行写一项，例如“title: 微粒贷逾期了怎么办？”"
        ),
        "front-matter-missing-key": Message(_E, "缺少“{key}”", "补上一行“{key}: …”：{expected}"),
        "front-matter-unknown-key": Message(_E, "不认识“{key}”", "{fix}"),
        "front-matter-value": Message(_E, "“{key}”的值不对：{detail}", "{key} 应当是：{expected}"),
        "front-matter-dates": Message(
            _E, "{later} 早于 {earlier}", "核对两个日期：{later} 不能早于 {earlier}"
        ),
        "category-unknown": Message(
            _E, "没有“{category}”这个分类", "改成这些之一：{choices}（在 site_config.yml 里定义）"
        ),
        "category-folder": Message(
            _E,
            "写的分类是“{category}”，文件却放在“{folder}”文件夹",
            "把文件移到 content/articles/{category}/，或把 category 改成 {folder}",
        ),
        "stage-unknown": Message(
            _E, "没有“{stage}”这个阶段", "改成这些之一：{choices}（在 site_config.yml 里定义）"
        ),
        "product-unknown": Message(_E, "产品“{id}”不在 content/data/products.yml 里", "{fix}"),
        "aliases-few": Message(
            _W,
            "aliases 只有 {count} 个，用别的说法的读者搜不到这一篇",
            "至少写 {least} 个读者会用的问法",
        ),
        "article-duplicate": Message(
            _W,
            "和 {other} 大约有 {share}% 的文字一样，读者和搜索引擎分不清该看哪一篇",
            "把相同的部分只留在一篇里，另一篇用链接指过去；确实重复的，删一篇并写 redirect_from",
        ),
        "summary-repeated": Message(
            _W,
            "summary 和 {other} 的一字不差，列表里分不清该打开哪一篇",
            "把这一篇的短答案写成只属于它的",
        ),
        "review-overdue": Message(
            _W,
            "{kind}“{name}”{why}，最晚 {day} 要再核对一次，已经过了",
            "核对以后改日期；yuqi due 列出全部要核对的",
        ),
        "slug-reserved": Message(_E, "“{slug}”是站点自己要用的地址", "给文件换一个名字"),
        "slug-duplicate": Message(
            _E, "“{slug}”已经被 {other} 用了，两篇文章会抢同一个网址", "给其中一篇换一个文件名"
        ),
        "related-unknown": Message(_E, "没有“{slug}”这篇文章", "{fix}"),
        "related-self": Message(_E, "把自己列进了 related", "删掉这一项"),
        "related-duplicate": Message(_E, "related 里“{slug}”写了两次", "只留一个"),
        "related-cut": Message(
            _W,
            "related 写了 {count} 篇，页面只放 {cards} 张卡片，“{slug}”不会出现",
            "删掉几篇，或把 site_config.yml 的 page_sizes.cards 调大",
        ),
        "related-unpublished": Message(
            _E, "“{slug}”还没有发布（草稿或日期在将来）", "先发布那一篇，或换一篇已发布的"
        ),
        # -- redirects and addresses ------------------------------------------------------
        "redirect-clash": Message(
            _E, "旧地址“{slug}”现在是 {other} 的正式地址", "从 redirect_from 里删掉它"
        ),
        "redirect-loop": Message(
            _E, "跳转绕成了圈：{chain}", "从其中一篇的 redirect_from 里删掉一项"
        ),
        "redirect-chain": Message(
            _E,
            "跳转要跳两次：{chain}",
            "把“{first}”直接写进最后那篇文章的 redirect_from，一次跳到底",
        ),
        "redirect-twice": Message(
            _E, "旧地址“{slug}”同时被 {other} 占用", "只留在一篇文章的 redirect_from 里"
        ),
        "redirect-unpublished": Message(
            _E,
            "这篇还没有发布，旧地址“{slug}”会跳到不存在的页面",
            "先发布这篇文章，或把旧地址写到别的文章里",
        ),
        "url-lost": Message(
            _E,
            "发布过的地址 {url} 现在没有了",
            "恢复那篇文章，或在接替它的文章里写 redirect_from: [{slug}]",
        ),
        "url-list-line": Message(
            _E, "这一行不是 /slug/ 形式的地址，或者重复了", "删掉或改正这一行"
        ),
        "url-unrecorded": Message(
            _W,
            "有 {count} 个新地址还没有记进清单：{urls}",
            "运行 yuqi check --record-urls，并把清单一起提交",
        ),
        "output-clash": Message(
            _E, "{destination} 要被写两次（{first}、{second}）", "给其中一个换地址"
        ),
        # -- body -------------------------------------------------------------------------
        "body-empty": Message(_E, "文章没有正文", "在信息区后面写正文"),
        "block-too-big": Message(
            _E, "这一段有 {count} {what}，上限是 {limit}，渲染会太慢", "用空行分成几段"
        ),
        "line-too-long": Message(_E, "这一行超过 {limit} 个字", "分成几段"),
        "body-nesting": Message(_E, "列表或引用套得太深，没法渲染", "拆成几段，最多套三四层"),
        "heading-level-1": Message(
            _E, "正文里不能用一级标题“#”", "改成“##”；页面的大标题来自 title"
        ),
        "heading-deep": Message(_E, "标题最多六级", "少写几个“#”"),
        "heading-space": Message(_E, "“#”后面少一个空格", "写成“{marks} {text}”"),
        "heading-setext": Message(
            _E, "这种标题写法（下面画线）不支持", "改成“## 标题”；如果要分隔线，前面空一行"
        ),
        "heading-nested": Message(
            _E, "标题不能放在列表、引用或提示框里", "把标题移到最左边单独成行"
        ),
        "heading-empty": Message(_E, "标题里没有文字", "写上标题，或删掉这一行"),
        "heading-duplicate": Message(
            _E,
            "标题“{text}”和第 {line} 行的重复，链接会分不清",
            "换一种说法，或在标题后面加 {{#英文名}}",
        ),
        "heading-id": Message(
            _E, "标题锚点“{anchor}”不能用", "只用小写英文字母、数字和连字符，不要以 yq- 开头"
        ),
        "heading-unanchored": Message(
            _E,
            "这篇文章有标题没能得到固定的锚点（写了 {written} 个，页面上有 {rendered} 个）",
            "标题都要单独成行、从最左边写起，前后各空一行",
        ),
        "fence-unclosed": Message(_E, "代码块没有结束", "在最后单独写一行 {marks}"),
        "fence-indented": Message(_E, "代码块前面有缩进", "把 {marks} 移到最左边"),
        "fence-unknown": Message(_E, "没有“{name}”这种组件", "{fix}"),
        "fence-not-mapping": Message(
            _E, "{name} 组件里要写成“键: 值”的形式", "参照编辑说明里的例子，每行写一项"
        ),
        "fence-missing-key": Message(_E, "组件里缺少“{key}”", "补上一行“{key}: …”：{expected}"),
        "fence-unknown-key": Message(_E, "组件里不认识“{key}”", "{fix}"),
        "fence-value": Message(_E, "组件里“{key}”的值不对：{detail}", "{key} 应当是：{expected}"),
        "fence-calculation": Message(_E, "这个例子算不出来：没有计算器的规则表", "恢复 {path}"),
        "admonition-title": Message(
            _E, "提示框要有标题，写在英文双引号里", '写成 {marks} {name} "标题"'
        ),
        "admonition-unknown": Message(
            _E, "没有“{name}”这种提示框", '改成这些之一：{known}，例如 !!! note "标题"'
        ),
        "heading-skip": Message(
            _E,
            "标题从 {above} 级跳到了 {level} 级，用读屏软件的人会以为漏了一节",
            "改成“{marks}”，或在上面补一个标题",
        ),
        "text-typography": Message(
            _W, "“{written}”的空格或标点不合习惯", "改成“{better}”；yuqi check --fix 会一次改好"
        ),
        "raw-html": Message(
            _E, "不允许的 HTML：<{tag}>", "改用 Markdown 写法；允许的标签：{allowed}"
        ),
        "raw-html-attribute": Message(_E, "<{tag}> 不允许带“{attribute}”", "去掉这个属性"),
        "raw-html-comment": Message(_E, "正文里有 HTML 注释", "删掉它；给同事的话写在提交说明里"),
        "attribute-list": Message(
            _E,
            "“{text}”这种属性写法不支持，读者会看到原文",
            "删掉它；只有标题后面可以写 {{#英文名}}",
        ),
        "link-broken": Message(_E, "链接 {target} 打不开，站内没有这一页", "{fix}"),
        "anchor-broken": Message(_E, "{target} 这一页没有“{anchor}”这个标题", "{fix}"),
        "link-scheme": Message(
            _E, "链接“{target}”不能用", "站内写成 /slug/，站外只用 https:// 开头的地址"
        ),
        "link-relative": Message(
            _E, "站内链接“{target}”要从 / 开始写", "写成 /slug/，例如 /weilidai-collection-process/"
        ),
        "link-unseen": Message(
            _E, "有一处链接没能检查：{target}", "换一种最普通的写法：[文字](/slug/)"
        ),
        "link-empty": Message(_E, "链接没有地址", "在括号里写上地址"),
        "image-missing": Message(_E, "没有 {target} 这张图片", "把图片放进 content/images/"),
        "image-alt": Message(_E, "图片没有文字说明", "在方括号里写一句图里有什么"),
        "image-outside": Message(
            _E, "图片“{target}”不在本站", "放进 content/images/，写成 /images/…"
        ),
        # -- sources ----------------------------------------------------------------------
        "citation-none": Message(
            _W,
            "整篇没有一处引用来源，读者没法核对",
            "在说规定、利率、期限的句子后面写 [@来源编号]；来源表里没有的，不能写",
        ),
        "citation-unknown": Message(_E, "来源“{id}”不在 content/data/sources.yml 里", "{fix}"),
        "citation-memory": Message(
            _E, "来源“{id}”只凭记忆，没有核实，不能发布", "换一个核实过的来源，或删掉这句话"
        ),
        "citation-repealed": Message(
            _E, "来源“{id}”{status}，不能再当作现行规定引用", "{instead}；或删掉这句话"
        ),
        "citation-expired": Message(
            _W,
            "来源“{id}”已到期，这一页却没有写明它已经结束",
            "在引用它的那一行写明“已到期”“已截止”，或删掉这句话",
        ),
        "citation-lapsed": Message(
            _W,
            "来源“{id}”只到 {until} 有效，已经过了",
            "查有没有新的规定：有就改引新的，并在来源表里改 status、superseded_by；没有就写明已经失效",
        ),
        "citation-early": Message(
            _W, "来源“{id}”到 {since} 才施行", "写明从哪天起施行，到那天再当作现行规定写"
        ),
        "article-renumbered": Message(
            _E,
            "{law}第 {old} 条是旧条号：“{subject}”从 {since} 起是{new}",
            "改成{new}；讲旧法的，在同一句里写明“旧法”",
        ),
        "standard-as-law": Message(
            _E,
            "“{said}”说的是法律，这句话的出处却只是{kinds}",
            "写成“推荐性国家标准写明”“行业指引写明”；真是法律的要求，就引用那条法律",
        ),
        "phrase-forbidden": Message(_E, "不能这样写：“{said}”。{reason}", "{instead}"),
        "figure-uncited": Message(
            _W,
            "“{figure}”像是法律、利率或产品的数字，这一段却没有出处",
            "在句末写 [@来源编号]；不是这类数字的，换一种说法，或者写明是谁说的",
        ),
        "citation-syntax": Message(
            _E, "引用写法不对：{text}", "写成 [@来源编号]；多个来源写成 [@甲] [@乙]"
        ),
        "data-value": Message(_E, "“{key}”的值不对：{detail}", "{key} 应当是：{expected}"),
        "data-missing-key": Message(_E, "缺少“{key}”", "补上它：{expected}"),
        "data-unknown-key": Message(_E, "不认识“{key}”", "{fix}"),
        "data-table": Message(
            _E,
            "计算器的“{place}”：{detail}",
            "照相邻的行改；行与行之间不能有空缺或重叠，日期和数值都要写在引号里",
        ),
        "synonym-repeated": Message(_E, "“{word}”写了两次", "留一处，把要说的并到那里"),
        "synonym-itself": Message(_E, "“{word}”的意思写成了它自己", "从 means 里删掉它"),
        "data-duplicate-id": Message(_E, "编号“{id}”用了两次", "换一个编号"),
        "data-unused": Message(
            _W, "“{id}”没有用到", "在文章里用上它；用不上就删掉这一行，少一样要核对的东西"
        ),
        "source-successor": Message(
            _E,
            "status 和 superseded_by 对不上",
            "被取代的写 status: 已被取代，并在 superseded_by 写现在该引用的编号；别的不写 superseded_by",
        ),
        "term-twice": Message(_E, "“{word}”这个词已经在“{other}”里写过", "一个词只留在一条里"),
        "hotline-unknown": Message(_E, "号码 {number} 不在 content/data/hotlines.yml 里", "{fix}"),
        # -- configuration ----------------------------------------------------------------
        "config-missing-key": Message(_E, "缺少“{key}”", "补上它：{expected}"),
        "config-unknown-key": Message(_E, "不认识“{key}”", "{fix}"),
        "config-value": Message(_E, "“{key}”的值不对：{detail}", "{key} 应当是：{expected}"),
        "config-unused-key": Message(
            _E, "“{key}”是 MkDocs 的设置，但本站的页面不由 MkDocs 渲染，它不起作用", "删掉它"
        ),
        "config-duplicate": Message(_E, "{key} 里“{value}”写了两次", "只留一个"),
        "config-feedback": Message(_E, "反馈的设置不完整：{detail}", "补上，或者把 feedback 删掉"),
        "config-release": Message(
            _E, "正式发布前必须填写“{key}”", "在 site_config.yml 里填好：{expected}"
        ),
        "picture-font": Message(_E, "没有字体：{detail}", "重新装好环境：make site"),
        "picture-glyph": Message(_E, "分享图片的字体里没有“{sign}”", "换一个常用的字"),
        "template-missing": Message(_E, "缺少模板 {name}", "从版本库里恢复 templates/ 文件夹"),
        "template-error": Message(_E, "模板出错：{detail}", "改正模板"),
        # -- emitted pages ----------------------------------------------------------------
        "page-policy": Message(
            _E, "生成的页面 {destination} 违反安全规则：{detail}", "检查模板或组件"
        ),
        "page-duplicate-id": Message(
            _E, "生成的页面 {destination} 里 id“{id}”出现了两次", "检查模板或标题锚点"
        ),
        "class-unknown": Message(
            _E,
            "templates/classes.txt 里没有“{name}”这个 class",
            "写错了就改正；要用它，就在 templates/classes.txt 里按字母顺序加一行“{name}”，"
            "并在样式或脚本里用到它",
        ),
        "page-orphan": Message(
            _E, "没有任何页面的卡片指向“{slug}”", "在另一篇文章的 related 里加上它"
        ),
    }
)


def finding(code: str, path: str, span: Span | None = None, /, **values: object) -> Diagnostic:
    """Make the finding `code`; raises `KeyError` for a code the catalogue lacks."""
    message = CATALOGUE[code]
    return Diagnostic(
        path=path,
        span=span,
        code=code,
        severity=message.severity,
        message=message.reason.format(**values),
        hint=message.fix.format(**values),
    )


def did_you_mean(word: str, choices: Iterable[str], *, otherwise: str) -> str:
    """A fix that names the nearest of `choices`, or `otherwise`."""
    from difflib import get_close_matches  # only needed when something is wrong

    matches = get_close_matches(word, list(choices), n=1, cutoff=0.6)
    return f"是不是想写“{matches[0]}”？" if matches else otherwise
