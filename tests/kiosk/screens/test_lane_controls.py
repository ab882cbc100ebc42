"""The buttons that order how a lane is to be."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QLayout, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kiosk.desk.lane_control import LaneOrder
from kiosk.lane_view import DutyView, LaneView, Phase
from kiosk.screens.lane_controls import LaneControls
from tests.kiosk.desk.ground import CALM


class Hand:
    """One officer's hand on the buttons."""

    def __init__(self, qtbot: QtBot) -> None:
        self.controls = LaneControls()
        qtbot.addWidget(self.controls)
        self.ordered: list[tuple[LaneOrder, str]] = []
        self.controls.ordered.connect(lambda order, to: self.ordered.append((order, to)))

    def see(self, view: LaneView | None) -> list[str]:
        """What is offered."""
        self.controls.show_view(view, "en")
        shown = [one for one in self.controls.buttons.values() if not one.isHidden()]
        return [one.text() for one in shown if one.isEnabled()]

    def touch(self, order: LaneOrder) -> None:
        self.controls.buttons[order].click()


@pytest.fixture
def hand(qtbot: QtBot) -> Hand:
    return Hand(qtbot)


def test_an_open_lane_can_be_closed_and_muted_with_one_touch(hand: Hand) -> None:
    assert hand.see(CALM) == ["Close the lane", "Mute the sound", "Alarm: everybody leaves"]
    hand.touch(LaneOrder.CLOSE)
    hand.touch(LaneOrder.MUTE)
    assert hand.ordered == [(LaneOrder.CLOSE, ""), (LaneOrder.MUTE, "")]


def test_the_alarm_takes_two_touches_and_the_second_one_is_asked_for(hand: Hand) -> None:
    hand.see(CALM)
    hand.touch(LaneOrder.ALARM)
    assert hand.ordered == []
    assert "Touch again to raise the alarm" in hand.see(CALM)
    hand.touch(LaneOrder.ALARM)
    assert hand.ordered == [(LaneOrder.ALARM, "")]


def test_what_was_ordered_can_be_undone_at_the_same_place(hand: Hand) -> None:
    duty = DutyView(shut="close", muted=True, alarm=True)
    assert hand.see(replace(CALM, phase=Phase.EVACUATE, duty=duty)) == ["Let it sound again", "End the alarm"]
    hand.touch(LaneOrder.MUTE)
    hand.touch(LaneOrder.ALARM)
    assert hand.ordered == [(LaneOrder.UNMUTE, ""), (LaneOrder.ALL_CLEAR, "")]


def test_a_lane_with_two_directions_is_turned_only_while_nobody_is_in_it(hand: Hand) -> None:
    both = replace(CALM, duty=DutyView("to_mainland", "to_hong_kong"))
    assert "Turn the lane: to Hong Kong" in hand.see(both)
    hand.touch(LaneOrder.TURN)
    assert hand.ordered == [(LaneOrder.TURN, "to_hong_kong")]
    assert "Turn the lane: to Hong Kong" not in hand.see(replace(both, phase=Phase.PASSING))


def test_nothing_is_offered_of_a_lane_that_is_not_heard(hand: Hand) -> None:
    assert hand.see(None) == []


def test_an_enter_too_many_after_closing_mutes_nothing(hand: Hand, qtbot: QtBot) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    column = QVBoxLayout(around)
    column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
    column.addWidget(hand.controls)
    hand.controls.show_view(CALM, "en")
    with qtbot.waitExposed(around):
        around.show()
    with qtbot.waitActive(around):
        around.activateWindow()
    hand.controls.buttons[LaneOrder.CLOSE].setFocus()
    hand.controls.show_view(replace(CALM, phase=Phase.CLOSED), "en")
    assert QApplication.focusWidget() is hand.controls
    hand.controls.setParent(None)
