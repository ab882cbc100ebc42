"""A crossing that a stop or a kill broke off does not stay open in the journal."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from config.moment import Moment
from drivers.turnstile.port import PulseAccepted
from kiosk.crossing_io import Seen
from kiosk.unfinished import left_open
from sync.device_key import device_key
from sync.event import Event
from sync.event_types import CrossingClosed, CrossingOpened, LaneStopped, OfficerSignedIn
from sync.journal import Journal
from sync.journal_reader import JournalReader
from tests.kiosk.lane_bench import ADMIT, REFER
from tests.kiosk.test_lane import Shell
from tests.kiosk.test_machinery import lane_with_a_silent_reader

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)
OTHER = OfficerSignedIn("O-17", "pin")


def test_a_lane_that_is_stopped_closes_the_crossing_that_is_under_way() -> None:
    for decision in (REFER, ADMIT):
        shell = Shell()
        shell.rules.decision = decision
        shell.lane.step(Seen(b"code A", shell.now.mono))
        if decision is ADMIT:
            shell.lane.step(PulseAccepted(shell.opened[-1].authorisation if shell.opened else "id-2", True))
        shell.lane.step(LaneStopped("asked"))
        assert shell.book.events[-2:] == [CrossingClosed("id-1", "stopped"), LaneStopped("asked")]


def test_a_lane_that_is_stopped_between_travellers_closes_nothing() -> None:
    shell = Shell()
    shell.lane.step(LaneStopped("asked"))
    assert shell.diary == ["lane.stopped"]


@pytest.mark.parametrize(
    ("written", "open_"),
    [
        ([], None),
        ([OTHER], None),
        ([CrossingOpened("c1", "any")], "c1"),
        ([CrossingOpened("c1", "any"), OTHER], "c1"),
        ([CrossingOpened("c1", "any"), CrossingClosed("c1", "passed")], None),
        ([CrossingOpened("c1", "any"), CrossingClosed("c1", "passed"), CrossingOpened("c2", "any")], "c2"),
    ],
)
def test_what_a_kill_left_open_is_found(written: list[Event], open_: str | None, tmp_path: Path) -> None:
    journal = Journal(tmp_path, lambda: Moment(0.0, NOON), device_key(tmp_path))
    journal.append(written, NOON)
    journal.close()
    assert left_open(tmp_path) == (() if open_ is None else (CrossingClosed(open_, "interrupted"),))


def test_the_next_start_after_a_kill_says_so_once(tmp_path: Path) -> None:
    journal = Journal(tmp_path, lambda: Moment(0.0, NOON), device_key(tmp_path))
    journal.append([CrossingOpened("c1", "any")], NOON)
    journal.close()
    for _ in range(2):
        machinery = lane_with_a_silent_reader(tmp_path, lambda _: None)
        machinery.start()
        machinery.stop()
    with closing(JournalReader(tmp_path)) as reader:
        records = reader.of_kinds(["crossing.closed", "lane.started"], 9)
    assert [record.kind for record in records] == ["crossing.closed", "lane.started", "lane.started"]
    assert json.loads(records[0].payload or "{}") == {"crossing": "c1", "how": "interrupted"}
