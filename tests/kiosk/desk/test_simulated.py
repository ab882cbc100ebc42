"""The officer of the demonstration does what a person does, and only what the script says."""

from __future__ import annotations

from kiosk.desk.lane_control import Action, Notice
from kiosk.desk.simulated import ScriptedDecision, SimulatedOfficer
from sync.event_types import OfficerSignedIn, OfficerSignInFailed
from tests.kiosk.desk.ground import CALM, PIN, WRONG, Ground, referred
from verification.reasons import ReasonId

ADMIT_STRANGER = ScriptedDecision(ReasonId.UNKNOWN_SIGNER, Action.ADMIT, "DOCUMENT_GENUINE")


def test_the_officer_signs_in_when_called_and_decides_what_the_script_names(ground: Ground) -> None:
    officer = SimulatedOfficer(ground.desk, "O-17", PIN, [ADMIT_STRANGER])
    ground.desk.show_view(CALM)
    assert not ground.session.checking
    ground.desk.show_view(referred("c", ReasonId.UNKNOWN_SIGNER))
    ground.settle()
    assert ground.lane.events == [OfficerSignedIn("O-17", "pin")]
    assert ground.lane.asked == [("decide", "c", "O-17", "admit", "DOCUMENT_GENUINE")]
    assert officer.decided == ["c"]
    assert officer.script == []


def test_one_referral_is_decided_once_however_often_it_is_shown(ground: Ground) -> None:
    SimulatedOfficer(ground.desk, "O-17", PIN, [ADMIT_STRANGER, ADMIT_STRANGER])
    for _ in range(5):
        ground.desk.show_view(referred("c", ReasonId.UNKNOWN_SIGNER))
        ground.settle()
    assert len(ground.lane.asked) == 1
    ground.desk.show_view(referred("d", ReasonId.UNKNOWN_SIGNER))
    assert [asked[1] for asked in ground.lane.asked] == ["c", "d"]


def test_a_referral_outside_the_script_is_left(ground: Ground) -> None:
    SimulatedOfficer(ground.desk, "O-17", PIN, [ADMIT_STRANGER])
    ground.desk.show_view(referred("c", ReasonId.HOLDER_MISMATCH))
    ground.settle()
    assert ground.lane.asked == []
    assert ground.lane.events == []


def test_the_officer_looks_before_deciding(ground: Ground) -> None:
    slow = ScriptedDecision(ReasonId.UNKNOWN_SIGNER, Action.REFUSE, "OTHER", after_s=2.0)
    SimulatedOfficer(ground.desk, "O-17", PIN, [slow])
    ground.desk.show_view(referred("c", ReasonId.UNKNOWN_SIGNER))
    ground.settle()
    ground.later(1.5)
    assert ground.lane.asked == []
    ground.later(0.5)
    assert len(ground.lane.asked) == 1


def test_a_wrong_pin_is_tried_once_and_not_again(ground: Ground) -> None:
    SimulatedOfficer(ground.desk, "O-17", WRONG, [ADMIT_STRANGER])
    for _ in range(5):
        ground.desk.show_view(referred("c", ReasonId.UNKNOWN_SIGNER))
        ground.settle()
    assert ground.lane.events == [OfficerSignInFailed("O-17", 1, 0)]
    assert ground.lane.asked == []


def test_what_the_rules_forbid_the_simulated_officer_cannot_do_either(ground: Ground) -> None:
    script = [ScriptedDecision(ReasonId.REVOKED, Action.ADMIT, "DOCUMENT_GENUINE")]
    officer = SimulatedOfficer(ground.desk, "O-17", PIN, script)
    ground.desk.show_view(referred("c", ReasonId.REVOKED, ReasonId.SPECIMEN))
    ground.settle()
    assert ground.lane.asked == []
    assert officer.refused == [("c", Notice.SPECIMEN)]
