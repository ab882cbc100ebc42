"""The session does the slow parts elsewhere, and a restart gives nobody new tries."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kiosk.desk import session as session_module
from kiosk.desk.lockouts import Lockouts
from kiosk.desk.roster import Roster
from kiosk.desk.session import Trouble
from kiosk.desk.sign_in import Denied, Why
from sync.event_types import OfficerSignedIn, OfficerSignedOut
from tests.kiosk.desk.ground import OFFICER, PIN, WRONG, Ground


def test_an_officer_signs_in_and_out(ground: Ground) -> None:
    ground.try_pin()
    assert ground.session.officer is OFFICER
    ground.session.sign_out()
    assert ground.session.officer is None
    assert ground.lane.events == [OfficerSignedIn("O-17", "pin"), OfficerSignedOut("O-17", "officer")]


def test_a_pin_is_compared_and_saved_on_another_thread(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[threading.Thread] = []
    save = Lockouts.save

    def matches(_pin: str, _pin_hash: str) -> bool:
        threads.append(threading.current_thread())
        return True

    def noted(self: Lockouts, tries: object) -> None:
        threads.append(threading.current_thread())
        save(self, tries)  # type: ignore[arg-type]

    monkeypatch.setattr(session_module, "pin_matches", matches)
    monkeypatch.setattr(Lockouts, "save", noted)
    ground.try_pin()
    assert ground.session.officer is OFFICER
    assert len(threads) >= 2
    assert threading.main_thread() not in threads


def test_an_unknown_number_takes_as_long_as_a_known_one(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    monkeypatch.setattr(session_module, "hash_pin", lambda pin: hashed.append(pin) or "")
    ground.try_pin(WRONG, typed="O-99")
    assert hashed == [WRONG]
    assert ground.session.officer is None


def test_the_plug_pulled_during_the_check_does_not_forget_the_try(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved_at_check: list[int] = []

    def matches(_pin: str, _pin_hash: str) -> bool:
        saved_at_check.append(ground.lockouts.load()["O-17"].count)
        return False

    monkeypatch.setattr(session_module, "pin_matches", matches)
    ground.try_pin(WRONG)
    ground.try_pin(WRONG)
    assert saved_at_check == [1, 2]


def test_a_lock_survives_the_restart_of_the_kiosk(ground: Ground, tmp_path: Path, qtbot: QtBot) -> None:
    for _ in range(5):
        ground.try_pin(WRONG)
    ground.session.stop()
    again = Ground(tmp_path, qtbot)
    denied: list[Denied] = []
    again.session.denied.connect(denied.append)
    again.try_pin(PIN)
    assert [each.why for each in denied] == [Why.WAIT]
    assert again.session.officer is None
    again.later(15)
    again.try_pin(PIN)
    assert again.session.officer is OFFICER
    again.session.stop()


def test_a_success_clears_what_was_saved(ground: Ground) -> None:
    ground.try_pin(WRONG)
    ground.try_pin(PIN)
    ground.session.stop()
    assert ground.lockouts.load() == {}


def test_damaged_records_make_everybody_wait_and_say_so(tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "lockouts.json").write_text("damaged")
    ground = Ground(tmp_path, qtbot)
    assert ground.session.trouble is Trouble.DAMAGED
    ground.try_pin(PIN)
    assert ground.session.officer is None
    ground.later(15)
    ground.try_pin(PIN)
    assert ground.session.officer is OFFICER
    ground.session.stop()


def test_a_disk_that_takes_nothing_does_not_lock_officers_out(tmp_path: Path, qtbot: QtBot) -> None:
    ground = Ground(tmp_path, qtbot)
    ground.lockouts.file = tmp_path / "gone" / "lockouts.json"
    ground.try_pin(PIN)
    assert ground.session.officer is OFFICER
    qtbot.waitUntil(lambda: ground.session.trouble is Trouble.NOT_SAVED, timeout=5000)
    ground.session.stop()


def test_an_idle_session_ends_and_is_recorded(ground: Ground) -> None:
    ground.try_pin()
    ground.later(1800)
    assert ground.session.officer is None
    assert ground.lane.events[-1] == OfficerSignedOut("O-17", "idle")


def test_stopping_the_kiosk_signs_out(ground: Ground) -> None:
    ground.try_pin()
    ground.session.stop()
    assert ground.lane.events[-1] == OfficerSignedOut("O-17", "stopped")


def test_without_a_roster_nobody_signs_in(tmp_path: Path, qtbot: QtBot) -> None:
    ground = Ground(tmp_path, qtbot, Roster())
    assert not ground.session.has_roster
    ground.try_pin()
    assert ground.session.officer is None
    ground.session.stop()


def test_a_roster_without_the_officer_who_is_signed_in_signs_him_out(ground: Ground, qtbot: QtBot) -> None:
    ground.try_pin()
    ground.session.use_roster(Roster((OFFICER,)))
    assert ground.session.officer is OFFICER
    with qtbot.waitSignal(ground.session.changed):
        ground.session.use_roster(Roster())
    assert ground.session.officer is None and not ground.session.has_roster
    assert ground.lane.events[-1] == OfficerSignedOut("O-17", "ended")
