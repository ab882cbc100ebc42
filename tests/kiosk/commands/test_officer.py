"""Officers are put into a roster from the command line."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from kiosk.commands.door import main
from kiosk.desk.pin import pin_matches
from kiosk.desk.roster import Role, load_roster

PIN, OTHER = "739164", "482915"


def add(monkeypatch: pytest.MonkeyPatch, roster: Path, pin: str, *more: str, officer: str = "O-17") -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(pin + "\n"))
    return main(["officer", "add", "--roster", str(roster), "--id", officer, "--pin-stdin", *more])


def test_an_officer_is_added_and_listed_without_the_pin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    roster = tmp_path / "roster.json"
    assert add(monkeypatch, roster, PIN) == 0
    assert add(monkeypatch, roster, OTHER, "--role", "supervisor", officer="S-3") == 0
    entry = load_roster(roster).find("17")
    assert entry is not None
    assert pin_matches(PIN, entry.pin_hash)
    assert main(["officer", "list", "--roster", str(roster)]) == 0
    out = capsys.readouterr().out
    assert "O-17\tofficer" in out
    assert "S-3\tsupervisor" in out
    assert PIN not in out
    assert "argon2" not in out


def test_a_weak_pin_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(monkeypatch, tmp_path / "roster.json", "123456") == 1
    assert "counts up or down" in capsys.readouterr().err
    assert not (tmp_path / "roster.json").exists()


def test_a_new_pin_is_given_only_when_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    roster = tmp_path / "roster.json"
    assert add(monkeypatch, roster, PIN) == 0
    assert add(monkeypatch, roster, OTHER) == 1
    assert add(monkeypatch, roster, OTHER, "--replace") == 0
    assert add(monkeypatch, roster, OTHER, "--replace", officer="O-18") == 1
    entry = load_roster(roster).find("17")
    assert entry is not None
    assert pin_matches(OTHER, entry.pin_hash)
    assert entry.role is Role.OFFICER


def test_a_name_is_no_service_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert add(monkeypatch, tmp_path / "roster.json", PIN, officer="Made-Up Name") == 1


def test_two_pins_that_differ_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter([PIN, OTHER])
    monkeypatch.setattr("getpass.getpass", lambda _prompt: next(typed))
    assert main(["officer", "add", "--roster", str(tmp_path / "r.json"), "--id", "O-17"]) == 1
    assert not (tmp_path / "r.json").exists()


def test_a_damaged_roster_is_one_line_and_exit_code_two(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    roster = tmp_path / "roster.json"
    roster.write_text("{")
    roster.chmod(0o600)
    assert add(monkeypatch, roster, PIN) == 2
    assert main(["officer", "list", "--roster", str(roster)]) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 2
    assert "Traceback" not in err
