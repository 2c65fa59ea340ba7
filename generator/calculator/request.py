"""One request in, the whole answer out: the same shapes in Python and in JavaScript.

A request is a JSON object: ``mode`` (``loan``, ``card``, ``private``, ``judgment``) and the
fields of that mode as ``schema.request_schema`` lists them. Amounts are strings of 元
(``"12000.50"``), rates strings with their unit (``"日 0.05%"``, ``"日 万分之5"``, ``"月 1.5%"``,
``"年 18%"``), days ISO dates, numbers of days strings of digits.

The answer is ``{"ok": true, "mode": …, "total": …, …}`` or, for any input whatever,
``{"ok": false, "errors": [{"field", "code", "message"}, …]}`` with every field at fault once.
``field`` is a path such as ``payments.0.amount``; amounts in answers are strings of 元.
"""

from collections.abc import Callable

from .card_answer import answer_card, read_card
from .fields import Faults, Fields
from .judgment_answer import answer_judgment, read_judgment
from .ledger import Json
from .loan_answer import answer_loan, read_loan
from .private_answer import answer_private, read_private, read_written
from .tables import Tables

MODES = ("loan", "card", "private", "judgment")


def calculate(request: object, tables: Tables) -> Json:
    """Answer one request; never raises, whatever the request is."""
    faults = Faults(tables)
    if not isinstance(request, dict):
        faults.add("", "object", tables.words("labels", "request"))
        return _refused(faults)
    fields = Fields(request, faults)
    mode = fields.choice("mode", MODES, "")
    if not mode:
        fields.fault("mode", "missing")
        return _refused(faults)
    answer = _ANSWERS[mode](fields, faults, tables)
    return _refused(faults) if answer is None else {"ok": True, "mode": mode, **answer}


def _refused(faults: Faults) -> Json:
    return {"ok": False, "errors": faults.listed()}


def _claimed(fields: Fields) -> int | None:
    claimed = fields.amount("claimed")
    return claimed if fields.given("claimed") else None


def _loan(fields: Fields, faults: Faults, tables: Tables) -> Json | None:
    terms, claimed = read_loan(fields, tables), _claimed(fields)
    fields.finish()
    if terms is None or faults:
        return None
    assumed = not fields.given("multiplier") and not fields.given("penalty_rate")
    return answer_loan(terms, claimed, assumed, tables)


def _card(fields: Fields, faults: Faults, tables: Tables) -> Json | None:
    terms, claimed = read_card(fields, tables), _claimed(fields)
    fields.finish()
    if terms is None or faults:
        return None
    known = not fields.given("amount") or fields.given("posted")
    return answer_card(terms, known, claimed, tables)


def _private(fields: Fields, faults: Faults, tables: Tables) -> Json | None:
    terms, written, claimed = read_private(fields, tables), read_written(fields), _claimed(fields)
    fields.finish()
    if terms is None or faults:
        return None
    nothing = not fields.given("agreed_rate") and not fields.given("overdue_rate")
    late = terms.due is not None and terms.as_of > terms.due
    return answer_private(terms, written, claimed, nothing and late, tables)


def _judgment(fields: Fields, faults: Faults, tables: Tables) -> Json | None:
    terms, claimed = read_judgment(fields, tables), _claimed(fields)
    fields.finish()
    return None if terms is None or faults else answer_judgment(terms, claimed, tables)


_ANSWERS: dict[str, Callable[[Fields, Faults, Tables], Json | None]] = {
    "loan": _loan,
    "card": _card,
    "private": _private,
    "judgment": _judgment,
}
