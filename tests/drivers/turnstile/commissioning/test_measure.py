"""How long a contact was closed, and how sure that is."""

from __future__ import annotations

import fcntl
import struct
import termios
from pathlib import Path
from types import SimpleNamespace

import pytest

from drivers.pseudo_terminal import PseudoTerminal
from drivers.turnstile.commissioning.bench import Entry, Level, LoopBack, Source
from drivers.turnstile.commissioning.control_line import ControlLine, ControlLineUnusable, Looks
from drivers.turnstile.commissioning.identity import stays, usb_identity
from drivers.turnstile.commissioning.measure import Look, looks, pulses
from drivers.turnstile.wire import Noticed, Seen


def test_a_pulse_is_as_long_as_the_middle_between_the_looks() -> None:
    seen = [Look(1.0, False), Look(1.1, True), Look(1.4, True), Look(1.5, False)]
    (pulse,) = pulses(seen)
    assert (round(pulse.seconds, 6), round(pulse.give_or_take, 6), pulse.over) == (0.4, 0.1, True)
    assert pulse.words == "400 ms, give or take 100"


def test_a_contact_that_is_still_closed_is_not_over() -> None:
    (pulse,) = pulses([Look(1.0, False), Look(1.1, True), Look(5.0, True)])
    assert not pulse.over
    assert pulse.seconds >= 3.9


def test_each_time_is_counted_and_no_looks_are_no_pulse() -> None:
    seen = [Look(at / 10, closed) for at, closed in enumerate([False, True, False, True, True, False])]
    assert len(pulses(seen)) == 2
    assert pulses([]) == []


def test_an_input_is_closed_when_it_reads_what_closed_reads() -> None:
    entries = [Entry(0.0, Noticed(1.0, Seen.INPUTS, 0b10000)), Entry(0.0, Noticed(2.0, Seen.INPUTS, 0))]
    assert looks(entries, LoopBack(Source.INPUT, 5)) == [Look(1.0, True), Look(2.0, False)]
    assert looks(entries, LoopBack(Source.INPUT, 5, closed_reads=0)) == [Look(1.0, False), Look(2.0, True)]


def test_nothing_closes_before_the_release_leaves() -> None:
    entries = [
        Entry(0.0, Noticed(1.0, Seen.RELAY, 0)),
        Entry(0.0, Noticed(1.9, Seen.RELEASE)),
        Entry(0.0, Noticed(2.0, Seen.RELAY, 1)),
    ]
    assert [look.at for look in looks(entries, LoopBack(Source.READ_BACK))] == [1.0, 1.9, 2.0]


def test_levels_of_a_control_line_are_looks() -> None:
    assert looks([Entry(3.0, Level(True))], LoopBack(Source.LINE)) == [Look(3.0, True)]


# --- the line ---


def test_of_a_thousand_looks_those_around_a_change_are_kept() -> None:
    kept: list[tuple[float, bool]] = []
    line = Looks(lambda at, closed: kept.append((at, closed)))
    for number in range(400):
        line.look(number / 1000, 100 <= number < 300)
    assert kept == [(0.0, False), (0.099, False), (0.1, True), (0.299, True), (0.3, False)]


def test_a_line_is_read_from_the_port(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def ioctl(_fd: int, request: int, _argument: bytes) -> bytes:
        asked.append(request)
        return struct.pack("I", termios.TIOCM_CTS)

    monkeypatch.setattr(fcntl, "ioctl", ioctl)
    with PseudoTerminal(tmp_path / "port"):
        kept: list[bool] = []
        line = ControlLine(str(tmp_path / "port"), "cts", feeds=True)
        line.start(lambda _at, closed: kept.append(closed))
        while not kept:
            line._ending.wait(0.001)
        line.stop()
    assert kept[0] is True
    assert asked[0] == termios.TIOCMBIS, "the contact is fed from DTR and RTS"


def test_a_port_without_control_lines_or_that_is_not_there_is_named(tmp_path: Path) -> None:
    with PseudoTerminal(tmp_path / "port"), pytest.raises(ControlLineUnusable, match="no control lines"):
        ControlLine(str(tmp_path / "port"), "dcd", feeds=False).start(lambda *_: None)
    with pytest.raises(ControlLineUnusable, match="No port"):
        ControlLine(str(tmp_path / "none"), "dcd", feeds=False).start(lambda *_: None)


# --- which device ---


def test_a_device_is_known_by_its_numbers_behind_any_name(tmp_path: Path) -> None:
    real, name = tmp_path / "ttyUSB0", tmp_path / "by-id"
    real.touch()
    name.symlink_to(real)
    port = SimpleNamespace(device=str(real), vid=0x2A19, pid=0x0C03, serial_number="NL1")
    assert usb_identity(name, lambda: [port]) == "2a19:0c03 NL1"
    assert usb_identity(name, list) == ""
    assert usb_identity(tmp_path / "none", lambda: [port]) == ""
    assert stays(name)
    assert not stays(real)
