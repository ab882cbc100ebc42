"""The supervisor's page for who hears it: what a key leads to is said, no late Enter does something else."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.desk.shift import Shift
from kiosk.desk.shift_desk import ShiftDesk
from kiosk.screens.officer_shots import Stage
from kiosk.screens.shift import ShiftPage
from kiosk.screens.shift_shots import made_up_figures


def test_what_opening_leads_to_is_said_and_an_enter_too_many_exports_and_cancels_nothing(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QProcess, "start", lambda *_: None)
    stage = Stage(tmp_path, supervisor=True)
    panel = stage.play("officer-quiet", "en")
    qtbot.addWidget(panel)
    shifts = ShiftDesk(tmp_path / "none", ["true"], stage.clock, lambda _event: None)
    page = ShiftPage(stage.desk, shifts, "lane-1")
    panel.attach_shift(page)
    panel.show()
    with qtbot.waitActive(panel):
        panel.activateWindow()
    panel.shift.click()
    figures, now = made_up_figures(), stage.clock().utc
    page.show_figures(figures, None)
    assert page.status.text() == ""
    page.begin.setFocus()
    page.begin.click()
    assert QApplication.focusWidget() is page, "no key has the Enter that comes too late"
    page.show_figures(figures, Shift("made-up", "S-4", 1, now))
    assert page.status.text() == page.status.accessibleName() == "Opened by S-4"
    page.export.setFocus()
    page.export.click()
    assert page.cancel.isVisible() and QApplication.focusWidget() is page
    page.cancel.setFocus()
    page.show_saved("made-up")
    assert QApplication.focusWidget() is page
    page.show_figures(figures, Shift("made-up", "S-4", 1, now, last=9, closed_by="S-5", closed_at=now))
    assert page.status.text() == "Closed by S-5"
    page.days.setFocus()
    page.days.click()
    assert QApplication.focusWidget() is page.period.since.before, "the days that are asked for are heard"
    page.period.leave.setFocus()
    page.period.leave.click()
    assert QApplication.focusWidget() is page.days, "and who wants none is where they were"
    shifts.stop()
    stage.session.stop()
