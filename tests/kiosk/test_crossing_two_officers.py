"""Where the policy asks for two officers the gate waits for the second; a desk's decision is answered."""

from __future__ import annotations

import pytest

from kiosk.crossing_io import AskForOfficer, Effect, OfficerDecision, Tell
from kiosk.desk.lane_control import Action, Notice
from kiosk.lane_view import Phase
from tests.kiosk.lane_bench import REFER, LaneBench
from verification.policy import built_in
from verification.reasons import ReasonId
from verification.verdict import Outcome, Verdict


@pytest.fixture
def lane() -> LaneBench:
    return LaneBench()


def by(lane: LaneBench, officer: str, action: Action = Action.ADMIT, number: int = 0) -> list[Effect]:
    desk = "desk-1" if number else ""
    return lane.hear(OfficerDecision(lane.current, officer, action, "DOCUMENT_GENUINE", desk, number))


def test_where_it_takes_two_officers_the_gate_waits_for_the_second(lane: LaneBench) -> None:
    lane.rules.decision = REFER
    lane.rules.two_officers = {ReasonId.UNKNOWN_SIGNER}
    lane.show()
    by(lane, "O-17")
    by(lane, "O-17", number=4)
    assert lane.opened == []
    assert lane.kinds().count("officer.approved") == 1
    assert lane.told == [Notice.SECOND_OFFICER] * 2
    assert lane.view.crossing is not None
    assert lane.view.crossing.approved_by == "O-17"
    by(lane, "O-18", number=5)
    assert len(lane.opened) == 1
    assert lane.kinds()[-2:] == ["officer.decided", "gate.authorised"]


def test_the_second_officer_may_refuse(lane: LaneBench) -> None:
    lane.rules.decision = REFER
    lane.rules.two_officers = {ReasonId.UNKNOWN_SIGNER}
    lane.show()
    by(lane, "O-17")
    by(lane, "O-18", Action.REFUSE)
    assert lane.opened == []
    assert lane.phase is Phase.REFUSED


def test_one_traveller_s_first_officer_is_nobody_for_the_next(lane: LaneBench) -> None:
    lane.rules.decision = REFER
    lane.rules.two_officers = {ReasonId.UNKNOWN_SIGNER}
    lane.show()
    by(lane, "O-17")
    by(lane, "O-17", Action.DESK)
    lane.wait(60)
    lane.wait(60)
    lane.show(b"code B")
    by(lane, "O-18")
    assert lane.opened == []


def test_a_decision_with_a_number_is_answered_by_it(lane: LaneBench) -> None:
    lane.rules.decision = REFER
    lane.show()
    crossing = lane.current
    effects = by(lane, "O-17", number=7)
    assert Tell(Notice.TAKEN, 7) in effects
    again = lane.hear(OfficerDecision(crossing, "O-18", Action.REFUSE, "OTHER", "desk-2", 8))
    assert Tell(Notice.CROSSING_OVER, 8) in again
    assert len(lane.opened) == 1
    stranger = lane.hear(OfficerDecision("no such crossing", "O-18", Action.ADMIT, "OTHER", "desk-2", 9))
    assert stranger == [Tell(Notice.NOT_NOW, 9)]


@pytest.mark.parametrize("number", [0, 7], ids=["panel", "desk"])
@pytest.mark.parametrize("why", [ReasonId.COLOUR_RED, ReasonId.REVOKED, ReasonId.ALREADY_USED])
@pytest.mark.parametrize("outcome", [Outcome.REFER, Outcome.REFUSE])
def test_the_red_the_revoked_and_the_replayed_take_two_officers_wherever_they_decide(
    lane: LaneBench, outcome: Outcome, why: ReasonId, number: int
) -> None:
    lane.rules.decision = Verdict(outcome, (why,))
    lane.rules.two_officers = set(built_in().second_officer)
    lane.show()
    if lane.phase is Phase.REFUSED:  # who was refused openly may still call an officer
        lane.hear(AskForOfficer())
    assert lane.phase is Phase.REFERRED
    by(lane, "O-17", number=number)
    by(lane, "O-17", number=number)
    assert lane.opened == []
    by(lane, "O-18", number=number)
    assert len(lane.opened) == 1
    assert lane.told[:2] == [Notice.SECOND_OFFICER] * 2
