"""The crossing, in the words of the people at the gate."""

from __future__ import annotations

from dataclasses import replace

from drivers.turnstile.port import Passage
from kiosk.crossing_io import (
    OpenGate,
    Record,
    Seen,
)
from kiosk.desk.lane_control import Action, Notice
from kiosk.lane_view import Phase
from sync.event_types import (
    CodeAssessed,
    CrossingDecided,
    OfficerDecided,
)
from tests.kiosk.lane_bench import ADMIT, NO_CODE, REFER, REFUSE, LaneBench, assessment
from verification.evidence import Kind, Use
from verification.reasons import ReasonId
from verification.verdict import Gathering, Outcome, Verdict

# --- one traveller ---


def test_a_good_code_is_recorded_before_the_gate_is_asked(lane: LaneBench) -> None:
    effects = lane.show()
    assert [type(effect) for effect in effects] == [Record, OpenGate]
    assert lane.kinds() == ["crossing.opened", "crossing.code", "crossing.decided", "gate.authorised"]
    assert lane.phase is Phase.ADMITTED


def test_please_pass_is_shown_only_after_the_gate_took_the_pulse(lane: LaneBench) -> None:
    lane.show()
    assert lane.phase is Phase.ADMITTED
    lane.gate_accepts()
    assert lane.phase is Phase.PASSING


def test_the_lane_is_ready_for_the_next_traveller_when_the_gate_reports_the_passage(lane: LaneBench) -> None:
    lane.cross(b"code A")
    assert (lane.phase, lane.closed) == (Phase.WAITING, ["passed"])
    lane.show(b"code B")
    assert len(lane.opened) == 2


def test_the_time_from_the_frame_to_the_verdict_is_recorded(lane: LaneBench) -> None:
    captured = lane.now.mono
    lane.now = lane.now.later(0.045)
    lane.hear(Seen(b"code A", captured))
    decided = next(event for event in lane.events if isinstance(event, CrossingDecided))
    assert decided.read_to_verdict_ms == 45.0


def test_the_record_knows_a_code_by_its_fingerprint_and_no_name(lane: LaneBench) -> None:
    lane.show(b"code A")
    code = next(event for event in lane.events if isinstance(event, CodeAssessed))
    assert code.fingerprint == "print of code A"
    assert "E*****E" not in repr(lane.effects)


# --- the same code, other codes ---


def test_a_code_seen_again_while_the_gate_is_open_is_ignored_and_not_consumed(lane: LaneBench) -> None:
    lane.rules.codes[b"single"] = assessment(b"single", use=Use.SINGLE)
    lane.rules.decision = Verdict(Outcome.ADMIT, (ReasonId.ADMITTED,), spends=(b"use single",))
    lane.show(b"single")
    lane.gate_accepts()
    before = len(lane.effects)
    lane.show(b"single")
    lane.show(b"somebody else's")
    assert lane.effects[before:] == []
    assert lane.rules.verified == [b"single"]
    assert [record.spend for record in lane.records if record.spend] == [(b"use single",)]


def test_the_next_travellers_code_seen_too_early_counts_when_their_turn_comes(lane: LaneBench) -> None:
    lane.show(b"first")
    lane.gate_accepts()
    lane.show(b"second")
    lane.gate_reports(Passage.PASSED)
    lane.show(b"second")
    assert lane.phase is Phase.ADMITTED and len(lane.opened) == 2


def test_a_phone_held_still_after_the_passage_does_not_start_a_second_crossing(lane: LaneBench) -> None:
    lane.cross(b"code A")
    for _ in range(100):
        lane.wait(0.5)
        lane.show(b"code A")
    assert len(lane.opened) == 1


def test_a_code_that_was_lowered_and_shown_again_counts_again(lane: LaneBench) -> None:
    lane.cross(b"code A")
    lane.wait(1.1)
    lane.show(b"code A")
    assert len(lane.opened) == 2


def test_a_phone_lowered_while_the_gate_was_open_counts_at_once_when_nobody_passed(lane: LaneBench) -> None:
    lane.show(b"code A")
    lane.gate_accepts()
    lane.show(b"code A")
    lane.wait(5.0)
    lane.gate_reports(Passage.NO_PASSAGE)
    lane.show(b"code A")
    assert len(lane.opened) == 2


def test_a_text_that_is_no_health_code_ends_no_crossing_and_calls_no_officer(lane: LaneBench) -> None:
    lane.rules.codes[b"menu"] = NO_CODE
    assert lane.show(b"menu") == []
    assert (lane.phase, lane.view.not_a_code) == (Phase.WAITING, "link")
    lane.wait(3.5)
    assert lane.view.not_a_code is None


def test_a_menu_between_two_codes_of_one_traveller_changes_nothing(lane: LaneBench) -> None:
    lane.rules.codes[b"menu"] = NO_CODE
    lane.rules.decision = lambda codes: ADMIT if len(codes) == 2 else Gathering((Kind.CUSTOMS_DECLARATION,))
    lane.show(b"health")
    lane.show(b"menu")
    assert lane.phase is Phase.GATHERING
    lane.show(b"customs")
    assert lane.phase is Phase.ADMITTED


# --- several codes in one crossing ---


def test_a_crossing_gathers_codes_until_the_policy_is_satisfied(lane: LaneBench) -> None:
    lane.rules.decision = lambda codes: ADMIT if len(codes) == 2 else Gathering((Kind.CUSTOMS_DECLARATION,))
    lane.show(b"health")
    crossing = lane.current
    assert lane.view.crossing is not None
    assert (lane.phase, lane.view.crossing.missing) == (Phase.GATHERING, (Kind.CUSTOMS_DECLARATION,))
    assert lane.opened == []
    lane.show(b"customs")
    assert (lane.current, len(lane.opened)) == (crossing, 1)


def test_two_dresses_of_one_code_are_one_code(lane: LaneBench) -> None:
    lane.rules.decision = lambda codes: ADMIT if len(codes) == 2 else Gathering((Kind.ITINERARY,))
    lane.rules.codes[b"plain"] = assessment(b"plain", signed=b"the same")
    lane.rules.codes[b"recompressed"] = assessment(b"recompressed", signed=b"the same")
    lane.show(b"plain")
    assert lane.show(b"recompressed") == []
    assert lane.phase is Phase.GATHERING


def test_what_a_rule_said_of_the_codes_shown_is_recorded_when_no_further_one_comes(lane: LaneBench) -> None:
    lane.rules.decision = Gathering((Kind.TEST,), (ReasonId.RULE_FAILED,), ("COMPLETE-FROM-12",))
    lane.show(b"half")
    assert lane.view.crossing is not None
    assert lane.view.crossing.missing == (Kind.TEST,)
    lane.wait(21.0)
    decided = next(event for event in lane.events if isinstance(event, CrossingDecided))
    assert decided.reasons == ("RULE_FAILED", "EVIDENCE_MISSING")
    assert decided.rules == ("COMPLETE-FROM-12",)
    assert lane.view.crossing.missing == ()


def test_a_traveller_who_brings_no_second_code_is_referred(lane: LaneBench) -> None:
    lane.rules.decision = Gathering((Kind.CUSTOMS_DECLARATION,))
    lane.show(b"health")
    lane.wait(21.0)
    decided = [event for event in lane.events if isinstance(event, CrossingDecided)]
    assert [(event.outcome, event.reasons) for event in decided] == [("REFER", ("EVIDENCE_MISSING",))]
    assert lane.phase is Phase.REFERRED


# --- refused and referred ---


def test_a_refusal_is_shown_for_a_while_and_then_the_lane_goes_on(lane: LaneBench) -> None:
    lane.rules.decision = REFUSE
    lane.show()
    assert (lane.phase, lane.opened) == (Phase.REFUSED, [])
    lane.wait(6.5)
    assert (lane.phase, lane.closed) == (Phase.WAITING, ["refused"])


def test_a_referral_holds_the_lane_and_other_codes_wait(lane: LaneBench) -> None:
    lane.rules.decision = REFER
    lane.show(b"code A")
    lane.rules.decision = ADMIT
    lane.wait(60.0)
    lane.show(b"code B")
    assert (lane.phase, lane.opened) == (Phase.REFERRED, [])


def test_an_officer_admits_a_referral_and_the_first_verdict_stays(lane: LaneBench) -> None:
    lane.rules.decision = REFER
    lane.show()
    effects = lane.officer(Action.ADMIT)
    assert [type(effect) for effect in effects] == [Record, OpenGate]
    assert lane.kinds()[-2:] == ["officer.decided", "gate.authorised"]
    assert lane.view.crossing is not None
    assert (lane.view.crossing.outcome, lane.view.crossing.override) == (Outcome.REFER, "admit")


def test_an_admitted_referral_spends_its_single_use_codes(lane: LaneBench) -> None:
    lane.rules.codes[b"single"] = assessment(b"single", use=Use.SINGLE)
    lane.rules.decision = REFER
    lane.show(b"single")
    lane.officer(Action.ADMIT)
    assert lane.records[-1].spend == (b"use single",)


def test_an_officer_refuses_a_referral(lane: LaneBench) -> None:
    lane.rules.decision = REFER
    lane.show()
    lane.officer(Action.REFUSE)
    assert (lane.phase, lane.opened) == (Phase.REFUSED, [])
    lane.wait(7)
    assert lane.closed == ["refused"]


def test_an_officer_sends_a_referral_to_the_desk(lane: LaneBench) -> None:
    lane.rules.decision = REFER
    lane.show()
    lane.officer(Action.DESK)
    assert lane.phase is Phase.AT_DESK
    lane.wait(5)
    assert (lane.phase, lane.closed, lane.opened) == (Phase.WAITING, ["desk"], [])


def test_a_referral_nobody_decides_runs_out_and_goes_to_the_desk(lane: LaneBench) -> None:
    lane.rules.decision = REFER
    lane.show()
    lane.wait(121)
    assert lane.phase is Phase.AT_DESK
    lane.wait(5)
    assert lane.closed == ["timed_out"]


def test_a_late_override_is_recorded_and_never_opens_the_gate_for_whoever_stands_there_now(
    lane: LaneBench,
) -> None:
    lane.rules.decision = REFER
    lane.show(b"code A")
    first = lane.current
    lane.wait(121)
    lane.wait(5)
    lane.show(b"code B")
    lane.officer(Action.ADMIT, crossing=first)
    late = [event for event in lane.events if isinstance(event, OfficerDecided)]
    assert [(event.crossing, event.in_time) for event in late] == [(first, False)]
    assert (lane.opened, lane.told, lane.phase) == ([], [Notice.CROSSING_OVER], Phase.REFERRED)


def test_a_decision_about_a_crossing_this_lane_never_saw_does_nothing(lane: LaneBench) -> None:
    lane.rules.decision = REFER
    lane.show()
    lane.officer(Action.ADMIT, crossing="another lane's")
    assert (lane.opened, lane.told) == ([], [Notice.NOT_NOW])


def test_some_reasons_need_a_second_officer(lane: LaneBench) -> None:
    lane.rules.decision = REFER
    lane.rules.two_officers = {ReasonId.UNKNOWN_SIGNER}
    lane.show()
    lane.officer(Action.ADMIT)
    assert (lane.opened, lane.told, lane.phase) == ([], [Notice.SECOND_OFFICER], Phase.REFERRED)


def test_a_specimen_never_opens_a_gate_not_even_by_an_officer(lane: LaneBench) -> None:
    lane.rules.decision = Verdict(Outcome.REFER, (ReasonId.SPECIMEN,))
    lane.show()
    lane.officer(Action.ADMIT)
    assert (lane.opened, lane.told) == ([], [Notice.SPECIMEN])


def test_a_revoked_code_is_refused_in_the_record_and_held_like_a_referral_on_the_screen(
    lane: LaneBench,
) -> None:
    lane.rules.decision = Verdict(Outcome.REFUSE, (ReasonId.REVOKED,))
    lane.show()
    decided = next(event for event in lane.events if isinstance(event, CrossingDecided))
    assert (decided.outcome, decided.reasons) == ("REFUSE", ("REVOKED",))
    revoked = lane.view
    other = LaneBench()
    other.rules.decision = REFER
    other.show()
    assert (revoked.phase, revoked.until_mono) == (other.view.phase, other.view.until_mono)


def test_the_rules_behind_a_verdict_are_recorded_by_name_and_told_to_the_officer_in_words(
    lane: LaneBench,
) -> None:
    lane.rules.decision = Verdict(Outcome.REFER, (ReasonId.RULE_FAILED,), rules=("VR-XA-1", "VR-XA-2"))
    lane.show()
    decided = next(event for event in lane.events if isinstance(event, CrossingDecided))
    assert decided.rules == ("VR-XA-1", "VR-XA-2")
    assert lane.view.crossing is not None
    assert [(rule.id, rule.says) for rule in lane.view.crossing.rules] == [
        ("VR-XA-1", "words of VR-XA-1"),
        ("VR-XA-2", "words of VR-XA-2"),
    ]
    assert not any("words of" in repr(event) for event in lane.events)


def test_the_officer_is_told_what_a_code_nobody_here_can_check_claims_to_be(lane: LaneBench) -> None:
    record = replace(NO_CODE, reasons=(ReasonId.NOT_VERIFIABLE_OFFLINE,), looks_like="hksar_record")
    lane.rules.codes[b"HKSARG|VAC|"] = record
    lane.rules.decision = Verdict(Outcome.REFER, (ReasonId.NOT_VERIFIABLE_OFFLINE,))
    lane.show(b"HKSARG|VAC|")
    assert lane.view.crossing is not None
    assert (lane.phase, lane.view.crossing.claims) == (Phase.REFERRED, ("hksar_record",))
