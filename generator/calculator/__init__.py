"""The overdue calculator's engine: exact, pure, the same as ``engine.js`` to the 分.

``calculate(request, tables)`` answers one request; ``read_tables(lpr, calculator)`` makes the
tables from the parsed data files; ``request_schema()`` describes requests as JSON Schema.
``report(request, answer, tables)`` puts an answer into words, ``fragment(request)`` into an address.
"""

from .fragment import fragment
from .report import report
from .request import calculate
from .rows import Problem, read_tables
from .schema import request_schema
from .tables import Tables

__all__ = [
    "Problem",
    "Tables",
    "calculate",
    "fragment",
    "read_tables",
    "report",
    "request_schema",
]
