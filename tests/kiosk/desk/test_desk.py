"""The desk asks the lane in the officer's name, and asks nothing by a view that is no longer true."""

from __future__ import annotations

from dataclasses import replace

from kiosk.desk.lane_control import Action, Notice
from kiosk.lane_view import Phase
from tests.kiosk.desk.ground import CALM, Ground, referred
from verification.reasons import ReasonId


def test_a_decision_goes_to_the_lane_with_officer_and_reason(ground: Ground) -> None:
    ground.try_pin()
    ground.desk.show_view(referred("c"))
    assert ground.desk.decide("c", Action.ADMIT, "DOCUMENT_GENUINE") is None
    assert ground.lane.asked == [("decide", "c", "O-17", "admit", "DOCUMENT_GENUINE")]


def test_nobody_signed_in_decides_nothing(ground: Ground) -> None:
    ground.desk.show_view(referred("c"))
    assert ground.desk.decide("c", Action.REFUSE, "OTHER") is Notice.NOT_NOW
    assert ground.desk.hold_or_free() is Notice.NOT_NOW
    assert ground.desk.release_once("STAFF") is Notice.NOT_NOW
    assert ground.lane.asked == []


def test_a_view_older_than_three_seconds_decides_nothing(ground: Ground) -> None:
    ground.try_pin()
    ground.desk.show_view(referred("c"))
    ground.later(3.0)
    assert ground.desk.in_contact
    ground.later(0.1)
    assert not ground.desk.in_contact
    assert ground.desk.decide("c", Action.ADMIT, "DOCUMENT_GENUINE") is Notice.NOT_NOW
    assert ground.lane.asked == []
    ground.desk.show_view(referred("c"))
    assert ground.desk.decide("c", Action.ADMIT, "DOCUMENT_GENUINE") is None


def test_the_first_of_two_officers_is_not_the_second_too(ground: Ground) -> None:
    ground.try_pin()
    view = referred("c", ReasonId.REVOKED)
    assert view.crossing is not None
    ground.desk.show_view(replace(view, crossing=replace(view.crossing, approved_by="O-17")))
    ground.desk.decide("c", Action.ADMIT, "DOCUMENT_GENUINE")
    assert ground.lane.asked == []
    assert ground.notices == [Notice.SECOND_OFFICER]


def test_a_lane_is_held_and_then_let_go_on(ground: Ground) -> None:
    ground.try_pin()
    ground.desk.show_view(CALM)
    ground.desk.hold_or_free()
    ground.desk.show_view(replace(CALM, phase=Phase.HELD))
    ground.desk.hold_or_free()
    assert ground.lane.asked == [("hold", "O-17"), ("open", "O-17")]


def test_the_gate_is_released_with_a_reason(ground: Ground) -> None:
    ground.try_pin()
    ground.desk.show_view(CALM)
    assert ground.desk.release_once("STAFF") is None
    assert ground.lane.asked == [("release", "O-17", "STAFF")]


def test_what_the_lane_says_reaches_the_officer(ground: Ground) -> None:
    ground.lane.on_notice(Notice.CROSSING_OVER)
    assert ground.notices == [Notice.CROSSING_OVER]


def test_deciding_counts_as_work(ground: Ground) -> None:
    ground.try_pin()
    ground.later(1700)
    ground.desk.show_view(referred("c"))
    ground.desk.decide("c", Action.DESK, "NEEDS_TIME")
    ground.later(1700)
    assert ground.session.officer is not None
