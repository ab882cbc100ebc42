"""No time limit that cannot be extended: by a touch, by an officer, and by a code that is still held up."""

from __future__ import annotations

import pytest

from drivers.turnstile.port import PulseRefused
from kiosk.crossing_io import MoreTime, Patience, Record
from kiosk.desk.lane_control import Action
from kiosk.lane_view import Phase
from kiosk.stay import EXTENDABLE, IN_VIEW_S, KEPT_BY_VIEW_S, MORE_S, TOUCHES
from sync.event_types import CrossingExtended
from tests.kiosk.lane_bench import REFER, REFUSE, LaneBench
from verification.evidence import Kind
from verification.verdict import Gathering

TOUCH, OFFICER = MoreTime(), MoreTime("O-17")


def bring_to(lane: LaneBench, phase: Phase) -> float:
    """Brings a traveller to a phase; how many seconds it has left."""
    if phase is Phase.GATHERING:
        lane.rules.decision = Gathering((Kind.TEST,))
    elif phase is Phase.REFUSED:
        lane.rules.decision = REFUSE
    elif phase in (Phase.REFERRED, Phase.AT_DESK):
        lane.rules.decision = REFER
    lane.show()
    if phase is Phase.AT_DESK:
        lane.wait(Patience().referral)
    if phase is Phase.GATE_FAILED:
        lane.hear(PulseRefused(lane.opened[-1].authorisation, "not ready"))
    assert lane.phase is phase
    until = lane.view.until_mono
    assert until is not None
    return until - lane.now.mono


def test_every_phase_that_time_ends_can_be_extended_but_those_of_the_gate(lane: LaneBench) -> None:
    gates = {Phase.ADMITTED, Phase.PASSING}
    endless = {Phase.WAITING, Phase.HELD, Phase.CLOSED, Phase.OUT_OF_ORDER, Phase.EVACUATE}
    assert set(EXTENDABLE) == set(Phase) - gates - endless


@pytest.mark.parametrize("phase", EXTENDABLE)
def test_a_touch_keeps_the_screen_at_least_twenty_seconds_longer(lane: LaneBench, phase: Phase) -> None:
    left = bring_to(lane, phase)
    lane.now = lane.now.later(left - 0.1)
    (effect,) = lane.hear(TOUCH)
    assert effect == Record((CrossingExtended(lane.current, str(phase), ""),))
    lane.wait(MORE_S - 0.1)
    assert lane.phase is phase
    lane.wait(max(MORE_S, left) + 0.2)
    assert lane.phase is not phase


@pytest.mark.parametrize("phase", EXTENDABLE)
def test_an_officer_can_give_more_time_without_end(lane: LaneBench, phase: Phase) -> None:
    bring_to(lane, phase)
    for _ in range(2 * TOUCHES):
        assert lane.hear(OFFICER)
        lane.wait(MORE_S - 1)
        assert lane.phase is phase


def test_the_clock_of_the_screen_jumps_back_and_nothing_is_said_again(lane: LaneBench) -> None:
    bring_to(lane, Phase.REFUSED)
    before = lane.view
    lane.hear(TOUCH)
    assert lane.view.since_mono == before.since_mono
    assert (lane.view.until_mono or 0) > (before.until_mono or 0)


def test_a_child_who_plays_with_the_key_does_not_keep_the_lane(lane: LaneBench) -> None:
    bring_to(lane, Phase.REFUSED)
    assert all(lane.hear(TOUCH) for _ in range(TOUCHES))
    assert lane.hear(TOUCH) == []
    lane.wait(MORE_S)
    assert lane.phase is Phase.WAITING


@pytest.mark.parametrize("phase", EXTENDABLE)
def test_a_screen_stays_while_its_code_is_held_up(lane: LaneBench, phase: Phase) -> None:
    left = bring_to(lane, phase)
    lane.now = lane.now.later(left - 0.1)
    for _ in range(10):
        lane.show()
        lane.wait(1.0)
    assert lane.phase is phase
    lane.wait(IN_VIEW_S)
    assert lane.phase is not phase


def test_a_phone_left_lying_does_not_keep_the_lane(lane: LaneBench) -> None:
    left = bring_to(lane, Phase.REFUSED)
    for _ in range(int(left + KEPT_BY_VIEW_S) + 1):
        lane.show()
        lane.wait(1.0)
    assert lane.phase is not Phase.REFUSED


def test_a_code_in_view_does_not_take_time_away(lane: LaneBench) -> None:
    bring_to(lane, Phase.REFERRED)
    before = lane.view.until_mono
    lane.now = lane.now.later(1.0)
    lane.show()
    assert lane.view.until_mono == before


def test_the_time_in_which_an_officer_can_take_a_decision_back_is_not_the_travellers(lane: LaneBench) -> None:
    bring_to(lane, Phase.REFERRED)
    lane.officer(Action.ADMIT)
    before = lane.view.until_mono
    assert lane.hear(TOUCH) == []
    lane.show()
    assert lane.view.until_mono == before


def test_with_nobody_there_nothing_is_extended(lane: LaneBench) -> None:
    assert lane.hear(TOUCH) == []
    lane.show()
    lane.gate_accepts()
    assert lane.phase is Phase.PASSING
    assert lane.hear(TOUCH) == []
