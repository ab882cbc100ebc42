"""What `main.py doctor` finds out about each part, and says of it."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import cv2
import numpy as np
import pytest

from config.printer import Printer
from config.settings import (
    Camera,
    Hub,
    Journal,
    Lamp,
    Scanner,
    Settings,
    Sound,
    Turnstile,
)
from drivers.camera.port import Frame
from drivers.pseudo_terminal import PseudoTerminal
from drivers.reader.port import Reading, Symbol
from drivers.scanner.emulator import EmulatedScanner
from drivers.signals import loudspeaker
from drivers.turnstile.emulators.catalogue import emulator
from drivers.turnstile.emulators.pty import Emulator
from drivers.turnstile.port import Capabilities
from kiosk.health import eyes_and_gate, hub, keeping, signals
from kiosk.health.finding import Finding, Severity
from sync.clock.states import ClockState
from sync.device_key import device_key

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def only(found: Sequence[Finding]) -> Finding:
    (one,) = found
    return one


def test_the_reader_reads_its_test_card() -> None:
    assert only(eyes_and_gate.reader(Settings())).severity is Severity.WELL


@pytest.mark.parametrize(
    ("path", "severity"), [("/dev/video0", Severity.LOOK), ("/dev/v4l/by-id/usb-x-index0", Severity.WELL)]
)
def test_a_camera_named_by_a_number_is_to_be_named_by_what_it_is(
    path: str, severity: Severity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cv2.imwrite(str(tmp_path / "hall.png"), np.full((360, 640, 3), 128, np.uint8))
    folder = eyes_and_gate.camera_of(Camera(source="folder", path=tmp_path), time.monotonic, lambda _: None)
    monkeypatch.setattr(eyes_and_gate, "camera_of", lambda *_: folder)
    found = only(eyes_and_gate.camera(Settings(camera=Camera(path=Path(path)))))
    assert (found.code, found.severity) == ("CA", severity)
    assert ("by-id" in found.detail) is (severity is Severity.LOOK)


@pytest.mark.parametrize(
    ("contents", "says"),
    [((b"SOMETHING ELSE",), "read wrongly"), ((), "read wrongly"), (None, "does not start (made up).")],
)
def test_a_reader_that_does_not_read_its_card_is_broken(
    contents: tuple[bytes, ...] | None, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Reader:
        def __init__(
            self,
            _argv: object,
            heard: Callable[[Reading], None],
            fault: Callable[[str], None],
            *,
            reserve: bool,
        ) -> None:
            self.heard, self.fault = heard, fault

        def start(self) -> None:
            """It is one that was made up."""

        def submit(self, frame: Frame) -> None:
            if contents is None:
                self.fault("It does not start (made up).")
            else:
                self.heard(Reading(1, 0.0, tuple(map(Symbol, contents)), None, True))

        def stop(self) -> None:
            """Nothing was started."""

    monkeypatch.setattr(eyes_and_gate, "ReaderProcess", Reader)
    monkeypatch.setattr(eyes_and_gate, "READ_S", 0.01)
    found = only(eyes_and_gate.reader(Settings()))
    assert (found.code, found.severity) == ("RD", Severity.BROKEN) and says in found.detail


@pytest.mark.parametrize(
    ("works", "state", "code", "severity"),
    [
        (True, ClockState.BELIEVED, "CK", Severity.WELL),
        (True, ClockState.UNSURE, "CU", Severity.LOOK),
        (False, ClockState.JUMPED, "CK", Severity.BROKEN),
    ],
)
def test_a_clock_that_is_not_believed_is_broken_and_one_not_confirmed_is_looked_at(
    works: bool, state: ClockState, code: str, severity: Severity, monkeypatch: pytest.MonkeyPatch
) -> None:
    status = SimpleNamespace(now=AT, state=state, works=works)
    monkeypatch.setattr(keeping, "open_clock", lambda _: SimpleNamespace(look=lambda: status))
    monkeypatch.setattr(keeping, "advice", lambda _: "Set it.")
    found = only(keeping.clock(Settings()))
    assert (found.code, found.severity) == (code, severity) and found.detail.endswith("Set it.")


def test_a_device_that_may_not_be_used_is_broken_with_the_command_that_mends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "camera").touch()
    monkeypatch.setattr(os, "access", lambda path, _: path != tmp_path / "camera")
    settings = Settings(camera=Camera(path=tmp_path / "camera"), journal=Journal(folder=tmp_path))
    found = only(keeping.permissions(settings))
    assert (found.code, found.severity) == ("PM", Severity.BROKEN)
    assert "camera.path" in found.detail and "usermod -aG " in found.detail


@pytest.mark.parametrize(("status", "code", "severity"), [(403, "DV", 2), (500, "HU", 1), (200, "HU", 0)])
def test_what_the_hub_says_of_this_kiosk_is_said(
    status: int, code: str, severity: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    device_key(tmp_path / "journal")
    (tmp_path / "hub.pub.pem").write_bytes(device_key(tmp_path / "hub").public.pem)
    there = Hub(url="http://127.0.0.1:9", key=tmp_path / "hub.pub.pem")
    monkeypatch.setattr(hub.Exchange, "ask", lambda *_, **__: SimpleNamespace(status=status))
    found = only(hub.hub(Settings(hub=there, journal=Journal(folder=tmp_path / "journal"))))
    assert (found.code, found.severity) == (code, severity)


def test_a_camera_that_is_not_there_is_broken_with_its_own_advice(tmp_path: Path) -> None:
    found = only(eyes_and_gate.camera(Settings(camera=Camera(path=tmp_path / "none"))))
    assert (found.code, found.severity) == ("CA", Severity.BROKEN)
    assert "plug it in" in found.detail


@pytest.mark.parametrize(
    ("level", "severity", "says"),
    [
        (128, Severity.WELL, "Pictures of 640x360 come."),
        (3, Severity.LOOK, "dark: take the cap off"),
        (250, Severity.LOOK, "white: shade it"),
    ],
)
def test_a_camera_is_asked_for_a_picture_and_told_what_is_wrong_with_it(
    level: int, severity: Severity, says: str, tmp_path: Path
) -> None:
    cv2.imwrite(str(tmp_path / "hall.png"), np.full((360, 640, 3), level, np.uint8))
    found = only(eyes_and_gate.camera(Settings(camera=Camera(source="folder", path=tmp_path))))
    assert (found.code, found.severity) == ("CA", severity) and says in found.detail


def test_a_lane_without_a_scanner_misses_none_and_a_missing_one_is_named(tmp_path: Path) -> None:
    assert eyes_and_gate.scanner(Settings()) == []
    wanted = Scanner(kind="serial", path=tmp_path / "scanner")
    assert only(eyes_and_gate.scanner(Settings(scanner=wanted))).severity is Severity.LOOK
    with EmulatedScanner(tmp_path / "scanner"):
        assert only(eyes_and_gate.scanner(Settings(scanner=wanted))).severity is Severity.WELL


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Emulator]:
    with emulator("tx1500", tmp_path / "gate") as running:
        yield running


def test_a_gate_is_connected_to_never_opened_and_its_limits_are_said(gate: Emulator) -> None:
    settings = Settings(turnstile=Turnstile(protocol="tx1500", path=gate.link))
    found = only(eyes_and_gate.gate(settings))
    assert (found.code, found.severity) == ("GT", Severity.WELL)
    assert "reports passages" in found.detail
    assert gate.firmware.pulses == 0
    assert not gate.firmware.on


def test_a_gate_that_is_not_there_is_broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(eyes_and_gate, "LINK_S", 1.0)
    settings = Settings(turnstile=Turnstile(protocol="lcus", path=tmp_path / "none"))
    found = only(eyes_and_gate.gate(settings))
    assert found.severity is Severity.BROKEN
    assert "cannot say who passed" in found.detail


def test_what_a_gate_cannot_do_is_said_in_words() -> None:
    said = eyes_and_gate.words(Capabilities(True, False, False, False, False, keeps_max_on=True))
    assert said == "It confirms commands, ends a release by itself. It cannot say who passed."


def test_the_lamp_is_looked_for(tmp_path: Path) -> None:
    wanted = Settings(lamp=Lamp(kind="adafruit", path=tmp_path / "lamp"))
    assert only(signals.lamp(wanted)).severity is Severity.LOOK
    with PseudoTerminal(tmp_path / "lamp"):
        assert only(signals.lamp(wanted)).severity is Severity.WELL
    assert signals.lamp(Settings()) == []


def test_the_printer_is_asked_how_it_is_and_nothing_is_printed(tmp_path: Path) -> None:
    assert signals.printer(Settings()) == []
    folder = Settings(printer=Printer(kind="folder", path=tmp_path / "slips"))
    assert only(signals.printer(folder)).severity is Severity.WELL
    assert list((tmp_path / "slips").iterdir()) == []
    missing = only(signals.printer(Settings(printer=Printer(kind="usb", path=tmp_path / "lp0"))))
    assert missing.severity is Severity.LOOK
    assert "check its cable" in missing.detail
    os.mkfifo(tmp_path / "lp1")
    silent = only(signals.printer(Settings(printer=Printer(kind="usb", path=tmp_path / "lp1"))))
    assert "does not say" in silent.detail


def test_headphones_that_the_settings_name_are_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert signals.headphones(Settings()) == []
    jack = Sound(headphones_jack=tmp_path / "nowhere")
    assert "is not there" in only(signals.headphones(Settings(sound=jack))).detail
    (tmp_path / "jack").touch()
    there = Sound(headphones_jack=tmp_path / "jack")
    assert only(signals.headphones(Settings(sound=there))).severity is Severity.WELL
    monkeypatch.setattr(loudspeaker, "_something_to_open", lambda: True)
    cards = SimpleNamespace(get_playbacks=lambda: [{"name": "Monitor", "id": 1}])
    monkeypatch.setattr(loudspeaker.miniaudio, "Devices", lambda _backends: cards)
    finding = only(signals.headphones(Settings(sound=Sound(headphones="USB Headset"))))
    assert finding.severity is Severity.LOOK
    assert "no sound device is called USB Headset (there are: Monitor)" in finding.detail


def test_a_display_too_small_for_its_readers_is_named_with_what_it_is_good_for() -> None:
    assert signals.letters(Settings()) == []
    far = Settings().display.model_copy(update={"reading_mm": 2500.0})
    finding = only(signals.letters(Settings(display=far)))
    assert finding.severity is Severity.LOOK
    assert "30.5 mm" in finding.detail
    near = int(re.findall(r"from (\d+) mm \(display", finding.detail)[0])
    assert signals.letters(Settings(display=far.model_copy(update={"reading_mm": float(near)}))) == []
    assert signals.letters(Settings(display=far.model_copy(update={"reading_mm": near + 20.0}))) != []


def test_a_display_is_asked_for_where_a_window_would_be(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert only(signals.display(Settings())).severity is Severity.BROKEN
    monkeypatch.setenv("DISPLAY", ":0")
    assert only(signals.display(Settings())).severity is Severity.WELL
    monkeypatch.setenv("WAYLAND_DISPLAY", "made-up")
    assert "is not there" in only(signals.display(Settings())).detail


def test_a_disk_that_fills_up_is_warned_of_before_it_stops_the_lane(tmp_path: Path) -> None:
    def codes_of(**limits: int) -> list[tuple[str, Severity]]:
        settings = Settings(journal=Journal(folder=tmp_path, **limits))  # type: ignore[arg-type]
        return [(one.code, one.severity) for one in keeping.storage(settings)]

    huge = 10**9
    assert codes_of()[-1][1] is Severity.WELL
    assert codes_of(warn_free_mb=huge)[-1] == ("SW", Severity.LOOK)
    assert codes_of(warn_free_mb=huge, refer_free_mb=huge)[-1] == ("SR", Severity.BROKEN)


def test_a_journal_that_cannot_be_read_is_broken(tmp_path: Path) -> None:
    (tmp_path / "journal.sqlite").write_bytes(b"no database at all" * 1000)
    found = keeping.storage(Settings(journal=Journal(folder=tmp_path)))[0]
    assert (found.code, found.severity) == ("JR", Severity.BROKEN)


def test_a_key_that_others_can_read_is_broken_and_a_private_one_is_well(tmp_path: Path) -> None:
    settings = Settings(journal=Journal(folder=tmp_path), camera=Camera(path=tmp_path / "none"))
    device_key(tmp_path)
    assert only(keeping.permissions(settings)).severity is Severity.WELL
    os.chmod(tmp_path / "device.key", 0o644)
    found = only(keeping.permissions(settings))
    assert (found.code, found.severity) == ("PM", Severity.BROKEN)
    assert "chmod 600" in found.detail


def test_looking_for_the_devices_key_makes_none(tmp_path: Path) -> None:
    settings = Settings(journal=Journal(folder=tmp_path))
    assert only(keeping.device_key(settings)).severity is Severity.LOOK
    assert list(tmp_path.iterdir()) == []
    device_key(tmp_path)
    assert "kept in a file" in only(keeping.device_key(settings)).detail
    (tmp_path / "device.key").write_text("no key")
    assert only(keeping.device_key(settings)).severity is Severity.BROKEN


def test_a_lane_without_lists_refers_everybody_and_says_so(tmp_path: Path) -> None:
    found = keeping.lists(Settings(journal=Journal(folder=tmp_path)))
    assert {(one.code, one.severity) for one in found} == {
        ("TL", Severity.BROKEN),
        ("RL", Severity.BROKEN),
    }


def test_a_hub_that_is_away_is_looked_at_and_an_unknown_one_is_broken(tmp_path: Path) -> None:
    assert only(hub.hub(Settings())).severity is Severity.WELL
    away = Hub(url="http://127.0.0.1:9", key=tmp_path / "hub.pub.pem")
    settings = Settings(hub=away, journal=Journal(folder=tmp_path / "journal"))
    assert only(hub.hub(settings)).code == "EN"
    device_key(tmp_path / "journal")
    (tmp_path / "hub.pub.pem").write_bytes(device_key(tmp_path / "hub").public.pem)
    found = only(hub.hub(settings))
    assert (found.code, found.severity) == ("HU", Severity.LOOK)
    assert "reached" in found.detail


@pytest.mark.parametrize(
    ("kept", "installed", "severity", "says"),
    [
        (True, True, Severity.WELL, "kept right"),
        (False, True, Severity.LOOK, "chronyc sources"),
        (False, False, Severity.LOOK, "not installed"),
    ],
)
def test_a_machine_whose_clock_nobody_keeps_right_is_named(
    kept: bool, installed: bool, severity: Severity, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping.LinuxClocks, "read", lambda _: SimpleNamespace(synchronised=kept))
    monkeypatch.setattr(keeping.shutil, "which", lambda _: "/usr/bin/chronyc" if installed else None)
    found = only(keeping.chrony(Settings()))
    assert (found.code, found.severity) == ("CY", severity) and says in found.detail
