"""The real serial link on pseudo-terminals: every way to fail is one of two exceptions."""

from __future__ import annotations

import os
import select
import termios
from collections.abc import Iterator
from pathlib import Path

import pytest
import serial

from drivers.turnstile.emulators.catalogue import emulator
from drivers.turnstile.emulators.faults import Faults
from drivers.turnstile.emulators.pty import Emulator
from drivers.turnstile.link import LinkDown, LinkStalled, SerialLink

OFF = bytes.fromhex("0202004343")


@pytest.fixture
def device(tmp_path: Path) -> Iterator[Emulator]:
    with emulator("tx1500", tmp_path / "gate") as running:
        yield running


@pytest.fixture
def link(device: Emulator) -> Iterator[SerialLink]:
    opened = SerialLink(str(device.link), 115200)
    opened.open()
    yield opened
    opened.close()


def heard(link: SerialLink, length: int) -> bytes:
    data = b""
    while len(data) < length:
        assert select.select([link.fileno()], [], [], 5.0)[0], "the device did not answer"
        data += link.read()
    return data


def test_bytes_go_out_and_come_back(link: SerialLink) -> None:
    link.write(OFF)
    assert heard(link, 5) == bytes.fromhex("0202000606")


def test_a_path_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(LinkDown, match=r"No gate at .*nothing: plug it in"):
        SerialLink(str(tmp_path / "nothing"), 9600).open()


def test_a_path_that_is_no_serial_device_is_down(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"")
    with pytest.raises(LinkDown, match="cannot be opened"):
        SerialLink(str(file), 9600).open()


def test_a_second_program_is_kept_out_and_told_why(device: Emulator, link: SerialLink) -> None:
    with pytest.raises(LinkDown, match="in use by another program"):
        SerialLink(str(device.link), 115200).open()


def test_the_device_is_free_again_after_close(device: Emulator, link: SerialLink) -> None:
    link.close()
    again = SerialLink(str(device.link), 115200)
    again.open()
    again.close()


def test_an_unplugged_device_is_down_for_reading_and_for_writing(device: Emulator, link: SerialLink) -> None:
    device.unplug()
    assert select.select([link.fileno()], [], [], 5.0)[0]
    with pytest.raises(LinkDown, match="was unplugged or lost power"):
        link.read()
    with pytest.raises(LinkDown, match="was unplugged or lost power"):
        link.write(OFF)
    assert not link.force(OFF)
    link.close()


def test_a_device_that_takes_no_bytes_is_stalled_and_still_closes_at_once(
    device: Emulator, link: SerialLink
) -> None:
    device.set_faults(Faults(stalled=True))
    with pytest.raises(LinkStalled):
        for _ in range(100):
            link.write(b"\x00" * 4096)
    link.close(drain_s=0.05)


def test_the_way_round_never_raises_and_never_blocks(device: Emulator, link: SerialLink) -> None:
    assert link.force(OFF)
    assert device.wait_for(lambda firmware: len(firmware.commands) == 1)
    device.set_faults(Faults(stalled=True))
    while link.force(b"\x00" * 4096):
        pass
    link.close()
    assert not link.force(OFF)


@pytest.mark.parametrize(
    "failure",
    [serial.SerialException("gone"), OSError(5, "gone"), termios.error(5, "gone"), TypeError("NoneType")],
)
def test_whatever_a_dead_port_raises_is_down(link: SerialLink, failure: Exception) -> None:
    class Dead:
        in_waiting = out_waiting = 0

        def read(self, _size: int) -> bytes:
            raise failure

        def write(self, _data: bytes) -> int:
            raise failure

        def close(self) -> None:
            raise failure

    port, link._port = link._port, Dead()  # type: ignore[assignment]
    with pytest.raises(LinkDown):
        link.read()
    with pytest.raises(LinkDown):
        link.write(OFF)
    link.close()
    assert port is not None
    port.close()


def test_opening_and_closing_leaks_no_descriptors(device: Emulator) -> None:
    one = SerialLink(str(device.link), 115200)
    one.open()
    one.close()
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(20):
        one.open()
        one.close()
    assert len(os.listdir("/proc/self/fd")) == before
