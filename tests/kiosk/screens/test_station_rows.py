"""The rows of the desk: what says nothing new stays, keeps the focus, and is not read out again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from kiosk.presenters.station import LaneRow, WaitingRow
from kiosk.screens.station_rows import LaneRows, WaitingRows
from kiosk.theme.palette import Role

LANES = tuple(LaneRow(f"lane-{number}", "Waiting", "", Role.NEUTRAL, False, True) for number in range(1, 4))
WAITING = tuple(
    WaitingRow("lane-1", f"c-{number}", f"Lane {number}", "", f"{number} s", Role.REFER, True, False)
    for number in range(1, 4)
)


def stands(qtbot: QtBot, rows: QWidget) -> None:
    qtbot.addWidget(rows)
    rows.resize(600, 500)
    rows.show()


@pytest.fixture
def lanes(qtbot: QtBot) -> LaneRows:
    rows = LaneRows()
    stands(qtbot, rows)
    rows.show_lanes(LANES, True, "en")
    return rows


@pytest.fixture
def waiting(qtbot: QtBot) -> WaitingRows:
    rows = WaitingRows()
    stands(qtbot, rows)
    rows.show_waiting(WAITING, True, "en")
    return rows


def test_only_the_lane_that_says_something_new_is_shown_anew(lanes: LaneRows) -> None:
    before = list(lanes.rows)
    lanes.buttons["lane-3"].setFocus()
    lanes.show_lanes((LANES[0], replace(LANES[1], headline="Held"), LANES[2]), True, "en")
    assert [one is other for one, other in zip(lanes.rows, before, strict=True)] == [True, False, True]
    assert lanes.buttons["lane-3"].hasFocus()


def test_the_focus_stays_at_a_lane_that_says_something_new(lanes: LaneRows) -> None:
    lanes.buttons["lane-2"].setFocus()
    lanes.show_lanes((LANES[0], replace(LANES[1], headline="Held"), LANES[2]), True, "en")
    assert lanes.buttons["lane-2"].hasFocus()


def test_rows_stand_and_are_walked_through_in_the_order_that_is_said(
    qtbot: QtBot, waiting: WaitingRows
) -> None:
    first, second, third = WAITING
    late = replace(first, crossing="c-0")
    waiting.show_waiting((third, late, first), True, "en")
    qtbot.waitUntil(lambda: [key.objectName() for key in _by_height(waiting)] == ["c-3", "c-0", "c-1"])
    qtbot.waitUntil(lambda: all(key.isVisible() for key in waiting.buttons))
    waiting.buttons[0].setFocus()
    walked: list[str] = []
    for _ in range(3):
        focus = QApplication.focusWidget()
        assert focus is not None
        walked.append(focus.objectName())
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        QApplication.processEvents()
    assert walked == ["c-3", "c-0", "c-1"]
    assert [key.text()[0] for key in waiting.buttons] == ["1", "2", "3"]
    assert second.crossing not in {row.objectName() for row in waiting.rows}


def test_the_focus_goes_on_to_who_waits_still_when_the_one_it_was_at_is_gone(waiting: WaitingRows) -> None:
    waiting.buttons[1].setFocus()
    waiting.show_waiting((WAITING[0], WAITING[2]), True, "en")
    assert any(key.hasFocus() for key in waiting.buttons)


def test_seconds_run_in_a_row_that_stays(waiting: WaitingRows) -> None:
    before = list(waiting.rows)
    waiting.show_waiting(tuple(replace(one, how="9 s") for one in WAITING), True, "en")
    assert waiting.rows == before
    assert {row.how.text() for row in waiting.rows if row.how} == {"9 s"}


def test_where_nobody_waits_it_says_so_and_the_next_one_takes_its_place(waiting: WaitingRows) -> None:
    waiting.show_waiting((), True, "en")
    assert _words(waiting) == ["Nobody waits"]
    waiting.show_waiting(WAITING[:1], False, "en")
    assert "Nobody waits" not in _words(waiting)
    assert waiting.buttons == []


def _by_height(rows: WaitingRows) -> list[QWidget]:
    return sorted(rows.buttons, key=lambda key: key.mapTo(rows, key.rect().topLeft()).y())


def _words(rows: WaitingRows) -> list[str]:
    return [one.text() for one in rows.findChildren(QLabel) if one.isVisible() and one.text()]
