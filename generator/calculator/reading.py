"""Tolerant reading of what somebody types: amounts, days, rates (twin: ``reading.js``).

Each function takes the text and the field's label and gives a ``Reading``: a value in the
written form the engine takes, with the echo 「读作 …」 where the text was not that form already;
or a message; or a question with the readings to choose from, where two are likely. Nothing is
guessed silently, and no text raises.
"""

import re
from dataclasses import dataclass

from .dates import parse_date
from .money import AMOUNT_LIMIT, RATE_ONE, format_amount
from .numerals import normalised, with_digits
from .rates import LIMITS, Rate, format_rate

NAMES = {"day": "日利率", "month": "月利率", "year": "年利率"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A reading offered with a question: what it is called and its value."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Exactly one of ``value``, ``message`` and ``question`` is not empty."""

    value: str = ""
    echo: str = ""
    message: str = ""
    question: str = ""
    choices: tuple[Choice, ...] = ()


def _read(text: str, value: str, shown: str, plain: bool) -> Reading:
    return Reading(value, "" if plain else f"读作 {shown}")


# Amounts

_NUMBER = r"(?:[0-9]{1,3}(?:[, ][0-9]{3})+|[0-9]{1,15})(?:\.[0-9]{0,15})?"
_AMOUNT = re.compile(rf"({_NUMBER})(?: ?(亿|万|千|百|w|k)(?:零?([0-9]{{1,8}}) ?(千|百)?)?)?")
_UNITS = {"亿": 8, "万": 4, "w": 4, "千": 3, "k": 3, "百": 2}
_MONEY_BEFORE = re.compile(r"^(?:人民币|rmb|cny|¥) ?")
_MONEY_AFTER = re.compile(r" ?(?:元整?|块钱?|圆整?|人民币|rmb|cny)$")


def read_amount(text: str, label: str) -> Reading:
    """元 as ``12000.00``: ``12,000``, ``１２０００``, ``1.2万``; ``1万2`` asks."""
    plain = normalised(text)
    if not plain:
        return Reading(message=f"填写{label}")
    plain = _MONEY_AFTER.sub("", _MONEY_BEFORE.sub("", plain))
    if plain.startswith(("-", "负")):
        return Reading(message=f"{label}要大于 0")
    if re.fullmatch(r"[0-9.]{1,15}e\+?[0-9]{1,15}", plain):
        return Reading(message=f"{label}要写成普通数字，小于 1 亿元")
    found = _AMOUNT.fullmatch(plain)
    if found is None:
        return Reading(message=f"{label}要写成数字，例如 12000 或 12000.50")
    sums = _sums(found)
    if sums is None:
        return Reading(message=f"{label}最多两位小数")
    for fen in sums:
        if fen >= AMOUNT_LIMIT or fen == 0:
            return Reading(message=f"{label}要{'大于 0' if fen == 0 else '小于 1 亿元'}")
    if len(sums) > 1:
        choices = tuple(Choice(f"{format_amount(f)} 元", format_amount(f)) for f in sums)
        return Reading(question=f"“{text[:30]}”是多少元？", choices=choices)
    value = format_amount(sums[0])
    return _read(
        text, value, f"{value} 元", re.fullmatch(r"[0-9]+(\.[0-9]{1,2})?", text) is not None
    )


def _sums(found: re.Match[str]) -> list[int] | None:
    """分 of each likely reading, the likelier first; None for parts of a 分."""
    whole, _, part = re.sub("[, ]", "", found[1]).partition(".")
    power = _UNITS.get(found[2], 0)
    part = part.rstrip("0")
    if len(part) > power + 2:
        return None
    fen = int((whole + part) or "0") * 10 ** (power + 2 - len(part))
    tail = found[3] or ""
    if found[4]:
        return [fen + int(tail) * 10 ** (_UNITS[found[4]] + 2)]
    if not tail:
        return [fen]
    literal = fen + int(tail) * 100
    if len(tail) >= power:
        return [literal]
    # 1万2 is said for 12,000 and may be meant as 10,002.
    return [fen + int(tail) * 10 ** (power + 2 - len(tail)), literal]


# Days

_DAY = re.compile(r"([0-9]{4}) ?(?:[-/.年 ]) ?([0-9]{1,2}) ?(?:[-/.月 ]) ?([0-9]{1,2}) ?[日号]?")
_DIGITS = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_MONTH_ONLY = re.compile(r"[0-9]{4} ?(?:[-/.年]) ?[0-9]{1,2} ?月?")
_NO_YEAR = re.compile(r"[0-9]{1,2} ?(?:[-/.月]) ?[0-9]{1,2} ?[日号]?")
_SHORT_YEAR = re.compile(r"'?[0-9]{2} ?(?:[-/.年]) ?[0-9]{1,2} ?(?:[-/.月]) ?[0-9]{1,2} ?[日号]?")


def read_date(text: str, label: str) -> Reading:
    """An ISO day: ``2026/3/5``, ``20260305``, ``2026年3月5日``; a missing year is not guessed."""
    plain = normalised(text)
    if not plain:
        return Reading(message=f"填写{label}")
    found = _DAY.fullmatch(plain) or _DIGITS.fullmatch(plain)
    if found is None:
        return Reading(message=label + _what_is_missing(plain))
    value = f"{found[1]}-{int(found[2]):02d}-{int(found[3]):02d}"
    day = parse_date(value)
    if day == "date_real":
        return Reading(message=f"{label}要是真实存在的日子")
    if isinstance(day, str):
        return Reading(message=f"{label}要在 1980 年到 2099 年之间")
    return _read(text, value, value, text == value)


def _what_is_missing(plain: str) -> str:
    if re.fullmatch(r"[0-9]{4} ?年?", plain):
        return "要有月份和日子"
    if _MONTH_ONLY.fullmatch(plain):
        return "要有日子"
    if _NO_YEAR.fullmatch(plain):
        return "要写明年份"
    if _SHORT_YEAR.fullmatch(plain):
        return "的年份要写全四位"
    return "要写成“2026 年 9 月 27 日”这样"


# Rates

_UNIT_WORDS = (
    ("day", re.compile(r"每? ?[日天] ?(?:利率|利息|息|化)?|/ ?[日天]")),
    ("month", re.compile(r"每? ?个?月 ?(?:利率|利息|息|化)?|/ ?月")),
    ("year", re.compile(r"每? ?年 ?(?:利率|利息|息|化)?|/ ?年")),
)
_FILLER = re.compile(r"(?:折合|约|单利|利率|利息|息|按|为|是|[:/ ])+")
_PARTS = {"百": 0, "千": 1, "万": 2}
_SHARE = re.compile(r"([百千万])分之([0-9]{1,4})(?:\.([0-9]{1,6}))?")
_SIGNED = re.compile(r"([0-9]{1,4})(?:\.([0-9]{1,8}))?(%|‰|‱|分|厘)?")
_PLACES = {"%": 0, "‰": 1, "‱": 2}


def read_rate(text: str, label: str, unit: str = "") -> Reading:
    """A quoted rate as ``日 0.05%``.

    ``unit``: ``day``, ``month`` or ``year`` where the reader chose one beside the field. A unit
    in the text counts; without any, and where the number is unlikely for its unit, it asks.
    """
    plain = with_digits(normalised(text))
    if not plain:
        return Reading(message=f"填写{label}")
    if plain.startswith("-"):
        return Reading(message=f"{label}要在 0% 或以上")
    rest, units = _units(plain)
    share, signed = _SHARE.fullmatch(rest), _SIGNED.fullmatch(rest)
    if len(units) > 1 or (share is None and signed is None):
        return Reading(message=f"{label}要写成“日利率 0.05%”“万分之五”“年利率 18%”这样")
    if share is not None:
        value = _value(share[2], share[3] or "", _PARTS[share[1]])
        # 万分之 without a unit is said of a day.
        units = units or (["day"] if share[1] == "万" else [])
        bare = False
    else:
        assert signed is not None
        if signed[3] in ("分", "厘"):
            return _ask_folk(text, label, signed, units)
        value = _value(signed[1], signed[2] or "", _PLACES.get(signed[3] or "%", 0))
        units = units or (["day"] if signed[3] == "‱" else [])
        bare = not signed[3]
    if value is None:
        return Reading(message=f"{label}的小数位太多")
    return _with_unit(text, label, value, units, unit, bare)


def _units(plain: str) -> tuple[str, list[str]]:
    """The text without its words for units and fillers, and the units named."""
    units = []
    for unit, words in _UNIT_WORDS:
        # 百分之, 千分之 and 万分之 hold no such word, and 厘 and 分 stay for the folk readings.
        plain, count = words.subn("", plain)
        if count:
            units.append(unit)
    return _FILLER.sub("", plain), units


def _value(whole: str, part: str, places: int) -> int | None:
    """Percent moved ``places`` further right, over RATE_ONE; None if it has too many decimals."""
    digits = part.rstrip("0")
    if len(digits) > 6 - places:
        return None
    shift: int = 10 ** (6 - places - len(digits))
    return int(whole + digits) * shift


def _with_unit(
    text: str, label: str, value: int, units: list[str], chosen: str, bare: bool
) -> Reading:
    if not units and not chosen:
        return _ask(
            f"{label} {_percent(value)} 是按天、按月还是按年？", value, "day", "month", "year"
        )
    named = units[0] if units else chosen
    if units and chosen and named != chosen:
        question = f"{label}写的是{NAMES[named]}，选的是{NAMES[chosen]}。你想填的是哪个？"
        return _ask(question, value, named, chosen)
    if bare and value and value < {"day": 1000, "month": 50_000, "year": RATE_ONE // 100}[named]:
        question = f"{NAMES[named]} {_percent(value)} 太低。你想填的是哪个？"
        return _asked(question, Rate(named, value * 100), Rate(named, value))
    slip = _slip(named, value)
    if slip is not None:
        return slip
    rate = Rate(named, value)
    return _read(text, format_rate(rate), _shown(rate), text == format_rate(rate))


def _slip(unit: str, value: int) -> Reading | None:
    """A number that is unlikely for its unit: asked about, never changed."""
    name = f"{NAMES[unit]} {_percent(value)} "
    if unit == "day" and value > RATE_ONE // 200:
        question = f"{name}太高，账单上常见的是 0.05%（万分之五）。你想填的是哪个？"
        return _asked(
            question, Rate("day", value // 100), Rate("month", value), Rate("year", value)
        )
    if unit == "month" and value > RATE_ONE // 10:
        return _asked(f"{name}太高。你想填的是哪个？", Rate("year", value), Rate("month", value))
    if unit == "year" and value > RATE_ONE:
        return Reading(message="年利率要在 0% 到 100% 之间")
    if unit == "year" and 0 < value < RATE_ONE // 100:
        return _asked(f"{name}太低。你想填的是哪个？", Rate("day", value), Rate("year", value))
    return None


def _ask_folk(text: str, label: str, signed: re.Match[str], units: list[str]) -> Reading:
    """分 and 厘 are used differently from place to place: the reader says what was meant."""
    tenth = signed[3] == "厘"
    value = _value(signed[1], signed[2] or "", 1 if tenth else 0)
    if value is None:
        return Reading(message=f"{label}的小数位太多")
    rates = [Rate("month", value), Rate("year", value * 10)]
    fitting = [rate for rate in rates if not units or rate.unit == units[0]] or rates
    return _asked(f"“{text[:30]}”是民间说法，各地用法不同。你想填的是哪个？", *fitting)


def _ask(question: str, value: int, *units: str) -> Reading:
    return _asked(question, *(Rate(unit, value) for unit in units))


def _asked(question: str, *rates: Rate) -> Reading:
    fitting = [rate for rate in rates if rate.value <= LIMITS[rate.unit]]
    if not fitting:
        return Reading(message="利率太高：按天不超过 1%，按月不超过 30%，按年不超过 100%")
    choices = tuple(Choice(_shown(rate), format_rate(rate)) for rate in fitting)
    return Reading(question=question, choices=choices)


def _percent(value: int) -> str:
    return format_rate(Rate("day", value))[2:]


def _shown(rate: Rate) -> str:
    return f"{NAMES[rate.unit]} {_percent(rate.value)}"
