"""The window on the officers' desk: all lanes at the left, who waits beside them, the one that was taken."""

from __future__ import annotations

from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from kiosk.desk.desk_notice import DeskNotice
from kiosk.desk.lane_control import Action, LaneOrder
from kiosk.desk.orders_out import OrderNotice
from kiosk.desk.station import StationDesk
from kiosk.i18n.texts import LANGUAGES
from kiosk.presenters import entry_texts as e
from kiosk.presenters import officer_texts as o
from kiosk.presenters import station_texts as t
from kiosk.presenters.officer_entry import EntryDraft
from kiosk.presenters.officer_referral import referral
from kiosk.presenters.officer_texts import say
from kiosk.presenters.station import calm, contact, lanes, notice, waiting
from kiosk.presenters.told_aloud import by_keys, told_at_station
from kiosk.screens.officer_decide import DecisionBar
from kiosk.screens.officer_entry import EntryPage
from kiosk.screens.officer_lane import LaneStrip
from kiosk.screens.officer_referral import ReferralCard
from kiosk.screens.officer_sign_in import SignIn
from kiosk.screens.officer_style import dress, set_rank
from kiosk.screens.officer_undo import TakeBackButton
from kiosk.screens.reference_part import ReferencePart
from kiosk.screens.session_end import SessionEndKey
from kiosk.screens.station_lane import LanePage
from kiosk.screens.station_rows import LaneRows, WaitingRows
from kiosk.screens.station_slip import StationSlip
from kiosk.stay import EXTENDABLE
from kiosk.theme.fonts import font
from kiosk.widgets.front_page import FrontPage
from kiosk.widgets.key_rows import KeyRows
from kiosk.widgets.notice_line import NoticeLine
from kiosk.widgets.one_of import OneOf
from kiosk.widgets.told import Unseen, shown_words
from kiosk.widgets.touch_bar import NAMES, SHORT
from verification.entered import Entered

HONG_KONG = ZoneInfo("Asia/Hong_Kong")


class StationWindow(QWidget):
    """Shows the desk. Reasons and evidence wait behind the sign-in; that somebody waits does not."""

    def __init__(self, desk: StationDesk, language: str = "en", *, zone: ZoneInfo = HONG_KONG) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumSize(1024, 700)
        self._desk, self._zone, self._language = desk, zone, language
        self.strip, self.lanes, self.waiting = LaneStrip(), LaneRows(), WaitingRows()
        self.sign_in, self.card, self.bar = SignIn(desk), ReferralCard(), DecisionBar(self)
        self.undo, self.enter = TakeBackButton(), QPushButton()
        self.entry = EntryPage(self._enter)
        self.reference = ReferencePart(desk.session, desk.clock)
        self.slip = StationSlip(desk)
        self.reference.page.can_tell = self.slip.can_tell
        self.lane, self._chosen = LanePage(), ""
        self.notice, self.told = NoticeLine(), Unseen(self)
        self.who, self.calm, self.hint = QLabel(), QLabel(), QLabel()
        self.demo, self.ending = QLabel(), SessionEndKey(desk.session)
        self.lanes_title, self.waiting_title = QLabel(), QLabel()
        self.silent = QLabel()
        self.sign_out, self.let_go = QPushButton(), QPushButton()
        self.languages = {code: OneOf(SHORT[code]) for code in LANGUAGES}
        self._lay_out()
        self._connect()
        self.set_language(language)

    def set_language(self, language: str) -> None:
        """Speaks another language."""
        self._language = language
        self.setFont(font(language, self._letters()))
        if self.isVisible():
            dress(self, self._letters(), self._language)
        for code, button in self.languages.items():
            button.setChecked(code == language)
        self.setWindowTitle(say(t.STATION, language))
        self.sign_in.set_language(language)
        self.strip.more_time.setText(say(o.MORE_TIME, language))
        self.lanes_title.setText(say(t.LANES, language))
        self.waiting_title.setText(say(t.WAITING, language))
        self.silent.setText(say(t.NO_SOUND, language))
        self.sign_out.setText(say(o.SIGN_OUT, language))
        self.enter.setText(say(e.KEY, language))
        self.enter.setAccessibleName(say(e.TITLE, language))
        self.entry.set_language(language)
        self.slip.set_language(language)
        self.let_go.setText(f"{say(t.LET_GO, language)}  (Esc)")
        self.refresh()

    def refresh(self) -> None:
        """Brings everything up to date with the desk."""
        desk, language = self._desk, self._language
        officer, now = desk.session.officer, desk.clock().mono
        heard = desk.in_contact
        strip = contact(desk.picture, heard, desk.age_s(), desk.away, language)
        self.strip.show_state(strip)
        lane_rows = lanes(desk.picture, heard, now, language)
        self.lanes.show_lanes(lane_rows, officer is not None, language)
        chosen = next((row for row in lane_rows if row.lane == self._chosen), None)
        if officer is None or not heard or chosen is None:
            self._chosen, chosen = "", None
        if chosen is not None:
            enters = bool(desk.lanes.choices(chosen.lane))
            self.lane.show_lane(chosen, desk.lane_view(chosen.lane), language, enters=enters)
        rows = waiting(desk.referrals, desk.mine, desk.age_s(), officer is not None, language)
        self.waiting.show_waiting(rows, officer is not None and heard, language)
        for shown in (self.waiting_title, self.waiting):
            shown.setVisible(heard)
        view = desk.view() if officer is not None else None
        card = None
        if view is not None and officer is not None:
            card = referral(view, language, self._zone, desk.needs_second_officer, officer.id)
        self.card.show_referral(card, language)
        if officer is None or not heard:
            self.bar.drop()
        self._follow_entry(card.crossing if card else "")
        busy = self.entry.draft is not None or bool(self.bar.draft.decision) or chosen is not None
        open_slip = busy or self.slip.is_open
        self.reference.follow(language, self._zone, card.crossing if card else "", busy=open_slip)
        asked = card is not None and self.entry.draft is None and chosen is None
        self.slip.follow(view, busy=busy or self.reference.is_open)
        asked = asked and not self.reference.is_open and not self.slip.is_open
        self.bar.show_choices(
            card.crossing if card and asked else "", card.choices if card and asked else (), language
        )
        choosing = bool(self.bar.draft.decision)
        self.enter.setVisible(asked and not choosing and bool(desk.entry_choices))
        sent = None if officer is None or not heard else desk.thought.open(officer.id, now)
        self.undo.show_sent(sent, now, language)
        self._show_page(officer is not None, card is not None)
        self.calm.setText(calm(rows, heard, officer is not None and desk.session.key is None, language))
        self.ending.follow(language)
        self.let_go.setVisible(asked and not choosing)
        self.demo.setText(say(o.DEMO, language))
        own = card is not None and not self.slip.is_open  # a slip says it itself, and may be of another lane
        self.demo.setVisible(own and view is not None and view.demo)
        self.hint.setText(say(t.NO_EVIDENCE, language))
        self.hint.setVisible(card is not None and desk.evidence_missing)
        self.strip.more_time.setVisible(officer is not None and heard and self._waits_at() != "")
        self.who.setText("" if officer is None else officer.id)
        for widget in (self.who, self.sign_out):
            widget.setVisible(officer is not None)
        self.notice.follow(now)
        keys, who = (by_keys(shown_words(self.undo)), shown_words(self.ending)), self.who.text()
        nobody = self._pages.currentWidget() is self._quiet  # who comes back from another page is told
        quiet = self.calm.text() if nobody else ""
        self.told.follow(told_at_station(strip, rows if heard else (), who, quiet, keys, language))

    def show_sound(self, works: bool) -> None:
        """Says where nobody would hear that somebody waits."""
        self.silent.setVisible(not works)

    def choose_lane(self, lane: str) -> None:
        """Shows what can be ordered of a lane, whoever waits; empty: goes back."""
        self._desk.session.touched()
        self._chosen = lane
        self.reference.page.forget()
        self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits choose, Enter presses what has the focus, Esc takes one step back."""
        self._desk.session.touched()
        key = event.key()
        entering = self._pages.currentWidget() is self.entry  # an entry behind another page hears no key
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focus = self.focusWidget()
            checking = self._desk.session.checking  # the focus has left the PIN, and Enter was meant for it
            if isinstance(focus, QPushButton) and focus.hasFocus() and not checking:
                focus.click()
        elif self.entry.draft is not None and Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            if entering:
                self.entry.press_digit(key - Qt.Key.Key_0)
        elif self._chosen and key == Qt.Key.Key_Escape and self._pages.currentWidget() is self.lane:
            self.choose_lane("")
        elif entering and key == Qt.Key.Key_Escape:
            self.entry.step_back()
        elif self.slip.is_open and key == Qt.Key.Key_Escape:
            self.slip.card.close_slip()
        elif key == Qt.Key.Key_Escape and self.reference.step_back():
            return
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undo.click_if_shown()
        elif key == Qt.Key.Key_Escape:
            if not self.bar.step_back():
                self._desk.let_go()
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            digit = key - Qt.Key.Key_0
            if self.bar.isVisible():
                self.bar.press_digit(digit)
            else:
                self.waiting.press_digit(digit)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Letters grow with the window."""
        self._side.setMaximumWidth(max(420, self.width() * 40 // 100))
        dress(self, self._letters(), self._language)
        super().resizeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Whoever comes can type at once."""
        super().showEvent(event)
        self._rest_focus()

    def _rest_focus(self) -> None:
        if self._pages.currentWidget() is self._door:
            self.sign_in.setFocus()
        elif self._pages.currentWidget() is self.card:
            self.card.setFocus()
        elif self._pages.currentWidget() is self.entry:
            self.entry.rest_focus()
        elif self._pages.currentWidget() is self.lane:
            self.lane.setFocus()
        elif self.slip.is_open:
            self.slip.card.back.setFocus()
        elif self._pages.currentWidget() is self.reference.page:
            self.reference.page.rest_focus()
        else:
            self.setFocus()

    def _letters(self) -> int:
        return max(15, min(self.width() * 18 // 1280, self.height() * 18 // 800))

    def _show_page(self, signed_in: bool, taken: bool) -> None:
        page = self.card if taken else self._quiet if signed_in else self._door
        page = page if self.entry.draft is None else self.entry
        at_lane = self.entry.draft is not None and not self.entry.draft.crossing
        page = self.lane if self._chosen and not at_lane else page
        page = self.reference.page if self.reference.is_open else page
        page = self.slip.card if self.slip.is_open else page
        if self._pages.currentWidget() is not page:
            self._pages.setCurrentWidget(page)
            self._rest_focus()

    def _connect(self) -> None:
        desk = self._desk
        desk.changed.connect(self.refresh)
        desk.noticed.connect(self._noticed)
        self.waiting.take.connect(self._take)
        self.lanes.chosen.connect(self.choose_lane)
        self.lane.ordered.connect(lambda order, to: desk.order(self._chosen, order, to))
        self.lane.touched.connect(self.refresh)
        self.lane.entering.connect(self._begin_entry_at_lane)
        self.lane.left.connect(partial(self.choose_lane, ""))
        self.bar.decided.connect(self._decided)
        self.bar.touched.connect(desk.session.touched)
        self.bar.touched.connect(self.refresh)
        self.enter.clicked.connect(self._begin_entry)
        self.entry.left.connect(self.refresh)
        self.entry.touched.connect(desk.session.touched)
        self.reference.changed.connect(self.refresh)
        self.reference.touched.connect(desk.session.touched)
        self.reference.page.slip_wanted.connect(self.slip.open_found)
        self.slip.changed.connect(self.refresh)
        self.slip.touched.connect(desk.session.touched)
        self.undo.clicked.connect(lambda: desk.take_back())
        self.sign_in.touched.connect(desk.session.touched)
        self.sign_out.clicked.connect(lambda: desk.session.sign_out())
        self.let_go.clicked.connect(desk.let_go)
        self.strip.more_time.clicked.connect(self._more_time)
        for code, button in self.languages.items():
            button.clicked.connect(partial(self.set_language, code))

    def _waits_at(self) -> str:
        """The lane in front, where somebody stands who can be given longer; empty: none."""
        mine = self._desk.mine
        lane = self._chosen or (mine.lane if mine is not None else "")
        view = self._desk.lane_view(lane) if lane else None
        return lane if view is not None and view.phase in EXTENDABLE else ""

    def _more_time(self) -> None:
        if lane := self._waits_at():
            self._desk.order(lane, LaneOrder.MORE_TIME)

    def _take(self, lane: str, crossing: str) -> None:
        self._chosen = ""
        self._desk.take(lane, crossing)

    def _begin_entry(self) -> None:
        """The first question about a paper document of the traveller this desk has."""
        desk, mine = self._desk, self._desk.mine
        if mine is not None:
            today = desk.clock().utc.astimezone(self._zone).date()
            self.entry.begin(EntryDraft(desk.entry_choices, today, mine.crossing), self._language)
            self.refresh()

    def _begin_entry_at_lane(self) -> None:
        """The same of a person without a code, at the lane that the officer has chosen."""
        desk, choices = self._desk, self._desk.lanes.choices(self._chosen)
        if choices:
            today = desk.clock().utc.astimezone(self._zone).date()
            self.entry.begin(EntryDraft(choices, today), self._language)
            self.refresh()

    def _enter(self, crossing: str, entered: Entered) -> bool:
        if crossing:
            return self._desk.enter(crossing, entered)
        sent = self._desk.lanes.enter(self._chosen, entered)
        if sent:
            self._chosen = ""
        return sent

    def _follow_entry(self, crossing: str) -> None:
        """An entry ends with its traveller, or with the lane that it is for."""
        draft = self.entry.draft
        if draft is not None and (draft.crossing != crossing if draft.crossing else not self._chosen):
            self.entry.drop()

    def _decided(self, crossing: str, decision: str, reason: str, note: str) -> None:
        self._desk.decide(crossing, Action(decision), reason, note)

    def _noticed(self, word: str) -> None:
        done = word in (DeskNotice.SENT, OrderNotice.OBEYED, OrderNotice.ENTERED)
        set_rank(self.notice, "strong" if done else "warning")
        self.notice.say_at(notice(word, self._language), self._desk.clock().mono)

    def _lay_out(self) -> None:
        self.hint.setProperty("rank", "warning")
        self.demo.setProperty("rank", "demo")
        self.silent.setProperty("rank", "warning")
        self.silent.hide()
        for label in (self.hint, self.silent):
            label.setWordWrap(True)
        for label in (self.who, self.lanes_title, self.waiting_title):
            label.setProperty("rank", "strong")
        self.calm.setProperty("rank", "title")
        self.calm.setWordWrap(True)
        self.calm.setAlignment(Qt.AlignmentFlag.AlignTop)
        top = QHBoxLayout()
        top.addStretch(1)
        for code, button in self.languages.items():
            button.setProperty("small", "true")
            button.setAccessibleName(NAMES[code])
            top.addWidget(button)
        for widget in (self.who, self.sign_out):
            top.addWidget(widget)
        self.sign_out.setProperty("small", "true")
        for key in (self.enter, self.let_go, self.strip.more_time):
            key.setProperty("small", "true")
        self._door, self._quiet, self._side = QWidget(), QWidget(), QWidget()
        door = QHBoxLayout(self._door)
        door.addStretch(1)
        door.addWidget(self.sign_in, 6)
        door.addStretch(1)
        quiet = QVBoxLayout(self._quiet)
        quiet.setContentsMargins(0, 0, 0, 0)
        quiet.addWidget(self.calm, 1)
        self._pages = FrontPage()
        for page in (
            self._door,
            self._quiet,
            self.card,
            self.entry,
            self.lane,
            self.reference.page,
            self.slip.card,
        ):
            self._pages.addWidget(page)
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.addWidget(self.silent)
        side.addWidget(self.waiting_title)
        side.addWidget(self.waiting)
        side.addWidget(self.lanes_title)
        side.addWidget(self.lanes, 1)
        main = QVBoxLayout()
        main.addWidget(self.demo, 0, Qt.AlignmentFlag.AlignLeft)
        main.addWidget(self._pages, 1)
        main.addWidget(self.hint)
        main.addWidget(self.ending)
        main.addWidget(self.notice)
        main.addWidget(self.undo)
        main.addLayout(
            KeyRows(self.strip.more_time, self.enter, self.reference.key, self.slip.key, self.let_go)
        )
        main.addWidget(self.bar)
        body = QHBoxLayout()
        body.setSpacing(16)
        body.addWidget(self._side, 40)
        body.addLayout(main, 60)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self.strip)
        column.addLayout(body, 1)
