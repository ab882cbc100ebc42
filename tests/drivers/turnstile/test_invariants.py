"""The eight rules that no gate may break, each by its number."""

from __future__ import annotations

import pytest

from drivers.turnstile.emulators.faults import Faults
from drivers.turnstile.emulators.firmware import Firmware
from drivers.turnstile.emulators.lcus import LcusFirmware
from drivers.turnstile.emulators.person import NOBODY
from drivers.turnstile.emulators.tx1500 import Tx1500Firmware
from drivers.turnstile.port import (
    FireAlarm,
    LinkState,
    Passage,
    PassageReported,
    PulseAccepted,
    PulseRefused,
    Tamper,
)
from drivers.turnstile.protocols.codec import Off
from tests.drivers.turnstile.board import Bench, Board, ReadingBoard
from tests.drivers.turnstile.virtual import VirtualLane

FIRMWARES = [LcusFirmware, Tx1500Firmware]


@pytest.mark.parametrize("kind", FIRMWARES)
def test_invariant_1_off_is_the_first_thing_after_every_open_and_the_last_before_every_close(
    kind: type[Firmware],
) -> None:
    lane = VirtualLane(kind()).up()
    for _ in range(3):
        lane.unplug()
        sent = len(lane.sent)
        lane.plug()
        lane.run(10.0)
        assert isinstance(lane.sent[sent][1].command, Off)
    lane.perform(lane.gate.close(lane.now))
    assert isinstance(lane.sent[-1][1].command, Off)


@pytest.mark.parametrize("kind", FIRMWARES)
def test_invariant_2_one_pulse_for_one_authorisation_ever(kind: type[Firmware]) -> None:
    lane = VirtualLane(kind(None, NOBODY)).up()
    for _ in range(3):
        lane.authorise("a")
        lane.run(10.0)
    lane.unplug()
    lane.plug()
    lane.run(10.0)
    lane.authorise("a")
    lane.run(10.0)
    assert lane.firmware.pulses == lane.releases == 1
    assert lane.of("a").count(PulseRefused("a", "This authorisation was used before.")) == 3


def test_invariant_2_an_unknown_outcome_repeats_off_and_nothing_else() -> None:
    lane = VirtualLane(Tx1500Firmware(None, NOBODY)).up()
    lane.firmware.faults = Faults(mute=True)
    lane.authorise("a")
    offs = lane.offs
    lane.run(30.0)
    assert lane.releases == 1
    assert lane.offs > offs + 3


def test_invariant_3_the_relay_is_off_in_time_although_its_owner_is_late() -> None:
    """The owner thread's part; the watchdog's own is in test_watchdog and test_worker_process."""
    lane = VirtualLane(LcusFirmware()).up()
    lane.authorise("a")
    lane.run(5.0)
    assert lane.firmware.longest_on(lane.now) <= 1.0


def test_invariant_3_off_does_not_wait_for_an_answer_that_does_not_come() -> None:
    class Slow(Board):
        answer_s = 5.0

    bench = Bench(Slow()).up()
    bench.authorise("a")
    bench.wait(0.45)
    assert bench.bytes.endswith(b"Ro")
    bench.hear(b"k")
    assert not [report for report in bench.reports if isinstance(report, PulseAccepted)]


@pytest.mark.parametrize(
    ("because", "heard"),
    [("fire", b"F"), ("not ready", b"r"), ("relay stuck on", b"1")],
)
def test_invariant_4_no_pulse(because: str, heard: bytes) -> None:
    bench = Bench().up()
    bench.hear(heard)
    bench.authorise("a")
    assert b"R" not in bench.bytes
    assert isinstance(bench.reports[-1], PulseRefused)


def test_invariant_4_no_pulse_while_the_link_is_not_up() -> None:
    bench = Bench()
    bench.authorise("a")
    bench.opened()
    bench.authorise("b")
    assert b"R" not in bench.bytes
    assert [type(report) for report in bench.reports if hasattr(report, "authorisation")] == [
        PulseRefused
    ] * 2


def test_invariant_4_a_relay_that_stays_on_is_named_and_comes_back_when_it_lets_go() -> None:
    bench = Bench().up()
    bench.hear(b"1")
    assert bench.gate.supervisor.state is LinkState.DEGRADED
    bench.wait(1.0, answering=b"k")
    assert bench.gate.supervisor.state is LinkState.DEGRADED
    bench.hear(b"0")
    bench.wait(3.0, answering=b"k")
    assert bench.gate.supervisor.state is LinkState.UP


def test_invariant_5_please_pass_waits_for_the_device_where_the_device_can_say() -> None:
    bench = Bench().up()
    bench.authorise("a")
    assert not [report for report in bench.reports if isinstance(report, PulseAccepted)]
    bench.hear(b"k")
    assert bench.reports[-1] == PulseAccepted("a", True)


def test_invariant_5_a_board_that_only_reads_back_is_believed_when_it_reads_on() -> None:
    bench = Bench(ReadingBoard()).opened()
    bench.wait(0.3, answering=b"0")
    bench.authorise("a")
    assert b"R" in bench.bytes
    assert not [report for report in bench.reports if isinstance(report, PulseAccepted)]
    bench.wait(0.02)
    bench.hear(b"1")
    assert bench.reports[-1] == PulseAccepted("a", True)


def test_invariant_5_a_board_that_cannot_say_is_marked_as_such() -> None:
    lane = VirtualLane(LcusFirmware()).up()
    lane.authorise("a")
    assert lane.of("a") == [PulseAccepted("a", acknowledged=False)]


def test_invariant_6_an_absent_gate_answers_every_authorisation_at_once() -> None:
    """So that the lane can call the officer; that it verifies all the same is the crossing's test."""
    lane = VirtualLane(LcusFirmware())
    lane.perform(lane.gate.link_lost("not there", lane.now))
    lane.authorise("a")
    assert lane.ended("a") == "refused"


def test_invariant_8_an_open_contact_is_an_alarm_after_30_ms_and_a_bounce_is_none() -> None:
    bench = Bench().up()
    for contact in (b"F", b"f") * 3:
        bench.hear(contact)
        bench.wait(0.01)
    assert FireAlarm(True) not in bench.reports
    bench.hear(b"F")
    bench.wait(0.02)
    assert FireAlarm(True) not in bench.reports
    bench.wait(0.02)
    assert FireAlarm(True) in bench.reports


def test_invariant_8_the_first_sign_of_fire_already_holds_the_pulse() -> None:
    bench = Bench().up()
    bench.hear(b"F")
    bench.authorise("a")
    assert b"R" not in bench.bytes


def test_invariant_8_tampering_is_told_when_it_starts_and_when_it_ends() -> None:
    bench = Bench().up()
    bench.hear(b"T")
    bench.wait(0.05)
    bench.hear(b"t")
    bench.wait(0.05)
    assert [report for report in bench.reports if isinstance(report, Tamper)] == [Tamper(True), Tamper(False)]


def test_rule_4_in_a_fire_nothing_is_commanded_but_the_end_of_our_own_pulse() -> None:
    bench = Bench().up()
    bench.authorise("a")
    bench.hear(b"k")
    bench.wait(0.1)
    bench.hear(b"F")
    bench.wait(0.1)
    assert bench.reports[-1] == PassageReported("a", Passage.UNKNOWN)
    before = bench.bytes
    bench.wait(0.3, answering=b"k")
    assert bench.bytes == before + b"o"
    bench.wait(60.0, answering=b"k")
    assert bench.bytes.count(b"R") == before.count(b"R")
    assert set(bench.bytes[len(before) + 1 :]) <= set(b"?")


def test_rule_4_a_controller_that_ends_its_own_releases_is_told_nothing_in_a_fire() -> None:
    class Controller(ReadingBoard):
        withdrawn_by_off = True

    bench = Bench(Controller()).opened()
    bench.wait(0.3, answering=b"0")
    bench.authorise("a")
    bench.hear(b"F")
    bench.wait(0.1, answering=b"0")
    before = len(bench.bytes)
    bench.wait(30.0, answering=b"0")
    assert set(bench.bytes[before:]) == set(b"?")
    bench._take(bench.gate.close(bench.now))
    assert set(bench.bytes[before:]) == set(b"?")


def test_a_gate_that_was_started_anew_in_a_fire_says_when_it_is_over() -> None:
    bench = Bench().up()
    bench.hear(b"f")
    bench.wait(0.1)
    bench.hear(b"f")
    bench.wait(0.1)
    assert [report for report in bench.reports if isinstance(report, FireAlarm)] == [FireAlarm(False)]


def test_after_a_fire_the_gate_is_sent_off_and_serves_again() -> None:
    bench = Bench().up()
    bench.hear(b"F")
    bench.wait(1.0)
    bench.hear(b"f")
    bench.wait(0.1, answering=b"k")
    assert bench.reports[-1] == FireAlarm(False)
    assert bench.bytes.endswith(b"o")
    bench.authorise("a")
    assert bench.bytes.endswith(b"R")
