"""Facts about Han characters, as `hanzi` has them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from itertools import product

_ROWS, _CELLS = range(0xB0, 0xF8), range(0xA1, 0xFF)
EVERYDAY = 3755
"""So many of `common` are in daily use: the first level of GB 2312."""
SHAPES = (
    "贷货贪贫 收牧攻 诉拆折析 款歉 还坏怀环 期斯欺 违连 约钓药 金全 罚罪 息思恳 协办 商高滴 失夫矢 "
    "被披彼 执热 冻陈 结给 限眼根很 利刹 率卒 费资 卡下 额颖 度席 本木未末 借惜错 呗坝 微徽 粒拉 "
    "京凉 条杂 白自百 抖科料 拖施 欠次 传转 票栗 判叛 法去 律津 师帅 报极服 告吉 录绿 复夏 删册 "
    "除徐 老考 赖懒 骗编遍 客容 担但坦 人入八 父交 妻要 短矩 电甩 话活 上土 找我 消捎 住往佳 用甩 "
    "己已巳 天夫 日曰目 月用 大太犬 干千于 刀力 主王玉 牛午 今令 鸟乌 没设 折拆 侍待 抢枪 拔拨"
)
"""Characters that handwriting and tired eyes take for one another, whatever they sound like."""
_ROW = re.compile("([a-z]+)([^a-z ]*)")
_INITIAL = re.compile("^(?:[zcs]h|n)")
_ALIKE = {"zh": "z", "ch": "c", "sh": "s", "n": "l"}
_NASAL = re.compile("ng$")


@cache
def simplified() -> Mapping[int, str]:
    """Code point of a traditional character → its simplified form."""
    from generator.search.hanzi import SIMPLIFIED

    return dict(zip(map(ord, SIMPLIFIED[::2]), SIMPLIFIED[1::2], strict=True))


def common() -> str:
    """The 6,763 characters of GB 2312, in its order."""
    cells = (bytes((row, cell)) for row in _ROWS for cell in _CELLS)
    return b"".join(cells).decode("gb2312", errors="ignore")


@cache
def readings() -> Mapping[str, tuple[str, ...]]:
    """Character → its everyday syllables without tones, the commonest first."""
    from generator.search.hanzi import READINGS

    rows: list[tuple[str, str]] = _ROW.findall(READINGS)
    heard: dict[str, tuple[str, ...]] = {}
    for syllable, characters in rows:
        for character in characters:
            heard[character] = (*heard.get(character, ()), syllable)
    return heard


def blurred(syllable: str) -> str:
    """Without what many speakers and keyboards do not tell apart: zh and z, n and ng, l and n."""
    return _NASAL.sub("n", _INITIAL.sub(lambda match: _ALIKE[match[0]], syllable))


def sounds(pair: str) -> set[str]:
    """How two units sound: `zen'xin`; a number is itself. None if unknown."""
    table = _blurred_readings()
    heard = [table.get(unit, (unit,) if unit.isascii() else ()) for unit in _parts(pair)]
    return {"'".join(syllables) for syllables in product(*heard)}


@cache
def _blurred_readings() -> Mapping[str, tuple[str, ...]]:
    return {unit: tuple(map(blurred, heard)) for unit, heard in readings().items()}


@cache
def _shapes() -> Mapping[int, str]:
    """Code point of a character → the first of those it looks like; the first group counts."""
    found: dict[int, str] = {}
    for group in SHAPES.split():
        for character in group:
            found.setdefault(ord(character), group[0])
    return found


def shape(pair: str) -> str:
    """How a pair looks: `~` and a character for each; empty if nothing looks like it."""
    table = _shapes()
    return f"~{pair.translate(table)}" if any(ord(it) in table for it in pair) else ""


def _parts(pair: str) -> list[str]:
    """The units of a pair: at least one of them is a Han character."""
    if not pair[0].isascii():
        return [pair[0], pair[1:]]
    return [pair[:-1], pair[-1]]
