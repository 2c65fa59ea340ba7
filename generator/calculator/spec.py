"""The fields of each mode, in the order they are read: the one list both engines go by.

From it come the reading of requests (here and, as JSON, in ``engine.js``), the JSON Schema and
the choices the conventions table varies. Labels stand in the wording of the tables.
"""

from msgspec import Struct

from .card import ALLOCATION as CARD_ALLOCATION
from .card import COMPOUNDING as CARD_COMPOUNDING
from .card import INTEREST_ON
from .loan import ALLOCATION, BASES, COMPOUNDING, END_POINTS, ROUNDING

Json = dict[str, object]


class Field(Struct, frozen=True):
    """One field of a request.

    ``kind``: ``amount`` (above 0), ``amount0`` (0 allowed), ``date``, ``rate``, ``multiplier``,
    ``percent``, ``count`` (days, up to ``limit``), ``choice`` (of ``options``), ``flag`` or
    ``list`` (of objects with ``fields``). ``default`` holds where a choice or flag is empty.
    ``unless`` names the list that replaces the field. ``vary``: codes the conventions table tries.
    """

    name: str
    kind: str
    required: bool = False
    options: tuple[str, ...] = ()
    default: str | bool | None = None
    limit: int = 0
    unless: str = ""
    fields: tuple["Field", ...] = ()
    vary: tuple[str, ...] = ()

    def to_json(self) -> Json:
        """What ``engine.js`` reads; empty attributes are left out, the default never."""
        found: Json = {"name": self.name, "kind": self.kind, "default": self.default}
        for name in ("required", "options", "limit", "unless", "vary"):
            if value := getattr(self, name):
                found[name] = list(value) if isinstance(value, tuple) else value
        if self.fields:
            found["fields"] = [field.to_json() for field in self.fields]
        return found


def _choice(name: str, options: tuple[str, ...], default: str | None = None) -> Field:
    first = options[0] if default is None else default
    return Field(name, "choice", options=options, default=first, vary=options)


def _list(name: str, *fields: Field) -> Field:
    return Field(name, "list", fields=fields)


def _flag(name: str) -> Field:
    return Field(name, "flag", default=True, vary=("true", "false"))


BASIS = ("360", "365")
_AS_OF = Field("as_of", "date", required=True)
_CLAIMED = Field("claimed", "amount")
_PAYMENTS = _list(
    "payments", Field("date", "date", required=True), Field("amount", "amount", required=True)
)

LOAN = (
    _list(
        "instalments",
        Field("principal", "amount", required=True),
        Field("due", "date", required=True),
        Field("interest", "amount0"),
    ),
    Field("principal", "amount", required=True, unless="instalments"),
    Field("due", "date", required=True, unless="instalments"),
    Field("interest", "amount0", unless="instalments"),
    _AS_OF,
    Field("rate", "rate", required=True),
    _choice("basis", BASIS, default=""),
    _choice("end_points", END_POINTS),
    _choice("compounding", COMPOUNDING),
    _choice("base", BASES),
    Field("multiplier", "multiplier", vary=("1", "1.3", "1.5")),
    Field("penalty_rate", "rate"),
    _choice("rounding", ROUNDING),
    _choice("allocation", ALLOCATION),
    Field("grace_days", "count", limit=90),
    _flag("grace_retroactive"),
    Field("remaining", "amount0"),
    Field("accelerated_on", "date"),
    Field("fee", "amount0"),
    _PAYMENTS,
    _CLAIMED,
)

_BILL = (
    Field("statement_date", "date", required=True),
    Field("due", "date", required=True),
    Field("minimum_due", "amount0"),
)
_POSTED = (Field("amount", "amount", required=True), Field("posted", "date", required=True))

CARD = (
    _list("statements", *_BILL),
    Field("statement_date", "date", required=True, unless="statements"),
    Field("due", "date", required=True, unless="statements"),
    Field("minimum_due", "amount0", unless="statements"),
    _list("purchases", *_POSTED),
    _list("cash_advances", *_POSTED),
    Field("amount", "amount", unless="purchases"),
    Field("posted", "date", unless="purchases"),
    _AS_OF,
    Field("daily_rate", "rate", required=True),
    Field("late_fee_rate", "percent"),
    Field("late_fee_min", "amount0"),
    Field("late_fee_max", "amount"),
    Field("tolerance_days", "count", limit=31),
    Field("tolerance_amount", "amount0"),
    _flag("statement_day_counted"),
    _choice("interest_on", INTEREST_ON),
    _choice("compounding", CARD_COMPOUNDING),
    _choice("allocation", CARD_ALLOCATION),
    _PAYMENTS,
    _CLAIMED,
)

PRIVATE = (
    Field("amount_arrived", "amount", required=True),
    Field("arrived_on", "date", required=True),
    Field("due", "date"),
    _AS_OF,
    Field("agreed_rate", "rate"),
    Field("overdue_rate", "rate"),
    Field("overdue_fee", "amount0"),
    Field("amount_written", "amount"),
    _choice("basis", BASIS, default="365"),
    _choice("end_points", END_POINTS),
    _choice("allocation", ALLOCATION),
    _PAYMENTS,
    _CLAIMED,
)

JUDGMENT = (
    _list(
        "instalments",
        Field("last_day", "date", required=True),
        Field("amount", "amount", required=True),
    ),
    Field("judged_sum", "amount", required=True, unless="instalments"),
    Field("last_day", "date", required=True, unless="instalments"),
    _AS_OF,
    Field("ordinary_interest", "amount0"),
    Field("running_rate", "rate"),
    Field("running_from", "date"),
    Field("running_base", "amount"),
    _choice("basis", BASIS, default=""),
    _list("excluded", Field("from", "date", required=True), Field("to", "date", required=True)),
    _choice("end_points", END_POINTS),
    _choice("allocation", ALLOCATION),
    _PAYMENTS,
    _CLAIMED,
)

MODES: dict[str, tuple[Field, ...]] = {
    "loan": LOAN,
    "card": CARD,
    "private": PRIVATE,
    "judgment": JUDGMENT,
}

FIGURES: dict[str, tuple[str, ...]] = {
    "loan": (
        "total", "part.principal", "part.remaining", "part.interest", "part.penalty",
        "part.compound", "part.fee", "per_day", "arrears", "days", "stage", "penalty_rate",
        "annual_cost",
    ),
    "card": (
        "total", "part.principal", "part.interest", "part.fee", "per_day", "next_statement",
        "card_rate",
    ),
    "private": (
        "part.principal", "part.interest", "part.overdue_interest", "part.fee", "per_day",
        "agreed", "at_cap", "difference", "per_day_at_cap",
    ),
    "judgment": (
        "total", "part.judged", "part.ordinary", "part.doubled", "per_day", "doubled_per_day",
        "doubled_rate",
    ),
}  # fmt: skip
"""The key figures of an answer, in order; those it does not have are left out. What each is called
is a word of the group ``shown``, and its value the word with ``.value``, if there is one.
"""


def varied(mode: str) -> tuple[Field, ...]:
    """The fields of a mode the conventions table and the gap finder vary."""
    return tuple(field for field in MODES[mode] if field.vary)
