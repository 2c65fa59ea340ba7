"""JSON Schema of requests, for editors and for whoever writes requests by hand.

The schema says what is written how. Relations between fields (days in order, a basis where a
rate is yearly, one of two forms) are the engine's own checks, with messages.
"""

from .card import ALLOCATION as CARD_ALLOCATION
from .card import COMPOUNDING as CARD_COMPOUNDING
from .card import INTEREST_ON
from .fields import MAX_ITEMS
from .ledger import Json
from .loan import ALLOCATION, BASES, COMPOUNDING, END_POINTS, ROUNDING

_AMOUNT: Json = {"type": "string", "pattern": r"^[0-9]{1,8}(\.[0-9]{1,2})?$"}
_DATE: Json = {"type": "string", "format": "date", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_RATE: Json = {
    "type": "string",
    "pattern": r"^([日月年] ?[0-9]{1,4}(\.[0-9]{1,6})?%|日 ?万分之[0-9]{1,4}(\.[0-9]{1,4})?)$",
}
_SHARE: Json = {"type": "string", "pattern": r"^[0-9]{1,4}(\.[0-9]{1,6})?%$"}
_FACTOR: Json = {"type": "string", "pattern": r"^[0-9]{1,4}(\.[0-9]{1,4})?$"}
_COUNT: Json = {"type": "string", "pattern": r"^[0-9]{1,9}$"}
_FLAG: Json = {"type": "boolean"}
_BASIS: Json = {"enum": ["360", "365"]}


def _one_of(options: tuple[str, ...]) -> Json:
    return {"enum": list(options)}


def _object(required: tuple[str, ...], **properties: Json) -> Json:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(required),
        "additionalProperties": False,
    }


def _list(**properties: Json) -> Json:
    return {
        "type": "array",
        "maxItems": MAX_ITEMS,
        "items": {
            "type": "object",
            "properties": dict(properties),
            "additionalProperties": False,
        },
    }


_PAYMENTS = _list(date=_DATE, amount=_AMOUNT)


def request_schema() -> Json:
    """The schema (draft 2020-12): one object for each mode, told apart by ``mode``."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "逾期计算请求",
        "oneOf": [_loan(), _card(), _private(), _judgment()],
    }


def _loan() -> Json:
    return _object(
        ("mode", "rate", "as_of"),
        mode={"const": "loan"},
        principal=_AMOUNT,
        interest=_AMOUNT,
        due=_DATE,
        instalments=_list(due=_DATE, principal=_AMOUNT, interest=_AMOUNT),
        as_of=_DATE,
        rate=_RATE,
        multiplier=_FACTOR,
        penalty_rate=_RATE,
        basis=_BASIS,
        base=_one_of(BASES),
        compounding=_one_of(COMPOUNDING),
        rounding=_one_of(ROUNDING),
        end_points=_one_of(END_POINTS),
        allocation=_one_of(ALLOCATION),
        grace_days=_COUNT,
        grace_retroactive=_FLAG,
        remaining=_AMOUNT,
        accelerated_on=_DATE,
        fee=_AMOUNT,
        payments=_PAYMENTS,
        claimed=_AMOUNT,
    )


def _card() -> Json:
    return _object(
        ("mode", "daily_rate", "as_of"),
        mode={"const": "card"},
        amount=_AMOUNT,
        posted=_DATE,
        purchases=_list(amount=_AMOUNT, posted=_DATE),
        cash_advances=_list(amount=_AMOUNT, posted=_DATE),
        statement_date=_DATE,
        due=_DATE,
        minimum_due=_AMOUNT,
        statements=_list(statement_date=_DATE, due=_DATE, minimum_due=_AMOUNT),
        as_of=_DATE,
        daily_rate=_RATE,
        late_fee_rate=_SHARE,
        late_fee_min=_AMOUNT,
        late_fee_max=_AMOUNT,
        tolerance_days=_COUNT,
        tolerance_amount=_AMOUNT,
        statement_day_counted=_FLAG,
        interest_on=_one_of(INTEREST_ON),
        compounding=_one_of(CARD_COMPOUNDING),
        allocation=_one_of(CARD_ALLOCATION),
        payments=_PAYMENTS,
        claimed=_AMOUNT,
    )


def _private() -> Json:
    return _object(
        ("mode", "amount_arrived", "arrived_on", "as_of"),
        mode={"const": "private"},
        amount_arrived=_AMOUNT,
        amount_written=_AMOUNT,
        arrived_on=_DATE,
        due=_DATE,
        as_of=_DATE,
        agreed_rate=_RATE,
        overdue_rate=_RATE,
        overdue_fee=_AMOUNT,
        basis=_BASIS,
        end_points=_one_of(END_POINTS),
        allocation=_one_of(ALLOCATION),
        payments=_PAYMENTS,
        claimed=_AMOUNT,
    )


def _judgment() -> Json:
    return _object(
        ("mode", "as_of"),
        mode={"const": "judgment"},
        judged_sum=_AMOUNT,
        last_day=_DATE,
        instalments=_list(last_day=_DATE, amount=_AMOUNT),
        ordinary_interest=_AMOUNT,
        running_rate=_RATE,
        running_from=_DATE,
        running_base=_AMOUNT,
        basis=_BASIS,
        excluded=_list(**{"from": _DATE, "to": _DATE}),
        end_points=_one_of(END_POINTS),
        allocation=_one_of(ALLOCATION),
        as_of=_DATE,
        payments=_PAYMENTS,
        claimed=_AMOUNT,
    )
