"""The emulated devices themselves: what they record, how they come and go, and the command that runs one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.turnstile.emulators.catalogue import FIRMWARES, emulator
from drivers.turnstile.emulators.faults import Faults
from drivers.turnstile.emulators.firmware import Switch
from drivers.turnstile.emulators.lcus import LcusFirmware
from drivers.turnstile.emulators.person import NOBODY, Person, passes_after, two_pass
from drivers.turnstile.emulators.tx1500 import Tx1500Firmware
from drivers.turnstile.port import Way
from drivers.turnstile.protocols.codec import Off, Prepare, Query, Release
from tests.drivers.turnstile.conftest import ROOT
from tests.drivers.turnstile.devices import device

RELEASE = bytes.fromhex("0202004848")
ACK = bytes.fromhex("0202000606")
NAK = bytes.fromhex("0202001515")
RET1 = bytes.fromhex("0202001A1A")


def said(firmware: Tx1500Firmware | LcusFirmware, until: float) -> bytes:
    data = b""
    while (due := firmware.due()) is not None and due <= until:
        data += firmware.advance(due)
    return data + firmware.advance(until)


def test_the_controller_confirms_releases_and_reports_the_passage() -> None:
    firmware = Tx1500Firmware(person=passes_after(1.0))
    firmware.receive(RELEASE, 10.0)
    assert firmware.on
    assert said(firmware, 12.0) == ACK + RET1
    assert firmware.record == [Switch(10.0, True), Switch(11.0, False)]
    assert firmware.longest_on(20.0) == pytest.approx(1.0)


def test_the_controller_ends_a_release_by_itself_after_its_own_limit() -> None:
    firmware = Tx1500Firmware(person=NOBODY)
    firmware.receive(RELEASE, 10.0)
    said(firmware, 60.0)
    assert firmware.record == [Switch(10.0, True), Switch(20.0, False)]


def test_nobody_gets_through_a_locked_gate_except_right_behind_somebody() -> None:
    firmware = Tx1500Firmware(person=two_pass(1.0, 0.3))
    firmware.receive(RELEASE, 10.0)
    firmware.receive(bytes.fromhex("0202004343"), 10.5)
    said(firmware, 20.0)
    assert firmware.bodies == []
    firmware.receive(RELEASE, 30.0)
    said(firmware, 40.0)
    assert [body.released for body in firmware.bodies] == [True, False]


@pytest.mark.parametrize(
    ("faults", "answer"),
    [
        (Faults(nak=True), NAK),
        (Faults(no_ack=True), b""),
        (Faults(mute=True), b""),
        (Faults(echo=True), RELEASE + ACK),
        (Faults(wrong_checksum=True), ACK[:-1] + bytes((ACK[-1] ^ 0x5A,))),
    ],
)
def test_faults_show_on_the_line(faults: Faults, answer: bytes) -> None:
    firmware = Tx1500Firmware(faults, NOBODY)
    firmware.receive(RELEASE, 10.0)
    assert said(firmware, 10.2) == answer


def test_a_stuck_relay_stays_on() -> None:
    firmware = LcusFirmware(Faults(stuck_relay=True))
    firmware.receive(bytes.fromhex("a00101a2"), 1.0)
    firmware.receive(bytes.fromhex("a00100a1"), 2.0)
    assert firmware.on


def test_slow_firmware_loses_a_command_that_comes_too_soon() -> None:
    firmware = LcusFirmware(Faults(slow_firmware=0.1))
    firmware.receive(bytes.fromhex("a00101a2"), 1.0)
    firmware.receive(bytes.fromhex("a00100a1"), 1.05)
    assert firmware.on


def test_the_line_is_no_faster_than_its_baud_rate() -> None:
    firmware = LcusFirmware()
    firmware.receive(b"\xff", 1.0)
    assert said(firmware, 1.0 + 5 * 10 / 9600) == b"CH1: "


def test_a_replugged_device_is_another_device_under_the_same_path(tmp_path: Path) -> None:
    with emulator("lcus", tmp_path / "gate") as device:
        first = device.device
        assert str(device.link.resolve()) == first
        device.unplug()
        assert device.device == ""
        assert not device.link.exists()
        device.replug()
        assert device.device not in ("", first)
        assert str(device.link.resolve()) == device.device
    assert not device.link.exists()


def test_a_device_that_ended_leaves_nothing_open(tmp_path: Path) -> None:
    before = len(os.listdir("/proc/self/fd"))
    with emulator("lcus", tmp_path / "gate"):
        pass
    assert len(os.listdir("/proc/self/fd")) == before


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("passes", Person((0.8,))),
        ("passes:2.5", Person((2.5,))),
        ("nobody", NOBODY),
        ("two:1", two_pass(1.0)),
    ],
)
def test_people_are_named_in_words(text: str, person: Person) -> None:
    assert Person.named(text) == person


def test_faults_are_named_in_words() -> None:
    assert Faults.named("no_ack, late_ack=0.8") == Faults(no_ack=True, late_ack=0.8)
    assert Faults.named("") == Faults()
    for wrong in ("no_such", "no_ack=1", "late_ack", "late_ack=x"):
        with pytest.raises(ValueError, match="one of no_ack, late_ack=SECONDS"):
            Faults.named(wrong)
    with pytest.raises(ValueError, match="passes:SECONDS"):
        Person.named("dances")


EMULATE = (
    "import argparse, sys; from kiosk.commands import emulate as command;"
    "parser = argparse.ArgumentParser(); command.add_arguments(parser);"
    "sys.exit(command.run(parser.parse_args(sys.argv[1:])))"
)


@pytest.mark.parametrize("name", ["lcus", "eth008"])
def test_the_command_prints_the_device_and_runs_until_ctrl_c(tmp_path: Path, name: str) -> None:
    link = tmp_path / "gate"
    process = subprocess.Popen(
        [sys.executable, "-c", EMULATE, name, "--link", str(link)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    first = process.stdout.readline()
    assert ("127.0.0.1:" if name == "eth008" else str(link.resolve())) in first
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=20)
    assert process.returncode == 0
    assert rest == "0 pulses, 0 went through\n"


def test_the_command_says_what_faults_there_are(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", EMULATE, "lcus", "--link", str(tmp_path / "gate"), "--faults", "gremlins"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "gremlins: one of no_ack" in done.stderr


@pytest.mark.parametrize("name", sorted(FIRMWARES))
@settings(max_examples=40)
@given(
    cuts=st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), max_size=6),
    tail=st.binary(max_size=40),
)
def test_whatever_arrives_ends_no_emulated_device(
    name: str, cuts: list[tuple[int, int]], tail: bytes
) -> None:
    firmware, dialect = FIRMWARES[name](), device(name)
    firmware.power_up(0.0)
    commands = [Off(), *map(Prepare, range(dialect.preparations)), Release(Way.FORWARD, 0.4)]
    stream = bytearray(b"".join(map(dialect.encode, [*commands, *map(Query, dialect.questions)])))
    for place, byte in cuts:
        stream[place % len(stream)] = byte
    firmware.receive(bytes(stream) + tail, 1.0)
    firmware.advance(9.0)
