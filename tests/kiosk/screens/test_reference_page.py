"""The look-up by reference, at the panel: by digits alone, read in words, gone with its officer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from config.taking_along import Slip
from drivers.printer.port import NoPrinter
from kiosk.desk.crossed import Crossed, Said
from kiosk.desk.crossing_lookup import Why
from kiosk.desk.finding import Answer, Failed, Finding
from kiosk.desk.slip_desk import SlipDesk
from kiosk.presenters import reference_texts as t
from kiosk.presenters.slip import Place
from kiosk.reference import in_groups, reference_of
from kiosk.screens.reference_page import ReferencePage
from kiosk.widgets.read_whole import ReadWhole
from tests.flows.checkpoint import Checkpoint

NAME = "0f" * 16
DIGITS = reference_of(NAME)
AT = "2026-11-23T08:00:00.000000Z"
CROSSED = Crossed(
    7,
    NAME,
    AT,
    "REFUSE",
    ("REVOKED",),
    said=(Said(9, AT, "O-22", "refuse", "", late=False),),
    how="refuse",
    closed_at=AT,
)


class Hand(Finding):
    """Notes what it is asked; the answer is the test's to give."""

    def __init__(self) -> None:
        super().__init__(lambda _: None)
        self.asked: list[tuple[str, str, Why]] = []

    def find(self, reference: str, officer: str, why: Why) -> None:
        self.asked.append((reference, officer, why))


class AtThePanel:
    """A lane's panel with an officer before it."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot, self.finding = qtbot, Hand()
        self.checkpoint = Checkpoint(qtbot, folder)
        self.panel = self.checkpoint.panel
        self.panel.reference.attach(self.finding)
        self.checkpoint.signs_in()

    @property
    def page(self) -> ReferencePage:
        return self.panel.reference.page

    def types(self, digits: str) -> None:
        self.checkpoint.touches(self.panel.reference.key)
        self.qtbot.keyClicks(self.page.field, digits)

    def answers(self, *rows: tuple[str, Crossed], failed: Failed | None = None) -> None:
        self.finding.answered.emit(Answer(self.finding.asked[-1][0], rows, failed))
        self.checkpoint.work()


@pytest.fixture
def officer(qtbot: QtBot, tmp_path: Path) -> Iterator[AtThePanel]:
    made = AtThePanel(qtbot, tmp_path / "journal")
    yield made
    made.finding.stop()
    made.checkpoint.close()


def words(page: ReferencePage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_nine_digits_and_a_why_are_read_as_what_became_of_the_crossing(officer: AtThePanel) -> None:
    officer.types(in_groups(DIGITS))
    officer.checkpoint.touches(t.WHYS[Why.OBJECTION])
    assert officer.finding.asked == [(DIGITS, "O-17", Why.OBJECTION)]
    assert t.LOOKING in words(officer.page)
    officer.answers(("", CROSSED))
    read = words(officer.page)
    assert in_groups(DIGITS) in read and "REFUSE" in read.upper() and "O-22" in read and "R|REV" in read
    assert not officer.page.field.isVisible()


def test_the_slip_of_another_crossing_is_not_offered_meanwhile(officer: AtThePanel) -> None:
    at = officer.checkpoint
    slips = SlipDesk(Place("North", "3", Slip()), NoPrinter(), 384, lambda _: None)
    officer.panel.slip.attach(slips, "en")
    at.holds(at.code(by=at.forger))
    at.waits(200)
    assert officer.panel.slip.key.isVisible()
    at.touches(officer.panel.reference.key)
    assert not officer.panel.slip.key.isVisible()


def test_a_misheard_digit_is_said_and_nothing_is_asked(officer: AtThePanel) -> None:
    officer.types(DIGITS[:-1])
    officer.checkpoint.touches(t.WHYS[Why.TRAVELLER])
    assert officer.finding.asked == []
    assert t.WRONG in words(officer.page)


@pytest.mark.parametrize("failed", [None, *Failed])
def test_what_was_not_found_says_what_to_do(officer: AtThePanel, failed: Failed | None) -> None:
    officer.types(DIGITS)
    officer.checkpoint.touches(t.WHYS[Why.TRAVELLER])
    officer.answers(failed=failed)
    assert (t.NONE_HERE if failed is None else t.FAILED[failed]) in words(officer.page)
    assert officer.page.status.property("rank") == "warning"


def test_two_crossings_with_the_same_digits_are_both_read(officer: AtThePanel) -> None:
    officer.types(DIGITS)
    officer.checkpoint.touches(t.WHYS[Why.COLLEAGUE])
    officer.answers(("lane-1", CROSSED), ("lane-2", CROSSED))
    read = words(officer.page)
    assert "At lane-1" in read and "At lane-2" in read and "2 crossings" in read


def test_escape_goes_back_to_the_field_and_then_out(officer: AtThePanel) -> None:
    officer.types(DIGITS)
    officer.checkpoint.touches(t.WHYS[Why.COLLEAGUE])
    officer.answers(("", CROSSED))
    officer.qtbot.keyClick(officer.panel, Qt.Key.Key_Escape)
    assert officer.page.field.isVisible() and officer.page.field.text() == ""
    officer.qtbot.keyClick(officer.panel, Qt.Key.Key_Escape)
    assert not officer.page.isVisible() and officer.panel.reference.key.isVisible()


def test_nothing_stays_for_who_comes_after(officer: AtThePanel) -> None:
    officer.types(DIGITS)
    officer.checkpoint.touches(t.WHYS[Why.COLLEAGUE])
    officer.answers(("", CROSSED))
    officer.checkpoint.touches("Sign out")
    assert not officer.page.isVisible() and officer.page.answer is None
    assert not officer.panel.reference.key.isVisible()


def test_an_answer_that_comes_too_late_is_nobodys(officer: AtThePanel) -> None:
    officer.types(DIGITS)
    officer.checkpoint.touches(t.WHYS[Why.COLLEAGUE])
    officer.qtbot.keyClick(officer.panel, Qt.Key.Key_Escape)
    officer.answers(("", CROSSED))
    assert officer.page.answer is None


def test_who_waits_for_a_decision_goes_before_a_look_up(officer: AtThePanel) -> None:
    officer.types(DIGITS)
    at = officer.checkpoint
    at.holds(at.code(by=at.forger))
    assert not officer.page.isVisible()


def test_what_was_found_has_the_focus_and_is_read_whole(officer: AtThePanel, qtbot: QtBot) -> None:
    with qtbot.waitActive(officer.panel.window()):
        officer.panel.window().activateWindow()
    officer.types(DIGITS)
    officer.checkpoint.touches(t.WHYS[Why.COLLEAGUE])
    officer.answers(("lane-2", CROSSED))
    front = QApplication.focusWidget()
    assert isinstance(front, ReadWhole)
    assert in_groups(DIGITS) in front.accessibleName() and "O-22" in front.accessibleName()
