"""How work is spread: the same results whoever does it, and no process is left behind."""

from __future__ import annotations

import os
import signal

import pytest

from generator.output import MANY, Run, serial
from generator.shell.workers import parallel

_RUNS = pytest.mark.parametrize(
    "run", [serial, parallel(1), parallel(2)], ids=["serial", "one", "two"]
)


@_RUNS
@pytest.mark.parametrize("count", [0, 1, MANY - 1, MANY, 10 * MANY + 1])
def test_results_come_in_the_order_of_the_items(run: Run, count: int) -> None:
    assert [*run(lambda: str, range(count))] == [*map(str, range(count))]


@_RUNS
def test_what_is_begun_on_the_side_comes_to_the_same(run: Run) -> None:
    with run.aside(lambda: {"甲": (1, "乙")}, dict[str, tuple[int, str]]) as told:
        assert told.result() == {"甲": (1, "乙")}


def test_what_is_begun_on_the_side_is_done_by_another_process() -> None:
    with parallel(2).aside(os.getpid, int) as told:
        process = told.result()
    assert process != os.getpid()
    with pytest.raises(ChildProcessError):
        os.waitpid(process, 0)  # it has ended, and nothing of it is left


def test_a_process_that_dies_costs_nothing_but_time() -> None:
    own = os.getpid()

    def work() -> str:
        if os.getpid() != own:
            os.kill(os.getpid(), signal.SIGKILL)
        return "甲"

    with parallel(2).aside(work, str) as told:
        assert told.result() == "甲"


def test_leaving_gives_up_what_nobody_asked_for() -> None:
    reading, writing = os.pipe()

    def work() -> str:
        os.write(writing, os.getpid().to_bytes(4, "big"))
        signal.pause()
        return ""

    with parallel(2).aside(work, str):
        process = int.from_bytes(os.read(reading, 4), "big")
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    os.close(reading)
    os.close(writing)
