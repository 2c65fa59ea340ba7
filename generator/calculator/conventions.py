"""What each convention is worth: the same inputs, another choice, the difference in 元."""

from .money import format_amount, half_up, yuan
from .tables import Tables
from .variants import Option, Terms, choices, headline, twice

Json = dict[str, object]


def label(item: Option, tables: Tables) -> str:
    """What the reader calls a choice."""
    return tables.words("choices", f"{item.field}.{item.code}", value=item.code)


def conventions(terms: Terms, tables: Tables) -> list[Json]:
    """One entry for each other choice, in the order of the fields; amounts rounded once."""
    own = half_up(headline(terms))
    found: list[Json] = []
    for group in choices(terms):
        for item in group:
            if getattr(terms, item.field) == item.value or twice(terms, item):
                continue
            other = headline(terms, (item,))
            found.append(
                {
                    "field": item.field,
                    "value": item.code,
                    "label": label(item, tables),
                    "total": yuan(other),
                    "difference": format_amount(half_up(other) - own),
                }
            )
    return found
