"""Held, closed, turned, mute, alarm: what an officer orders the lane to be, and its way back."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from config.settings import Settings
from drivers.turnstile.port import FireAlarm, Passage, Way
from kiosk.crossing_io import FaceGate, OpenGate, Ordered, ReleaseOnce, Tell
from kiosk.crossing_io import Record as Recorded
from kiosk.desk.lane_control import LaneOrder, Notice
from kiosk.lane_view import Phase
from kiosk.standing import Side, Standing
from kiosk.standing_before import sides_of, standing_of
from sync.canonical import utc_text
from sync.chain import Record
from sync.device_key import device_key as key_of
from sync.event import Event
from sync.event_types import CrossingOpened, LaneAlarm, LaneClosed, LaneFreed, LaneHeld, LaneTurned
from sync.journal import Journal
from tests.kiosk.desk.ground import START
from tests.kiosk.lane_bench import REFER, LaneBench
from tests.sync.ground import HandClock

BOTH = (Side("to_mainland", arrow="right"), Side("to_hong_kong", Way.BACKWARD, "left"))
SHUT = ((LaneOrder.HOLD, Phase.HELD, "lane.held"), (LaneOrder.CLOSE, Phase.CLOSED, "lane.closed"))


def order(what: LaneOrder, to: str = "", number: int = 0) -> Ordered:
    return Ordered(what, "O-17", to, number=number)


@pytest.fixture
def two_ways() -> LaneBench:
    return LaneBench(standing=Standing(BOTH))


@pytest.mark.parametrize(("what", "phase", "kind"), SHUT)
def test_a_lane_is_shut_between_travellers_and_goes_on_as_before(
    lane: LaneBench, what: LaneOrder, phase: Phase, kind: str
) -> None:
    lane.show()
    lane.hear(order(what))
    assert lane.phase is Phase.ADMITTED, "the traveller in the lane is not stopped"
    lane.gate_accepts()
    lane.gate_reports(Passage.PASSED)
    assert lane.phase is phase
    lane.show(b"the next one's")
    assert len(lane.opened) == 1
    lane.hear(order(LaneOrder.OPEN))
    lane.show(b"another one's")
    assert len(lane.opened) == 2
    assert [one for one in lane.kinds() if one.startswith("lane.")] == [kind, "lane.freed"]


def test_a_held_lane_can_be_closed_and_a_closed_one_held(lane: LaneBench) -> None:
    for what, phase, _ in (*SHUT, SHUT[0]):
        lane.hear(order(what))
        assert lane.phase is phase


def test_the_same_order_twice_is_one_record(lane: LaneBench) -> None:
    for what in (LaneOrder.CLOSE, LaneOrder.MUTE, LaneOrder.ALARM):
        lane.hear(order(what))
        assert lane.hear(order(what)) == []
    assert lane.kinds() == ["lane.closed", "lane.muted", "lane.alarm"]


def test_in_an_alarm_who_waits_is_let_go_and_no_gate_is_asked(lane: LaneBench) -> None:
    lane.rules.decision = REFER
    lane.show()
    effects = lane.hear(order(LaneOrder.ALARM))
    assert (lane.phase, lane.closed) == (Phase.EVACUATE, ["abandoned"])
    effects += lane.show(b"somebody's")
    effects += lane.hear(ReleaseOnce("O-17", "RELEASE_OTHER"))
    assert not [one for one in effects if isinstance(one, OpenGate)]
    lane.hear(order(LaneOrder.ALL_CLEAR))
    assert (lane.phase, lane.crossing.view().duty.alarm) == (Phase.WAITING, False)


def test_all_clear_ends_the_officers_alarm_and_never_the_fire_contacts(lane: LaneBench) -> None:
    lane.hear(FireAlarm(True))
    lane.hear(order(LaneOrder.ALARM))
    lane.hear(order(LaneOrder.ALL_CLEAR))
    assert lane.phase is Phase.EVACUATE
    lane.hear(FireAlarm(False))
    assert lane.phase is Phase.WAITING


def test_a_turned_lane_records_its_direction_and_opens_the_other_way(two_ways: LaneBench) -> None:
    two_ways.hear(order(LaneOrder.TURN, "to_hong_kong"))
    effects = two_ways.show()
    opened = next(one for one in two_ways.events if isinstance(one, CrossingOpened))
    gate = next(one for one in effects if isinstance(one, OpenGate))
    assert (opened.direction, gate.way) == ("to_hong_kong", Way.BACKWARD)
    duty = two_ways.crossing.view().duty
    assert (duty.direction, duty.turns_to, duty.turned) == ("to_hong_kong", "to_mainland", True)


def test_the_gate_faces_the_other_way_after_the_record_and_the_arrow_points_there(
    two_ways: LaneBench,
) -> None:
    record, faced = two_ways.hear(order(LaneOrder.TURN, "to_hong_kong"))
    assert isinstance(record, Recorded) and faced == FaceGate(Way.BACKWARD)
    assert record.events == (LaneTurned("O-17", "", "to_hong_kong", "backward"),)
    assert two_ways.crossing.view().duty.arrow == "left"
    assert two_ways.hear(order(LaneOrder.TURN, "to_hong_kong")) == [], "it is so already"
    two_ways.hear(order(LaneOrder.TURN, "to_mainland"))
    assert (two_ways.crossing.view().duty.arrow, two_ways.effects[-1]) == ("right", FaceGate(Way.FORWARD))


def test_while_everybody_leaves_no_lane_is_turned(two_ways: LaneBench) -> None:
    two_ways.hear(FireAlarm(True))
    two_ways.hear(order(LaneOrder.TURN, "to_hong_kong"))
    assert two_ways.crossing.view().duty.direction == "to_mainland"


def test_a_lane_is_not_turned_while_somebody_is_in_it(two_ways: LaneBench) -> None:
    two_ways.show()
    assert two_ways.hear(order(LaneOrder.TURN, "to_hong_kong")) == [Tell(Notice.IN_THE_LANE, order=True)]
    assert two_ways.crossing.view().duty.direction == "to_mainland"


def test_a_lane_is_not_turned_while_the_gate_is_released_once(two_ways: LaneBench) -> None:
    two_ways.hear(ReleaseOnce("O-17", "RELEASE_OTHER"))
    assert Tell(Notice.IN_THE_LANE, order=True) in two_ways.hear(order(LaneOrder.TURN, "to_hong_kong"))


def test_a_lane_of_one_direction_is_not_turned(lane: LaneBench) -> None:
    assert lane.hear(order(LaneOrder.TURN, "to_macao")) == [Tell(Notice.NOT_NOW, order=True)]


def test_an_order_through_the_hub_is_answered_with_its_number(lane: LaneBench) -> None:
    assert lane.hear(order(LaneOrder.MUTE, number=7))[-1] == Tell(Notice.TAKEN, 7, order=True)


def stored(*events: Event) -> list[Record]:
    at = utc_text(START.utc)
    return [
        Record(number, at, event.kind, b"", b"", json.dumps(event.payload()))
        for number, event in enumerate(events, start=1)
    ]


def test_what_stood_when_the_program_ended_stands_when_it_starts_again() -> None:
    standing = Standing(BOTH)
    standing.restore(
        stored(
            LaneHeld("O-17", ""),
            LaneFreed("O-17", ""),
            LaneTurned("O-17", "", "to_hong_kong", "backward"),
            LaneAlarm("O-17", "", True),
            LaneClosed("O-18", "desk-1"),
        )
    )
    assert (standing.held, standing.closed, standing.alarm, standing.muted) == (False, True, True, False)
    assert standing.side == BOTH[1]


def test_what_was_erased_by_age_leaves_the_kind_alone() -> None:
    standing = Standing(BOTH)
    erased = [
        replace(one, payload=None) for one in stored(LaneTurned("O-17", "", "to_hong_kong", "backward"))
    ]
    erased += [replace(one, payload=None) for one in stored(LaneAlarm("O-17", "", True))]
    erased += [replace(one, payload=None) for one in stored(LaneClosed("O-17", ""))]
    standing.restore(erased)
    assert (standing.side, standing.alarm, standing.closed) == (BOTH[0], False, True)


def test_a_start_records_in_which_direction_the_lane_stands() -> None:
    standing = Standing(BOTH)
    standing.restore(stored(LaneTurned("O-17", "", "to_hong_kong", "backward")))
    assert standing.began() == (LaneTurned("", "", "to_hong_kong", "backward"),)
    assert Standing().began() == ()


def test_a_direction_that_the_settings_do_not_name_any_more_is_not_restored() -> None:
    standing = Standing(BOTH)
    standing.restore(stored(LaneTurned("O-17", "", "to_macao", "backward")))
    assert standing.side == BOTH[0]


def test_a_closed_lane_is_still_closed_after_a_restart(tmp_path: Path) -> None:
    clock = HandClock()
    with closing(Journal(tmp_path, clock, key_of(tmp_path), reserve_bytes=100_000)) as journal:
        journal.append([LaneHeld("O-17", ""), LaneClosed("O-17", "")], clock().utc)
        assert standing_of(tmp_path, BOTH).view().shut == "close"
        journal.append([LaneFreed("O-17", "")], clock().utc)
        assert standing_of(tmp_path, BOTH).view().shut == ""


def test_a_turned_lane_is_still_turned_after_any_number_of_other_orders(tmp_path: Path) -> None:
    clock = HandClock()
    with closing(Journal(tmp_path, clock, key_of(tmp_path), reserve_bytes=100_000)) as journal:
        held = [LaneHeld("O-17", ""), LaneFreed("O-17", "")] * 120
        journal.append([LaneTurned("O-17", "", "to_hong_kong", "backward"), *held], clock().utc)
        assert standing_of(tmp_path, BOTH).side == BOTH[1]


def test_the_sides_of_a_lane_are_those_of_its_settings() -> None:
    settings = Settings.model_validate(
        {
            "lane": {"direction": "to_mainland"},
            "turnstile": {"way": "backward"},
            "display": {"way_out": "right"},
            "other_direction": {"direction": "to_macao", "policy": "a.json", "way_out": "left"},
        }
    )
    assert sides_of(settings) == (
        Side("to_mainland", Way.BACKWARD, "right"),
        Side("to_macao", Way.FORWARD, "left"),
    )
    assert sides_of(Settings()) == (Side("any", Way.FORWARD, "up"),)
