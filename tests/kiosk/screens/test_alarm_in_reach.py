"""Closing, silence and the alarm are in reach while a traveller waits for the officer's decision."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from kiosk.desk.lane_control import LaneOrder
from kiosk.screens.officer_panel import OfficerPanel
from tests.kiosk.desk.ground import CALM, Ground, referred
from verification.reasons import ReasonId


def test_the_alarm_is_raised_while_somebody_waits_and_turning_can_wait(tmp_path: Path, qtbot: QtBot) -> None:
    ground = Ground(tmp_path, qtbot)
    panel = OfficerPanel(ground.desk, "en")
    qtbot.addWidget(panel)
    panel.show()
    ground.try_pin()
    ground.desk.show_view(CALM)
    assert panel.aside.isHidden(), "the calm page has all of them"
    ground.desk.show_view(referred("c-1", ReasonId.UNKNOWN_SIGNER))
    shown = [order for order, button in panel.aside.buttons.items() if button.isVisible()]
    assert shown == [LaneOrder.CLOSE, LaneOrder.MUTE, LaneOrder.ALARM]
    for _ in range(2):
        panel.aside.buttons[LaneOrder.ALARM].click()
    assert ground.lane.asked == [(LaneOrder.ALARM, "O-17")]
    ground.session.stop()
