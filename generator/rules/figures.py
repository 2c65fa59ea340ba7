"""A figure about law, rates or products that stands without a source.

It judges sentence by sentence and lets a whole block (a paragraph, a list item, a table row) pass
that cites a source, or whose lead-in does. It knows figures by their units and their neighbours,
not by their meaning; what it finds and what it misses is measured in `tests/unit/test_figures.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.diagnostics import Diagnostic, Span
from generator.messages import finding
from generator.rules.blocks import Block

_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_HAN = "[二三四五六七八九十百]{1,4}"
# What is a figure about law or rates whatever stands beside it.
_SURE = re.compile(
    rf"{_NUMBER} ?[%％‰]|百分之[\d零一二三四五六七八九十点]+|[千万]分之 ?(?:{_NUMBER}|[一二三四五六七八九十点]+)"
    rf"|(?:{_NUMBER}|{_HAN}) ?倍|第 ?(?:\d+|[零一二三四五六七八九十百]+) ?条|〔\d{{4}}〕 ?\d+ ?号"
)
# What is one only beside a word of the trade.
_PERHAPS = re.compile(
    rf"{_NUMBER} ?(?:个?(?:工作日|小时|月)|日(?![常记志])|天|年|次|(?:万|亿)?元|期|人(?![民民]))"
    rf"|{_HAN}(?:个(?:工作日|月)|年|日内|倍|万元)|\d{{1,2}}[:：]\d\d"
)
_TRADE = re.compile(
    "法律|法院|规定|条例|办法|司法解释|通知|标准|指引|利率|利息|罚息|复利|违约金|手续费|年化|LPR|征信|报送|"
    "不良|时效|支付令|异议|上诉|起诉状|答辩|判决|强制执行|仲裁|罚款|拘留|徒刑|催收|宽限|容时|容差|最低还款|免息|"
    "额度|微粒贷|借呗|花呗|白条|金条|信用卡|银行|受理费"
)
# A day in the calendar is no figure, unless something comes into force on it.
_DAY = re.compile(
    r"\d{4}-\d\d-\d\d|(?:19|20)\d\d ?年(?: ?\d{1,2} ?月)?(?: ?\d{1,2} ?日)?|\d{1,2} ?月 ?\d{1,2} ?日"
)
_IN_FORCE = re.compile(rf"(?:{_DAY.pattern}) ?起?(?:施行|生效|实施|执行)")
# Without one of each there is no figure that is judged; most sentences have none.
_DIGIT = re.compile(r"[\d二三四五六七八九十百千万第]")
_SIGN = re.compile(rf"%|％|‰|倍|条|号|分之|施行|生效|实施|执行|{_TRADE.pattern}")
# What is said to be somebody's word, a reckoning or unknown claims no rule.
_ATTRIBUTED = re.compile(
    "公开(?:页面|资料|报道|网页)|(?:网页|网站|内容站|媒体|网上|页面|当事人)[^，。；]{0,14}(?:称|写|说|报道)|"
    "报道过|冲突|矛盾|没有(?:官方)?依据|没有查到|没有核实|没有整理|没有覆盖|核到|你的合同|"
    "例如|比如|假设|假如|举例|[×÷＝=]"
)
_LINK = re.compile(r"\[(?<!!\[)[^\[\]\n]*\]\([^()\n]*\)")
_SENTENCE = re.compile(r"[^。！？?\n|]+[？?]?")
_JUDGED = ("paragraph", "item", "row")


def uncited(parts: Sequence[Block], path: str, offset: int) -> Iterator[Diagnostic]:
    """One finding for each block that states a figure and no source; `offset` is the body's."""
    for block in parts:
        if block.kind not in _JUDGED or block.before_code or not _may_hold(block.text):
            continue
        if block.cites or _ATTRIBUTED.search(block.lead):
            continue
        text = _LINK.sub(lambda link: " " * len(link[0]), block.text)
        place = next(filter(None, map(_figure, _SENTENCE.finditer(text))), None)
        if place is not None:
            span = place.shifted(offset + block.start)
            figure = block.text[place.start : place.end]
            yield finding("figure-uncited", path, span, figure=figure)


def _may_hold(words: str) -> bool:
    """Whether a figure can be in it at all."""
    return bool(_DIGIT.search(words) and _SIGN.search(words))


def _figure(sentence: re.Match[str]) -> Span | None:
    """The first figure of a sentence that ought to have a source."""
    words = sentence[0]
    if not _may_hold(words) or words.endswith(("？", "?")) or _ATTRIBUTED.search(words):
        return None
    found = _IN_FORCE.search(words)
    if found is None:
        words = _DAY.sub(lambda day: "日" * len(day[0]), words)
        found = _SURE.search(words) or (_PERHAPS.search(words) if _TRADE.search(words) else None)
    return Span(*found.span()).shifted(sentence.start()) if found else None
