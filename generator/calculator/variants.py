"""The same terms with another choice made: what the conventions table and the gap finder try.

A variant is a tuple of options, each one change to the frozen terms of a mode. Only choices that
can matter for the given terms are offered.
"""

from itertools import product

from msgspec import Struct
from msgspec.structs import replace

from .account import run as run_loan
from .card import Card
from .judgment import Judgment
from .judgment import run as run_judgment
from .loan import Loan
from .private import PrivateLoan, at_cap
from .private import run as run_private
from .rates import format_multiplier, parse_multiplier
from .revolving import run as run_card
from .spec import varied

Terms = Loan | Card | PrivateLoan | Judgment
TWICE = {"overdue_with_interest", "on_interest"}
"""Interest inside the base may not bear interest a second time."""
APART = ("mistake", "scope")
"""Options that are no field of the terms."""


class Option(Struct, frozen=True):
    """``value`` chosen for ``field``; ``code`` is how a request writes the value."""

    field: str
    value: object
    code: str


Variant = tuple[Option, ...]


def options(field: str, *codes: str) -> Variant:
    """Options whose value is their code."""
    return tuple(Option(field, code, code) for code in codes)


def mode_of(terms: Terms) -> str:
    """The mode the terms belong to."""
    names = {Loan: "loan", Card: "card", PrivateLoan: "private", Judgment: "judgment"}
    return names[type(terms)]


def choices(terms: Terms) -> list[Variant]:
    """For each convention that can matter, its options; the current one is among them."""
    found = []
    for field in varied(mode_of(terms)):
        every = [Option(field.name, _coded(field.name, code), code) for code in field.vary]
        own = getattr(terms, field.name)
        group = [it for it in every if it.value == own or _applies(terms, field.name, it.code)]
        if group and isinstance(terms, Loan) and field.name == "multiplier":
            typed = Option("multiplier", own, format_multiplier(terms.multiplier))
            group += [typed] if typed not in group else []
        if len(group) > 1:
            found.append(tuple(group))
    return found


def _coded(field: str, code: str) -> object:
    """The value a code stands for in the terms."""
    if field == "multiplier":
        return parse_multiplier(code)
    if field == "basis":
        return int(code)
    return {"true": True, "false": False}.get(code, code)


def _applies(terms: Terms, field: str, code: str) -> bool:
    """Can this choice change anything, and is it defined for these terms?"""
    if field == "allocation":
        return bool(terms.payments)
    if isinstance(terms, Loan):
        return _applies_to_loan(terms, field, code)
    if field == "basis" and isinstance(terms, Judgment):
        return terms.running is not None and terms.running.rate.unit == "year"
    return True


def _applies_to_loan(loan: Loan, field: str, code: str) -> bool:
    if field == "basis":
        return loan.needs_basis
    if field == "multiplier":
        return loan.penalty is None
    if field == "grace_retroactive":
        return loan.grace_days > 0
    if code in ("on_interest", "overdue_with_interest"):
        return any(item.interest for item in loan.instalments)
    return code != "accelerated" or loan.accelerated_on is not None


def twice(terms: Terms, item: Option) -> bool:
    """Would the choice let interest that is in the base bear interest a second time?"""
    if not isinstance(terms, Loan):
        return False
    return {terms.base, terms.compounding, item.code} >= TWICE


def tried_choices(terms: Terms) -> list[Variant]:
    """The conventions the gap finder combines: not those the reader knows from the contract."""
    skipped = ("allocation", "grace_retroactive")
    return [group for group in choices(terms) if group[0].field not in skipped]


def mistakes(terms: Terms, written: int) -> Variant:
    """Known mistakes that can be told apart from a choice of convention.

    ``written``: amount on the note of a private loan (分), 0 if not given.
    """
    found = []
    if isinstance(terms, Loan):
        found += ["stacked", "on_balance"]
        if terms.contract.unit in ("month", "year"):
            found.append("month_for_day")
    elif isinstance(terms, Card):
        found.append("on_balance")
    elif isinstance(terms, Judgment):
        found.append("doubled_twice")
        if terms.ordinary:
            found.append("on_everything")
    elif written > terms.principal:
        return (Option("mistake", written, "on_written"),)
    return options("mistake", *found)


def combinations(terms: Terms, written: int) -> list[Variant]:
    """Every variant the gap finder tries, the reader's own choice among them."""
    groups, scopes = tried_choices(terms), _scopes(terms)
    found: list[Variant] = list(product(*groups, *scopes))
    basic = [g for g in groups if g[0].field in ("basis", "end_points", "multiplier")]
    wrong = mistakes(terms, written)
    if wrong:
        found += product(*basic, wrong, *scopes)
    return [variant for variant in found if _consistent(variant)]


def _scopes(terms: Terms) -> list[Variant]:
    """Which of our totals the claim may be: a claim rarely says what it covers."""
    if isinstance(terms, Card):
        return [options("scope", "total", "next_statement")]
    if isinstance(terms, PrivateLoan):
        return [options("scope", "total", "at_cap")]
    if isinstance(terms, Loan) and terms.remaining and terms.called_on is None:
        return [options("scope", "total", "arrears")]
    return []


def _consistent(variant: Variant) -> bool:
    return not {item.code for item in variant} >= TWICE


def changed(terms: Terms, variant: Variant) -> Variant:
    """The options that differ from the reader's own choice."""
    return tuple(item for item in variant if not _own(terms, item))


def _own(terms: Terms, item: Option) -> bool:
    if item.field in APART:
        return item.code == "total"
    return bool(getattr(terms, item.field) == item.value)


def total(terms: Terms, variant: Variant = ()) -> int:
    """What a variant comes to, exact in 1/SCALE 分."""
    scope = "total"
    fields = {}
    for item in variant:
        if item.field == "scope":
            scope = item.code
        elif item.field == "mistake":
            terms = _mistaken(terms, item)
        else:
            fields[item.field] = item.value
    terms = replace(terms, **fields)
    if isinstance(terms, Loan):
        return _loan_total(terms, scope == "arrears")
    if isinstance(terms, Card):
        return run_card(terms, at_statement=scope == "next_statement").total
    if isinstance(terms, Judgment):
        return run_judgment(terms).total
    return run_private(at_cap(terms) if scope == "at_cap" else terms).total


def headline(terms: Terms, variant: Variant = ()) -> int:
    """The figure whose change a convention's worth is: of a card the next bill, of a private
    loan the lower of agreed and cap, otherwise the total (1/SCALE 分).
    """
    if isinstance(terms, Card):
        return total(terms, variant + options("scope", "next_statement"))
    if isinstance(terms, PrivateLoan):
        return min(total(terms, variant), total(terms, variant + options("scope", "at_cap")))
    return total(terms, variant)


def _mistaken(terms: Terms, item: Option) -> Terms:
    if isinstance(terms, Loan):
        if item.code == "month_for_day":
            return replace(terms, contract=terms.contract.month_taken_for_day)
        if item.code == "stacked":
            return replace(terms, stacked=True)
        return replace(terms, on_balance=True)
    if isinstance(terms, Card):
        return replace(terms, fee_on="balance")
    if isinstance(terms, Judgment):
        if item.code == "doubled_twice":
            return replace(terms, daily=2 * terms.daily)
        return replace(terms, on_everything=True)
    assert isinstance(item.value, int)
    return replace(terms, principal=item.value)


def _loan_total(loan: Loan, arrears: bool) -> int:
    outcome = run_loan(loan)
    whole = max(0, outcome.total - outcome.ahead) if arrears else outcome.total
    if loan.on_balance:
        whole += (outcome.parts["principal"] + outcome.parts["remaining"]) // 20
    return whole
