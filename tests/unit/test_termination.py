"""No text keeps the build busy for ever or takes the process down."""

from __future__ import annotations

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.harness import REPOSITORY
from tests.unit.hostile import GROUPS

# For what waits instead of working; work is bounded in the process itself.
_PATIENCE = 200.0
# So many cases of one group may fail before the rest of it is given up.
_FAILURES = 2


def _worked(group: str) -> dict[str, str]:
    """Name of each case → how it ended; what ends badly is followed by a process for the rest."""
    names = [name for name, _, _ in GROUPS[group]]
    outcome: dict[str, str] = {}
    while len(outcome) < len(names) and sum(how != "ended" for how in outcome.values()) < _FAILURES:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.unit.hostile", group, str(len(outcome))],
            cwd=REPOSITORY,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        assert process.stderr is not None
        while len(outcome) < len(names):
            clock = threading.Timer(_PATIENCE, process.kill)
            clock.start()
            line = process.stdout.readline()
            clock.cancel()
            if not line:
                break
            outcome[names[int(line)]] = "ended"
        process.wait()
        if len(outcome) < len(names):
            said = process.stderr.read().strip().rsplit("\n", 1)[-1][-200:]
            outcome[names[len(outcome)]] = f"exit {process.returncode} {said}"
        process.stdout.close()
        process.stderr.close()
    return outcome


@pytest.fixture(scope="module")
def outcomes() -> dict[str, dict[str, str]]:
    """All groups, two at a time."""
    with ThreadPoolExecutor(2) as pool:
        return dict(zip(GROUPS, pool.map(_worked, GROUPS), strict=True))


@pytest.mark.parametrize("group", list(GROUPS))
def test_every_text_comes_to_an_end(group: str, outcomes: dict[str, dict[str, str]]) -> None:
    bad = {name: how for name, how in outcomes[group].items() if how != "ended"}
    assert bad == {}
    assert len(outcomes[group]) == len(GROUPS[group])
