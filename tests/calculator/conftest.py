"""Both engines and the tables, once for the whole run."""

from collections.abc import Sequence

import pytest

from generator.calculator import Tables

from .engines import JavaScript, load_tables


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "soak: long runs, only when asked for with -m")
    config.addinivalue_line("filterwarnings", "error")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Long runs are left out unless an expression after -m names them."""
    if not config.getoption("-m"):
        kept: Sequence[pytest.Item] = [item for item in items if "soak" not in item.keywords]
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = kept


@pytest.fixture(scope="session")
def tables() -> Tables:
    return load_tables()


@pytest.fixture(scope="session")
def javascript() -> JavaScript:
    return JavaScript.of("engine.js")


@pytest.fixture(scope="session")
def javascript_reading() -> JavaScript:
    return JavaScript.of("reading.js")
