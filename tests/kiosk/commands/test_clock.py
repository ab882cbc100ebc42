"""Two officers set the clock from the command line; one alone does not."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.commands.door import main
from kiosk.desk.pin import hash_pin
from kiosk.desk.roster import Officer, Role, Roster, save_roster
from sync.clock.order import FILE, take_order
from sync.clock.store import FILE as RECORD

FIRST, SECOND = "739164", "482915"
TO = "2026-11-23T20:05:00+08:00"


@pytest.fixture(scope="module")
def roster(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("roster") / "roster.json"
    ended = datetime(2026, 6, 1, tzinfo=UTC)
    save_roster(
        file,
        Roster(
            (
                Officer("O-1", Role.OFFICER, hash_pin(FIRST)),
                Officer("O-2", Role.OFFICER, hash_pin(SECOND)),
                Officer("O-3", Role.OFFICER, hash_pin(SECOND), ended),
            )
        ),
    )
    return file


def reset(monkeypatch: pytest.MonkeyPatch, folder: Path, roster: Path, *typed: str, to: str = TO) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(typed) + "\n"))
    return main(["clock", "reset", "--folder", str(folder), "--roster", str(roster), "--to", to, "--stdin"])


def test_two_officers_leave_an_order_for_the_lane(
    tmp_path: Path, roster: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert reset(monkeypatch, tmp_path, roster, "1", FIRST, "O-2", SECOND) == 0
    order = take_order(tmp_path)
    assert order is not None
    assert (order.officer, order.second) == ("O-1", "O-2")
    assert order.to == datetime(2026, 11, 23, 12, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "typed",
    [
        ("1", FIRST, "1", FIRST),
        ("1", FIRST, "2", FIRST),
        ("1", FIRST, "99", SECOND),
        ("1", FIRST, "3", SECOND),
        ("1", FIRST, "", ""),
    ],
)
def test_one_officer_is_not_two(
    tmp_path: Path, roster: Path, monkeypatch: pytest.MonkeyPatch, typed: tuple[str, ...]
) -> None:
    assert reset(monkeypatch, tmp_path, roster, *typed) == 1
    assert not (tmp_path / FILE).exists()


def test_wrong_tries_count_over_restarts(
    tmp_path: Path, roster: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(5):
        assert reset(monkeypatch, tmp_path, roster, "1", SECOND, "2", SECOND) == 1
    capsys.readouterr()
    assert reset(monkeypatch, tmp_path, roster, "1", FIRST, "2", SECOND) == 1
    assert "Too many" in capsys.readouterr().err


def test_a_time_before_the_build_is_refused(
    tmp_path: Path, roster: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert reset(monkeypatch, tmp_path, roster, "1", FIRST, "2", SECOND, to="2020-01-01T00:00:00Z") == 1


def test_show_says_whether_the_time_is_believed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / RECORD).write_bytes(b"damaged")
    assert main(["clock", "show", "--folder", str(tmp_path)]) == 1
    assert "LOST" in capsys.readouterr().out
    assert main(["clock", "show", "--folder", str(tmp_path / "nowhere")]) == 2
