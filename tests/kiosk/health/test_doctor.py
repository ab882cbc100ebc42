"""`main.py doctor`: every part named in its time, a gate never opened, a report others can read."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from config.settings import (
    Settings,
)
from drivers.signals.faulty import FaultySignals
from drivers.signals.simulated import SimulatedSignals
from drivers.signals.simulated_lamp import SimulatedLamp
from kiosk.commands.door import main
from kiosk.health import readiness
from kiosk.health.codes import codes
from kiosk.health.finding import Finding, Severity, broken, look, run_checks, well
from kiosk.health.readiness import CHECKS, Readiness
from kiosk.health.rehearsal import SCENES, rehearse
from kiosk.health.running import parts

AT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


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
