"""What all tests share."""

from __future__ import annotations

from collections.abc import Iterator
from types import CodeType
from typing import Any

import jinja2
import pytest


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """Templates are the same in thousands of builds: a process compiles each text of one once."""
    known: dict[object, CodeType] = {}
    compiling: Any = jinja2.Environment.compile

    def compiled(environment: jinja2.Environment, source: Any, *names: Any, **options: Any) -> Any:
        key = (source, *names, *sorted(options.items()))
        if not isinstance(source, str):
            return compiling(environment, source, *names, **options)
        if key not in known:
            known[key] = compiling(environment, source, *names, **options)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jinja2.Environment, "compile", compiled)
        yield
