"""One request in, the whole answer out: the same shapes in Python and in JavaScript.

A request is a JSON object: ``mode`` (``loan``, ``card``, ``private``, ``judgment``) and the
fields of that mode, as ``spec.MODES`` and ``schema.request_schema`` list them. Amounts are
strings of 元 (``"12000.50"``), rates strings with their unit (``"日 0.05%"``,
``"日 万分之5"``, ``"月 1.5%"``, ``"年 18%"``), days ISO dates, numbers of days strings of digits.

The answer is ``{"ok": true, "mode": …, "total": …, …}`` or, for any input whatever,
``{"ok": false, "errors": [{"field", "code", "message"}, …]}`` with every field at fault once.
``field`` is a path such as ``payments.0.amount``; amounts in answers are strings of 元.
"""

from collections.abc import Callable

from .card_answer import answer_card, read_card
from .fields import Faults, Place, Values, read
from .judgment_answer import answer_judgment, read_judgment
from .loan_answer import answer_loan, read_loan
from .private_answer import answer_private, read_private
from .spec import MODES, Field, Json
from .tables import Tables

_MODE = Field("mode", "choice", required=True, options=tuple(MODES), default="")


def calculate(request: object, tables: Tables) -> Json:
    """Answer one request; never raises, whatever the request is."""
    faults = Faults(tables)
    if not isinstance(request, dict):
        faults.add("", "object", tables.words("labels", "request"))
        return _refused(faults)
    mode = _mode(request, faults)
    if not mode:
        return _refused(faults)
    values = read(request, MODES[mode], Place(faults))
    answer = _ANSWERS[mode](values, faults, tables)
    return _refused(faults) if answer is None else {"ok": True, "mode": mode, **answer}


def _mode(request: Json, faults: Faults) -> str:
    """The mode alone decides which fields there are: without it no other fault is looked for."""
    only = {"mode": request.get("mode")}
    return read(only, (_MODE,), Place(faults)).code("mode")


def _refused(faults: Faults) -> Json:
    return {"ok": False, "errors": faults.listed()}


def _loan(values: Values, faults: Faults, tables: Tables) -> Json | None:
    terms = read_loan(values, tables)
    if terms is None or faults:
        return None
    assumed = values.amount("multiplier") is None and values.rate("penalty_rate") is None
    return answer_loan(terms, values.amount("claimed"), assumed, tables)


def _card(values: Values, faults: Faults, tables: Tables) -> Json | None:
    terms = read_card(values, tables)
    if terms is None or faults:
        return None
    known = values.amount("amount") is None or values.day("posted") is not None
    return answer_card(terms, known, values.amount("claimed"), tables)


def _private(values: Values, faults: Faults, tables: Tables) -> Json | None:
    terms = read_private(values, tables)
    if terms is None or faults:
        return None
    nothing = values.rate("agreed_rate") is None and values.rate("overdue_rate") is None
    written, claimed = values.number("amount_written"), values.amount("claimed")
    return answer_private(terms, written, claimed, nothing and terms.late, tables)


def _judgment(values: Values, faults: Faults, tables: Tables) -> Json | None:
    terms = read_judgment(values, tables)
    if terms is None or faults:
        return None
    return answer_judgment(terms, values.amount("claimed"), tables)


_ANSWERS: dict[str, Callable[[Values, Faults, Tables], Json | None]] = {
    "loan": _loan,
    "card": _card,
    "private": _private,
    "judgment": _judgment,
}
