"""An answer in the reader's words: sentence, key figures, formula, ledger, notes (twin: ``report.js``).

The same report stands in an article, made while building, and under the form, made in the
browser; all words come from the tables, so the two cannot drift apart.
"""

from .money import grouped, is_amount
from .spec import FIGURES, MODES, Field, Json
from .tables import Tables

MOST_LINES = 12
"""Formula lines shown; the ledger below has every row."""

_UNSEEN = ("basis", "multiplier")
"""Conventions that are told by the fields themselves."""

_OF_ARREARS = ("days", "stage", "penalty_rate")
"""Figures that the cost of a loan has not."""


def field_label(name: str, tables: Tables) -> str:
    """What a field of a mode is called where it stands alone and not in a list's row."""
    own = tables.wording["shown"].get(f"field.{name}")
    return own or tables.words("labels", name)


class _Report:
    def __init__(self, request: Json, answer: Json, tables: Tables, label: str) -> None:
        self.request = request
        self.answer = answer
        self.tables = tables
        self.label = label
        self.mode = str(request["mode"])

    def say(self, key: str, **parts: object) -> str:
        """Words of the group ``shown``; a form for the mode or a plain one goes first."""
        shown = self.tables.wording["shown"]
        own = f"{key}.{self.mode}"
        if self.label and "plain." + key.rpartition(".")[2] in shown:
            key = "plain." + key.rpartition(".")[2]
        return self.tables.words("shown", own if own in shown else key, **parts)

    def yuan(self, amount: object) -> str:
        return self.say("yuan", amount=amount)

    def field_label(self, name: str) -> str:
        plain = "plain." + name
        if self.label and plain in self.tables.wording["shown"]:
            return self.tables.words("shown", plain)
        return field_label(name, self.tables)

    # -- what was given ---------------------------------------------------------------------

    def inputs(self) -> list[list[str]]:
        """Label and value of every field that was given, in the order of the fields."""
        found: list[list[str]] = []
        for field in MODES[self.mode]:
            value = self.request.get(field.name)
            if value is None or value in ("", []) or field.name == "claimed":
                continue
            if self.label and field.name == "multiplier" and value == "1":
                continue
            found.append([self.field_label(field.name), self.value(field, value)])
        return found

    def value(self, field: Field, value: object) -> str:
        if isinstance(value, list):
            return "；".join(self.item(field, entry) for entry in value)
        if field.kind in ("choice", "flag"):
            code = str(value).lower() if field.kind == "flag" else str(value)
            return self.tables.words("choices", f"{field.name}.{code}")
        if field.kind in ("amount", "amount0"):
            return self.yuan(value if "." in str(value) else f"{value}.00")
        return self.say("days.value", days=value) if field.kind == "count" else str(value)

    def item(self, field: Field, entry: Json) -> str:
        given = [part for part in field.fields if entry.get(part.name) not in (None, "")]
        texts = [
            f"{self.tables.words('labels', part.name)} {self.value(part, entry[part.name])}"
            for part in given
        ]
        return "，".join(texts)

    # -- what comes of it -------------------------------------------------------------------

    def sentence(self) -> str:
        answer = self.answer
        total = answer["lower"] if self.mode == "private" else answer["total"]
        if total is None:
            return self.say("sentence.unknown")
        first = self.first_day()
        noun = self.label or self.say("noun")
        key = "sentence.days" if first else "sentence"
        parts = {"from": first, "as_of": answer["as_of"], "days": answer["days"], "noun": noun}
        return self.say(key, total=total, **parts)

    def first_day(self) -> str:
        """The single due day of the form with one; empty where there are several or none."""
        name = {"loan": "due", "judgment": "last_day"}.get(self.mode, "")
        return str(self.request.get(name) or "") if self.answer["days"] else ""

    def figures(self) -> list[list[str]]:
        """Term and value, the total first."""
        known, shown = self._known(), self.tables.wording["shown"]
        found: list[list[str]] = []
        for key in FIGURES[self.mode]:
            if self.label and key in _OF_ARREARS:
                continue
            value = str(known.get(key) or "")
            if key + ".value" in shown:
                value = self.say(key + ".value", **known)
            elif is_amount(value):
                value = self.yuan(value)
            if value:
                found.append([self.say(key, **known), value])
        return found

    def _known(self) -> Json:
        """Everything a figure may speak of, by name; parts of nothing are left out."""
        answer = self.answer
        rates, stage, bill = answer["rates"], answer.get("stage"), answer.get("next_statement")
        assert isinstance(rates, dict)
        known = {**answer, **rates, "stage": stage["label"] if isinstance(stage, dict) else ""}
        if isinstance(bill, dict):
            known |= {"date": bill["date"], "next_statement": bill["total"]}
        if answer["parts"] is None:
            known["part.fee"] = answer["late_fee"]
        return known | {"part." + name: amount for name, amount in self._parts()}

    def _parts(self) -> list[tuple[str, str]]:
        """The parts that are not 0."""
        parts = self.answer["parts"] or {}
        assert isinstance(parts, dict)
        return [(name, amount) for name, amount in parts.items() if amount != "0.00"]

    # -- how it comes about -----------------------------------------------------------------

    def formulas(self) -> list[str]:
        """The formula with the numbers in it, then the conventions that were chosen."""
        answer, request = self.answer, self.request
        found: list[str] = []
        rates = answer["rates"]
        assert isinstance(rates, dict)
        if self.mode == "loan" and not self.label and not request.get("penalty_rate"):
            times = request.get("multiplier") or "1.5"
            found.append(self.say("formula.penalty_rate", **rates, multiplier=times))
        rows = answer["ledger"]
        assert isinstance(rows, list)
        found += [self._row_formula(row) for row in rows[:MOST_LINES]]
        if len(rows) > MOST_LINES:
            found.append(self.say("formula.more", n=len(rows) - MOST_LINES))
        if answer["total"] is not None:
            parts = "＋".join(self._summands())
            found.append(self.say("formula.sum", parts=parts, total=answer["total"]))
            found.append(self.say("formula.rounding"))
        return found + self._chosen()

    def _row_formula(self, row: Json) -> str:
        return self.say("formula.row", **row | {"kind": self.say("part." + str(row["kind"]))})

    def _summands(self) -> list[str]:
        return [
            f"{grouped(amount)}（{self.say('part.' + name)}）" for name, amount in self._parts()
        ]

    def _chosen(self) -> list[str]:
        found = []
        for field in MODES[self.mode]:
            if not field.vary or field.name in _UNSEEN or not self._matters(field):
                continue
            value = self.request.get(field.name)
            value = field.default if value in (None, "") else value
            code = str(value).lower() if field.kind == "flag" else str(value)
            found.append(self.tables.words("choices", f"{field.name}.{code}"))
        return found

    def _matters(self, field: Field) -> bool:
        if field.name == "allocation":
            return bool(self.request.get("payments"))
        if field.name == "grace_retroactive":
            return int(str(self.request.get("grace_days") or 0)) > 0
        return not self.label or field.name in ("end_points", "rounding")

    def ledgers(self) -> list[Json]:
        """Captioned tables of seven columns; empty ones are left out."""
        names = {"ledger": "ledger"}
        if self.mode == "private":
            names = {"ledger": "ledger.agreed", "ledger_at_cap": "ledger.cap"}
        found: list[Json] = []
        for name, caption in names.items():
            rows = self.answer[name]
            assert isinstance(rows, list)
            if rows:
                found.append(
                    {"caption": self.say(caption), "rows": [self._row(row) for row in rows]}
                )
        return found

    def _row(self, row: Json) -> list[str]:
        known = row | {"kind": self.say("part." + str(row["kind"]))}
        return [grouped(str(known[name])) for name in COLUMNS]

    def notes(self) -> list[str]:
        """What is missing, what the engine remarks, and the careful words on 24 %."""
        answer = self.answer
        missing, remarks = answer.get("missing", []), answer["notes"]
        assert isinstance(missing, list)
        assert isinstance(remarks, list)
        found = [str(entry["text"]) for entry in (*missing, *remarks)]
        reference = answer.get("reference")
        if isinstance(reference, dict) and not self.label:
            found.append(str(reference["text"]))
        return found


COLUMNS = ("from", "to", "days", "kind", "base", "rate", "amount")


def report(request: Json, answer: Json, tables: Tables, label: str = "") -> Json:
    """The report on an answer that is ``ok``.

    ``label`` replaces the noun of the sentence, for an example that is about the cost of a loan
    and not about arrears; penalty, stage and the 24 % line are then not spoken of.
    """
    made = _Report(request, answer, tables, label)
    return {
        "inputs": made.inputs(),
        "sentence": made.sentence(),
        "figures": made.figures(),
        "formulas": made.formulas(),
        "ledgers": made.ledgers(),
        "columns": [made.say("column." + name) for name in COLUMNS],
        "notes": made.notes(),
    }
