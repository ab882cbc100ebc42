"""A sheet is the signer's own, whole, and of one gate."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from config.other_direction import OtherDirection
from config.settings import Journal, Settings, Turnstile
from drivers.turnstile.commissioning.steps import Verdict
from kiosk.commissioning.sheet import NAME, TURNED, NotASheet, gates_of, opened, save, sealed
from kiosk.commissioning.words import lines, text
from kiosk.health import gate_sheet as health
from kiosk.health.finding import Finding, Severity
from kiosk.health.readiness import CHECKS, PASSIVE, PLAYED
from kiosk.reports.sheet_pdf import paged, sheet_pdf
from sync.device_key import device_key
from tests.kiosk.commissioning.sheets import GATE, sheet


def test_what_was_sealed_is_opened_the_same(tmp_path: Path) -> None:
    key = device_key(tmp_path)
    made = sheet(left_out="fire")
    assert opened(sealed(made, key), key.public) == made


@pytest.mark.parametrize(
    "change",
    [
        lambda table: table["sheet"].update(lane="8"),
        lambda table: table["sheet"]["rows"][0].update(result="pass", measured="better"),
        lambda table: table["sheet"].update(verdict="fit", extra=1),
        lambda table: table.update(more=1),
        lambda table: table.pop("signature"),
    ],
)
def test_a_sheet_that_was_changed_does_not_count(tmp_path: Path, change: object) -> None:
    key = device_key(tmp_path)
    table = json.loads(sealed(sheet(failed="polarity"), key))
    change(table)  # type: ignore[operator]
    with pytest.raises(NotASheet):
        opened(json.dumps(table).encode(), key.public)


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[1]", b"\xff\xfe", b'{"sheet":1,"signature":"AA=="}', b" " * 300_000]
)
def test_any_other_file_is_no_sheet(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(NotASheet):
        opened(data, device_key(tmp_path).public)


def test_another_kiosks_sheet_does_not_count(tmp_path: Path) -> None:
    theirs, ours = device_key(tmp_path / "a"), device_key(tmp_path / "b")
    with pytest.raises(NotASheet, match="not signed by this key"):
        opened(sealed(sheet(), theirs), ours.public)


def test_one_word_for_the_whole() -> None:
    assert sheet().verdict is Verdict.FIT
    assert sheet(left_out="tamper").verdict is Verdict.FIT, "no gate needs that contact"
    assert sheet(left_out="power").verdict is Verdict.GAPS
    assert sheet(left_out="power", failed="fire").verdict is Verdict.UNFIT


# --- doctor, and beside a running lane ---


def found(folder: Path, gate: Turnstile = GATE) -> Finding:
    (one,) = health.gate_sheet(Settings(turnstile=gate, journal=Journal(folder=folder)))
    return one


def test_a_gate_without_a_sheet_is_named_and_a_lane_without_a_gate_is_not(tmp_path: Path) -> None:
    assert found(tmp_path).severity is Severity.LOOK
    assert "main.py commission" in found(tmp_path).detail
    assert health.gate_sheet(Settings(journal=Journal(folder=tmp_path))) == []
    assert ("GS", health.gate_sheet) in CHECKS
    assert ("GS", health.gate_sheet) in PASSIVE
    assert ("GS", health.gate_sheet) not in PLAYED, "a demo's emulated gate is never commissioned"


def test_a_gate_that_was_proven_is_well(tmp_path: Path) -> None:
    save(sheet(), device_key(tmp_path), tmp_path / NAME)
    assert found(tmp_path).severity is Severity.WELL


def test_each_direction_of_a_lane_is_proven_by_a_sheet_of_its_own(tmp_path: Path) -> None:
    other = OtherDirection(direction="to_hong_kong", policy=Path("p.json"), channel=2, way_out="left")
    settings = Settings(journal=Journal(folder=tmp_path), turnstile=GATE, other_direction=other)
    save(sheet(), device_key(tmp_path), tmp_path / NAME)
    own, turned = health.gate_sheet(settings)
    assert (own.severity, turned.severity) == (Severity.WELL, Severity.LOOK)
    assert "other direction was never proven" in turned.detail and "commission --turned" in turned.detail
    save(sheet(), device_key(tmp_path), tmp_path / TURNED)
    _, turned = health.gate_sheet(settings)
    assert "channel was 1, is 2" in turned.detail, "the sheet of the own direction does not do"
    save(sheet(gate=gates_of(settings)[TURNED]), device_key(tmp_path), tmp_path / TURNED)
    assert [one.severity for one in health.gate_sheet(settings)] == [Severity.WELL] * 2


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ({"protocol": "numato"}, "protocol was lcus, is numato"),
        ({"protocol": "lcus", "channel": 2}, "channel was 1, is 2"),
        ({"protocol": "lcus", "pulse_ms": 900}, "pulse_ms was 400, is 900"),
        ({"protocol": "lcus", "path": "/dev/serial/by-path/other"}, "path was"),
    ],
)
def test_a_sheet_of_another_gate_is_named(tmp_path: Path, now: dict[str, object], words: str) -> None:
    save(sheet(), device_key(tmp_path), tmp_path / NAME)
    one = found(tmp_path, Turnstile.model_validate(now))
    assert one.severity is Severity.LOOK
    assert words in one.detail


def test_a_sheet_of_another_board_of_the_kind_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(sheet(device="1a86:7523 A1"), device_key(tmp_path), tmp_path / NAME)
    monkeypatch.setattr(health, "usb_identity", lambda _: "1a86:7523 B2")
    assert "another board (1a86:7523 A1, here is 1a86:7523 B2)" in found(tmp_path).detail
    monkeypatch.setattr(health, "usb_identity", lambda _: "")
    assert found(tmp_path).severity is Severity.WELL, "a board that is not there is GT's to name"


def test_failed_and_missing_steps_are_named(tmp_path: Path) -> None:
    key = device_key(tmp_path)
    save(sheet(failed="power"), key, tmp_path / NAME)
    assert "failed (power)" in found(tmp_path).detail
    save(sheet(left_out="pulse"), key, tmp_path / NAME)
    assert "left out (pulse)" in found(tmp_path).detail


def test_a_sheet_that_was_changed_is_named(tmp_path: Path) -> None:
    data = save(sheet(failed="power"), device_key(tmp_path), tmp_path / NAME)
    (tmp_path / NAME).write_bytes(data.replace(b'"fail"', b'"pass"'))
    assert "changed" in found(tmp_path).detail


# --- on paper ---


def test_the_page_says_the_verdict_each_step_and_who_signed() -> None:
    said = text(sheet(failed="power", left_out="fire"), "abcd")
    assert "UNFIT" in said
    assert "FAIL      power: what it did" in said
    assert "left out  fire" in said
    assert "abcd" in said


def test_it_is_one_page_to_print_and_a_long_one_goes_on(qapp: QApplication) -> None:
    made = lines(sheet(), "abcd")
    assert len(paged(made)) == 1
    assert len(paged(made * 4)) > 1
    assert sheet_pdf(made).startswith(b"%PDF")
