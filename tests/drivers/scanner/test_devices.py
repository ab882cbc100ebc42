"""Opening scanners that are keyboards or HID-POS: the kernel's own requests, answered by a stand-in."""

from __future__ import annotations

import fcntl
import os
import queue
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.scanner.devices import HidPosScanner, KeyboardScanner
from drivers.scanner.hid_pos import NEWLAND
from drivers.scanner.owner import OwnedScanner
from drivers.scanner.port import ScannerFault
from tests.drivers.scanner.test_hid_pos import KEYBOARD, NUMBERED, report
from tests.drivers.scanner.test_keys import ENTER, key, typed

GENEROUS_S = 20.0
GRAB = (ord("E") << 8) | 0x90 | (4 << 16) | (1 << 30)
"""EVIOCGRAB is _IOW('E', 0x90, int) in <linux/input.h>."""
SIZE = (ord("H") << 8) | 0x01 | (4 << 16) | (2 << 30)
DESCRIPTOR = (ord("H") << 8) | 0x02 | (4100 << 16) | (2 << 30)
"""<linux/hidraw.h>: HIDIOCGRDESCSIZE is _IOR('H', 1, int), HIDIOCGRDESC _IOR('H', 2, 4 + 4096 bytes)."""


class Kernel:
    """Answers for one device, whose bytes come out of a named pipe."""

    def __init__(self, path: Path, descriptor: bytes = b"") -> None:
        self.asked: list[tuple[int, object]] = []
        self.descriptor = descriptor
        self.refuses: OSError | None = None
        os.mkfifo(path)
        self.path = str(path)
        self._fd = os.open(path, os.O_RDWR)

    def ioctl(self, _fd: int, request: int, argument: object = 0) -> object:
        self.asked.append((request, argument if isinstance(argument, int) else None))
        if self.refuses:
            raise self.refuses
        if request == SIZE:
            return struct.pack("i", len(self.descriptor))
        if request == DESCRIPTOR:
            assert isinstance(argument, bytearray)
            argument[4 : 4 + len(self.descriptor)] = self.descriptor
        return 0

    def sends(self, data: bytes) -> None:
        os.write(self._fd, data)

    def close(self) -> None:
        os.close(self._fd)


@pytest.fixture
def kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Kernel]:
    answers = Kernel(tmp_path / "device")
    monkeypatch.setattr(fcntl, "ioctl", answers.ioctl)
    yield answers
    answers.close()


def first_code(source: HidPosScanner | KeyboardScanner, kernel: Kernel, sent: bytes) -> bytes:
    """What the lane hears of these bytes."""
    codes: queue.Queue[bytes] = queue.Queue()
    faults: queue.Queue[str | None] = queue.Queue()
    owner = OwnedScanner(source)
    owner.start(lambda scanned: codes.put(scanned.content), faults.put)
    try:
        assert faults.get(timeout=GENEROUS_S) is None
        kernel.sends(sent)
        return codes.get(timeout=GENEROUS_S)
    finally:
        owner.stop()


def test_a_keyboard_is_grabbed_before_its_first_key_is_read(kernel: Kernel) -> None:
    sent = typed("HC1:6BF") + key(ENTER, 1, 0)
    assert first_code(KeyboardScanner(kernel.path), kernel, sent) == b"HC1:6BF"
    assert kernel.asked == [(GRAB, 1)]


def test_a_keyboard_that_another_program_holds_is_not_read(kernel: Kernel) -> None:
    kernel.refuses = OSError(16, "Device or resource busy")
    source = KeyboardScanner(kernel.path)
    with pytest.raises(ScannerFault, match="in use by another program"):
        source.open()
    with pytest.raises(ScannerFault):
        source.fileno()


def test_a_point_of_sale_scanner_is_read_by_its_own_descriptor(kernel: Kernel) -> None:
    kernel.descriptor = NUMBERED
    assert first_code(HidPosScanner(kernel.path), kernel, report(b"HC1:\x00\xff")) == b"HC1:\x00\xff"
    assert [request for request, _ in kernel.asked] == [SIZE, DESCRIPTOR]
    assert NEWLAND.report_id == report(b"")[0]


def test_a_keyboard_at_the_place_of_a_point_of_sale_scanner_is_named_and_let_go(kernel: Kernel) -> None:
    kernel.descriptor = KEYBOARD
    source = HidPosScanner(kernel.path)
    with pytest.raises(ScannerFault, match="set the scanner to HID-POS"):
        source.open()
    with pytest.raises(ScannerFault):
        source.fileno()
