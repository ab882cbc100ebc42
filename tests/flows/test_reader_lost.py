"""A whole lane whose reader process crashes and hangs: every code that is held up gets its verdict."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.flows.live_lane import LiveLane


@pytest.fixture
def lane(tmp_path: Path) -> Iterator[LiveLane]:
    made = LiveLane(tmp_path)
    yield made
    made.stop()


def readers(lane: LiveLane) -> list[int]:
    """The reader processes of this lane, the one that reads first."""
    assert lane.program is not None
    children = Path(f"/proc/{lane.program.pid}/task").glob("*/children")
    pids = [int(pid) for file in children for pid in file.read_text().split()]
    return sorted(pid for pid in pids if b"reader-worker" in Path(f"/proc/{pid}/cmdline").read_bytes())


def test_a_crash_and_a_hang_of_the_reader_cost_no_verdict(lane: LiveLane) -> None:
    lane.hold_nothing()
    lane.start()
    lane.wait_for_kind("lane.in_order")
    for crossed, number in enumerate((signal.SIGSEGV, signal.SIGSTOP), 1):
        lost = readers(lane)[0]
        os.kill(lost, number)
        lane.hold_up(lane.code())
        lane.wait_for(lambda events, n=crossed: [k for k, _ in events].count("crossing.closed") == n)  # type: ignore[misc]
        lane.hold_nothing()
        lane.wait_for(lambda _, pid=lost: pid not in readers(lane))  # type: ignore[misc]
    closed = [payload["how"] for kind, payload in lane.events() if kind == "crossing.closed"]
    assert closed == ["passed", "passed"]
    assert lane.emulator.firmware.pulses == 2
