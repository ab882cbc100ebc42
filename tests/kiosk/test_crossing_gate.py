"""The crossing at the gate, and the lane around it: what devices and officers do to it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drivers.turnstile.port import FireAlarm, Passage, PassageCorrected, PulseAccepted, PulseRefused
from kiosk.crossing_io import (
    NotRecorded,
    Ordered,
    PartFailed,
    PartRecovered,
    ReleaseOnce,
)
from kiosk.desk.lane_control import Action, LaneOrder, Notice
from kiosk.lane_view import Fault, Phase
from sync.event_types import GateCorrected, GatePassage
from tests.kiosk.lane_bench import ADMIT, REFER, LaneBench, assessment
from verification.reasons import ReasonId
from verification.verdict import Outcome, Verdict

# --- the gate is a second verdict ---


@pytest.mark.parametrize("passage", list(Passage))
def test_a_single_use_code_is_given_back_only_when_the_gate_says_nobody_passed(passage: Passage) -> None:
    lane = LaneBench()
    lane.rules.decision = Verdict(Outcome.ADMIT, (ReasonId.ADMITTED,), spends=(b"use",))
    lane.cross(passage=passage)
    given_back = [record.give_back for record in lane.records if record.give_back]
    assert given_back == ([(b"use",)] if passage is Passage.NO_PASSAGE else [])
    assert lane.closed == [passage.lower()]


def test_somebody_close_behind_is_a_second_record_about_a_crossing_that_is_over(lane: LaneBench) -> None:
    lane.cross()
    first = lane.opened[-1].authorisation
    lane.show(b"code B")
    lane.hear(PassageCorrected(first, Passage.TAILGATE))
    assert lane.kinds()[-1] == "gate.corrected"
    (corrected,) = [event for event in lane.events if isinstance(event, GateCorrected)]
    (passage,) = [event for event in lane.events if isinstance(event, GatePassage)]
    assert (corrected.crossing, corrected.authorisation) == (passage.crossing, first)
    assert (passage.passage, corrected.passage) == ("PASSED", "TAILGATE")
    assert lane.view.last[0].passage is Passage.TAILGATE
    assert lane.closed == ["passed"]
    assert lane.phase is Phase.ADMITTED


def test_a_correction_that_belongs_to_no_crossing_is_recorded_all_the_same(lane: LaneBench) -> None:
    lane.cross()
    lane.hear(PassageCorrected("a release outside any crossing", Passage.TAILGATE))
    (corrected,) = [event for event in lane.events if isinstance(event, GateCorrected)]
    assert corrected.crossing == ""
    assert lane.view.last[0].passage is Passage.PASSED


def test_a_gate_that_refuses_sends_the_traveller_to_an_officer(lane: LaneBench) -> None:
    lane.show()
    lane.hear(PulseRefused(lane.opened[-1].authorisation, "the link is down"))
    assert lane.phase is Phase.GATE_FAILED
    lane.wait(5)
    assert lane.closed == ["gate_failed"]
    assert len(lane.opened) == 1


def test_a_gate_that_says_nothing_is_not_asked_again(lane: LaneBench) -> None:
    lane.show()
    lane.wait(3)
    assert lane.phase is Phase.GATE_FAILED
    lane.wait(5)
    assert len(lane.opened) == 1


def test_a_gate_that_answers_late_still_lets_the_traveller_see_it(lane: LaneBench) -> None:
    lane.show()
    lane.wait(3)
    lane.gate_accepts()
    assert lane.phase is Phase.PASSING


def test_a_gate_that_never_reports_a_passage_ends_unknown(lane: LaneBench) -> None:
    lane.show()
    lane.gate_accepts()
    lane.wait(13)
    assert lane.closed == ["unknown"]


def test_a_report_about_somebody_who_is_gone_is_recorded_and_moves_nothing(lane: LaneBench) -> None:
    lane.cross(b"code A")
    old = lane.opened[-1].authorisation
    lane.show(b"code B")
    lane.hear(PulseAccepted(old, acknowledged=True))
    assert lane.phase is Phase.ADMITTED


def test_fire_is_shown_at_once_recorded_and_nothing_is_commanded(lane: LaneBench) -> None:
    lane.rules.decision = REFER
    lane.show()
    before = len(lane.opened)
    lane.hear(FireAlarm(active=True))
    assert (lane.phase, lane.closed, len(lane.opened)) == (Phase.EVACUATE, ["abandoned"], before)
    lane.rules.decision = ADMIT
    lane.show(b"code B")
    lane.hear(ReleaseOnce("O-17", "asked"))
    assert lane.opened == []
    lane.hear(FireAlarm(active=False))
    assert lane.phase is Phase.WAITING


# --- the lane ---


def test_a_missing_part_is_named_and_the_lane_goes_on_by_itself_when_it_is_back(lane: LaneBench) -> None:
    lane.hear(PartFailed(Fault("camera", "CA", "Plug the camera in.", stops=True)))
    assert (lane.phase, lane.view.faults[0].code) == (Phase.OUT_OF_ORDER, "CA")
    lane.show()
    assert lane.opened == []
    lane.hear(PartRecovered("camera"))
    assert lane.phase is Phase.WAITING
    assert lane.kinds() == ["fault.raised", "lane.out_of_order", "fault.cleared", "lane.in_order"]


def test_a_part_the_lane_can_do_without_is_named_and_the_lane_goes_on(lane: LaneBench) -> None:
    lane.hear(PartFailed(Fault("sound", "SN", "Check the loudspeaker.")))
    lane.show()
    assert (len(lane.opened), lane.view.faults[0].part) == (1, "sound")


def test_a_fault_said_twice_is_recorded_once(lane: LaneBench) -> None:
    for _ in range(3):
        lane.hear(PartFailed(Fault("camera", "CA", "Plug the camera in.", stops=True)))
    assert lane.kinds() == ["fault.raised", "lane.out_of_order"]


def test_a_crossing_under_way_is_finished_before_the_lane_stops(lane: LaneBench) -> None:
    lane.rules.decision = REFER
    lane.show()
    lane.hear(PartFailed(Fault("camera", "CA", "Plug the camera in.", stops=True)))
    assert lane.phase is Phase.REFERRED
    lane.officer(Action.ADMIT)
    lane.gate_accepts()
    lane.gate_reports(Passage.PASSED)
    assert lane.phase is Phase.OUT_OF_ORDER


def test_an_officer_holds_and_frees_the_lane(lane: LaneBench) -> None:
    lane.hear(Ordered(LaneOrder.HOLD, "O-17"))
    lane.show()
    assert (lane.phase, lane.opened) == (Phase.HELD, [])
    lane.hear(Ordered(LaneOrder.OPEN, "O-17"))
    lane.show()
    assert len(lane.opened) == 1
    assert lane.kinds()[:2] == ["lane.held", "lane.freed"]


def test_release_once_is_its_own_event_outside_any_crossing(lane: LaneBench) -> None:
    lane.hear(ReleaseOnce("O-17", "wheelchair"))
    assert lane.kinds() == ["officer.released_once"]
    lane.gate_accepts()
    lane.gate_reports(Passage.PASSED)
    passage = next(event for event in lane.events if isinstance(event, GatePassage))
    assert (len(lane.opened), passage.crossing) == (1, "")


def test_the_gate_is_never_released_twice_at_once(lane: LaneBench) -> None:
    lane.show()
    lane.hear(ReleaseOnce("O-17", "wheelchair"))
    assert (len(lane.opened), lane.told) == (1, [Notice.GATE_NOT_READY])


def test_codes_wait_while_the_gate_stands_open_for_somebody_else(lane: LaneBench) -> None:
    lane.hear(ReleaseOnce("O-17", "wheelchair"))
    lane.show()
    assert (len(lane.opened), lane.phase) == (1, Phase.WAITING)
    lane.gate_reports(Passage.PASSED)
    lane.show()
    assert len(lane.opened) == 2


def test_a_release_outside_a_crossing_is_not_made_while_a_traveller_stands_there(lane: LaneBench) -> None:
    lane.rules.decision = REFER
    lane.show()
    lane.hear(ReleaseOnce("O-17", "wheelchair"))
    assert (lane.opened, lane.told) == ([], [Notice.GATE_NOT_READY])


def test_a_release_that_the_gate_never_reports_on_ends_unknown_and_another_can_be_made(
    lane: LaneBench,
) -> None:
    lane.hear(ReleaseOnce("O-17", "wheelchair"))
    lane.wait(20)
    assert [event.passage for event in lane.events if isinstance(event, GatePassage)] == ["UNKNOWN"]
    lane.hear(ReleaseOnce("O-17", "wheelchair"))
    assert len(lane.opened) == 2


def test_a_gate_that_says_again_what_is_known_of_the_fire_is_not_recorded(lane: LaneBench) -> None:
    for active in (False, True, True, False, False):
        lane.hear(FireAlarm(active))
    assert lane.kinds() == ["gate.fire", "gate.fire"]


def test_a_specimen_is_known_by_its_evidence_too_whatever_the_verdict_is_about(lane: LaneBench) -> None:
    sound = assessment(b"code A")
    assert sound.evidence is not None
    lane.rules.codes[b"code A"] = replace(sound, evidence=replace(sound.evidence, specimen=True))
    lane.rules.decision = Verdict(Outcome.REFER, (ReasonId.OTHER_LANES_UNKNOWN,))
    lane.show()
    lane.officer(Action.ADMIT)
    assert (lane.opened, lane.told) == ([], [Notice.SPECIMEN])


def test_what_could_not_be_recorded_is_not_done(lane: LaneBench) -> None:
    lane.show()
    fault = Fault("journal", "JR", "Free some space.", stops=True)
    lane.hear(NotRecorded(fault, (lane.opened[-1].authorisation,)))
    assert lane.phase is Phase.GATE_FAILED
    lane.wait(5)
    assert lane.phase is Phase.OUT_OF_ORDER
    assert "gate.refused" in lane.kinds()


def test_past_crossings_are_remembered_without_what_names_a_person(lane: LaneBench) -> None:
    lane.cross()
    assert lane.view.last[0].evidence == ()
    assert lane.view.last[0].passage is Passage.PASSED
