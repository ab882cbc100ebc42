"""What one officer can decide, and what not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from drivers.turnstile.port import LinkState
from kiosk.desk.decision import may_free, may_hold, obstacle, options, release_obstacle
from kiosk.desk.lane_control import Action, Notice
from kiosk.desk.override_reasons import RELEASE, override_reasons, reasons_for
from kiosk.lane_view import Phase
from tests.kiosk.desk.ground import CALM, EVIDENCE, needs_second_officer, referred
from verification.reasons import LANGUAGES, ReasonId


def possible(view: object) -> dict[Action, Notice | None]:
    return {option.action: option.why_not for option in options(view, needs_second_officer)}  # type: ignore[arg-type]


def test_a_referral_can_be_admitted_refused_or_sent_to_the_desk() -> None:
    assert possible(referred()) == {Action.ADMIT: None, Action.REFUSE: None, Action.DESK: None}


@pytest.mark.parametrize("reason", [ReasonId.REVOKED, ReasonId.COLOUR_RED, ReasonId.ALREADY_USED])
def test_where_it_takes_two_the_first_officer_cannot_be_the_second(reason: ReasonId) -> None:
    view = referred("c", ReasonId.HOLDER_UNBOUND, reason)
    assert possible(view)[Action.ADMIT] is None
    assert view.crossing is not None
    once = replace(view, crossing=replace(view.crossing, approved_by="O-17"))
    asked = ("c", Action.ADMIT, "DOCUMENT_GENUINE", needs_second_officer)
    assert obstacle(once, *asked, "O-17") is Notice.SECOND_OFFICER
    assert obstacle(once, *asked, "O-18") is None
    assert obstacle(once, "c", Action.REFUSE, "NOT_THE_HOLDER", needs_second_officer, "O-17") is None


def test_a_specimen_can_be_admitted_in_the_demo_only() -> None:
    view = referred()
    assert view.crossing is not None
    crossing = replace(view.crossing, evidence=(replace(EVIDENCE, specimen=True),))
    view = replace(view, crossing=crossing)
    assert possible(view)[Action.ADMIT] is Notice.SPECIMEN
    assert possible(replace(view, demo=True))[Action.ADMIT] is None


@pytest.mark.parametrize("phase", [phase for phase in Phase if phase is not Phase.REFERRED])
def test_only_a_referral_in_front_is_decided(phase: Phase) -> None:
    view = replace(referred(), phase=phase)
    assert options(view, needs_second_officer) == ()
    why_not = obstacle(view, "crossing-1", Action.REFUSE, "OTHER", needs_second_officer)
    assert why_not is Notice.CROSSING_OVER


def test_a_decision_about_somebody_else_is_not_made() -> None:
    why_not = obstacle(referred("new"), "old", Action.ADMIT, "DOCUMENT_GENUINE", needs_second_officer)
    assert why_not is Notice.CROSSING_OVER


@pytest.mark.parametrize("reason", ["", "NO_SUCH_REASON", "NOT_THE_HOLDER"])
def test_a_decision_needs_a_reason_that_fits_it(reason: str) -> None:
    assert obstacle(referred("c"), "c", Action.ADMIT, reason, needs_second_officer) is Notice.NOT_NOW


def test_the_gate_is_released_once_only_while_the_lane_stands_still() -> None:
    assert release_obstacle(CALM, "STAFF") is None
    assert release_obstacle(replace(CALM, phase=Phase.HELD), "STAFF") is None
    for phase in (Phase.REFERRED, Phase.ADMITTED, Phase.PASSING, Phase.EVACUATE):
        assert release_obstacle(replace(CALM, phase=phase), "STAFF") is Notice.NOT_NOW
    assert release_obstacle(replace(CALM, link=LinkState.DOWN), "STAFF") is Notice.GATE_NOT_READY
    assert release_obstacle(CALM, "") is Notice.NOT_NOW


def test_a_lane_is_held_and_freed_but_never_during_an_alarm() -> None:
    held, alarm = replace(CALM, phase=Phase.HELD), replace(CALM, phase=Phase.EVACUATE)
    assert (may_hold(CALM), may_free(CALM)) == (True, False)
    assert (may_hold(held), may_free(held)) == (False, True)
    assert (may_hold(alarm), may_free(alarm)) == (False, False)


@pytest.mark.parametrize("decision", [*Action, RELEASE])
def test_every_decision_has_reasons_for_the_digits_one_to_six(decision: str) -> None:
    rows = reasons_for(decision)
    assert 2 <= len(rows) <= 6
    assert rows[-1].id == "OTHER"


def test_every_reason_is_said_in_all_languages_and_fits_some_decision() -> None:
    for row in override_reasons().values():
        assert set(row.words) == set(LANGUAGES)
        assert all(row.words.values())
        assert set(row.applies_to) <= {*Action, RELEASE}
        assert row.applies_to
