"""The part of the catalogue of findings that only the audit of a built site reports."""

from __future__ import annotations

from types import MappingProxyType

from generator.diagnostics import Message, Severity

_E = Severity.ERROR

AUDIT = MappingProxyType(
    {
        "audit-front": Message(_E, "没有首页", "确认给出的是生成好的网站文件夹"),
        "audit-missing": Message(_E, "要用到 {target}，网站里却没有", "重新生成网站"),
        "audit-weight": Message(
            _E, "第一次打开要下载 {size}，上限是 {limit}：{parts}", "缩小列在最前面的那几个文件"
        ),
        "audit-requests": Message(
            _E, "第一次打开要发 {count} 个请求，上限是 {limit} 个", "合并或去掉一些文件"
        ),
        "audit-inline": Message(_E, "有内联的代码或样式：{what}", "移到样式文件或脚本文件里"),
        "audit-outside": Message(
            _E, "<{tag}> 要和别的网站通信：{address}", "去掉它，或换成本站的文件"
        ),
        "audit-policy": Message(_E, "安全策略不对：{detail}", "让策略和页面用到的完全一致"),
        "audit-storage": Message(
            _E, "脚本 {script} {detail}", "只能保存读者自己选的配色和字号，别的都不保存"
        ),
        "audit-head": Message(_E, "页头不对：{detail}", "改正模板"),
        "audit-heading": Message(_E, "标题不对：{detail}", "标题从 h1 起一级一级往下写"),
        "audit-id": Message(_E, "id“{id}”{detail}", "让每个 id 在页面上正好出现一次"),
        "audit-landmark": Message(_E, "页面的区域不对：{detail}", "改正模板"),
        "audit-name": Message(_E, "读屏软件念不出来：{what}", "写上文字、标签或 alt"),
        "audit-canonical": Message(_E, "规范网址不对：{detail}", "改正页头的 canonical"),
        "audit-description": Message(
            _E, "{detail}", "标题和描述会印在搜索结果里，写得不长不短，单独看也明白"
        ),
        "audit-duplicate": Message(
            _E, "和 {other} 的标题、描述或网址相同：{text}", "改成只属于这一页的说法"
        ),
        "audit-claim": Message(
            _E, "结构化数据不对：{detail}", "结构化数据里的每一句都要和页面上看到的一样"
        ),
        "audit-sitemap": Message(_E, "站点地图不对：{detail}", "重新生成网站"),
        "audit-feed": Message(_E, "订阅源不对：{detail}", "重新生成网站"),
        "audit-text": Message(_E, "纯文本和 {page} 对不上", "重新生成网站"),
        "audit-redirect": Message(_E, "跳转不对：{detail}", "让旧地址一步跳到要收录的页面"),
        "audit-copy": Message(
            _E,
            "压缩的副本和 {original} 不一样，读者会看到旧的内容",
            "重新运行 yuqi build --release",
        ),
        "audit-unreachable": Message(_E, "从首页点不到这一页", "在别的页面上加一个指向它的链接"),
    }
)
