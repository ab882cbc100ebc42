"""An officer's decision is taken back within seconds, unless the gate moved; a note goes with a decision."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drivers.turnstile.port import FireAlarm, Passage, PulseRefused
from kiosk.crossing_io import Effect, NotRecorded, OfficerDecision, OpenGate, Patience, Record, TakeBack
from kiosk.desk.lane_control import Action, Notice
from kiosk.lane_view import Fault, Phase
from sync.event_types import OfficerDecided, OfficerNoted, OfficerUndone
from tests.kiosk.lane_bench import REFER, LaneBench, assessment
from verification.evidence import Use
from verification.reasons import ReasonId


@pytest.fixture
def lane() -> LaneBench:
    made = LaneBench()
    made.rules.decision = REFER
    made.show()
    return made


def back(lane: LaneBench, officer: str = "O-17", number: int = 0) -> list[Effect]:
    return lane.hear(TakeBack(lane.current, officer, "desk-1" if number else "", number))


def gate_refuses(lane: LaneBench) -> None:
    lane.hear(PulseRefused(lane.opened[-1].authorisation, "the link is down"))


@pytest.mark.parametrize("action", [Action.REFUSE, Action.DESK])
def test_refused_or_sent_to_the_desk_by_mistake_the_traveller_waits_again(
    lane: LaneBench, action: Action
) -> None:
    lane.officer(action)
    lane.wait(4.9)
    back(lane)
    assert lane.phase is Phase.REFERRED
    assert lane.view.until_mono == lane.now.mono + Patience().referral
    undone = lane.events[-1]
    assert isinstance(undone, OfficerUndone)
    assert (undone.officer, undone.action, undone.reason) == ("O-17", action, "document_seen")
    assert any(isinstance(event, OfficerDecided) for event in lane.events), "the first decision stays"
    assert lane.told[-1] is Notice.UNDONE
    lane.officer(Action.ADMIT)
    assert len(lane.opened) == 1


def test_after_the_seconds_it_is_too_late_and_somebody_else_may_stand_there(lane: LaneBench) -> None:
    crossing = lane.current
    lane.officer(Action.REFUSE)
    lane.wait(5.0)
    back(lane)
    assert lane.told[-1] is Notice.TOO_LATE
    assert lane.phase is Phase.REFUSED
    lane.wait(2.0)
    assert lane.phase is Phase.WAITING
    lane.show(b"code B")
    lane.officer(Action.REFUSE)
    lane.hear(TakeBack(crossing, "O-17"))
    assert lane.told[-1] is Notice.TOO_LATE
    assert lane.phase is Phase.REFUSED


def test_nobody_takes_back_what_another_officer_decided(lane: LaneBench) -> None:
    lane.officer(Action.REFUSE)
    back(lane, "O-18")
    assert lane.phase is Phase.REFUSED
    assert "officer.undone" not in lane.kinds()


def test_an_admission_whose_pulse_the_gate_refused_is_taken_back_with_its_code(lane: LaneBench) -> None:
    lane.rules.codes[b"code S"] = assessment(b"code S", use=Use.SINGLE)
    lane.officer(Action.REFUSE)
    lane.wait(60)
    lane.show(b"code S")
    lane.officer(Action.ADMIT)
    back(lane)
    assert lane.told[-1] is Notice.TOO_LATE, "the gate was asked and has not answered"
    gate_refuses(lane)
    assert lane.phase is Phase.GATE_FAILED
    assert lane.view.crossing is not None
    assert lane.view.crossing.take_back_until == lane.now.mono + 5
    effects = back(lane)
    (record,) = [effect for effect in effects if isinstance(effect, Record)]
    assert record.give_back == (b"use code S",)
    assert [event.kind for event in record.events] == ["officer.undone", "code.given_back"]
    assert lane.phase is Phase.REFERRED
    lane.officer(Action.ADMIT)
    assert len(lane.opened) == 2
    assert lane.opened[0].authorisation != lane.opened[1].authorisation
    lane.gate_accepts()
    lane.gate_reports(Passage.PASSED)
    assert lane.closed[-1] == "passed"


def test_a_gate_that_moved_or_says_nothing_keeps_the_decision(lane: LaneBench) -> None:
    lane.officer(Action.ADMIT)
    lane.gate_accepts()
    back(lane)
    assert (lane.phase, lane.told[-1]) == (Phase.PASSING, Notice.TOO_LATE)
    lane.gate_reports(Passage.NO_PASSAGE)
    lane.show(b"code B")
    lane.officer(Action.ADMIT)
    lane.wait(Patience().gate_answer)
    assert lane.phase is Phase.GATE_FAILED
    back(lane)
    assert (lane.phase, lane.told[-1]) == (Phase.GATE_FAILED, Notice.TOO_LATE)


def test_once_taken_back_the_old_pulse_is_nobodys_and_an_alarm_ends_the_waiting(lane: LaneBench) -> None:
    lane.officer(Action.ADMIT)
    gate_refuses(lane)
    back(lane)
    lane.gate_reports(Passage.PASSED)
    assert lane.phase is Phase.REFERRED
    lane.hear(FireAlarm(active=True))
    assert lane.closed == ["abandoned"]


def test_a_gate_that_moved_after_all_keeps_the_decision(lane: LaneBench) -> None:
    lane.officer(Action.ADMIT)
    gate_refuses(lane)
    lane.gate_accepts()
    assert lane.phase is Phase.PASSING
    back(lane)
    assert (lane.phase, lane.told[-1]) == (Phase.PASSING, Notice.TOO_LATE)


def test_a_passage_reported_after_a_refused_pulse_keeps_the_decision(lane: LaneBench) -> None:
    lane.officer(Action.ADMIT)
    gate_refuses(lane)
    lane.gate_reports(Passage.NO_PASSAGE)
    back(lane)
    assert lane.told[-1] is Notice.TOO_LATE


def test_a_pulse_that_could_not_be_recorded_was_never_asked_for(lane: LaneBench) -> None:
    effects = lane.officer(Action.ADMIT)
    (asked,) = [effect for effect in effects if isinstance(effect, OpenGate)]
    lane.hear(NotRecorded(Fault("journal", "JR", "made up", stops=True), (asked.authorisation,)))
    back(lane)
    assert lane.phase is Phase.REFERRED


def test_where_settings_ask_for_it_an_admission_waits_for_second_thoughts_before_the_pulse() -> None:
    lane = LaneBench(Patience(before_pulse=2.0))
    lane.rules.decision = REFER
    lane.show()
    lane.officer(Action.ADMIT)
    assert lane.opened == []
    assert lane.kinds()[-1] == "officer.decided"
    lane.hear(OfficerDecision(lane.current, "O-18", Action.REFUSE, "OTHER"))
    assert lane.told[-1] is Notice.CROSSING_OVER, "it is decided"
    lane.wait(1.9)
    back(lane)
    lane.wait(30)
    assert (lane.opened, lane.phase) == ([], Phase.REFERRED)
    lane.officer(Action.ADMIT)
    lane.wait(2.0)
    assert len(lane.opened) == 1
    assert lane.kinds()[-1] == "gate.authorised"
    back(lane)
    assert lane.told[-1] is Notice.TOO_LATE


def test_nobody_is_called_back_while_everybody_leaves(lane: LaneBench) -> None:
    lane.officer(Action.ADMIT)
    gate_refuses(lane)
    lane.hear(FireAlarm(active=True))
    back(lane)
    assert "officer.undone" not in lane.kinds()


def test_the_first_of_two_officers_is_still_the_first_after_the_second_changed_their_mind(
    lane: LaneBench,
) -> None:
    lane.rules.two_officers = {ReasonId.UNKNOWN_SIGNER}
    lane.officer(Action.ADMIT)
    lane.hear(OfficerDecision(lane.current, "O-18", Action.REFUSE, "OTHER"))
    back(lane, "O-18")
    lane.hear(OfficerDecision(lane.current, "O-18", Action.ADMIT, "OTHER"))
    assert len(lane.opened) == 1


def test_with_nought_seconds_nothing_is_taken_back() -> None:
    lane = LaneBench(Patience(undo=0.0))
    lane.rules.decision = REFER
    lane.show()
    lane.officer(Action.REFUSE)
    back(lane)
    assert lane.phase is Phase.REFUSED


def test_the_answer_goes_to_the_desk_it_came_from(lane: LaneBench) -> None:
    lane.officer(Action.REFUSE)
    effects = back(lane, number=7)
    assert replace(effects[-1], notice=Notice.UNDONE, number=7) == effects[-1]  # type: ignore[type-var]
    assert lane.view.crossing is not None
    assert lane.view.crossing.undone == 1


def test_a_note_is_recorded_beside_its_decision_also_by_the_first_of_two(lane: LaneBench) -> None:
    lane.rules.two_officers = {ReasonId.UNKNOWN_SIGNER}
    one = OfficerDecision(lane.current, "O-17", Action.ADMIT, "OTHER", note="made-up words")
    lane.hear(one)
    assert lane.events[-1] == OfficerNoted(one.crossing, "O-17", "made-up words")
    lane.hear(OfficerDecision(one.crossing, "O-18", Action.REFUSE, "OTHER", note="other words"))
    assert [event.kind for event in lane.events[-2:]] == ["officer.decided", "officer.noted"]
    assert "made-up words" not in repr(one)
