"""`main.py doctor`: every part named in its time, a gate never opened, a report others can read."""

from __future__ import annotations

import json
import os
import re
import threading
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
from drivers.pseudo_terminal import PseudoTerminal
from drivers.scanner.emulator import EmulatedScanner
from drivers.signals import loudspeaker
from drivers.signals.faulty import FaultySignals
from drivers.signals.simulated import SimulatedSignals
from drivers.signals.simulated_lamp import SimulatedLamp
from drivers.turnstile.emulators.catalogue import emulator
from drivers.turnstile.emulators.pty import Emulator
from drivers.turnstile.port import Capabilities
from kiosk.commands.door import main
from kiosk.health import eyes_and_gate, hub, keeping, readiness, signals
from kiosk.health.codes import codes
from kiosk.health.finding import Finding, Severity, broken, look, run_checks, well
from kiosk.health.readiness import CHECKS, Readiness
from kiosk.health.rehearsal import SCENES, rehearse
from kiosk.health.running import parts
from sync.device_key import device_key

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def only(found: Sequence[Finding]) -> Finding:
    (one,) = found
    return one


# --- how checks are run ---


def test_a_check_that_hangs_is_named_and_keeps_nobody() -> None:
    never = threading.Event()

    def hangs(settings: Settings) -> Sequence[Finding]:
        never.wait()
        return []

    found = run_checks([("CA", hangs), ("SN", lambda _: [well("SN", "Fine.")])], Settings(), box_s=0.3)
    never.set()
    assert [(one.code, one.severity) for one in found] == [("CA", Severity.BROKEN), ("SN", Severity.WELL)]
    assert "Did not answer" in found[0].detail


def test_a_check_that_breaks_is_named_at_once_and_its_error_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(threading, "excepthook", lambda args: told.append(args.exc_type.__name__))

    def breaks(settings: Settings) -> Sequence[Finding]:
        raise ZeroDivisionError

    (found,) = run_checks([("CA", breaks)], Settings(), box_s=30.0)
    assert (found.code, found.severity) == ("CA", Severity.BROKEN) and "itself failed" in found.detail
    assert told == ["ZeroDivisionError"]


ALL_LANES = ("CA", "RD", "SC", "GT", "SN", "LA", "CK", "JR", "TL", "HU", "DP", "PM")
"""Camera, reader, scanner, gate, sound, lamp, clock, storage, lists, hub, display, permissions."""


@pytest.mark.parametrize("severity", Severity)
def test_doctor_says_a_line_of_every_part_also_of_what_a_lane_does_not_have_and_exits_by_the_worst(
    severity: Severity, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def played(code: str) -> Callable[[Settings], list[Finding]]:
        bad = Finding(code, severity if code == "DP" else Severity.WELL, "Made up.")
        return lambda settings: [] if code not in parts(settings) else [bad]

    monkeypatch.setattr(readiness, "CHECKS", tuple((code, played(code)) for code, _ in CHECKS))
    file = tmp_path / "kiosk.toml"
    file.write_text('[journal]\nfolder = "journal"\n')
    assert main(["doctor", "--config", str(file)]) == severity
    lines = capsys.readouterr().out.splitlines()
    assert set(ALL_LANES) <= {line[:2] for line in lines}
    assert all(sum(line[:2] == code for line in lines) == 1 for code in ALL_LANES)
    assert all(re.fullmatch(r"[A-Z]{2}  (ok|LOOK|BROKEN) +[^:]+: .+\.", line) for line in lines)
    assert "LA  ok      lamp: This lane has none by its settings." in lines


def test_every_check_is_of_a_code_of_the_table() -> None:
    assert {code for code, _ in CHECKS} <= set(codes())


def test_the_worst_part_decides_the_exit_code() -> None:
    def severity(*found: Finding) -> Severity:
        return Readiness("s", "1", AT, found).severity

    assert severity(well("RD", ".")) == 0
    assert severity(well("RD", "."), look("SN", ".")) == 1
    assert severity(look("SN", "."), broken("CA", "."), well("RD", ".")) == 2


# --- the parts ---


def test_the_reader_reads_its_test_card() -> None:
    assert only(eyes_and_gate.reader(Settings())).severity is Severity.WELL


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


# --- what is said ---


def test_the_command_prints_one_line_a_part_and_exits_by_the_worst(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_text('[sound]\nenabled = false\n[journal]\nfolder = "journal"\n[camera]\npath = "none"\n')
    assert main(["doctor", "--config", str(file)]) == 2
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("CA  BROKEN  camera: There is no camera")
    assert all(line[:2] in codes() for line in lines)
    assert main(["doctor", "--config", str(file), "--json"]) == 2
    table = json.loads(capsys.readouterr().out)
    assert (table["ready"], table["severity"], table["lane"]) == (False, 2, "lane-1")
    assert {part["code"] for part in table["parts"]} >= {"CA", "RD", "GT", "CU", "JR", "TL"}


def test_a_settings_file_that_cannot_be_used_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_text("[scanner]\nkind = 'telepathy'\n")
    assert main(["doctor", "--config", str(file)]) == 2
    assert "scanner.kind" in capsys.readouterr().err


def test_a_bare_reason_is_followed_by_what_to_do_in_the_same_line() -> None:
    report = Readiness("s", "1", AT, (broken("TL", "lists/de.json: the signature is wrong"),))
    assert (
        report.text()
        == "TL  BROKEN  trust list: lists/de.json: the signature is wrong: have a new one brought."
    )


def test_an_officer_reads_advice_in_their_language_and_the_detail_below() -> None:
    report = Readiness("s", "1", AT, (look("SN", "No sound (made up)."), well("RD", "Fine.")))
    lines = report.text("pt").splitlines()
    assert lines[0] == f"SN  LOOK    som: {codes()['SN'].advice['pt']}"
    assert lines[1].strip() == "No sound (made up)."
    assert lines[2] == "RD  ok      leitor de códigos: Fine."


# --- the rehearsal of the signals ---


def test_every_state_is_shown_and_played_in_the_rehearsal() -> None:
    sound, lamp, told = SimulatedSignals(), SimulatedLamp(), list[str]()
    healths = rehearse(sound, lamp, "pt", told.append, lambda _: None)
    assert all(health.works for health in healths)
    assert told == [name for name, *_ in SCENES]
    assert sound.played == [tone for _, tone, _, _ in SCENES if tone]
    assert sound.said == [(prompt, "pt") for *_, prompt in SCENES if prompt]
    assert lamp.shown[: len(SCENES)] == [light for _, _, light, _ in SCENES]


def test_a_rehearsal_without_a_loudspeaker_says_so() -> None:
    healths = rehearse(FaultySignals(), SimulatedLamp(), "en", lambda _: None, lambda _: None)
    assert [health.works for health in healths] == [False, True]


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
