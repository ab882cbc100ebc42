"""No officer is signed out without a word: the key that says so at the lane's panel and the desk."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kiosk.desk.sign_in import Ending
from kiosk.screens.officer_shots import Stage
from kiosk.screens.session_end import SessionEndKey
from kiosk.screens.station_shots import SCENES, station_screens
from kiosk.screens.station_window import StationWindow


def test_a_minute_before_an_idle_session_ends_one_touch_keeps_it(qtbot: QtBot, tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    panel = stage.play("officer-quiet", "en")
    qtbot.addWidget(panel)
    panel.show()
    assert panel.ending.isHidden()
    stage._now = stage.clock().later(1745)
    stage.desk.tick()
    assert panel.ending.text() == "Signing out in 55 s: touch here to stay"
    assert panel.ending.isVisible()
    panel.ending.click()
    assert panel.ending.isHidden()
    stage._now = stage.clock().later(60)
    stage.desk.tick()
    assert stage.session.officer is not None, "the touch began the time anew"
    stage.session.stop()


def test_what_no_touch_extends_is_said_five_minutes_before_and_leads_to_the_sign_in(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = Stage(tmp_path)
    monkeypatch.setattr(stage.session, "ending", lambda: Ending(250.0, can_stay=False))
    panel = stage.play("officer-referral", "en")
    qtbot.addWidget(panel)
    panel.show()
    assert panel.ending.text().startswith("This sign-in ends in 5 min")
    panel.ending.click()
    assert stage.session.officer is None
    assert panel.sign_in.isVisible()
    stage.session.stop()


def test_the_desk_of_the_station_says_it_too(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.desk.session.OfficerSession.ending", lambda _self: Ending(30.0, can_stay=True))
    monkeypatch.setattr("kiosk.screens.station_shots.SCENES", {"station-waiting": SCENES["station-waiting"]})
    for _name, window in station_screens(["en"], [(1280, 800)]):
        assert isinstance(window, StationWindow)
        window.show()
        assert window.findChild(SessionEndKey).isVisible()
        assert window.calm.text() == "Somebody waits: take one at the left, by touch or by digit"


def test_while_nobody_waits_for_this_desk_nothing_is_to_be_decided(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = replace(
        SCENES["station-waiting"],
        referrals=tuple(one for one in SCENES["station-waiting"].referrals if one.officer or one.how),
    )
    monkeypatch.setattr("kiosk.screens.station_shots.SCENES", {"station-waiting": others})
    for _name, window in station_screens(["en"], [(1280, 800)]):
        assert isinstance(window, StationWindow)
        assert window.calm.text() == "Nothing to decide"
