"""Faults on the whole real chain: client, child process, serial link, pseudo-terminal, emulated device."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable

import pytest
import serial

from drivers.turnstile.emulators.faults import Faults
from drivers.turnstile.emulators.person import NOBODY, passes_after, two_pass
from drivers.turnstile.emulators.pty import Emulator
from drivers.turnstile.port import (
    FireAlarm,
    LinkState,
    Passage,
    PassageCorrected,
    PassageReported,
    PulseAccepted,
    PulseRefused,
)
from drivers.turnstile.protocols.codec import Off
from tests.drivers.turnstile.conftest import Station
from tests.drivers.turnstile.devices import device

MakeStation = Callable[..., Station]
SOME = pytest.mark.parametrize("name", ["lcus", "tx1500", "waveshare", "eth008"])
"""No answer, answers, Modbus, TCP; the others go through the same gate in virtual time (test_fault_suite)."""


def test_one_person_passes(station: MakeStation) -> None:
    lane = station("tx1500")
    lane.device.set_person(passes_after(0.1))
    lane.gate.authorise("a")
    lane.wait_end("a")
    assert lane.of("a") == [PulseAccepted("a", True), PassageReported("a", Passage.PASSED)]
    assert lane.device.firmware.pulses == 1


def test_what_people_do_is_set_for_each_crossing(station: MakeStation) -> None:
    lane = station("tx1500")
    for person in (two_pass(0.1, 0.1), NOBODY, passes_after(0.1)):
        lane.device.next_person(person)
    lane.gate.authorise("a")
    lane.wait_for(lambda reports: PassageCorrected("a", Passage.TAILGATE) in reports)
    for name in "bc":
        lane.gate.authorise(name)
        lane.wait_end(name)
    ends = [report.passage for report in lane.reports if isinstance(report, PassageReported)]
    assert ends == [Passage.PASSED, Passage.NO_PASSAGE, Passage.PASSED]


def test_a_dumb_relay_pulses_for_its_time_and_knows_no_more(station: MakeStation) -> None:
    lane = station("lcus")
    lane.gate.authorise("a")
    lane.wait_end("a")
    assert lane.of("a") == [PulseAccepted("a", False), PassageReported("a", Passage.UNKNOWN)]
    assert lane.device.firmware.pulses == 1
    assert lane.device.firmware.longest_on(time.monotonic()) <= 1.0


@SOME
def test_unplugged_before_the_pulse(station: MakeStation, name: str) -> None:
    lane = station(name)
    lane.device.unplug()
    lane.wait_down()
    lane.gate.authorise("a")
    lane.wait_for(lambda _: bool(lane.of("a")))
    assert isinstance(lane.of("a")[0], PulseRefused)
    lane.device.replug()
    lane.wait_up()
    assert lane.device.firmware.pulses == 0


@SOME
def test_unplugged_during_the_pulse_and_back_under_a_new_device(station: MakeStation, name: str) -> None:
    lane = station(name, passage_s=5.0)
    lane.device.set_person(NOBODY)
    before = lane.device.device
    lane.gate.authorise("a")
    assert lane.device.wait_for(lambda firmware: firmware.on)
    lane.device.unplug()
    lane.wait_end("a")
    assert lane.of("a")[-1] == PassageReported("a", Passage.UNKNOWN)
    lane.wait_down()
    commands = len(lane.device.firmware.commands)
    lane.device.replug()
    assert lane.device.device != before or name == "eth008"
    lane.wait_up()
    assert lane.device.firmware.pulses == 1
    assert lane.device.firmware.commands[commands][1] == device(name).encode(Off())


def test_unplugged_after_the_pulse(station: MakeStation) -> None:
    lane = station("lcus", passage_s=5.0)
    lane.gate.authorise("a")
    assert lane.device.wait_for(lambda firmware: firmware.pulses == 1 and not firmware.on)
    lane.device.unplug()
    lane.wait_end("a")
    lane.wait_down()
    lane.device.replug()
    lane.wait_up()
    lane.gate.authorise("b")
    assert lane.device.wait_for(lambda firmware: firmware.pulses == 2)


@pytest.mark.parametrize("faults", [Faults(no_ack=True), Faults(wrong_checksum=True), Faults(late_ack=0.9)])
def test_a_pulse_without_a_confirmation_in_time_is_unknown_and_single(
    station: MakeStation, faults: Faults
) -> None:
    lane = station("tx1500")
    lane.device.set_person(NOBODY)
    lane.device.set_faults(faults)
    lane.gate.authorise("a")
    lane.wait_end("a")
    assert lane.of("a") == [PassageReported("a", Passage.UNKNOWN)]
    assert lane.state(lane.reports) is LinkState.DEGRADED
    assert lane.device.firmware.pulses == 1


def test_a_device_that_stalls_is_degraded_and_comes_back(station: MakeStation) -> None:
    lane = station("tx1500")
    lane.device.set_faults(Faults(stalled=True))
    lane.gate.authorise("a")
    lane.wait_end("a")
    assert lane.of("a") == [PassageReported("a", Passage.UNKNOWN)]
    assert lane.state(lane.reports) is LinkState.DEGRADED
    lane.device.set_faults(Faults())
    lane.wait_up()


def test_a_port_in_use_is_said_and_taken_when_it_is_free(station: MakeStation) -> None:
    lane = station("tx1500")
    lane.device.unplug()
    lane.wait_down()
    lane.device.replug()
    other = None
    try:
        assert isinstance(lane.device, Emulator)
        try:
            other = serial.Serial(str(lane.device.link), exclusive=True)
        except serial.SerialException:
            pytest.skip("the worker was quicker than the other program")
        lane.wait_for(lambda reports: any("in use" in getattr(report, "advice", "") for report in reports))
    finally:
        if other is not None:
            other.close()
    lane.wait_up()


def test_the_wrong_device_behind_the_path_never_gets_a_pulse(station: MakeStation) -> None:
    lane = station("tx1500", faults=Faults(mute=True))
    lane.wait_for(lambda reports: lane.state(reports) is LinkState.DEGRADED)
    lane.gate.authorise("a")
    lane.wait_for(lambda _: bool(lane.of("a")))
    assert isinstance(lane.of("a")[0], PulseRefused)
    assert lane.device.firmware.pulses == 0


def test_a_killed_worker_is_replaced_its_pulse_unknown_and_off_is_first(station: MakeStation) -> None:
    lane = station("lcus", passage_s=5.0)
    lane.gate.authorise("a")
    assert lane.device.wait_for(lambda firmware: firmware.on)
    commands = len(lane.device.firmware.commands)
    worker = lane.gate._worker
    assert worker is not None
    os.kill(worker.pid, signal.SIGKILL)
    lane.wait_end("a")
    lane.wait_down()
    assert lane.of("a")[-1] == PassageReported("a", Passage.UNKNOWN)
    lane.wait_up()
    assert lane.device.firmware.commands[commands][1].hex() == "a00100a1"
    assert lane.device.firmware.pulses == 1
    lane.gate.authorise("b")
    assert lane.device.wait_for(lambda firmware: firmware.pulses == 2)


def test_a_frozen_worker_is_ended_and_replaced(station: MakeStation) -> None:
    lane = station("tx1500")
    worker = lane.gate._worker
    assert worker is not None
    os.kill(worker.pid, signal.SIGSTOP)
    lane.wait_down()
    lane.wait_up()
    assert lane.gate._worker is not worker


def test_ctrl_c_in_the_terminal_does_not_end_the_worker_and_sigterm_switches_off(
    station: MakeStation,
) -> None:
    lane = station("lcus", passage_s=5.0)
    worker = lane.gate._worker
    assert worker is not None
    os.kill(worker.pid, signal.SIGINT)
    lane.gate.authorise("a")
    assert lane.device.wait_for(lambda firmware: firmware.on)
    os.kill(worker.pid, signal.SIGTERM)
    assert lane.device.wait_for(lambda firmware: not firmware.on)
    lane.wait_end("a")
    assert worker.wait(5.0) == 0


def test_a_lane_that_no_longer_works_switches_its_gate_off(station: MakeStation) -> None:
    lane_works = [True]
    lane = station("tx1500", alive=lambda: lane_works[0], passage_s=30.0)
    lane.device.set_person(NOBODY)
    lane.gate.authorise("a")
    assert lane.device.wait_for(lambda firmware: firmware.on)
    lane_works[0] = False
    assert lane.device.wait_for(lambda firmware: not firmware.on)
    lane.wait_end("a")
    lane_works[0] = True
    lane.wait_for(lambda reports: lane.state(reports) is LinkState.UP)


def test_stop_switches_off_and_tells_the_unknown_end(station: MakeStation) -> None:
    lane = station("tx1500", passage_s=30.0)
    lane.device.set_person(NOBODY)
    lane.gate.authorise("a")
    assert lane.device.wait_for(lambda firmware: firmware.on)
    lane.gate.stop()
    assert lane.device.wait_for(lambda firmware: not firmware.on)
    assert lane.of("a")[-1] == PassageReported("a", Passage.UNKNOWN)
    lane.gate.authorise("b")
    assert isinstance(lane.of("b")[0], PulseRefused)


def test_an_id_that_was_used_is_refused_even_by_a_new_worker(station: MakeStation) -> None:
    lane = station("tx1500")
    lane.device.set_person(passes_after(0.05))
    lane.gate.authorise("a")
    lane.wait_end("a")
    worker = lane.gate._worker
    assert worker is not None
    os.kill(worker.pid, signal.SIGKILL)
    lane.wait_down()
    lane.wait_up()
    lane.gate.authorise("a")
    assert lane.of("a")[-1] == PulseRefused("a", "This authorisation was used before.")
    assert lane.device.firmware.pulses == 1


def test_a_relay_with_inputs_tells_who_passed_and_who_followed(station: MakeStation) -> None:
    lane = station("waveshare", passage_s=5.0)
    lane.device.next_person(two_pass(0.2, 0.9))
    lane.gate.authorise("a")
    lane.wait_for(lambda reports: PassageCorrected("a", Passage.TAILGATE) in reports)
    assert lane.of("a")[:2] == [PulseAccepted("a", True), PassageReported("a", Passage.PASSED)]


def test_a_fire_at_the_board_is_told_and_ends_everything(station: MakeStation) -> None:
    lane = station("waveshare", passage_s=5.0)
    lane.device.set_person(NOBODY)
    lane.gate.authorise("a")
    assert lane.device.wait_for(lambda firmware: firmware.on)
    lane.device.set_faults(Faults(fire=True))
    lane.wait_for(lambda reports: FireAlarm(True) in reports)
    lane.wait_end("a")
    assert lane.of("a")[-1] == PassageReported("a", Passage.UNKNOWN)
    lane.gate.authorise("b")
    lane.wait_for(lambda _: bool(lane.of("b")))
    assert isinstance(lane.of("b")[0], PulseRefused)
    assert lane.device.firmware.pulses == 1


def test_a_loose_cable_falls_out_and_the_gate_serves_again_when_it_is_back(station: MakeStation) -> None:
    lane = station("waveshare", passage_s=5.0)
    lane.device.set_person(NOBODY)
    lane.device.set_faults(Faults(disconnect=0.1))
    lane.gate.authorise("a")
    lane.wait_end("a")
    lane.wait_down()
    lane.wait_up()
    assert lane.device.firmware.pulses == 1


@pytest.mark.parametrize("faults", [Faults(flood=True), Faults(garble=0.3)])
def test_a_flood_or_a_very_bad_line_stops_the_gate_and_not_the_worker(
    station: MakeStation, faults: Faults
) -> None:
    lane = station("tx1500")
    lane.device.set_faults(faults)
    lane.gate.authorise("a")
    lane.wait_for(lambda _: any(isinstance(each, PassageReported | PulseRefused) for each in lane.of("a")))
    assert lane.device.firmware.pulses <= 1
    lane.device.set_faults(Faults())
    lane.wait_up()
    assert lane.gate._worker is not None
