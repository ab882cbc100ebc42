"""A traveller without a code, or who needs a person, touches one key: an officer comes, none is refused."""

from __future__ import annotations

from dataclasses import replace

from drivers.turnstile.port import FireAlarm, Passage, PulseRefused
from kiosk.crossing_io import AskForOfficer, NoLongerAsks, PartFailed, Record
from kiosk.desk.lane_control import Action
from kiosk.help_call import FIRST_PAUSE_S, FORGOTTEN_S, LONGEST_PAUSE_S
from kiosk.lane_view import Fault, Help, Phase
from kiosk.referral_content import content_bytes, read_content
from sync.event_types import CrossingDecided, HelpCalled, HelpWithdrawn
from tests.kiosk.lane_bench import REFER, REFUSE, LaneBench
from verification.evidence import Kind
from verification.reasons import ReasonId
from verification.verdict import Gathering, Outcome, Verdict


def call(lane: LaneBench) -> None:
    lane.hear(AskForOfficer())


def calls(lane: LaneBench) -> list[str]:
    return [event.during for event in lane.events if isinstance(event, HelpCalled)]


def in_vain(lane: LaneBench) -> list[int]:
    return [event.calls for event in lane.events if isinstance(event, HelpWithdrawn)]


def verdicts(lane: LaneBench) -> list[tuple[str, tuple[str, ...]]]:
    return [(event.outcome, event.reasons) for event in lane.events if isinstance(event, CrossingDecided)]


def test_somebody_without_a_code_is_referred_and_never_refused(lane: LaneBench) -> None:
    call(lane)
    assert (lane.phase, lane.view.help) == (Phase.REFERRED, Help.CALLED)
    assert lane.kinds() == ["help.called", "crossing.opened", "crossing.decided"]
    assert verdicts(lane) == [(Outcome.REFER, (ReasonId.HELP_ASKED,))]
    assert lane.opened == []


def test_a_call_is_written_in_one_piece_so_that_a_full_disk_loses_none_of_it(lane: LaneBench) -> None:
    assert [type(effect) for effect in lane.hear(AskForOfficer())] == [Record]


def test_an_officer_admits_who_called_and_the_gate_opens_once(lane: LaneBench) -> None:
    call(lane)
    lane.officer(Action.ADMIT)
    assert (lane.phase, lane.view.help, len(lane.opened)) == (Phase.ADMITTED, Help.NONE, 1)


def test_touched_again_it_says_the_same_and_calls_nobody_twice(lane: LaneBench) -> None:
    for _ in range(20):
        call(lane)
    assert calls(lane) == ["waiting"]
    assert lane.view.help is Help.CALLED


def test_a_code_that_is_asked_for_can_be_answered_with_a_call(lane: LaneBench) -> None:
    lane.rules.decision = Gathering((Kind.CUSTOMS_DECLARATION,))
    lane.show()
    call(lane)
    assert lane.phase is Phase.REFERRED
    assert verdicts(lane) == [(Outcome.REFER, (ReasonId.HELP_ASKED,))]
    assert lane.view.crossing is not None and lane.view.crossing.evidence


def test_after_a_refusal_an_officer_looks_and_the_first_verdict_stays(lane: LaneBench) -> None:
    lane.rules.decision = REFUSE
    lane.show()
    call(lane)
    crossing = lane.view.crossing
    assert lane.phase is Phase.REFERRED
    assert crossing is not None and crossing.called
    assert (crossing.outcome, crossing.reasons) == (Outcome.REFUSE, (ReasonId.EXPIRED,))
    assert verdicts(lane) == [(Outcome.REFUSE, (ReasonId.EXPIRED,))]


def test_two_officers_are_needed_after_a_call_where_they_were_before(lane: LaneBench) -> None:
    lane.rules.decision = Verdict(Outcome.REFUSE, (ReasonId.COLOUR_RED,))
    lane.rules.two_officers = {ReasonId.COLOUR_RED}
    lane.show()
    call(lane)
    lane.officer(Action.ADMIT)
    assert lane.opened == []


def test_whom_an_officer_refused_is_sent_to_the_desk_and_does_not_hold_the_lane(lane: LaneBench) -> None:
    call(lane)
    lane.officer(Action.REFUSE)
    call(lane)
    assert lane.phase is Phase.AT_DESK
    lane.wait(5.0)
    assert (lane.phase, lane.closed) == (Phase.WAITING, ["desk"])


def test_a_call_while_the_gate_is_open_waits_for_the_gate(lane: LaneBench) -> None:
    lane.show()
    lane.gate_accepts()
    call(lane)
    assert (lane.phase, lane.view.help) == (Phase.PASSING, Help.NOTED)
    lane.gate_reports(Passage.NO_PASSAGE)
    lane.wait(0.1)
    assert (lane.phase, lane.view.help) == (Phase.REFERRED, Help.CALLED)


def test_a_call_while_the_gate_is_stuck_is_not_lost(lane: LaneBench) -> None:
    lane.show()
    lane.hear(PulseRefused(lane.opened[-1].authorisation, "not connected"))
    call(lane)
    lane.wait(5.0)
    lane.wait(0.1)
    assert lane.phase is Phase.REFERRED


def test_a_lane_that_is_out_of_order_still_calls_an_officer(lane: LaneBench) -> None:
    lane.hear(PartFailed(Fault("camera", "CA", "Look at it.", stops=True)))
    call(lane)
    assert lane.phase is Phase.REFERRED
    lane.hear(NoLongerAsks())
    assert lane.phase is Phase.OUT_OF_ORDER


def test_in_a_fire_nobody_is_asked_to_wait(lane: LaneBench) -> None:
    call(lane)
    lane.hear(FireAlarm(True))
    call(lane)
    lane.wait(200.0)
    assert (lane.phase, lane.view.help, calls(lane)) == (Phase.EVACUATE, Help.NONE, ["waiting"])


def test_who_waits_for_an_officer_already_is_told_that_one_was_called(lane: LaneBench) -> None:
    lane.rules.decision = REFER
    lane.show()
    call(lane)
    assert (lane.phase, lane.view.help, calls(lane)) == (Phase.REFERRED, Help.CALLED, ["referred"])
    assert verdicts(lane) == [(Outcome.REFER, (ReasonId.UNKNOWN_SIGNER,))]


def test_a_call_is_withdrawn_with_one_touch_and_the_lane_goes_on(lane: LaneBench) -> None:
    call(lane)
    lane.hear(NoLongerAsks())
    assert (lane.phase, lane.view.help, lane.closed) == (Phase.WAITING, Help.NONE, ["withdrawn"])
    assert lane.view.last[0].withdrawn
    lane.show()
    assert lane.phase is Phase.ADMITTED


def test_withdrawing_ends_no_referral_that_a_code_brought_about(lane: LaneBench) -> None:
    lane.rules.decision = Verdict(Outcome.REFUSE, (ReasonId.REVOKED,))
    lane.show()
    call(lane)
    lane.hear(NoLongerAsks())
    assert (lane.phase, lane.view.help, lane.closed) == (Phase.REFERRED, Help.NONE, [])


def test_a_refusal_stays_one_when_its_call_is_withdrawn(lane: LaneBench) -> None:
    lane.rules.decision = REFUSE
    lane.show()
    call(lane)
    lane.hear(NoLongerAsks())
    assert lane.closed == ["refused"]


def test_nothing_is_withdrawn_that_was_not_called(lane: LaneBench) -> None:
    assert lane.hear(NoLongerAsks()) == []


def test_children_who_play_are_slowed_down_and_their_call_still_comes(lane: LaneBench) -> None:
    for touch in range(6):
        call(lane)
        while lane.phase is not Phase.REFERRED:
            assert lane.view.help is Help.NOTED
            lane.wait(1.0)
        lane.hear(NoLongerAsks())
        assert in_vain(lane)[-1] == touch + 1
    call(lane)
    lane.wait(LONGEST_PAUSE_S - 1)
    assert lane.phase is Phase.WAITING
    lane.wait(1.0)
    assert lane.phase is Phase.REFERRED


def test_a_noted_call_can_be_withdrawn_too(lane: LaneBench) -> None:
    call(lane)
    lane.hear(NoLongerAsks())
    call(lane)
    lane.hear(NoLongerAsks())
    lane.wait(LONGEST_PAUSE_S)
    assert (lane.phase, in_vain(lane)) == (Phase.WAITING, [1, 2])


def test_a_call_that_nobody_answered_slows_the_next_one_down(lane: LaneBench) -> None:
    call(lane)
    lane.wait(120.0)
    lane.wait(4.0)
    assert lane.closed == ["timed_out"]
    call(lane)
    assert lane.view.help is Help.NOTED
    lane.wait(FIRST_PAUSE_S)
    assert lane.phase is Phase.REFERRED


def test_once_an_officer_came_the_next_call_is_made_at_once(lane: LaneBench) -> None:
    for _ in range(3):
        call(lane)
        while lane.phase is not Phase.REFERRED:
            lane.wait(1.0)
        lane.hear(NoLongerAsks())
    lane.rules.decision = REFER
    lane.show()
    call(lane)
    assert lane.view.help is Help.CALLED
    lane.officer(Action.DESK)
    lane.wait(5.0)
    call(lane)
    assert lane.phase is Phase.REFERRED, "it does not wait for the rest of the twenty seconds"
    lane.hear(NoLongerAsks())
    assert in_vain(lane)[-1] == 1


def test_old_games_are_forgotten(lane: LaneBench) -> None:
    for _ in range(5):
        call(lane)
        lane.hear(NoLongerAsks())
        lane.wait(LONGEST_PAUSE_S)
    lane.wait(FORGOTTEN_S)
    call(lane)
    lane.hear(NoLongerAsks())
    assert in_vain(lane)[-1] == 1


def test_the_station_desk_is_told_that_the_traveller_calls(lane: LaneBench) -> None:
    lane.rules.decision = REFUSE
    lane.show()
    call(lane)
    crossing = lane.view.crossing
    assert crossing is not None
    assert read_content(content_bytes(crossing)).called
    assert not read_content(content_bytes(replace(crossing, called=False))).called
