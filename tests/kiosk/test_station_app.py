"""The station desk as a program: it starts without its hub, says so, and writes down who signed in."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from config.moment import system_clock
from config.settings import Hub, Journal, Lane, Officers, Scanner, Settings, Sound
from drivers.signals.port import Health, Tone
from drivers.signals.simulated import SimulatedSignals
from kiosk.commands.door import main
from kiosk.desk.officer_key import new_officer_key
from kiosk.desk.pin import hash_pin
from kiosk.desk.roster import Officer, Role, Roster, save_roster
from kiosk.start_conditions import CannotStart
from kiosk.station_app import StationApp
from sync.journal_reader import JournalReader
from tests.kiosk.desk.ground import PIN, QUICK
from tests.sync.ground import key

NOWHERE = "http://127.0.0.1:9"


def settings(folder: Path, **changes: object) -> Settings:
    public, sealed = new_officer_key("O-17", PIN)
    entry = Officer("O-17", Role.OFFICER, hash_pin(PIN, QUICK), None, public, sealed)
    save_roster(folder / "roster.json", Roster((entry,)))
    (folder / "hub.pem").write_bytes(key().public.pem)
    return Settings(
        lane=Lane(id="desk-1"),
        journal=Journal(folder=folder / "desk"),
        hub=Hub(url=NOWHERE, key=folder / "hub.pem"),
        officers=Officers(roster=folder / "roster.json"),
        sound=Sound(enabled=False),
    ).model_copy(update=changes)


def test_without_its_hub_it_says_so_and_officers_can_still_sign_in(qtbot: QtBot, tmp_path: Path) -> None:
    app = StationApp(settings(tmp_path), system_clock)
    qtbot.addWidget(app.window)
    app.window.show()
    app.start()
    try:
        qtbot.waitUntil(lambda: bool(app.desk.away), timeout=20_000)
        words = "\n".join(label.text() for label in app.window.findChildren(QLabel) if label.isVisible())
        assert "lane-1" not in words
        app.window.set_language("en")
        app.window.refresh()
        words = "\n".join(label.text() for label in app.window.findChildren(QLabel) if label.isVisible())
        assert "use each lane's own panel" in words
        app.desk.session.try_pin("O-17", PIN)
        qtbot.waitUntil(lambda: app.desk.session.key is not None, timeout=20_000)
    finally:
        app.stop()
    with closing(JournalReader(tmp_path / "desk")) as reader:
        said = [(record.kind, json.loads(record.payload or "{}")) for record in reader.all_records()]
    assert [(kind, of["officer"]) for kind, of in said if kind.startswith("officer.")] == [
        ("officer.signed_in", "O-17"),
        ("officer.signed_out", "O-17"),
    ]


def test_a_card_reader_that_is_not_there_is_said_where_officers_sign_in(qtbot: QtBot, tmp_path: Path) -> None:
    reader = Scanner(kind="serial", path=tmp_path / "gone")
    officers = Officers(roster=tmp_path / "roster.json", card_reader=reader)
    app = StationApp(settings(tmp_path, officers=officers), system_clock)
    qtbot.addWidget(app.window)
    app.start()
    try:
        qtbot.waitUntil(lambda: bool(app.desk.session.card_trouble), timeout=20_000)
        app.window.set_language("en")
        assert "type the number" in app.window.sign_in.message.text()
    finally:
        app.stop()


def test_who_waits_is_heard_at_the_desk_and_a_desk_without_sound_says_so(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = SimulatedSignals()
    monkeypatch.setattr("kiosk.station_app._sound", lambda _settings: sound)
    app = StationApp(settings(tmp_path), system_clock)
    qtbot.addWidget(app.window)
    app.window.show()
    app.start()
    try:
        app.desk.rang.emit()
        assert sound.played == [Tone.READ, Tone.ATTENTION]
        app._look_at_sound()
        assert not app.window.silent.isVisible()
        monkeypatch.setattr(sound, "health", lambda: Health("sound", "SN", works=False))
        app._look_at_sound()
        assert app.window.silent.isVisible()
    finally:
        app.stop()


def test_the_limits_of_the_settings_hold_at_the_desk(qtbot: QtBot, tmp_path: Path) -> None:
    roster = tmp_path / "roster.json"
    told = settings(tmp_path, officers=Officers(roster=roster, idle_s=77.0, undo_s=3.0, before_pulse_s=1.0))
    app = StationApp(told, system_clock)
    qtbot.addWidget(app.window)
    assert (app.desk.session._sign_in.limits.idle_s, app.desk.thought._span) == (77.0, 4.0)
    app.stop()


def test_a_desk_without_a_hub_in_its_settings_does_not_start(tmp_path: Path) -> None:
    with pytest.raises(CannotStart, match=r"hub\.url"):
        StationApp(settings(tmp_path, hub=Hub()), system_clock)


def test_what_keeps_it_from_starting_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    (tmp_path / "desk.toml").write_text('[lane]\nid = "desk-1"\n')
    assert main(["station", "--config", str(tmp_path / "desk.toml")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
