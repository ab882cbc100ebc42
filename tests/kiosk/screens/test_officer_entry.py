"""A paper document is entered one question at a time: by keyboard alone, by touch alone, and never half."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from kiosk.desk.lane_control import Notice
from kiosk.lane_view import Phase
from tests.kiosk.desk.ground import CALM, referred
from tests.kiosk.screens.test_officer_panel import Booth


@pytest.fixture
def booth(tmp_path: Path, qtbot: QtBot) -> Iterator[Booth]:
    made = Booth(tmp_path, qtbot)
    made.try_pin()
    yield made
    made.session.stop()


def test_a_person_without_a_code_is_entered_by_keyboard_alone(booth: Booth) -> None:
    booth.panel.enter.setFocus()
    booth.press(Qt.Key.Key_Return)
    assert "1 of 5" in booth.words()
    booth.press(Qt.Key.Key_2)
    assert "2 of 6: Who issued it?" in booth.words()
    booth.press(Qt.Key.Key_9, Qt.Key.Key_2)
    booth.press(Qt.Key.Key_1)
    booth.type("20991231")
    booth.press(Qt.Key.Key_Return)
    assert "That is no day" in booth.words(), "nothing was sampled in the future"
    booth.press(*[Qt.Key.Key_Backspace] * 8)
    booth.type("2023-01-07")
    booth.press(Qt.Key.Key_Return)
    assert "5 of 6" in booth.words()
    booth.press(Qt.Key.Key_Escape)
    assert "4 of 6" in booth.words()
    booth.type("20230106")
    booth.press(Qt.Key.Key_Return)
    booth.touch(booth.panel.entry.buttons[0])
    booth.press(Qt.Key.Key_1, Qt.Key.Key_3)
    assert "Test certificate · X9 · negative · 2023-01-06 · No end on it" in booth.words()
    booth.panel.entry.go.setFocus()
    booth.press(Qt.Key.Key_Return)
    assert booth.lane.asked == [("enter", "", "O-17", "test", "X9", "2023-01-06")]
    assert booth.panel.entry.draft is None


def test_the_number_on_an_answer_beside_a_day_is_typed_with_enter_behind_it(booth: Booth) -> None:
    booth.touch(booth.panel.enter)
    booth.press(Qt.Key.Key_1, Qt.Key.Key_1, Qt.Key.Key_1)
    assert "1   Today" in [button.text() for button in booth.panel.entry.buttons]
    booth.type("1")
    booth.press(Qt.Key.Key_Return)
    assert "5 of 6" in booth.words()
    draft = booth.panel.entry.draft
    assert draft is not None
    assert draft.issued == draft.today


def test_the_enter_behind_the_last_day_says_nothing_of_what_was_seen(booth: Booth) -> None:
    booth.touch(booth.panel.enter)
    booth.press(Qt.Key.Key_1, Qt.Key.Key_1, Qt.Key.Key_1)
    for day in ("1", "2"):
        booth.type(day)
        booth.press(Qt.Key.Key_Return)
    assert "6 of 6" in booth.words() or "5 of 5" in booth.words()
    draft = booth.panel.entry.draft
    assert draft is not None
    assert draft.marks == ()
    assert not any(button.isChecked() for button in booth.panel.entry.buttons)


def test_it_is_entered_by_touch_alone(booth: Booth) -> None:
    booth.desk.show_view(referred("c"))
    entry = booth.panel.entry
    booth.touch(booth.panel.enter)
    assert booth.panel.bar.isHidden(), "one thing at a time"
    for place in (0, 1, 0):
        booth.touch(entry.buttons[place])
    keys = {key.text(): key for key in entry.findChildren(QPushButton) if key.isVisible()}
    for digit in "20230108":
        booth.touch(keys[digit])
    assert entry.day is not None
    assert entry.day.text() == "2023-01-08"
    booth.touch(entry.go)
    booth.touch(entry.buttons[0])
    booth.touch(entry.buttons[1])
    booth.touch(entry.go)
    assert booth.lane.asked == [("enter", "c", "O-17", "health_colour", "GD", "2023-01-08")]


def test_an_entry_ends_with_its_traveller_and_with_its_officers_session(booth: Booth) -> None:
    booth.desk.show_view(referred("c"))
    booth.touch(booth.panel.enter)
    booth.desk.show_view(referred("d"))
    assert booth.panel.entry.draft is None
    booth.touch(booth.panel.enter)
    booth.session.sign_out()
    assert booth.panel.entry.draft is None


def test_what_was_entered_for_nobody_yet_is_kept_while_somebody_else_is_in_the_lane(booth: Booth) -> None:
    entry = booth.panel.entry
    booth.touch(booth.panel.enter)
    booth.press(Qt.Key.Key_1, Qt.Key.Key_1, Qt.Key.Key_1)
    booth.touch(entry.buttons[0])
    booth.touch(entry.buttons[0])
    booth.desk.show_view(replace(referred("c"), phase=Phase.PASSING))
    booth.touch(entry.go)
    assert booth.lane.asked == []
    assert Notice.NOT_NOW in booth.notices
    booth.desk.show_view(CALM)
    booth.touch(entry.go)
    assert booth.lane.asked == [("enter", "", "O-17", "health_colour", "HK", "2023-01-08")]
