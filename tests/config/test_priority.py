"""Who comes after everybody else says so to the system, in a process of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest

from config import priority

ASKED = """
import os
from config.priority import after_everything_else
after_everything_else()
print(os.nice(0), os.sched_getscheduler(0) == os.SCHED_IDLE)
"""


def test_it_runs_where_no_other_process_wants_to() -> None:
    done = subprocess.run([sys.executable, "-c", ASKED], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["19", "True"]


def test_where_the_system_grants_no_more_the_lowest_priority_is_enough(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refused(*_: object) -> None:
        raise PermissionError

    asked: list[int] = []
    monkeypatch.setattr("os.nice", asked.append)
    monkeypatch.setattr("os.sched_setscheduler", refused)
    priority.after_everything_else()
    assert asked == [priority.LOWEST]
