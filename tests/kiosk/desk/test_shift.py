"""A supervisor opens a shift and closes it; nobody else, and no two at a time."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

from kiosk.desk.roster import Officer, Role
from kiosk.desk.shift import ShiftNo, may_close, may_open, new_id, open_shift, readiness, shifts
from kiosk.desk.shift_acts import closing
from kiosk.lane_view import Fault, LaneView, ListView, Phase
from sync.chain import Record
from sync.device_key import device_key
from sync.event_types import CrossingDecided, ShiftClosed, ShiftOpened
from sync.journal import Journal
from sync.journal_reader import JournalReader
from tests.kiosk.desk.told import crossing, told
from tests.sync.ground import HandClock
from verification.snapshot import Freshness

CHIEF = Officer("S-1", Role.SUPERVISOR, "made up")
OFFICER = Officer("O-17", Role.OFFICER, "made up")
AT = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)


def opened(name: str) -> ShiftOpened:
    return ShiftOpened(name, "S-1", True, (), ())


def closed(name: str) -> ShiftClosed:
    return ShiftClosed(name, "S-1", 1, 0, 0)


def test_a_shift_lies_between_its_opening_and_its_closing() -> None:
    found = shifts(told([(0, opened("a")), *crossing(1, 5), (60, closed("a")), (70, opened("b"))]))
    assert [(one.id, one.first, one.last) for one in found] == [("a", 1, 7), ("b", 8, None)]
    going_on = open_shift(found)
    assert going_on is not None and going_on.id == "b"


def test_one_that_was_never_closed_ends_where_the_next_begins() -> None:
    found = shifts(told([(0, opened("a")), *crossing(1, 5), (70, opened("b")), (80, closed("a"))]))
    assert [(one.id, one.last, one.closed_at) for one in found] == [("a", 6, None), ("b", None, None)]


def test_only_a_supervisor_opens_and_closes_and_only_one_at_a_time() -> None:
    none, one = shifts([]), shifts(told([(0, opened("a"))]))
    assert may_open(CHIEF, none) is None
    assert may_open(OFFICER, none) is ShiftNo.NOT_A_SUPERVISOR
    assert may_open(CHIEF, one) is ShiftNo.OPEN_ALREADY
    assert may_close(CHIEF, one) is None
    assert may_close(OFFICER, one) is ShiftNo.NOT_A_SUPERVISOR
    assert may_close(CHIEF, none) is ShiftNo.NONE_OPEN


def test_its_name_can_be_said_and_is_given_once() -> None:
    assert new_id(AT, []) == "S-20261123-0800"
    known = shifts(told([(0, opened("S-20261123-0800"))]))
    assert new_id(AT, known) == "S-20261123-0800b"


def test_the_opening_says_how_the_lane_was() -> None:
    view = LaneView(Phase.WAITING, "lane-1", lists=(ListView("trust", Freshness.STALE, AT),))
    assert readiness(view).ready
    assert readiness(view).lists == (f"trust {Freshness.STALE}",)
    out = replace(view, phase=Phase.OUT_OF_ORDER, faults=(Fault("gate", "GT", "Push the cable in."),))
    assert (readiness(out).ready, readiness(out).faults) == (False, ("GT",))
    assert not readiness(None).ready


def test_closing_counts_the_verdicts_of_the_shift_and_reads_nothing_else(tmp_path: Path) -> None:
    clock, asked = HandClock(AT), list[tuple[str, ...]]()
    with contextlib.closing(Journal(tmp_path, clock, device_key(tmp_path), reserve_bytes=1000)) as journal:
        for one in (crossing(1, 0), [(0.0, opened("a"))], crossing(2, 0), crossing(3, 0, "REFER")):
            journal.append([event for _, event in one], AT)
    with contextlib.closing(JournalReader(tmp_path)) as reader:
        between = reader.between

        def noting(kinds: Sequence[str], first: int, last: int) -> list[Record]:
            asked.append((*kinds,))
            return between(kinds, first, last)

        spans = patch("sync.journal_reader.SPAN", 4)
        with spans, patch.object(reader, "between", noting), patch.object(reader, "all_records", None):
            assert closing(reader, CHIEF) == ShiftClosed("a", "S-1", 1, 1, 0)
    assert {*asked} == {(CrossingDecided.kind,)} and len(asked) == 3
