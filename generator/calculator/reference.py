"""The reference line: what the same base and days cost at 24 % a year, ÷365.

法发〔2017〕22号 lets a borrower ask the court to reduce what is claimed above it; it does not say
that anything above need not be paid, and the interpretation on bank cards has no 24 % at all.
"""

from collections.abc import Iterable

from .dates import format_date
from .ledger import Json, Row, weight
from .money import half_up, yuan
from .rates import format_rate
from .tables import Tables

BASIS = 365


def reference(rows: Iterable[Row], charges: int, mode: str, as_of: int, tables: Tables) -> Json:
    """The line beside ``charges`` (exact): interest, penalty, compound interest and fees.

    Past the day the table was checked to, only the reason why there is no line.
    """
    found = tables.guidance.on(as_of)
    if found is None:
        through = format_date(tables.guidance.verified_through)
        return {"amount": None, "text": tables.words("texts", "guidance_stale", through=through)}
    amount = weight(rows) * found.value.per_day(BASIS)
    over = max(0, half_up(charges) - half_up(amount))
    text = tables.words("texts", f"guidance_{mode}", amount=yuan(amount))
    return {
        "rate": format_rate(found.value),
        "basis": str(BASIS),
        "amount": yuan(amount),
        "charged": yuan(charges),
        "over": f"{over // 100}.{over % 100:02d}",
        "source": found.source,
        "text": text,
    }
