"""The list of crossings: a chunk at a time, newest first, by finger, keys and screen reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from config.moment import system_clock
from kiosk.desk.crossings_desk import CrossingsDesk
from kiosk.desk.crossings_read import CHUNK, Crossed
from kiosk.desk.shift import HONG_KONG
from kiosk.screens.crossings_model import KEPT, PAST
from kiosk.screens.officer_last import LastCrossings
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
            self.until(lambda: self.count > before)


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
    write(desk.journal, OfficerDecided("new", "O-17", "desk", "OTHER", True, ""), CrossingClosed("new", "desk"))
    desk.desk.look()
    desk.until(lambda: "officer sent to the desk" in desk.row(0))
