"""The state machine against the emulated devices, in virtual time."""

from __future__ import annotations

import pytest

from drivers.turnstile.emulators.faults import Faults
from drivers.turnstile.emulators.lcus import LcusFirmware
from drivers.turnstile.emulators.person import NOBODY, Person, passes_after, two_pass
from drivers.turnstile.emulators.tpw321 import Tpw321Firmware
from drivers.turnstile.emulators.tx1500 import Tx1500Firmware
from drivers.turnstile.flight import Phase
from drivers.turnstile.port import (
    LinkChanged,
    LinkState,
    Passage,
    PassageCorrected,
    PassageReported,
    PulseAccepted,
    PulseRefused,
    Tamper,
    Way,
)
from drivers.turnstile.protocols.codec import Off
from tests.drivers.turnstile.virtual import VirtualLane


def controller(person: Person | None = None, faults: Faults | None = None, **changes: object) -> VirtualLane:
    return VirtualLane(Tx1500Firmware(faults, person), **changes)


def relay(person: Person | None = None, faults: Faults | None = None, **changes: object) -> VirtualLane:
    return VirtualLane(LcusFirmware(faults, person), **changes)


def test_a_controller_is_up_when_it_confirmed_off() -> None:
    lane = controller().plug()
    assert lane.states == [LinkState.PROBING]
    lane.run(0.1)
    assert lane.states == [LinkState.PROBING, LinkState.UP]
    assert lane.gate.phase is Phase.IDLE


def test_a_person_who_passes_is_reported_once_after_the_device_confirmed() -> None:
    lane = controller(passes_after(1.0)).up()
    lane.authorise("a")
    lane.run(10.0)
    assert lane.of("a") == [PulseAccepted("a", True), PassageReported("a", Passage.PASSED)]
    assert lane.firmware.pulses == 1


def test_nobody_passing_is_known_only_where_the_device_can_tell() -> None:
    told, dumb = controller(NOBODY).up(), relay(NOBODY).up()
    for lane in (told, dumb):
        lane.authorise("a")
        lane.run(10.0)
    assert told.ended("a") is Passage.NO_PASSAGE
    assert dumb.ended("a") is Passage.UNKNOWN


def test_a_dumb_relay_says_so_and_ends_unknown_although_somebody_passed() -> None:
    lane = relay(passes_after(1.0)).up()
    lane.authorise("a")
    lane.run(10.0)
    assert lane.of("a") == [PulseAccepted("a", False), PassageReported("a", Passage.UNKNOWN)]


def test_the_relay_is_on_for_exactly_the_pulse() -> None:
    lane = relay().up()
    lane.authorise("a")
    lane.run(10.0)
    assert lane.firmware.longest_on(lane.now) == pytest.approx(0.4, abs=0.001)


def test_two_people_on_one_pulse_are_tailgating() -> None:
    lane = controller(two_pass(1.0)).up()
    lane.authorise("a")
    lane.run(10.0)
    assert lane.of("a")[-2:] == [
        PassageReported("a", Passage.PASSED),
        PassageCorrected("a", Passage.TAILGATE),
    ]


def test_a_passage_is_told_at_once_and_a_follower_as_a_correction() -> None:
    lane = controller(two_pass(1.0, gap=1.2)).up()
    lane.authorise("a")
    lane.run(1.05)
    assert lane.ended("a") is Passage.PASSED
    lane.run(1.2)
    assert lane.of("a")[-1] == PassageCorrected("a", Passage.TAILGATE)


def test_the_next_traveller_does_not_wait_for_the_watch_behind_the_one_before() -> None:
    lane = controller(passes_after(0.3)).up()
    for number in range(60):
        lane.authorise(str(number))
        lane.run(1.0)
    assert [lane.ended(str(number)) for number in range(60)] == [Passage.PASSED] * 60
    assert lane.firmware.pulses == 60
    assert Tamper(True) not in lane.reports


def test_whoever_follows_before_the_next_release_left_is_behind_the_one_before() -> None:
    lane = controller(passes_after(0.3)).up()
    lane.authorise("a")
    lane.run(0.5)
    lane.gate._off(lane.now)
    lane.authorise("b")  # it waits for the OFF before it
    lane.perform(lane.gate.feed(bytes.fromhex("0202001A1A"), lane.now))
    assert lane.of("a")[-1] == PassageCorrected("a", Passage.TAILGATE)
    lane.run(8.0)
    assert lane.ended("b") is Passage.PASSED


def test_one_passage_reported_twice_within_30_ms_is_one() -> None:
    lane = controller(two_pass(1.0, gap=0.02)).up()
    lane.authorise("a")
    lane.run(10.0)
    assert lane.ended("a") is Passage.PASSED


def test_a_passage_just_after_the_window_still_counts() -> None:
    lane = controller(NOBODY).up()
    lane.authorise("a")
    lane.run(5.2)
    assert lane.gate.phase is Phase.CLOSING
    lane.firmware.push_through(lane.now)
    lane.run(3.0)
    assert lane.ended("a") is Passage.PASSED


def test_after_the_window_the_release_is_withdrawn() -> None:
    lane = controller(NOBODY).up()
    lane.authorise("a")
    lane.run(10.0)
    assert not lane.firmware.on
    assert lane.firmware.longest_on(lane.now) == pytest.approx(5.0, abs=0.01)


def test_somebody_who_forces_a_locked_gate_is_tampering_for_five_seconds() -> None:
    lane = controller().up()
    lane.firmware.push_through(lane.now)
    lane.run(1.0)
    assert Tamper(True) in lane.reports
    assert lane.gate.phase is Phase.TAMPER
    lane.run(5.0)
    assert lane.reports[-1] == Tamper(False)


def test_a_passage_the_other_way_makes_the_end_unknown() -> None:
    lane = controller(NOBODY).up()
    lane.authorise("a", Way.FORWARD)
    lane.run(1.0)
    lane.perform(lane.gate.feed(bytes.fromhex("0202001B1B"), lane.now))
    lane.run(9.0)
    assert lane.ended("a") is Passage.UNKNOWN


def test_the_backward_way_is_released_and_reported() -> None:
    lane = controller(passes_after(1.0)).up()
    lane.authorise("a", Way.BACKWARD)
    lane.run(10.0)
    assert lane.ended("a") is Passage.PASSED
    assert bytes.fromhex("0202004141") in [send.data for _, send in lane.sent]


def test_a_dumb_relay_refuses_the_way_it_is_not_wired_for() -> None:
    lane = relay(way=Way.FORWARD).up()
    lane.authorise("a", Way.BACKWARD)
    assert lane.of("a") == [PulseRefused("a", "This gate releases only forward.")]
    assert lane.firmware.pulses == 0


def test_a_rejected_release_is_refused_and_followed_by_off() -> None:
    lane = controller(faults=Faults(nak=True)).up()
    lane.authorise("a")
    lane.run(1.0)
    assert lane.of("a") == [PulseRefused("a", "The gate would not take the command.")]
    assert isinstance(lane.sent[-1][1].command, Off)


def test_a_second_authorisation_while_one_is_in_hand_is_refused() -> None:
    lane = controller().up()
    lane.authorise("a")
    lane.authorise("b")
    assert lane.of("b") == [PulseRefused("b", "The authorisation before this one is not over.")]
    lane.run(10.0)
    assert lane.firmware.pulses == 1


def test_without_a_confirmation_nothing_is_accepted_repeated_or_known() -> None:
    lane = controller(NOBODY).up()
    lane.firmware.faults = Faults(no_ack=True)
    lane.authorise("a")
    lane.run(10.0)
    assert lane.of("a") == [PassageReported("a", Passage.UNKNOWN)]
    assert lane.releases == 1
    assert lane.states[-1] is LinkState.DEGRADED


def test_without_a_confirmation_a_passage_that_was_seen_is_still_told() -> None:
    lane = controller(passes_after(0.2)).up()
    lane.firmware.faults = Faults(no_ack=True)
    lane.authorise("a")
    lane.run(10.0)
    assert lane.of("a") == [PassageReported("a", Passage.PASSED)]


def test_a_late_confirmation_is_never_taken_for_the_next_pulses() -> None:
    lane = controller(NOBODY).up()
    lane.firmware.faults = Faults(late_ack=0.8)
    lane.authorise("a")
    lane.run(10.0)
    lane.firmware.faults = Faults()
    assert lane.ended("a") is Passage.UNKNOWN
    lane.run(10.0)
    lane.firmware.faults = Faults(no_ack=True)
    lane.authorise("b")
    lane.run(10.0)
    assert not lane.accepted("b")


def test_a_confirmation_of_off_that_comes_late_does_not_confirm_a_pulse() -> None:
    lane = controller(NOBODY).up()
    lane.firmware.faults = Faults(late_ack=0.6)
    lane.run_until_idle_off()  # its confirmation is on the way, and will be late
    lane.authorise("a")
    lane.firmware.faults = Faults(no_ack=True)
    lane.run(10.0)
    assert not lane.accepted("a")
    assert lane.releases == 0


def test_after_a_late_confirmation_nothing_is_believed_until_the_line_was_quiet() -> None:
    lane = controller(NOBODY).up()
    lane.firmware.faults = Faults(late_ack=0.6)
    lane.run_until_idle_off()
    lane.run(0.7)  # the late confirmation came; were it believed, the link would be UP
    lane.firmware.faults = Faults(no_ack=True)
    lane.authorise("a")
    lane.run(10.0)
    assert lane.releases == 0


def test_a_damaged_report_makes_nobody_passed_a_guess() -> None:
    lane = controller(passes_after(1.0)).up()
    lane.authorise("a")
    lane.run(0.5)
    lane.firmware.faults = Faults(wrong_checksum=True)
    lane.run(1.0)
    lane.firmware.faults = Faults()
    lane.run(9.0)
    assert lane.ended("a") is Passage.UNKNOWN


@pytest.mark.parametrize("faults", [Faults(split=True), Faults(noise=True), Faults(echo=True)])
def test_a_bad_line_changes_nothing_that_was_seen(faults: Faults) -> None:
    lane = controller(passes_after(1.0), faults)
    lane.plug().run(1.0)
    lane.authorise("a")
    lane.run(10.0)
    assert lane.of("a") == [PulseAccepted("a", True), PassageReported("a", Passage.PASSED)]


def test_slow_firmware_loses_no_command() -> None:
    lane = relay(faults=Faults(slow_firmware=0.1)).up()
    for name in "abc":
        lane.authorise(name)
        lane.run(8.0)
    assert lane.firmware.pulses == 3
    assert lane.firmware.longest_on(lane.now) <= 0.5


def test_a_device_that_starts_slowly_is_waited_for() -> None:
    lane = controller(faults=Faults(boot_silence=2.0)).plug()
    lane.run(5.0)
    assert lane.states == [LinkState.PROBING, LinkState.UP]


def test_the_wrong_device_ends_degraded_with_advice_and_gets_no_pulse() -> None:
    lane = controller(faults=Faults(mute=True)).plug()
    lane.run(10.0)
    lane.authorise("a")
    lane.run(10.0)
    assert lane.states == [LinkState.PROBING, LinkState.DEGRADED]
    advice = next(report.advice for report in reversed(lane.reports) if isinstance(report, LinkChanged))
    assert "turnstile.protocol" in advice
    assert lane.ended("a") == "refused"
    assert lane.releases == 0


def test_unplugged_before_the_pulse_leaves_is_refused() -> None:
    lane = relay().up()
    lane.run_until_idle_off()  # the board needs its gap now
    lane.authorise("a")
    assert lane.of("a") == []
    lane.unplug()
    assert lane.ended("a") == "refused"
    assert lane.releases == 0


@pytest.mark.parametrize("make", [controller, relay])
def test_unplugged_after_the_pulse_is_unknown_and_never_sent_again(make: type[VirtualLane]) -> None:
    lane = make(NOBODY).up()
    lane.authorise("a")
    lane.run(0.2)
    lane.unplug()
    assert lane.ended("a") is Passage.UNKNOWN
    lane.plug()
    lane.run(20.0)
    assert lane.gate.supervisor.state is LinkState.UP
    assert lane.releases == 1


def test_a_write_that_fails_on_the_pulse_is_unknown() -> None:
    lane = relay().up()
    lane.writes_until_break = 0
    lane.authorise("a")
    assert lane.of("a") == [PassageReported("a", Passage.UNKNOWN)]


def test_an_idle_gate_is_sent_off_again_and_again() -> None:
    lane = relay().up()
    before = lane.offs
    lane.run(20.0)
    assert 8 <= lane.offs - before <= 12
    assert lane.releases == 0


def test_a_silent_death_of_an_idle_controller_is_noticed() -> None:
    lane = controller().up()
    lane.firmware.faults = Faults(mute=True)
    lane.run(5.0)
    assert lane.states[-1] is LinkState.DEGRADED
    lane.firmware.faults = Faults()
    lane.run(5.0)
    assert lane.states[-1] is LinkState.UP


def test_closing_ends_what_is_in_hand_and_takes_nothing_more() -> None:
    lane = controller(NOBODY).up()
    lane.authorise("a")
    lane.run(1.0)
    lane.perform(lane.gate.close(lane.now))
    assert lane.ended("a") is Passage.UNKNOWN
    assert isinstance(lane.sent[-1][1].command, Off)
    lane.authorise("b")
    lane.run(5.0)
    assert lane.ended("b") == "refused"
    assert isinstance(lane.sent[-1][1].command, Off)


def test_a_question_that_is_not_answered_does_not_put_off_the_end_of_a_release() -> None:
    lane = VirtualLane(Tpw321Firmware(None, NOBODY), passage_s=2.0).plug()
    lane.run(2.0)
    lane.authorise("a")
    lane.run(1.75)
    lane.firmware.faults = Faults(wrong_checksum=True)  # it hears, and its answers are damaged
    lane.run(10.0)
    assert lane.firmware.longest_on(lane.now) <= 2.7
