"""The list of crossings: a chunk at a time, newest first, by finger, keys and screen reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAccessible, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from config.moment import system_clock
from kiosk.desk.crossed import Crossed
from kiosk.desk.crossings_desk import CrossingsDesk
from kiosk.desk.crossings_read import CHUNK
from kiosk.desk.shift import HONG_KONG
from kiosk.presenters.officer_panel import Past
from kiosk.screens.crossings_model import KEPT, PAST
from kiosk.screens.officer_last import LastCrossings
from kiosk.theme.palette import Role
from sync.event import Event
from sync.event_types import CrossingClosed, CrossingDecided, OfficerDecided
from sync.journal import Journal
from tests.kiosk.desk.crossed import admitted, many, opened, write
from tests.kiosk.desk.ground import needs_second_officer

COUNT = KEPT + 3 * CHUNK - 7


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("journal")


@pytest.fixture(scope="module")
def journal(folder: Path) -> Iterator[Journal]:
    made = opened(folder)
    write(made, *many(f"c{number}" for number in range(COUNT)))
    yield made
    made.close()


class Desk:
    """A desk, its list, and hands."""

    def __init__(self, qtbot: QtBot, journal: Journal, folder: Path) -> None:
        self.qtbot = qtbot
        self.journal = journal

        def record(event: Event) -> None:
            write(journal, event)

        self.desk = CrossingsDesk(folder, record, needs_second_officer)
        self.shown = LastCrossings()
        qtbot.addWidget(self.shown)
        self.shown.resize(600, 400)
        self.shown.attach(self.desk)
        self.shown.show()

    def sign_in(self) -> None:
        self.shown.show_lane((), "en", HONG_KONG, system_clock().utc)
        self.until(lambda: self.count > 0)

    def until(self, true: object) -> None:
        self.qtbot.waitUntil(true, timeout=20_000)

    @property
    def count(self) -> int:
        return self.shown.rows.rowCount()

    def row(self, at: int) -> str:
        return str(self.shown.rows.index(at).data())

    def reach(self, count: int) -> None:
        """Scrolls until so many are known."""
        while self.count < count:
            before = self.count
            self.shown.scrollToBottom()
            self.until(lambda before=before: self.count > before)


@pytest.fixture(scope="module")
def screen(qapp: QApplication) -> QPointingDevice:
    return QTest.createTouchDevice()


@pytest.fixture
def desk(qtbot: QtBot, journal: Journal, folder: Path) -> Iterator[Desk]:
    made = Desk(qtbot, journal, folder)
    yield made
    made.desk.stop()


def test_scrolling_to_the_end_brings_the_next_chunk_until_there_is_none(desk: Desk) -> None:
    desk.sign_in()
    assert desk.count == CHUNK
    desk.reach(COUNT)
    assert "passed" in desk.row(COUNT - 1)
    assert not desk.shown.rows.canFetchMore(QModelIndex())


def test_contents_far_from_the_eye_are_let_go_and_read_again(desk: Desk) -> None:
    desk.sign_in()
    first = desk.row(0)
    desk.reach(COUNT)
    assert len(desk.shown.rows._kept) == KEPT
    assert desk.row(0) == "…"
    desk.until(lambda: desk.row(0) == first)


def test_what_is_new_stands_on_top_and_what_changed_changes_where_it_is(desk: Desk) -> None:
    desk.sign_in()
    write(desk.journal, CrossingDecided("new", "REFER", ("SIGNATURE_INVALID",), "p1", 40.0, ()))
    desk.desk.look()
    desk.until(lambda: desk.count == CHUNK + 1)
    past = desk.shown.rows.index(0).data(PAST)
    assert (past.verdict, past.then) == ("REFER", "")
    assert "signature" in past.why.lower()
    write(
        desk.journal, OfficerDecided("new", "O-17", "desk", "OTHER", True, ""), CrossingClosed("new", "desk")
    )
    desk.desk.look()
    desk.until(lambda: "officer sent to the desk" in desk.row(0))


def test_what_is_read_stays_under_the_eye_when_newer_ones_come(desk: Desk) -> None:
    desk.sign_in()
    bar = desk.shown.verticalScrollBar()
    bar.setValue(bar.maximum() // 3)
    at = desk.shown.indexAt(QPoint(20, 100))
    read, place = desk.row(at.row()), desk.shown.visualRect(at).top()
    write(desk.journal, *many(("newer", "newest")))
    desk.desk.look()
    desk.until(lambda: desk.count == CHUNK + 2)
    now = desk.shown.indexAt(QPoint(20, 100))
    assert (desk.row(now.row()), desk.shown.visualRect(now).top()) == (read, place)


def test_who_looks_at_the_top_sees_the_newest_come(desk: Desk) -> None:
    desk.sign_in()
    before = desk.row(0)
    write(desk.journal, *admitted("top"))
    desk.desk.look()
    desk.until(lambda: desk.count == CHUNK + 1)
    assert desk.shown.verticalScrollBar().value() == 0
    assert desk.row(1) == before


def test_keys_go_through_the_list_and_enter_reads_one(desk: Desk) -> None:
    desk.sign_in()
    read: list[Crossed] = []
    desk.shown.opened.connect(read.append)
    desk.shown.setFocus()
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_Up, Qt.Key.Key_Return):
        desk.qtbot.keyClick(desk.shown, key)
    at = desk.shown.currentIndex().row()
    assert at > 2
    assert [desk.shown.rows.crossed(desk.shown.currentIndex())] == read


def test_letters_and_digits_are_left_to_the_panel(desk: Desk) -> None:
    desk.sign_in()
    for key in (Qt.Key.Key_1, Qt.Key.Key_P, Qt.Key.Key_Escape):
        desk.qtbot.keyClick(desk.shown, key)
    assert not desk.shown.currentIndex().isValid()


def test_a_finger_pushes_the_list_and_does_not_open_what_it_pushes(
    desk: Desk, screen: QPointingDevice
) -> None:
    desk.sign_in()
    read: list[Crossed] = []
    desk.shown.opened.connect(read.append)
    glass = desk.shown.viewport()
    QTest.touchEvent(glass, screen).press(0, QPoint(200, 350))
    for y in range(340, 40, -20):
        QTest.touchEvent(glass, screen).move(0, QPoint(200, y))
        QTest.qWait(5)
    QTest.touchEvent(glass, screen).release(0, QPoint(200, 40))
    desk.until(lambda: desk.shown.verticalScrollBar().value() > 150)
    assert read == []


def test_a_row_that_goes_along_with_the_pointer_is_not_touched(desk: Desk) -> None:
    desk.sign_in()
    read: list[Crossed] = []
    desk.shown.opened.connect(read.append)
    glass, button = desk.shown.viewport(), Qt.MouseButton.LeftButton
    at = desk.shown.visualRect(desk.shown.rows.index(4)).center()
    desk.qtbot.mousePress(glass, button, pos=at)
    desk.shown.verticalScrollBar().setValue(60)
    desk.qtbot.mouseRelease(glass, button, pos=at - QPoint(0, 60))
    assert read == []


def test_a_touch_reads_one(desk: Desk, screen: QPointingDevice) -> None:
    desk.sign_in()
    read: list[Crossed] = []
    desk.shown.opened.connect(read.append)
    at = desk.shown.visualRect(desk.shown.rows.index(2)).center()
    QTest.touchEvent(desk.shown.viewport(), screen).press(0, at)
    QTest.touchEvent(desk.shown.viewport(), screen).release(0, at)
    desk.until(lambda: read != [])
    assert read == [desk.shown.rows.crossed(desk.shown.rows.index(2))]


def test_a_screen_reader_hears_each_row_whole(desk: Desk) -> None:
    desk.sign_in()
    desk.shown.setAccessibleName("Crossings")
    heard = QAccessible.queryAccessibleInterface(desk.shown)
    assert heard is not None
    assert heard.text(QAccessible.Text.Name) == "Crossings"
    said = [heard.child(at).text(QAccessible.Text.Name) for at in range(heard.childCount())]
    assert [one for one in said if one] == [desk.row(at) for at in range(CHUNK)], "the rows, and nothing else"
    assert desk.row(desk.count - 1).split(", ")[1:4:2] == ["ADMIT", "passed"]


def test_nobody_signed_in_sees_nothing_and_what_arrives_then_is_not_shown(desk: Desk) -> None:
    desk.sign_in()
    desk.desk.look()
    desk.shown.forget()
    with desk.qtbot.waitSignal(desk.desk.answered, timeout=20_000):
        desk.desk.look()
    QApplication.processEvents()
    assert desk.count == 0


def test_an_empty_day_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    empty = opened(tmp_path)
    made = Desk(qtbot, empty, tmp_path)
    made.shown.show_lane((), "en", HONG_KONG, system_clock().utc)
    assert made.shown.empty() == "Reading the records …"
    made.until(lambda: "Nobody" in made.shown.accessibleDescription())
    assert made.shown.empty().startswith("Nobody has crossed here yet")
    made.desk.stop()
    empty.close()


def test_without_a_journal_the_lanes_own_last_crossings_stand_there(
    qtbot: QtBot, journal: Journal, tmp_path: Path
) -> None:
    made = Desk(qtbot, journal, tmp_path / "none")
    lane = (Past("09:00:00", "ADMIT", Role.ADMIT, "", "passed"),)
    made.shown.show_lane(lane, "en", HONG_KONG, system_clock().utc)
    made.until(lambda: made.count == 1)
    assert "passed" in made.row(0)
    made.desk.stop()


def test_a_desk_that_is_stopped_while_it_reads_leaves_nothing_behind(
    qtbot: QtBot, journal: Journal, folder: Path
) -> None:
    for _ in range(5):
        made = Desk(qtbot, journal, folder)
        made.shown.show_lane((), "en", HONG_KONG, system_clock().utc)
        made.desk.look()
        made.desk.older(500)
        made.desk.stop()
        made.shown.deleteLater()
        del made
    QApplication.processEvents()
