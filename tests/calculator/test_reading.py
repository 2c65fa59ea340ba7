"""The reading table: what people type, read, echoed, asked about or refused, in both languages."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import asdict

from generator.calculator.dates import format_date, parse_date
from generator.calculator.money import format_amount, parse_amount
from generator.calculator.numerals import normalised, with_digits
from generator.calculator.rates import Rate, format_rate, parse_rate
from generator.calculator.reading import Reading, read_amount, read_date, read_rate

from .engines import JavaScript, load_tables

TABLES = load_tables()

PROPERTY = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def same(javascript: JavaScript, name: str, reading: Reading, *arguments: str) -> Reading:
    found = asdict(reading) | {"choices": [asdict(choice) for choice in reading.choices]}
    text, label, *unit = (json.dumps(argument) for argument in arguments)
    assert javascript.run(f"{name}({', '.join((text, label, 'TABLES', *unit))})") == found
    filled = [reading.value, reading.message, reading.question]
    assert sum(bool(item) for item in filled) == 1
    assert bool(reading.choices) is bool(reading.question)
    return reading


def amount(javascript: JavaScript, text: str) -> Reading:
    return same(javascript, "readAmount", read_amount(text, "欠款本金", TABLES), text, "欠款本金")


def day(javascript: JavaScript, text: str) -> Reading:
    return same(javascript, "readDate", read_date(text, "逾期日期", TABLES), text, "逾期日期")


def rate(javascript: JavaScript, text: str, unit: str = "") -> Reading:
    return same(javascript, "readRate", read_rate(text, "利率", TABLES, unit), text, "利率", unit)


@pytest.mark.parametrize(
    "text",
    [
        "12,000",
        "１２０００",
        "12 000元",
        "¥12000",
        "￥12,000.00",
        "1.2万",
        "1.2 万元",
        "1.2w",
        "12k",
        "1万2千",
        "1万2000",
        "1万零2千",
        "12000块钱",
        "人民币12000",
        "１．２万",
        "12000.",
        " 12000 ",
    ],
)
def test_amounts_of_twelve_thousand(javascript_reading: JavaScript, text: str) -> None:
    found = amount(javascript_reading, text)
    assert (found.value, found.echo) == ("12000.00", "读作 12,000.00 元")


def test_a_plain_amount_needs_no_echo(javascript_reading: JavaScript) -> None:
    assert amount(javascript_reading, "12000") == Reading("12000.00")
    assert amount(javascript_reading, "0.01") == Reading("0.01")


@pytest.mark.parametrize(
    ("text", "likely", "literal"),
    [
        ("1万2", "12000.00", "10002.00"),
        ("3千5", "3500.00", "3005.00"),
        ("1万25", "12500.00", "10025.00"),
        ("1.5万3", "18000.00", "15003.00"),
    ],
)
def test_an_ambiguous_amount_is_asked_about(
    javascript_reading: JavaScript, text: str, likely: str, literal: str
) -> None:
    found = amount(javascript_reading, text)
    assert text in found.question
    assert [choice.value for choice in found.choices] == [likely, literal]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "填写欠款本金"),
        ("  ", "填写欠款本金"),
        ("-500", "欠款本金要大于 0"),
        ("0", "欠款本金要大于 0"),
        ("0.00", "欠款本金要大于 0"),
        ("负500", "欠款本金要大于 0"),
        ("1亿", "欠款本金要小于 1 亿元"),
        ("100000000", "欠款本金要小于 1 亿元"),
        ("12.345", "欠款本金最多两位小数"),
        ("1.2345678万", "欠款本金最多两位小数"),
        ("1e9", "欠款本金要写成普通数字，小于 1 亿元"),
        ("一些", "欠款本金要写成数字，例如 12000 或 12000.50"),
        ("12,00", "欠款本金要写成数字，例如 12000 或 12000.50"),
        ("1.2.3", "欠款本金要写成数字，例如 12000 或 12000.50"),
        ("1" * 101, "欠款本金要写成数字，例如 12000 或 12000.50"),
    ],
)
def test_amounts_that_are_refused(javascript_reading: JavaScript, text: str, message: str) -> None:
    assert amount(javascript_reading, text).message == message


@pytest.mark.parametrize(
    "text",
    [
        "2026/3/5",
        "2026.3.5",
        "20260305",
        "2026年3月5日",
        "２０２６-０３-０５",
        "2026 年 3 月 5 号",
        "2026年03月05日",
        "2026 3 5",
        "2026－3－5",
        "2026。3。5",
    ],
)
def test_days_of_the_fifth_of_march(javascript_reading: JavaScript, text: str) -> None:
    found = day(javascript_reading, text)
    assert (found.value, found.echo) == ("2026-03-05", "读作 2026-03-05")


def test_an_iso_day_needs_no_echo(javascript_reading: JavaScript) -> None:
    assert day(javascript_reading, "2024-02-29") == Reading("2024-02-29")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "填写逾期日期"),
        ("3月5日", "逾期日期要写明年份"),
        ("3/5", "逾期日期要写明年份"),
        ("2026年", "逾期日期要有月份和日子"),
        ("2026年3月", "逾期日期要有日子"),
        ("2026-3", "逾期日期要有日子"),
        ("26-3-5", "逾期日期的年份要写全四位"),
        ("2026-02-30", "逾期日期要是真实存在的日子"),
        ("2025-02-29", "逾期日期要是真实存在的日子"),
        ("1900-02-29", "逾期日期要是真实存在的日子"),
        ("2026-13-01", "逾期日期要是真实存在的日子"),
        ("2026-00-10", "逾期日期要是真实存在的日子"),
        ("0000-01-01", "逾期日期要是真实存在的日子"),
        ("0050-01-01", "逾期日期要是真实存在的日子"),
        ("0100-01-01", "逾期日期要在 1980 年到 2099 年之间"),
        ("1979-12-31", "逾期日期要在 1980 年到 2099 年之间"),
        ("2100-01-01", "逾期日期要在 1980 年到 2099 年之间"),
        ("今天", "逾期日期要写成“2026 年 9 月 27 日”这样"),
    ],
)
def test_days_that_are_refused(javascript_reading: JavaScript, text: str, message: str) -> None:
    assert day(javascript_reading, text).message == message


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.05%/天", "日 0.05%"),
        ("万分之五", "日 0.05%"),
        ("日息5‱", "日 0.05%"),
        ("日息万分之５", "日 0.05%"),
        ("每天0.05%", "日 0.05%"),
        ("日利率：0.05％", "日 0.05%"),
        ("日利率0.05", "日 0.05%"),
        ("日万分之一点七五", "日 0.0175%"),
        ("千分之一每天", "日 0.1%"),
        ("0.066% / 日", "日 0.066%"),
        ("年化18%", "年 18%"),
        ("年利率18", "年 18%"),
        ("18%每年", "年 18%"),
        ("百分之十八每年", "年 18%"),
        ("年化（单利）9%", ""),
        ("百分之二十四/年", "年 24%"),
        ("月利率1.5%", "月 1.5%"),
        ("每个月1.5%", "月 1.5%"),
        ("年 3.60%", "年 3.6%"),
        ("日利率0", "日 0%"),
        ("日万分之0.01", "日 0.0001%"),
        ("日利率0.001", "日 0.001%"),
        ("月利率0.05", "月 0.05%"),
        ("年利率1", "年 1%"),
        ("日利率0.5%", "日 0.5%"),
        ("月利率10%", "月 10%"),
        ("年利率1%", "年 1%"),
    ],
)
def test_rates_with_their_unit(javascript_reading: JavaScript, text: str, value: str) -> None:
    found = rate(javascript_reading, text)
    assert found.value == value
    if value:
        assert found.echo.startswith("读作 ") and found.echo[3:6] in ("日利率", "月利率", "年利率")
        assert isinstance(parse_rate(value), Rate)


def test_a_written_rate_needs_no_echo(javascript_reading: JavaScript) -> None:
    assert rate(javascript_reading, "日 0.05%") == Reading("日 0.05%")
    assert rate(javascript_reading, "18%", "year") == Reading("年 18%", "读作 年利率 18%")


@pytest.mark.parametrize(
    ("text", "unit", "values"),
    [
        ("1.5%", "", ["月 1.5%", "年 1.5%"]),
        ("18%", "", ["月 18%", "年 18%"]),
        ("0.05%", "", ["日 0.05%", "月 0.05%", "年 0.05%"]),
        ("5%", "day", ["日 0.05%", "月 5%", "年 5%"]),
        ("日利率5%", "", ["日 0.05%", "月 5%", "年 5%"]),
        ("月利率18%", "", ["年 18%", "月 18%"]),
        ("0.05%", "year", ["日 0.05%", "年 0.05%"]),
        ("年利率0.18", "", ["年 18%", "年 0.18%"]),
        ("日利率0.0005", "", ["日 0.05%", "日 0.0005%"]),
        ("年18%", "month", ["年 18%", "月 18%"]),
        ("月息2分", "", ["月 2%"]),
        ("2分", "", ["月 2%", "年 20%"]),
        ("5厘", "", ["月 0.5%", "年 5%"]),
        ("日息5厘", "", ["月 0.5%", "年 5%"]),
        ("年息1分", "", ["年 10%"]),
        ("年利率0.995", "", ["年 99.5%", "年 0.995%"]),
        ("年利率0.995%", "", ["日 0.995%", "年 0.995%"]),
        ("年0.000001%", "", ["日 0.000001%", "年 0.000001%"]),
        ("100%", "", ["年 100%"]),
    ],
)
def test_rates_that_are_asked_about(
    javascript_reading: JavaScript, text: str, unit: str, values: list[str]
) -> None:
    found = rate(javascript_reading, text, unit)
    assert [choice.value for choice in found.choices] == values
    assert found.question.endswith("？")


def test_a_question_repeats_no_more_than_the_opening(javascript_reading: JavaScript) -> None:
    for text, found in (
        (f"1万2{' ' * 40}", amount(javascript_reading, f"1万2{' ' * 40}")),
        (f"2分{' ' * 40}", rate(javascript_reading, f"2分{' ' * 40}")),
    ):
        assert found.question.startswith(f"“{text[:30]}”是")


def test_units_of_an_amount(javascript_reading: JavaScript) -> None:
    assert amount(javascript_reading, "0.5亿").value == "50000000.00"
    assert amount(javascript_reading, "5百").value == "500.00"


def test_five_percent_a_day_is_a_slip(javascript_reading: JavaScript) -> None:
    assert rate(javascript_reading, "5%", "day").question == (
        "日利率 5% 太高，账单上常见的是 0.05%（万分之五）。你想填的是哪个？"
    )


@pytest.mark.parametrize(
    ("text", "unit", "part"),
    [
        ("", "", "填写利率"),
        ("-5%", "", "0% 或以上"),
        ("0.000001‰", "day", "小数位太多"),
        ("0.0000001分", "", "小数位太多"),
        ("年利率120%", "", "0% 到 100% 之间"),
        ("500%", "", "利率太高"),
        ("随便", "", "要写成"),
        ("年月5%", "", "要写成"),
        ("0.1234567%", "day", "小数位太多"),
        ("日利率9999%", "", "利率太高"),
    ],
)
def test_rates_that_are_refused(
    javascript_reading: JavaScript, text: str, unit: str, part: str
) -> None:
    assert part in rate(javascript_reading, text, unit).message


letters = st.text(max_size=10) | st.text(
    "0123456789.,-万千百亿零w元¥年月日天号分厘之点一二五十百 %‰‱/e每利率息化两〇０５，。％",
    max_size=12,
)


@PROPERTY
@given(text=letters, unit=st.sampled_from(["", "day", "month", "year"]))
def test_any_text_gives_a_value_a_message_or_a_question(
    javascript_reading: JavaScript, text: str, unit: str
) -> None:
    found = amount(javascript_reading, text)
    assert not found.value or isinstance(parse_amount(found.value), int)
    found = day(javascript_reading, text)
    assert not found.value or isinstance(parse_date(found.value), int)
    found = rate(javascript_reading, text, unit)
    assert not found.value or isinstance(parse_rate(found.value), Rate)
    for choice in found.choices:
        assert isinstance(parse_rate(choice.value), Rate)


@PROPERTY
@given(fen=st.integers(1, 10**10 - 1), data=st.data())
def test_written_forms_are_read_back(
    javascript_reading: JavaScript, fen: int, data: st.DataObject
) -> None:
    text = format_amount(fen)
    assert parse_amount(text) == fen and amount(javascript_reading, text).value == text
    number = data.draw(st.integers(722815, 766644))
    assert parse_date(format_date(number)) == number
    assert day(javascript_reading, format_date(number)).value == format_date(number)
    quoted = Rate("year", data.draw(st.integers(1_000_000, 10**8)))
    assert parse_rate(format_rate(quoted)) == quoted
    found: Any = rate(javascript_reading, format_rate(quoted))
    assert found.value == format_rate(quoted) and not found.echo


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("！～", "!~"),
        ("ＡＺａｚ", "azaz"),
        ("AaZz@[", "aazz@["),
        ("\u3000１\u00a0\t２ ", "1 2"),
        ("￥—–−、", "¥---,"),
        ("1" * 100, "1" * 100),
        ("1" * 101, "?"),
        ("😀" * 100, "😀" * 100),
    ],
)
def test_signs_of_the_keyboard(javascript_reading: JavaScript, text: str, plain: str) -> None:
    assert normalised(text) == plain
    assert javascript_reading.call("normalised", text) == plain


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("二十", "20"),
        ("十", "10"),
        ("十八", "18"),
        ("二十四", "24"),
        ("一百零五", "105"),
        ("三百二十", "320"),
        ("百分之百", "百分之100"),
        ("一八", "18"),
        ("一点七五", "1.75"),
        ("零点〇五", "0.05"),
        ("两", "2"),
        ("零十", "0"),
        ("十十", "20"),
    ],
)
def test_chinese_numbers(javascript_reading: JavaScript, text: str, digits: str) -> None:
    assert with_digits(text) == digits
    assert javascript_reading.call("withDigits", text) == digits
