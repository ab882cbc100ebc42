"""What a screen reader gets of the officer's screens: roles, names, what it is told, and never a PIN."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QFocusEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from drivers.turnstile.port import Passage
from kiosk.lane_view import CrossingView, LaneView, Phase
from kiosk.presenters.officer_entry import EntryDraft
from kiosk.presenters.officer_panel import State
from kiosk.presenters.shift import Bar
from kiosk.presenters.station import WaitingRow
from kiosk.presenters.told_aloud import by_keys, let_in, told_at_lane, told_at_station
from kiosk.presenters.traveller_screen import Line, Page, Shape, TravellerScreen, aloud
from kiosk.screens import officer_entry
from kiosk.screens.officer_entry import EntryPage
from kiosk.screens.shift_charts import BarsChart
from kiosk.screens.shift_period import PeriodRow
from kiosk.theme.palette import Role
from kiosk.theme.sizes import Sizes
from kiosk.widgets.enter_spent import EnterSpent
from kiosk.widgets.group import Group
from kiosk.widgets.notice_line import NOTICE_S, NoticeLine
from kiosk.widgets.one_of import OneOf
from kiosk.widgets.pin_field import DOT, PinField
from kiosk.widgets.read_whole import ReadWhole
from kiosk.widgets.told import NameTold, Told, Unseen, reader_roles
from kiosk.widgets.touch_key import TouchKey
from kiosk.widgets.word_key import WordKey
from verification.entered import Choice
from verification.evidence import Kind
from verification.verdict import Outcome

PIN = "295038"


@pytest.fixture
def pin(qtbot: QtBot) -> PinField:
    field = PinField(6)
    qtbot.addWidget(field)
    return field


def read_of(field: QLineEdit) -> str:
    """Everything that the interface of a field gives away."""
    iface = QAccessible.queryAccessibleInterface(field)
    words = iface.textInterface()
    told = [iface.text(kind) for kind in QAccessible.Text if kind is not QAccessible.Text.UserText]
    return " ".join(
        (*told, words.text(0, words.characterCount()), QLineEdit.text(field), field.displayText())
    )


def test_a_pin_never_becomes_the_text_of_its_field(pin: PinField, qtbot: QtBot) -> None:
    seen: list[str] = []
    pin.textChanged.connect(seen.append)
    qtbot.keyClicks(pin, PIN)
    assert pin.text() == PIN
    assert seen == [DOT * count for count in range(1, 7)], "what text events carry, they carry in dots"
    assert not set(PIN) & set(read_of(pin))


def test_only_digits_come_in_and_only_so_many(pin: PinField, qtbot: QtBot) -> None:
    qtbot.keyClicks(pin, "1a-2 34567")
    assert pin.text() == "123456"
    qtbot.keyClick(pin, Qt.Key.Key_Backspace)
    assert pin.text() == "12345"
    pin.insert("9")
    pin.backspace()
    assert (pin.text(), QLineEdit.text(pin)) == ("12345", DOT * 5)
    pin.clear()
    assert (pin.text(), QLineEdit.text(pin)) == ("", "")


def test_what_is_pasted_into_it_from_outside_makes_way(pin: PinField, qtbot: QtBot) -> None:
    qtbot.keyClicks(pin, "12")
    QLineEdit.paste(pin)
    QLineEdit.setText(pin, "777777")
    assert (pin.text(), QLineEdit.text(pin)) == ("12", DOT * 2)


def test_a_told_line_is_a_notification_and_a_window_keeps_its_words(qtbot: QtBot) -> None:
    reader_roles()
    line = Told()
    qtbot.addWidget(line)
    line.setText("Lane held")
    iface = QAccessible.queryAccessibleInterface(line)
    assert iface.role() == QAccessible.Role.Notification
    assert iface.text(QAccessible.Text.Name) == "Lane held"


class Heard(Told):
    """Counts what is read again."""

    def __init__(self) -> None:
        super().__init__()
        self.again: list[str] = []

    def say_again(self) -> None:
        self.again.append(self.text())


def test_seconds_that_run_are_read_once(qtbot: QtBot) -> None:
    line = Heard()
    qtbot.addWidget(line)
    line.show()
    for seconds in (14, 13, 12):
        line.tell(f"Try again in {seconds} s", "wait")
    line.tell("PIN is wrong")
    line.tell("PIN is wrong")
    assert line.again == ["Try again in 14 s", "PIN is wrong"]


def test_what_is_not_seen_is_told_when_it_is_news_and_leaves_no_words(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    line = Unseen(window)
    line.follow({"who": "Signed in"})
    assert line.text() == "", "nobody sees this window"
    window.show()
    line.follow({"who": "Signed in", "lane": "Lane held"})
    assert line.text() == "Signed in Lane held"
    line.follow({"who": "Signed in", "lane": "Lane held", "key": ""})
    line.follow({"who": "Signed in", "lane": "Lane held", "key": "Take back"})
    assert line.text() == "Signed in Lane held", "a reader may not have asked for them yet"
    qtbot.waitUntil(lambda: line.text() == "Take back", timeout=5000)
    line.follow({})
    assert line.text() == line.accessibleName() == ""


def test_a_notice_goes_with_its_words(qtbot: QtBot) -> None:
    line = NoticeLine()
    qtbot.addWidget(line)
    line.say_at("Not possible just now.", 5.0)
    line.follow(5.0 + NOTICE_S - 1)
    assert line.text() and not line.isHidden()
    line.follow(5.0 + NOTICE_S)
    assert line.isHidden() and not line.accessibleName()


def test_a_card_is_read_whole_and_nothing_twice(qtbot: QtBot) -> None:
    card, body = ReadWhole(), QWidget()
    qtbot.addWidget(card)
    column = QVBoxLayout(body)
    for words, name in (("REFER", "Our verdict: REFER"), ("Our verdict", ""), ("Look at it.", ""), ("", "")):
        label = QLabel(words)
        label.setAccessibleName(name)
        label.setProperty("unread", True if words == "Our verdict" else None)
        column.addWidget(label)
    card.show_body(body)
    assert card.accessibleName() == "Our verdict: REFER. Look at it."
    assert card.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_a_chart_says_its_figures_and_takes_the_focus(qtbot: QtBot) -> None:
    chart = BarsChart()
    qtbot.addWidget(chart)
    bars = (Bar("10:00", (3, 1, 0)), Bar("10:05", (0, 0, 0)), Bar("10:10", (2, 0, 1)))
    chart.show_bars("Crossings", bars, ("admitted", "referred", "refused"), "en", 15)
    assert chart.accessibleDescription() == "10:00: admitted 3, referred 1; 10:10: admitted 2, refused 1"
    assert chart.focusPolicy() & Qt.FocusPolicy.TabFocus
    chart.focusInEvent(QFocusEvent(QEvent.Type.FocusIn))


def strip(headline: str, role: Role) -> State:
    return State("lane-1", headline, "", "", role)


def test_an_officer_is_told_who_waits_but_not_each_green_code() -> None:
    works = told_at_lane(strip("Ready", Role.NEUTRAL), "O-17", "Nothing to decide", (), "en", front=False)
    green = told_at_lane(strip("Passing", Role.ADMIT), "O-17", "Nothing to decide", (), "en", front=False)
    assert works.keys() == green.keys(), "a lane that works is no news"
    assert "Signed in: O-17." in works.values()
    waits = told_at_lane(strip("A traveller waits", Role.REFER), "O-17", "", (), "en", front=False)
    assert "A traveller waits." in waits.values()
    decided = told_at_lane(
        strip("Passing", Role.ADMIT), "O-17", "", ("Take back",), "en", front=False, decided="c1"
    )
    assert {"Passing.", "Take back"} <= set(decided.values())


def test_who_hears_that_a_decision_can_be_taken_back_hears_by_which_keys() -> None:
    assert by_keys("Take back (5 s)") == "Take back (5 s), Ctrl+Z"
    assert by_keys("") == "", "nothing can be taken back"


def test_who_let_somebody_in_is_told_what_the_gate_did_and_nobody_else_is() -> None:
    admitted = CrossingView("c1", Outcome.REFER, passage=Passage.PASSED, override="admit", decided_by="O-17")
    lane = LaneView(Phase.WAITING, "lane-1", last=(admitted,))
    words = let_in(lane, "O-17", "en")
    assert words.endswith(": passed") and let_in(lane, "O-18", "en") == let_in(None, "O-17", "en") == ""
    nobody = replace(admitted, passage=Passage.NO_PASSAGE)
    assert let_in(replace(lane, last=(nobody,)), "O-17", "en").endswith(": nobody passed")
    ready = strip("Ready", Role.NEUTRAL)
    before = told_at_lane(ready, "O-17", "", (), "en", front=False)
    after = told_at_lane(ready, "O-17", "", (), "en", front=False, through=words)
    assert [after[about] for about in after.keys() - before.keys()] == [f"{words}."]


def waits(crossing: str, why: str = "", *, by: str = "", is_open: bool = True) -> WaitingRow:
    role, how = (Role.CLOSED, f"Admitted by {by}") if by else (Role.REFER, "waits, 50 s left")
    return WaitingRow("lane-1", crossing, f"lane-1 · {crossing}", why, how, role, is_open, False, by)


HEARS = strip("Connected to the hub", Role.NEUTRAL)


def told_at_desk(*rows: WaitingRow, officer: str = "O-17", calm: str = "Nobody is taken") -> list[str]:
    return list(told_at_station(HEARS, rows, officer, calm, (), "en").values())


def test_at_the_desk_everybody_who_begins_to_wait_is_told_with_the_digit_that_takes_them() -> None:
    first, second = waits("c1", "S|UNK  Not on our list"), waits("c2", "S|SIG  Wrong")
    told = told_at_desk(first, second)
    assert "1: lane-1, c1. S|UNK  Not on our list. waits, 50 s left." in told
    assert "2: lane-1, c2. S|SIG  Wrong. waits, 50 s left." in told
    assert "Nobody is taken." not in told
    outside = told_at_station(HEARS, (waits("c1"),), "", "", (), "en")
    assert "lane-1, c1. waits, 50 s left." in outside.values(), "no digit, and no reason"
    inside = told_at_station(HEARS, (first,), "O-17", "", (), "en")
    news = [words for about, words in inside.items() if about not in outside]
    assert any("Not on our list" in words for words in news), "who signs in is told who waits, and why"


def test_at_the_desk_what_came_of_ones_own_decision_is_told_and_of_no_one_elses() -> None:
    mine, other = waits("c1", by="O-17", is_open=False), waits("c2", by="O-18", is_open=False)
    told = told_at_desk(mine, other)
    assert "lane-1, c1. Admitted by O-17." in told
    assert not any("O-18" in words for words in told)


def test_the_desk_tells_once_that_the_hub_is_gone_and_that_it_is_back() -> None:
    away = State("Station desk", "The hub is away", "Nothing heard for 7 s", "", Role.REFER)
    later = State("Station desk", "The hub is away", "Nothing heard for 8 s", "", Role.REFER)
    gone, still = (told_at_station(one, (), "", "", (), "en") for one in (away, later))
    assert gone == still and "The hub is away." in gone.values()
    back = told_at_station(HEARS, (), "", "", (), "en")
    assert back.keys() - gone.keys()


def test_answers_that_exclude_one_another_are_no_check_boxes(qtbot: QtBot) -> None:
    reader_roles()
    key = OneOf("Document genuine")
    qtbot.addWidget(key)
    iface = QAccessible.queryAccessibleInterface(key)
    assert iface.role() is QAccessible.Role.RadioButton
    assert iface.text(QAccessible.Text.Name) == "Document genuine"
    assert not iface.state().checked
    key.setChecked(True)
    assert iface.state().checked and iface.state().focusable


def test_a_digit_that_is_taken_back_is_one_dot_less_and_not_all_dots_anew(
    pin: PinField, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    qtbot.keyClicks(pin, "295")
    monkeypatch.setattr(QLineEdit, "setText", lambda *_: pytest.fail("a reader says every dot again"))
    qtbot.keyClick(pin, Qt.Key.Key_Backspace)
    assert (pin.text(), QLineEdit.text(pin)) == ("29", DOT * 2)


def test_each_question_of_an_entry_is_said_before_its_answers_and_a_tick_keeps_its_place(
    qtbot: QtBot,
) -> None:
    page = EntryPage(lambda _who, _what: True)
    qtbot.addWidget(page)
    page.begin(EntryDraft((Choice(Kind.TEST, ("HK",)),), date(2023, 1, 8)), "en")

    def asks() -> str:
        parts = [part for part in page.findChildren(Group) if not part.isHidden()]
        return " | ".join(part.accessibleName() for part in parts)

    assert asks().endswith("What kind of document is it?")
    page.press_digit(1)
    assert "Who issued it?" in asks()
    for digit in (1, 1, 1, 1):
        page.press_digit(digit)
    assert "What have you seen?" in asks()
    keys = list(page.buttons)
    page.press_digit(3)
    assert page.buttons == keys, "what is made anew takes the focus back to the first"
    assert [key.isChecked() for key in page.buttons] == [False, False, True, False]
    page.press_digit(3)
    assert not page.buttons[2].isChecked()


def test_what_a_digit_ticks_has_the_focus_and_is_read(qtbot: QtBot) -> None:
    window = QWidget()
    page = EntryPage(lambda _who, _what: True, window)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    page.begin(EntryDraft((Choice(Kind.TEST, ("HK",)),), date(2023, 1, 8)), "en")
    for digit in (1, 1, 1, 1, 1):
        page.press_digit(digit)
    assert page.buttons[0].hasFocus()
    page.press_digit(3)
    assert page.buttons[2].hasFocus() and page.buttons[2].isChecked(), "a reader would say the digit alone"


def test_no_caret_moves_in_a_new_day_so_that_a_reader_comes_to_it_by_the_question(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved: list[int] = []

    class Watched(EnterSpent):
        def __init__(self) -> None:
            super().__init__()
            self.cursorPositionChanged.connect(lambda _, now: moved.append(now))

    monkeypatch.setattr(officer_entry, "EnterSpent", Watched)
    page = EntryPage(lambda _who, _what: True)
    qtbot.addWidget(page)
    page.begin(EntryDraft((Choice(Kind.TEST, ("HK",)),), date(2023, 1, 8)), "en")
    for digit in (1, 1, 1):
        page.press_digit(digit)
    assert page.day is not None and moved == [], "Orca takes that for the focus, and says no question"
    qtbot.keyClicks(page.day, "2023-01-0812")
    assert page.day.text() == "2023-01-08", "no day is longer"


def test_the_days_of_an_export_are_heard_as_they_change(qtbot: QtBot) -> None:
    row = PeriodRow()
    qtbot.addWidget(row)
    row.set_language("en")
    row.open(date(2023, 1, 8))
    assert row.since.before.accessibleName() == "From 2023-01-08: the day before"
    row.since.before.click()
    assert row.since.before.accessibleName() == "From 2023-01-07: the day before"


def test_a_verdict_is_told_while_a_key_has_the_focus_and_read_as_the_windows_name_otherwise(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    window = QWidget()
    window.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    qtbot.addWidget(window)
    key, line = OneOf("English", window), NameTold(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.setFocus()
    line.name("Show your code.")
    assert window.accessibleName() == "Show your code." and line.text() == "", "read already"
    key.setFocus()
    line.name("Please wait.")
    assert window.accessibleName() == line.text() == "Please wait."
    window.setEnabled(False)
    line.name("Please pass.")
    assert line.text() != "Please pass.", "somebody else has the screen"


def test_a_page_of_help_is_read_whole_and_a_verdict_keeps_its_reason_to_its_label() -> None:
    title, below, step = (Line("en", words) for words in ("Help", "Staffed lane: left", "No phone"))
    table = ((Line("en", "Time"), Line("en", "31 days")),)
    screen = TravellerScreen(
        Page.KEEPS, Role.NEUTRAL, Shape.DESK, (title,), (below,), steps=(step,), table=table
    )
    assert aloud(screen) == "Help. Staffed lane: left. Time. 31 days. No phone."
    assert aloud(replace(screen, page=Page.REFER)) == "Help. No phone."


def test_return_presses_the_keys_of_the_travellers_screen(qtbot: QtBot) -> None:
    window, sizes = QWidget(), Sizes.for_window(1280, 800, diagonal_mm=396, reading_mm=600)
    qtbot.addWidget(window)
    for key in (WordKey(window, sizes), TouchKey(window, sizes, "English", letters="EN")):
        with qtbot.waitSignal(key.clicked, timeout=1000):
            qtbot.keyClick(key, Qt.Key.Key_Return)
