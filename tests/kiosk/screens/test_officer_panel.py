"""The officer's panel in use: by touch, by keyboard alone, and with nobody signed in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kiosk.desk.lane_control import Notice
from kiosk.desk.roster import Roster
from kiosk.lane_view import CrossingView, Phase
from kiosk.screens.officer_panel import OfficerPanel
from tests.kiosk.desk.ground import CALM, NAME, PIN, WRONG, Ground, referred
from verification.reasons import ReasonId, reason
from verification.verdict import Outcome

REVOKED = reason(ReasonId.REVOKED).officer["en"]


class Booth(Ground):
    """A desk with its panel, and hands for keys and buttons."""

    def __init__(
        self, folder: Path, qtbot: QtBot, *, overlay: bool = False, roster: Roster | None = None
    ) -> None:
        super().__init__(folder, qtbot, *(() if roster is None else (roster,)))
        self.panel = OfficerPanel(self.desk, "en", overlay=overlay)
        qtbot.addWidget(self.panel)
        self.panel.resize(1280, 800)
        self.panel.show()
        self.desk.show_view(CALM)
        with qtbot.waitActive(self.panel, timeout=5000):
            self.panel.activateWindow()

    def press(self, *keys: Qt.Key) -> None:
        """Keys go where the focus is, as they do at a desk."""
        for key in keys:
            self.qtbot.keyClick(QApplication.focusWidget() or self.panel, key)

    def type(self, words: str) -> None:
        self.qtbot.keyClicks(QApplication.focusWidget() or self.panel, words)

    def touch(self, button: QPushButton | None) -> None:
        QApplication.processEvents()
        assert button is not None
        assert button.isVisible()
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def words(self) -> str:
        """All that can be read or heard from the panel."""
        seen = [label.text() for label in self.panel.findChildren(QLabel) if label.isVisible()]
        seen += [button.text() for button in self.panel.findChildren(QPushButton) if button.isVisible()]
        seen += [field.text() for field in self.panel.findChildren(QLineEdit)]
        rows = self.panel.last.rows
        seen += [str(rows.data(rows.index(row))) for row in range(rows.rowCount())]
        for widget in self.panel.findChildren(QWidget):
            seen += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
        return "\n".join(seen)


@pytest.fixture
def booth(tmp_path: Path, qtbot: QtBot) -> Iterator[Booth]:
    made = Booth(tmp_path, qtbot)
    yield made
    made.session.stop()


def test_an_officer_signs_in_by_touching_the_pad(booth: Booth) -> None:
    keys = {key.text(): key for key in booth.panel.sign_in.keys}
    booth.touch(keys["1"])
    booth.touch(keys["7"])
    booth.panel.sign_in.pin.setFocus()
    for digit in PIN:
        booth.touch(keys[digit])
    booth.touch(booth.panel.sign_in.go)
    booth.settle()
    assert booth.session.officer is not None
    assert "O-17" in booth.words()


def test_the_whole_way_works_by_keyboard_alone(booth: Booth) -> None:
    booth.type("O-17")
    booth.press(Qt.Key.Key_Return)
    booth.type(PIN)
    booth.press(Qt.Key.Key_Return)
    booth.settle()
    booth.desk.show_view(referred("c"))
    booth.press(Qt.Key.Key_1)
    booth.press(Qt.Key.Key_2)
    booth.press(Qt.Key.Key_Return)
    assert booth.lane.asked == [("decide", "c", "O-17", "admit", "PAPER_SHOWN")]


def test_tab_and_enter_are_enough_without_digits(booth: Booth) -> None:
    booth.try_pin()
    booth.desk.show_view(referred("c"))
    bar = booth.panel.bar
    for _ in range(40):
        if QApplication.focusWidget() is bar.buttons[1]:
            break
        booth.press(Qt.Key.Key_Tab)
    booth.press(Qt.Key.Key_Return)
    assert bar.draft.decision == "refuse"
    booth.press(Qt.Key.Key_Return)
    booth.press(Qt.Key.Key_Return)
    assert booth.lane.asked == [("decide", "c", "O-17", "refuse", "DOCUMENT_NOT_GENUINE")]


def test_two_touches_and_a_reason_decide_a_referral(booth: Booth) -> None:
    booth.try_pin()
    booth.desk.show_view(referred("c"))
    bar = booth.panel.bar
    booth.touch(bar.buttons[0])
    booth.touch(bar.buttons[0])
    booth.touch(bar.confirm)
    assert booth.lane.asked == [("decide", "c", "O-17", "admit", "DOCUMENT_GENUINE")]


def test_without_a_reason_nobody_is_admitted(booth: Booth) -> None:
    booth.try_pin()
    booth.desk.show_view(referred("c"))
    booth.press(Qt.Key.Key_1)
    assert booth.panel.bar.confirm is not None
    assert not booth.panel.bar.confirm.isEnabled()
    booth.panel.bar.last_touch()
    assert booth.lane.asked == []


def test_esc_takes_one_step_back_and_decides_nothing(booth: Booth) -> None:
    booth.try_pin()
    booth.desk.show_view(referred("c"))
    booth.press(Qt.Key.Key_1, Qt.Key.Key_1, Qt.Key.Key_Escape)
    assert (booth.panel.bar.draft.decision, booth.panel.bar.draft.reason) == ("admit", "")
    booth.press(Qt.Key.Key_Escape)
    assert booth.panel.bar.draft.decision == ""
    assert booth.lane.asked == []


def test_an_enter_too_many_after_a_decision_presses_nothing(booth: Booth) -> None:
    booth.try_pin()
    booth.desk.show_view(referred("c"))
    booth.press(Qt.Key.Key_1, Qt.Key.Key_1, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is booth.panel
    booth.press(Qt.Key.Key_Return)
    booth.panel.bar.last_touch()
    booth.desk.show_view(CALM)
    booth.press(Qt.Key.Key_Return, Qt.Key.Key_Return)
    booth.desk.show_view(referred("d"))
    booth.press(Qt.Key.Key_Return, Qt.Key.Key_Return)
    assert len(booth.lane.asked) == 1
    assert booth.session.officer is not None


def test_a_choice_half_made_dies_with_its_traveller(booth: Booth) -> None:
    booth.try_pin()
    booth.desk.show_view(referred("old"))
    booth.press(Qt.Key.Key_1, Qt.Key.Key_1)
    booth.desk.show_view(referred("new"))
    booth.press(Qt.Key.Key_Return)
    assert booth.lane.asked == []
    assert booth.panel.bar.draft.decision == ""


def test_nothing_private_is_seen_before_the_sign_in(booth: Booth) -> None:
    past = CrossingView("p", Outcome.REFUSE, (ReasonId.REVOKED,))
    view = replace(referred("c", ReasonId.REVOKED, outcome=Outcome.REFUSE), last=(past,))
    booth.desk.show_view(view)
    before = booth.words()
    assert "A traveller waits for your decision" in before
    assert NAME not in before
    assert REVOKED not in before
    assert "REFUSE" not in before
    booth.try_pin()
    after = booth.words()
    assert NAME in after
    assert REVOKED in after
    booth.session.sign_out()
    gone = booth.words()
    assert NAME not in gone
    assert REVOKED not in gone


def test_names_are_taken_away_when_an_idle_officer_is_signed_out(booth: Booth) -> None:
    booth.try_pin()
    for _ in range(19):
        booth.later(100)
        booth.desk.show_view(referred("c"))
    assert booth.session.officer is None
    assert NAME not in booth.words()
    assert booth.panel.sign_in.isVisible()


def test_a_referral_for_two_officers_cannot_be_admitted_twice_by_one(booth: Booth) -> None:
    booth.try_pin()
    view = referred("c", ReasonId.ALREADY_USED)
    booth.desk.show_view(view)
    assert booth.panel.bar.buttons[0].isEnabled()
    assert "takes two officers" in booth.words()
    assert view.crossing is not None
    booth.desk.show_view(replace(view, crossing=replace(view.crossing, approved_by="O-17")))
    assert not booth.panel.bar.buttons[0].isEnabled()
    assert "O-17 has admitted" in booth.words()
    booth.press(Qt.Key.Key_1)
    assert booth.panel.bar.draft.decision == ""
    booth.press(Qt.Key.Key_3)
    assert booth.panel.bar.draft.decision == "desk"


def test_lost_contact_shows_no_old_green_and_takes_no_decision(booth: Booth) -> None:
    booth.try_pin()
    booth.desk.show_view(referred("c"))
    booth.press(Qt.Key.Key_1, Qt.Key.Key_1)
    booth.later(3.5)
    words = booth.words()
    assert "Lost contact with the lane" in words
    assert NAME not in words
    assert not booth.panel.bar.isVisible()
    assert not booth.panel.health.isVisible()
    assert not booth.panel.hold.isEnabled()
    assert not booth.panel.release.isEnabled()
    booth.press(Qt.Key.Key_Return)
    assert booth.lane.asked == []


def test_a_wrong_pin_five_times_counts_the_seconds_down(booth: Booth) -> None:
    for _ in range(5):
        booth.try_pin(WRONG)
    assert booth.panel.sign_in.message.text() == "Too many wrong tries. Try again in 16 s."
    assert booth.panel.sign_in.message.property("rank") == "warning"
    booth.later(6)
    assert "10 s" in booth.panel.sign_in.message.text()
    booth.later(10)
    assert booth.panel.sign_in.message.text() == ""


def test_a_pin_is_never_readable_and_gone_after_the_try(booth: Booth) -> None:
    form = booth.panel.sign_in
    form.number.setText("O-17")
    form.pin.setFocus()
    booth.type(WRONG)
    assert form.pin.displayText() != WRONG
    assert WRONG not in form.pin.displayText()
    booth.press(Qt.Key.Key_Return)
    assert form.pin.text() == ""
    booth.settle()


def test_digits_left_in_the_form_are_forgotten(booth: Booth) -> None:
    booth.panel.sign_in.number.setFocus()
    booth.type("17")
    booth.later(31)
    assert booth.panel.sign_in.number.text() == ""


def test_a_lane_without_a_roster_says_so(tmp_path: Path, qtbot: QtBot) -> None:
    booth = Booth(tmp_path, qtbot, roster=Roster())
    assert "no roster" in booth.words()
    assert not booth.panel.sign_in.go.isEnabled()
    booth.session.stop()


def test_hold_and_release_ask_the_lane(booth: Booth) -> None:
    booth.try_pin()
    booth.touch(booth.panel.hold)
    booth.desk.show_view(replace(CALM, phase=Phase.HELD))
    booth.touch(booth.panel.hold)
    booth.touch(booth.panel.release)
    booth.press(Qt.Key.Key_3, Qt.Key.Key_Return)
    assert booth.lane.asked == [("hold", "O-17"), ("open", "O-17"), ("release", "O-17", "STAFF")]


def test_during_a_fire_alarm_nothing_is_commanded(booth: Booth) -> None:
    booth.try_pin()
    booth.desk.show_view(replace(CALM, phase=Phase.EVACUATE))
    assert "Alarm: send everybody out" in booth.words()
    assert not booth.panel.hold.isEnabled()
    assert not booth.panel.release.isEnabled()


def test_what_the_lane_refused_is_said_for_a_while(booth: Booth) -> None:
    booth.try_pin()
    booth.lane.on_notice(Notice.CROSSING_OVER)
    assert "The crossing is already over" in booth.words()
    booth.later(9)
    assert "The crossing is already over" not in booth.words()


def test_the_demo_mark_is_on_the_panel_in_the_demo_only(booth: Booth) -> None:
    assert not booth.panel.demo.isVisible()
    booth.desk.show_view(replace(CALM, demo=True))
    assert booth.panel.demo.isVisible()
    assert "DEMO" in booth.panel.demo.text()


def test_leaving_a_panel_that_lies_over_the_travellers_screen_signs_out(tmp_path: Path, qtbot: QtBot) -> None:
    booth = Booth(tmp_path, qtbot, overlay=True)
    booth.try_pin()
    with qtbot.waitSignal(booth.panel.leave, timeout=1000):
        booth.press(Qt.Key.Key_Escape)
    assert booth.session.officer is None
    booth.session.stop()


def test_a_sign_in_opened_by_mistake_gives_the_travellers_screen_back(tmp_path: Path, qtbot: QtBot) -> None:
    booth = Booth(tmp_path, qtbot, overlay=True)
    left: list[bool] = []
    booth.panel.leave.connect(lambda: left.append(True))
    booth.later(29)
    assert not left
    booth.type("1")
    booth.later(29)
    assert not left
    booth.later(2)
    assert left
    booth.session.stop()


def test_everything_that_is_touched_has_a_name_for_a_screen_reader(booth: Booth) -> None:
    booth.desk.show_view(referred("c"))
    for step in (lambda: None, booth.try_pin, lambda: booth.press(Qt.Key.Key_1)):
        step()
        for kind in (QPushButton, QLineEdit):
            for widget in booth.panel.findChildren(kind):
                if widget.isVisible():
                    assert widget.accessibleName() or getattr(widget, "text", str)()


def test_scanned_text_is_never_markup(booth: Booth) -> None:
    from tests.kiosk.desk.ground import EVIDENCE
    from verification.evidence import Personal

    booth.try_pin()
    view = referred("c")
    assert view.crossing is not None
    trick = replace(EVIDENCE, personal=Personal(masked_name="<h1>T**</h1>"))
    booth.desk.show_view(replace(view, crossing=replace(view.crossing, evidence=(trick,))))
    label = next(label for label in booth.panel.findChildren(QLabel) if "T**" in label.text())
    assert label.text() == "<h1>T**</h1>"
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_a_thousand_past_crossings_are_a_list_that_measures_one_row(booth: Booth) -> None:
    booth.try_pin()
    many = tuple(CrossingView(f"p{n}", Outcome.ADMIT, (ReasonId.ADMITTED,)) for n in range(1000))
    booth.desk.show_view(replace(CALM, last=many))
    assert booth.panel.last.rows.rowCount() == 1000
    booth.panel.last.scrollToBottom()
    assert booth.panel.last.indexAt(booth.panel.last.viewport().rect().bottomLeft()).row() > 900


def decided(booth: Booth, override: str = "refuse", by: str = "O-17", left: float = 4.2) -> None:
    """The lane says that a decision is in force, and for how long it can be taken back."""
    view = referred("c")
    assert view.crossing is not None
    crossing = replace(view.crossing, override=override, decided_by=by, take_back_until=booth.now.mono + left)
    booth.desk.show_view(replace(view, phase=Phase.REFUSED, crossing=crossing))


def test_a_decision_is_taken_back_by_touch_and_by_keyboard(booth: Booth) -> None:
    booth.try_pin()
    decided(booth)
    assert booth.panel.undo.text() == "Take back “Refuse” (5 s)"
    booth.touch(booth.panel.undo)
    booth.qtbot.keyClick(booth.panel, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert booth.lane.asked == [("take_back", "c", "O-17")] * 2
    booth.later(4.3)
    decided(booth, left=-0.1)
    assert not booth.panel.undo.isVisible()
    assert booth.desk.take_back() is Notice.TOO_LATE
    decided(booth, by="O-18")
    assert not booth.panel.undo.isVisible(), "nobody takes back another officer's decision"


def test_that_a_decision_was_taken_back_is_not_told_beside_the_next_one(booth: Booth) -> None:
    booth.try_pin()
    booth.desk.show_view(referred("c"))
    booth.desk.noticed.emit(Notice.UNDONE)
    assert "Taken back" in booth.words()
    booth.press(Qt.Key.Key_1, Qt.Key.Key_1, Qt.Key.Key_Return)
    assert "Taken back" not in booth.words()


def test_an_officer_gives_who_waits_more_time_with_one_touch(booth: Booth) -> None:
    waiting = replace(referred("c"), until_mono=booth.now.mono + 30)
    booth.desk.show_view(waiting)
    assert not booth.panel.strip.more_time.isVisible(), "nobody is signed in"
    booth.try_pin()
    booth.desk.show_view(waiting)
    booth.touch(booth.panel.strip.more_time)
    assert booth.lane.asked == [("more_time", "O-17")]
    booth.desk.show_view(referred("c"))
    assert not booth.panel.strip.more_time.isVisible(), "this one waits as long as it takes"


def test_a_note_is_typed_after_the_reason_and_goes_with_the_decision(booth: Booth) -> None:
    booth.try_pin()
    booth.desk.show_view(referred("c"))
    booth.press(Qt.Key.Key_2, Qt.Key.Key_1)
    bar = booth.panel.bar
    assert bar.note is not None
    bar.note.setFocus()
    booth.type("made-up words 1")
    booth.later(0.5)
    assert bar.note.text() == "made-up words 1", "what is typed survives the clock"
    booth.press(Qt.Key.Key_Return)
    assert booth.lane.asked == [("decide", "c", "O-17", "refuse", "DOCUMENT_NOT_GENUINE", "made-up words 1")]
    booth.desk.show_view(referred("d"))
    booth.press(Qt.Key.Key_2)
    assert bar.note is not None
    assert bar.note.text() == "", "the next traveller's note is empty"
