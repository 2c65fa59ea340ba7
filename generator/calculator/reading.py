"""Tolerant reading of what somebody types: amounts, days, rates (twin: ``reading.js``).

Each function takes the text, the field's label and the tables with the words to use, and gives a
``Reading``: a value in the written form the engine takes, with the echo 「读作 …」 where the text
was not that form already; or a message; or a question with the readings to choose from, where two
are likely. Nothing is guessed silently, and no text raises.
"""

import re

from msgspec import Struct

from .dates import parse_date
from .money import AMOUNT_LIMIT, RATE_ONE, format_amount
from .numerals import normalised, with_digits
from .rates import LIMITS, Rate, format_rate
from .tables import Tables


class Choice(Struct, frozen=True):
    """A reading offered with a question: what it is called and its value."""

    label: str
    value: str


class Reading(Struct, frozen=True):
    """Exactly one of ``value``, ``message`` and ``question`` is not empty."""

    value: str = ""
    echo: str = ""
    message: str = ""
    question: str = ""
    choices: tuple[Choice, ...] = ()


class _Voice(Struct, frozen=True):
    """Says what was found, in the words of the tables."""

    text: str
    label: str
    tables: Tables

    def say(self, code: str, **parts: str) -> str:
        parts |= {"label": self.label, "text": self.text[:30]}
        return self.tables.words("messages", code, **parts)

    def wrong(self, code: str) -> Reading:
        return Reading(message=self.say(code))

    def taken(self, value: str, shown: str, plain: bool) -> Reading:
        return Reading(value, "" if plain else self.say("read_as", value=shown))

    def name(self, unit: str) -> str:
        return self.tables.words("choices", f"unit.{unit}")

    def shown(self, rate: Rate) -> str:
        return f"{self.name(rate.unit)} {_percent(rate.value)}"

    def asked(self, code: str, *rates: Rate, **parts: str) -> Reading:
        """A question with those of the rates that the engine would take."""
        fitting = [rate for rate in rates if rate.value <= LIMITS[rate.unit]]
        if not fitting:
            return self.wrong("rate_high")
        choices = tuple(Choice(self.shown(rate), format_rate(rate)) for rate in fitting)
        return Reading(question=self.say(code, **parts), choices=choices)


# Amounts

_NUMBER = r"(?:[0-9]{1,3}(?:[, ][0-9]{3})+|[0-9]{1,15})(?:\.[0-9]{0,15})?"
_AMOUNT = re.compile(rf"({_NUMBER})(?: ?(亿|万|千|百|w|k)(?:零?([0-9]{{1,8}}) ?(千|百)?)?)?")
_UNITS = {"亿": 8, "万": 4, "w": 4, "千": 3, "k": 3, "百": 2}
_MONEY_BEFORE = re.compile(r"^(?:人民币|rmb|cny|¥) ?")
_MONEY_AFTER = re.compile(r" ?(?:元整?|块钱?|圆整?|人民币|rmb|cny)$")


def read_amount(text: str, label: str, tables: Tables) -> Reading:
    """元 as ``12000.00``: ``12,000``, ``１２０００``, ``1.2万``; ``1万2`` asks."""
    voice = _Voice(text, label, tables)
    plain = normalised(text)
    if not plain:
        return voice.wrong("missing")
    plain = _MONEY_AFTER.sub("", _MONEY_BEFORE.sub("", plain))
    if plain.startswith(("-", "负")):
        return voice.wrong("amount_zero")
    if re.fullmatch(r"[0-9.]{1,15}e\+?[0-9]{1,15}", plain):
        return voice.wrong("amount_plain")
    found = _AMOUNT.fullmatch(plain)
    if found is None:
        return voice.wrong("amount_format")
    sums = _sums(found)
    if sums is None:
        return voice.wrong("amount_decimals")
    for fen in sums:
        if fen >= AMOUNT_LIMIT or fen == 0:
            return voice.wrong("amount_zero" if fen == 0 else "amount_big")
    values = [format_amount(fen) for fen in sums]
    shown = [tables.words("shown", "yuan", amount=value) for value in values]
    if len(values) > 1:
        choices = tuple(Choice(name, value) for name, value in zip(shown, values, strict=True))
        return Reading(question=voice.say("amount_asked"), choices=choices)
    plainly = re.fullmatch(r"[0-9]+(\.[0-9]{1,2})?", text) is not None
    return voice.taken(values[0], shown[0], plainly)


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


def read_date(text: str, label: str, tables: Tables) -> Reading:
    """An ISO day: ``2026/3/5``, ``20260305``, ``2026年3月5日``; a missing year is not guessed."""
    voice = _Voice(text, label, tables)
    plain = normalised(text)
    if not plain:
        return voice.wrong("missing")
    found = _DAY.fullmatch(plain) or _DIGITS.fullmatch(plain)
    if found is None:
        return voice.wrong(_what_is_missing(plain))
    value = f"{found[1]}-{int(found[2]):02d}-{int(found[3]):02d}"
    day = parse_date(value)
    return voice.wrong(day) if isinstance(day, str) else voice.taken(value, value, text == value)


def _what_is_missing(plain: str) -> str:
    if re.fullmatch(r"[0-9]{4} ?年?", plain):
        return "date_no_month"
    if _MONTH_ONLY.fullmatch(plain):
        return "date_no_day"
    if _NO_YEAR.fullmatch(plain):
        return "date_no_year"
    return "date_short_year" if _SHORT_YEAR.fullmatch(plain) else "date_unread"


# Rates

_UNIT_WORDS = (
    ("day", re.compile(r"每? ?[日天] ?(?:利率|利息|息|化)?|/ ?[日天]")),
    ("month", re.compile(r"每? ?个?月 ?(?:利率|利息|息|化)?|/ ?月")),
    ("year", re.compile(r"每? ?年 ?(?:利率|利息|息|化)?|/ ?年")),
)
_FILLER = re.compile(r"(?:折合|约|单利|利率|利息|息|按|为|是|[:/ ])+")
_SHARE = re.compile(r"([百千万])分之([0-9]{1,4})(?:\.([0-9]{1,6}))?")
_SIGNED = re.compile(r"([0-9]{1,4})(?:\.([0-9]{1,8}))?(%|‰|‱|分|厘)?")
_PLACES = {"百": 0, "千": 1, "万": 2, "%": 0, "‰": 1, "‱": 2, "分": 0, "厘": 1}


def read_rate(text: str, label: str, tables: Tables, unit: str = "") -> Reading:
    """A quoted rate as ``日 0.05%``.

    ``unit``: ``day``, ``month`` or ``year`` where the reader chose one beside the field. A unit
    in the text counts; without any, and where the number is unlikely for its unit, it asks.
    """
    voice = _Voice(text, label, tables)
    plain = with_digits(normalised(text))
    if not plain:
        return voice.wrong("missing")
    if plain.startswith("-"):
        return voice.wrong("rate_negative")
    rest, units = _units(plain)
    share, signed = _SHARE.fullmatch(rest), _SIGNED.fullmatch(rest)
    if share is not None:
        whole, part, sign = share[2], share[3], share[1]
    elif signed is not None:
        whole, part, sign = signed[1], signed[2], signed[3]
    if len(units) > 1 or (share is None and signed is None):
        return voice.wrong("rate_unread")
    value = _value(whole, part or "", _PLACES[sign or "%"])
    if value is None:
        return voice.wrong("rate_decimals")
    if sign in ("分", "厘"):
        rates = [Rate("month", value), Rate("year", value * 10)]
        fitting = [rate for rate in rates if units and rate.unit == units[0]]
        return voice.asked("rate_folk", *(fitting or rates))
    # 万分之 without a unit is said of a day.
    own = units[0] if units else "day" if sign in ("万", "‱") else ""
    return _with_unit(voice, value, own, unit, bare=not sign)


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


def _with_unit(voice: _Voice, value: int, own: str, chosen: str, *, bare: bool) -> Reading:
    """``own``: the unit in the text; ``bare``: a number without any sign for its share."""
    named = own or chosen
    percent = _percent(value)
    if not named:
        rates = [Rate(unit, value) for unit in ("day", "month", "year")]
        return voice.asked("rate_asked", *rates, rate=percent)
    if own and chosen and own != chosen:
        both = (Rate(own, value), Rate(chosen, value))
        names = {"own": voice.name(own), "chosen": voice.name(chosen)}
        return voice.asked("rate_which", *both, **names)
    rate = Rate(named, value)
    if bare and value and value < {"day": 1000, "month": 50_000, "year": RATE_ONE // 100}[named]:
        return voice.asked("rate_low", Rate(named, value * 100), rate, rate=voice.shown(rate))
    slip = _slip(voice, rate)
    if slip is not None:
        return slip
    written = format_rate(rate)
    return voice.taken(written, voice.shown(rate), voice.text == written)


def _slip(voice: _Voice, rate: Rate) -> Reading | None:
    """A number that is unlikely for its unit: asked about, never changed."""
    unit, value, shown = rate.unit, rate.value, voice.shown(rate)
    if unit == "day" and value > RATE_ONE // 200:
        likely = (Rate("day", value // 100), Rate("month", value), Rate("year", value))
        return voice.asked("rate_day_slip", *likely, rate=shown)
    if unit == "month" and value > RATE_ONE // 10:
        return voice.asked("rate_slip", Rate("year", value), rate, rate=shown)
    if unit == "year" and value > RATE_ONE:
        return voice.wrong("rate_year_range")
    if unit == "year" and 0 < value < RATE_ONE // 100:
        return voice.asked("rate_low", Rate("day", value), rate, rate=shown)
    return None


def _percent(value: int) -> str:
    return format_rate(Rate("day", value))[2:]
