"""A scanner on a real pseudo-terminal: unplugged, flooding, set up by somebody else's barcode."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from config.settings import Scanner as ScannerSettings
from drivers.scanner.devices import HidPosScanner, KeyboardScanner, SerialScanner
from drivers.scanner.emulator import EmulatedScanner, ScannerFaults
from drivers.scanner.faulty import FaultyScanner
from drivers.scanner.framing import SerialDecoder
from drivers.scanner.from_settings import scanner_for, source_of
from drivers.scanner.intake import AT_ONCE, CALM_S, FLOODING, KEYBOARD_LAYOUT, Intake
from drivers.scanner.owner import OwnedScanner
from drivers.scanner.port import NoScanner, Scanned, ScannerFault

GENEROUS_S = 20.0
TEXT = b"HC1:" + b"6BFOXN%TS3DH0YOJ58S" * 25
ZIPPED = b"PK\x03\x04\r\n\x00\x01" + bytes(range(256)) * 4


class Heard:
    """What a scanner told, in the order it did."""

    def __init__(self) -> None:
        self.codes: queue.Queue[bytes] = queue.Queue()
        self.faults: queue.Queue[str | None] = queue.Queue()

    def code(self, scanned: Scanned) -> None:
        self.codes.put(scanned.content)

    def next(self) -> bytes:
        return self.codes.get(timeout=GENEROUS_S)

    def fault(self) -> str | None:
        return self.faults.get(timeout=GENEROUS_S)


@pytest.fixture
def device(tmp_path: Path) -> Iterator[EmulatedScanner]:
    scanner = EmulatedScanner(tmp_path / "scanner")
    with scanner:
        yield scanner


@pytest.fixture
def heard(device: EmulatedScanner) -> Iterator[Heard]:
    told = Heard()
    owner = OwnedScanner(SerialScanner(str(device.link), b"\r"))
    owner.start(told.code, told.faults.put)
    assert told.fault() is None
    yield told
    owner.stop()


@pytest.mark.parametrize("content", [TEXT, ZIPPED, b"5" * 7089])
@pytest.mark.parametrize(
    "faults", [ScannerFaults(), ScannerFaults(no_suffix=True), ScannerFaults(symbology=True)]
)
def test_what_is_scanned_arrives_byte_by_byte_the_same(
    device: EmulatedScanner, heard: Heard, content: bytes, faults: ScannerFaults
) -> None:
    device.faults = faults
    assert device.scan(content)
    assert heard.next() == content


def test_a_scanner_that_is_pulled_is_named_and_found_again_under_another_device(
    device: EmulatedScanner, heard: Heard
) -> None:
    before = os.readlink(device.link)
    device.unplug()
    assert "was unplugged" in (heard.fault() or "")
    fault = heard.fault()
    assert "No scanner at" in (fault or "")
    device.plug()
    assert os.readlink(device.link) != before
    assert heard.fault() is None
    assert device.scan(TEXT)
    assert heard.next() == TEXT


def test_half_a_code_before_the_cable_was_pulled_is_forgotten(device: EmulatedScanner, heard: Heard) -> None:
    device.give(b"PK\x03\x04half")
    device.unplug()
    assert "was unplugged" in (heard.fault() or "")
    device.plug()
    while heard.fault() is not None:
        pass
    device.scan(TEXT)
    while (code := heard.next()) != TEXT:
        assert code == b"PK\x03\x04half"  # where silence ended it before the cable went


def test_a_flood_is_named_and_the_owner_still_ends_at_once(device: EmulatedScanner, heard: Heard) -> None:
    feeding = threading.Thread(target=device.flood)
    feeding.start()
    assert heard.fault() == FLOODING
    feeding.join(GENEROUS_S)
    assert heard.codes.qsize() == 0


def test_a_path_that_is_not_there_is_named_and_stopping_does_not_wait(tmp_path: Path) -> None:
    told = Heard()
    owner = OwnedScanner(SerialScanner(str(tmp_path / "nothing"), b"\r"))
    owner.start(told.code, told.faults.put)
    assert "plug it in" in (told.fault() or "")
    owner.stop()
    owner.stop()


def test_starting_and_stopping_leaks_no_descriptors(device: EmulatedScanner) -> None:
    def once() -> None:
        told = Heard()
        owner = OwnedScanner(SerialScanner(str(device.link), b"\r"))
        owner.start(told.code, told.faults.put)
        assert told.fault() is None
        owner.stop()

    once()
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(10):
        once()
    assert len(os.listdir("/proc/self/fd")) == before


@pytest.mark.parametrize("source", [HidPosScanner, KeyboardScanner])
def test_another_kind_of_device_is_named_and_let_go(
    device: EmulatedScanner, source: Callable[[str], HidPosScanner | KeyboardScanner]
) -> None:
    before = len(os.listdir("/proc/self/fd"))
    with pytest.raises(ScannerFault, match="another kind of device"):
        source(str(device.link)).open()
    assert len(os.listdir("/proc/self/fd")) == before


def test_a_second_program_is_kept_out_and_told_why(device: EmulatedScanner, heard: Heard) -> None:
    with pytest.raises(ScannerFault, match="in use by another program"):
        SerialScanner(str(device.link), b"\r").open()


# --- what one scanner may do to the lane, in virtual time ---


def test_a_family_is_read_at_once_and_more_than_hands_can_do_is_dropped() -> None:
    intake = Intake(SerialDecoder(b"\r"), 0.0)
    assert len(intake.feed(b"HC1:A\r" * 100, 1.0)) == AT_ONCE
    assert len(intake.feed(b"HC1:A\r" * 100, 2.0)) == 4
    assert intake.fault() is None


def test_a_flood_reads_nothing_until_it_was_calm() -> None:
    intake = Intake(SerialDecoder(b"\r"), 0.0)
    now, taken = 1.0, 0
    while intake.fault() is None:
        taken += len(intake.feed(b"\xff" * 4096, now))
        now += 0.01
    assert (taken, intake.fault()) == (0, FLOODING)
    assert intake.feed(b"HC1:A\r", now + 1.0) == []
    assert intake.due() is not None
    assert intake.wait_over(now + 1.0 + CALM_S) == []
    assert intake.fault() is None
    assert [one.content for one in intake.feed(b"HC1:A\r", now + 60.0)] == [b"HC1:A"]


def test_what_was_half_read_when_a_flood_began_is_no_code_after_it() -> None:
    intake, now = Intake(SerialDecoder(b"\r"), 0.0), 1.0
    while intake.fault() is None:
        intake.feed(b"X" * 4000 + b"\rHC1:HALF", now)
        now += 0.01
    assert intake.wait_over(now + CALM_S) == []
    assert intake.fault() is None


def test_a_scanner_that_types_for_another_layout_is_named_until_it_does_not() -> None:
    intake = Intake(SerialDecoder(b"\r"), 0.0)
    intake.feed(b"HC1>" + b"A" * 60 + b"\r", 1.0)
    assert intake.fault() == KEYBOARD_LAYOUT
    intake.feed(TEXT + b"\r", 2.0)
    assert intake.fault() is None


# --- the settings, and the twins ---


def test_every_kind_of_the_settings_is_a_device() -> None:
    assert isinstance(scanner_for(ScannerSettings()), NoScanner)
    kinds = {"serial": SerialScanner, "hid_pos": HidPosScanner, "keyboard": KeyboardScanner}
    for kind, device in kinds.items():
        assert isinstance(source_of(ScannerSettings.model_validate({"kind": kind})), device)


def test_a_faulty_scanner_reads_nothing_until_it_is_mended() -> None:
    told, scanner = Heard(), FaultyScanner()
    scanner.start(told.code, told.faults.put)
    assert "plug it in" in (told.fault() or "")
    scanner.scan(TEXT)
    assert told.codes.empty()
    scanner.mend()
    assert told.fault() is None
    scanner.scan(TEXT)
    assert told.next() == TEXT
    scanner.flood()
    scanner.scan(TEXT)
    assert (told.fault(), told.codes.empty()) == (FLOODING, True)
