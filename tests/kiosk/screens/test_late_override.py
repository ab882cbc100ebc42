"""A crossing that is over is read from the list, and a decision is added to it; no gate is asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from config.moment import Moment, system_clock
from kiosk.desk.crossings_desk import CrossingsDesk
from kiosk.desk.crossings_which import Which
from sync.event_types import CrossingDecided, OfficerApproved, OfficerDecided
from sync.journal_reader import JournalReader
from tests.kiosk.desk.crossed import admitted, opened, write
from tests.kiosk.desk.crossed import referred as over
from tests.kiosk.desk.ground import CALM, WRONG, needs_second_officer, referred
from tests.kiosk.screens.test_officer_panel import Booth

KEY = Qt.Key


class Archive(Booth):
    """A panel over a journal with three crossings, the newest first: revoked, referred, admitted."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self.folder = folder
        self.journal = opened(folder)
        write(self.journal, *admitted("fine"), *over("doubted"), *over("withdrawn", "REVOKED"))
        super().__init__(folder, qtbot)
        self.now = Moment(self.now.mono, system_clock().utc)
        self.archive = CrossingsDesk(folder, lambda event: write(self.journal, event), needs_second_officer)
        self.panel.attach_crossings(self.archive)

    def sign_in(self, officer: str = "O-17", *, pin: str = "") -> None:
        self.try_pin(*([pin, officer] if pin else []))
        self.desk.show_view(CALM)
        self.until(lambda: self.panel.last.rows.rowCount() == 3)

    def until(self, true: Any) -> None:
        self.qtbot.waitUntil(true, timeout=20_000)

    def read(self, at: int) -> None:
        """Opens a row by keyboard."""
        last = self.panel.last
        last.setFocus()
        last.setCurrentIndex(last.rows.index(at))
        self.qtbot.keyClick(last, KEY.Key_Return)
        assert self.panel.crossings.read.isVisible()

    def recorded(self) -> list[dict[str, Any]]:
        """What officers said, as the journal has it."""
        reader = JournalReader(self.folder)
        told = reader.of_kinds(("officer.decided", "officer.approved", "officer.noted", "officer.undone"), 20)
        reader.close()
        return [json.loads(one.payload or "{}") for one in told]

    def readers(self) -> list[dict[str, Any]]:
        """Who read what."""
        reader = JournalReader(self.folder)
        told = reader.of_kinds(("crossing.read",), 20)
        reader.close()
        return [json.loads(one.payload or "{}") for one in told]

    def close(self) -> None:
        self.archive.stop()
        self.session.stop()
        self.journal.close()


@pytest.fixture
def booth(tmp_path: Path, qtbot: QtBot) -> Iterator[Archive]:
    made = Archive(tmp_path, qtbot)
    yield made
    made.close()


def test_a_decision_after_the_hold_is_recorded_and_the_lane_is_asked_nothing(booth: Archive) -> None:
    booth.sign_in()
    booth.read(1)
    assert "no gate opens" in booth.words()
    booth.press(KEY.Key_2, KEY.Key_1)
    booth.press(KEY.Key_Return)
    assert "Being recorded" in booth.words()
    booth.until(lambda: "Recorded." in booth.words())
    (said,) = booth.recorded()
    assert (said["crossing"], said["officer"], said["action"], said["in_time"]) == (
        "doubted",
        "O-17",
        "refuse",
        False,
    )
    assert booth.lane.asked == []
    assert "O-17: refused" in booth.words()
    booth.press(KEY.Key_Escape)
    booth.until(lambda: "officer refused, afterwards" in booth.words())
    assert "REFER" in str(booth.panel.last.rows.index(1).data()), "the first verdict stays"


def test_all_reasons_what_to_do_and_how_it_ended_can_be_read(booth: Archive) -> None:
    booth.sign_in()
    booth.read(0)
    words = booth.words()
    assert "R|REV" in words
    assert "Not shown to the traveller" in words
    assert "nobody decided in time" in words
    booth.press(KEY.Key_Escape)
    assert booth.panel.last.isVisible()
    booth.read(2)
    assert "went through" in booth.words()
    assert booth.readers() == [{"crossing": name, "officer": "O-17"} for name in ("withdrawn", "fine")]


def test_two_officers_admit_late_where_the_policy_asks_for_two(booth: Archive) -> None:
    booth.sign_in()
    booth.read(0)
    booth.press(KEY.Key_1, KEY.Key_1, KEY.Key_Return)
    booth.until(lambda: "O-17 has admitted. It counts once another officer does." in booth.words())
    assert not booth.panel.crossings.read.bar.buttons[0].isEnabled(), "not the same officer again"
    booth.session.sign_out()
    assert not booth.panel.crossings.reading
    booth.sign_in("S-3", pin=WRONG)
    booth.read(0)
    booth.press(KEY.Key_1, KEY.Key_1, KEY.Key_Return)
    booth.until(lambda: len(booth.recorded()) == 2)
    first, second = booth.recorded()
    assert (first["officer"], "action" in first) == ("O-17", False)
    assert (second["officer"], second["action"], second["in_time"]) == ("S-3", "admit", False)
    assert booth.lane.asked == []


def test_a_referral_that_comes_meanwhile_is_in_front_and_the_page_waits_behind_it(booth: Archive) -> None:
    booth.sign_in()
    booth.read(1)
    booth.desk.show_view(referred("c"))
    assert booth.panel.card.isVisible()
    assert not booth.panel.crossings.read.isVisible()
    booth.press(KEY.Key_2, KEY.Key_1, KEY.Key_Return)
    assert [asked[:2] for asked in booth.lane.asked] == [("decide", "c")]
    assert booth.recorded() == []


def test_a_crossing_that_goes_on_is_not_decided_here(booth: Archive) -> None:
    write(booth.journal, CrossingDecided("now", "REFER", ("EXPIRED",), "p1", 40.0, ()))
    booth.try_pin()
    booth.until(lambda: booth.panel.last.rows.rowCount() == 4)
    booth.read(0)
    assert "decide it where it waits" in booth.words()
    assert booth.panel.crossings.read.bar.buttons == []


def test_a_note_is_recorded_and_not_shown_again(booth: Archive) -> None:
    booth.sign_in()
    booth.read(2)
    booth.press(KEY.Key_1, KEY.Key_1)
    bar = booth.panel.crossings.read.bar
    assert bar.note is not None
    bar.note.setFocus()
    booth.type("made up")
    booth.press(KEY.Key_Return)
    booth.until(lambda: len(booth.recorded()) == 2)
    assert booth.recorded()[1]["note"] == "made up"
    booth.until(lambda: "wrote a note" in booth.words())
    assert "made up" not in booth.words()


def later(booth: Archive, seconds: float) -> None:
    """Time goes on."""
    booth.now = booth.now.later(seconds)
    booth.panel.refresh()


def test_a_late_decision_is_taken_back_within_seconds_and_both_records_stay(booth: Archive) -> None:
    booth.sign_in()
    booth.read(1)
    booth.press(KEY.Key_2, KEY.Key_1, KEY.Key_Return)
    booth.until(lambda: booth.panel.crossings.read.undo.isVisible())
    booth.qtbot.keyClick(booth.panel, KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
    booth.until(lambda: "Taken back. Both records stay." in booth.words())
    first, second = booth.recorded()
    assert (first["action"], first["in_time"]) == ("refuse", False)
    assert (second["action"], second["officer"], "in_time" in second) == ("refuse", "O-17", False)
    assert "O-17: took it back" in booth.words()
    assert not booth.panel.crossings.read.undo.isVisible()
    assert booth.lane.asked == []
    assert len(booth.panel.crossings.read.bar.buttons) == 3, "as if nobody had decided"


def test_after_the_seconds_and_by_another_officer_a_late_decision_is_only_added_to(booth: Archive) -> None:
    booth.sign_in()
    booth.read(1)
    booth.press(KEY.Key_2, KEY.Key_1, KEY.Key_Return)
    undo = booth.panel.crossings.read.undo
    booth.until(undo.isVisible)
    later(booth, 6.0)
    assert not undo.isVisible()
    undo.click()
    write(booth.journal, OfficerDecided("doubted", "S-3", "desk", "OTHER", False, ""))
    read = booth.panel.crossings.read.crossed
    assert read is not None
    booth.archive.look()
    booth.archive.again(read.sequence, read.sequence)
    booth.until(lambda: "S-3: sent to the desk" in booth.words())
    assert [one["action"] for one in booth.recorded()] == ["refuse", "desk"]


def test_once_another_officer_has_said_something_of_it_nothing_is_offered_to_be_taken_back(
    booth: Archive,
) -> None:
    booth.sign_in()
    booth.read(1)
    booth.press(KEY.Key_2, KEY.Key_1, KEY.Key_Return)
    page = booth.panel.crossings.read
    booth.until(page.undo.isVisible)
    write(booth.journal, OfficerDecided("doubted", "S-3", "desk", "OTHER", False, ""))
    assert page.crossed is not None
    booth.archive.look()
    booth.archive.again(page.crossed.sequence, page.crossed.sequence)
    booth.until(lambda: "S-3: sent to the desk" in booth.words())
    assert not page.undo.isVisible()


def test_the_list_shows_what_was_decided_afterwards_alone_by_keys_and_touch(booth: Archive) -> None:
    write(booth.journal, OfficerDecided("fine", "O-2", "refuse", "OTHER", False, ""))
    booth.sign_in()
    keys, rows = booth.panel.crossings.which.keys, booth.panel.last.rows
    keys[Which.ALL].setFocus()
    booth.qtbot.keyClick(keys[Which.ALL], KEY.Key_Right)
    assert keys[Which.REFERRED].hasFocus()
    assert rows.which is Which.ALL, "nothing is looked for on the way to a key"
    booth.press(KEY.Key_Return)
    booth.until(lambda: rows.which is Which.REFERRED and rows.rowCount() == 2)
    assert [which for which, key in keys.items() if key.isChecked()] == [Which.REFERRED]
    booth.press(KEY.Key_Space)
    assert keys[Which.REFERRED].isChecked(), "pressed again it stays"
    booth.qtbot.mouseClick(keys[Which.LATE], Qt.MouseButton.LeftButton)
    booth.until(lambda: rows.rowCount() == 1)
    assert "officer refused, afterwards" in str(rows.index(0).data())
    assert keys[Which.LATE].accessibleName() == "Which crossings: Decided afterwards"
    keys[Which.SECOND].click()
    booth.until(lambda: booth.panel.last.accessibleDescription() == "None of these, today or yesterday.")


def test_who_waits_for_a_second_officer_stands_in_that_list_until_one_decides(booth: Archive) -> None:
    booth.sign_in()
    rows = booth.panel.last.rows
    booth.panel.crossings.which.keys[Which.SECOND].click()
    booth.until(lambda: booth.panel.last.accessibleDescription() == "None of these, today or yesterday.")
    write(booth.journal, OfficerApproved("withdrawn", "O-2", "OTHER", ""))
    booth.archive.look()
    booth.until(lambda: rows.rowCount() == 1)
    booth.read(0)
    booth.press(KEY.Key_1, KEY.Key_1, KEY.Key_Return)
    booth.until(lambda: "Recorded." in booth.words())
    booth.until(lambda: rows.rowCount() == 0)
    booth.session.sign_out()
    assert booth.panel.crossings.which.keys[Which.ALL].isChecked(), "the next officer begins with all"
    assert rows.which is Which.ALL
