"""The officer's panel: its own window on a second display, else laid over the traveller's screen."""

from __future__ import annotations

from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from kiosk.desk.crossings_desk import CrossingsDesk
from kiosk.desk.decision import may_enter_document, may_free, may_hold, may_release
from kiosk.desk.desk import OfficerDesk
from kiosk.desk.lane_control import Action
from kiosk.desk.override_reasons import RELEASE
from kiosk.desk.roster import Role
from kiosk.i18n.texts import LANGUAGES
from kiosk.lane_view import LaneView
from kiosk.presenters import entry_texts as e
from kiosk.presenters import officer_texts as t
from kiosk.presenters import shift_texts
from kiosk.presenters.officer_entry import EntryDraft
from kiosk.presenters.officer_panel import health, notice, state
from kiosk.presenters.officer_referral import referral
from kiosk.presenters.officer_texts import say
from kiosk.presenters.told_aloud import by_keys, let_in, told_at_lane
from kiosk.screens.crossings_pages import CrossingsPages
from kiosk.screens.lane_controls import NOT_URGENT, LaneControls
from kiosk.screens.officer_decide import DecisionBar
from kiosk.screens.officer_entry import EntryPage
from kiosk.screens.officer_lane import HealthLines, LaneStrip
from kiosk.screens.officer_layout import body_and_side, side_column, top_row
from kiosk.screens.officer_referral import ReferralCard
from kiosk.screens.officer_sign_in import FORGET_S, SignIn
from kiosk.screens.officer_slip_part import SlipPart
from kiosk.screens.officer_style import dress
from kiosk.screens.officer_undo import TakeBackButton
from kiosk.screens.reference_part import ReferencePart
from kiosk.screens.session_end import SessionEndKey
from kiosk.screens.shift import ShiftPage
from kiosk.theme.fonts import font
from kiosk.widgets.as_much import AsMuch
from kiosk.widgets.front_page import FrontPage
from kiosk.widgets.key_rows import KeyRows
from kiosk.widgets.notice_line import NoticeLine
from kiosk.widgets.one_of import OneOf
from kiosk.widgets.told import Unseen, shown_words
from kiosk.widgets.touch_bar import SHORT

HONG_KONG = ZoneInfo("Asia/Hong_Kong")


class OfficerPanel(QWidget):
    """Shows the desk's lane. Everything private waits behind the sign-in."""

    leave = Signal()
    """The officer wants the traveller's screen back. Only where the panel lies over it."""

    def __init__(
        self, desk: OfficerDesk, language: str = "en", *, overlay: bool = False, zone: ZoneInfo = HONG_KONG
    ) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumSize(800, 600)
        self._desk, self._zone, self._overlay = desk, zone, overlay
        self._language = language
        self._touched_at = 0.0
        self.strip, self.health = LaneStrip(), HealthLines()
        self.sign_in, self.card = SignIn(desk), ReferralCard()
        self.entry, self.enter = EntryPage(lambda who, what: desk.enter(who, what) is None), QPushButton()
        self.bar, self.undo = DecisionBar(self), TakeBackButton()
        self.crossings = CrossingsPages(desk, self)
        self.last, self.last_title = self.crossings.last, self.crossings.title
        self.notice, self.ending, self.told = NoticeLine(), SessionEndKey(desk.session), Unseen(self)
        self.demo, self.who, self.calm = QLabel(), QLabel(), QLabel()
        self.hold, self.release = QPushButton(), QPushButton()
        self.controls, self.aside = LaneControls(), LaneControls(NOT_URGENT, columns=1)
        self.sign_out, self.back, self.shift = QPushButton(), QPushButton(), QPushButton()
        self._shift_page: ShiftPage | None = None
        self._at_shift = False
        self.slip = SlipPart(desk)
        self.reference = ReferencePart(desk.session, desk.clock)
        self.languages = {code: OneOf(SHORT[code]) for code in LANGUAGES}
        self._lay_out()
        self._connect()
        self.set_language(language)

    def set_language(self, language: str) -> None:
        """Speaks another language. It is the officer's own choice, whatever the traveller's screen speaks."""
        self._language = language
        self.setFont(font(language, self._letters()))
        if self.isVisible():
            self.dress()
        for code, button in self.languages.items():
            button.setChecked(code == language)
        self.sign_in.set_language(language)
        self.crossings.set_language(language)
        self.health.title.setText(say(t.HEALTH, language))
        self.enter.setText(say(e.KEY, language))
        self.enter.setAccessibleName(say(e.TITLE, language))
        self.entry.set_language(language)
        self.release.setText(say(t.ACTIONS[RELEASE], language))
        self.strip.more_time.setText(say(t.MORE_TIME, language))
        self.sign_out.setText(say(t.SIGN_OUT, language))
        self.back.setText(say(t.LEAVE, language))
        self.shift.setText(shift_texts.say(shift_texts.TITLE, language))
        if self._shift_page is not None:
            self._shift_page.set_language(language)
        self.slip.set_language(language)
        self.refresh()

    def attach_shift(self, page: ShiftPage) -> None:
        """Gives supervisors their page. Referrals and the sign-in go before it."""
        self._shift_page = page
        self._pages.addWidget(page)
        self.shift.clicked.connect(partial(self._go_to_shift, True))
        page.back.connect(partial(self._go_to_shift, False))
        page.set_language(self._language)
        self.refresh()

    def attach_crossings(self, crossings: CrossingsDesk) -> None:
        """Lets officers go through the crossings of the day."""
        self.crossings.attach(crossings)
        self.set_language(self._language)

    def refresh(self) -> None:
        """Brings everything up to date with the desk."""
        desk, language = self._desk, self._language
        view, officer, contact = desk.view, desk.session.officer, desk.in_contact
        now = desk.clock()
        strip = state(view, contact, desk.age_s(), now.mono, language)
        self.strip.show_state(strip)
        self.strip.more_time.setVisible(bool(strip.ends_in) and officer is not None)
        self.health.show_health(health(view, contact, now.utc, language, desk.parts()))
        self.health.setVisible(contact)
        self.demo.setVisible(view is not None and view.demo)
        self.demo.setText(say(t.PRACTICE if view is not None and view.practice else t.DEMO, language))
        card = None
        if officer is not None and contact and view is not None:
            card = referral(view, language, self._zone, desk.needs_second_officer, officer.id)
        self.card.show_referral(card, language)
        self.crossings.follow(view if contact else None, language, self._zone)
        if officer is None or not contact:
            self.bar.drop()
        counting = self._at_shift and card is None
        self._follow_entry(view if contact else None, here=not counting)
        busy = self.entry.draft is not None or bool(self.bar.draft.decision) or self.crossings.reading
        finding = self.reference.is_open
        self.slip.follow(
            view if contact else None, card.crossing if card else "", busy or finding or counting
        )
        waits = card.crossing if card else ""
        self.reference.follow(language, self._zone, waits, busy=busy or self.slip.is_open or self._at_shift)
        aside = self.slip.is_open or self.reference.is_open
        asked = card is not None and self.entry.draft is None and not aside
        self.bar.show_choices(
            card.crossing if card and asked else "", card.choices if card and asked else (), language
        )
        mine = contact and view is not None and officer is not None
        self.undo.show_crossing(view.crossing if mine and view else None, officer, now.mono, language)
        supervisor = officer is not None and officer.role is Role.SUPERVISOR
        self._at_shift = self._at_shift and supervisor
        self.shift.setVisible(supervisor and self._shift_page is not None and not counting)
        self._show_page(officer is not None, card is not None)
        self.calm.setText(say(t.NO_REFERRAL, language))
        self.ending.follow(language)
        for shown in (self.calm, self.last_title, self.last):
            shown.setVisible(contact)
        self.who.setText("" if officer is None else officer.id)
        self.controls.show_view(view if contact else None, language)
        for widget in (self.who, self.sign_out, self.hold, self.release, self.controls):
            widget.setVisible(officer is not None)
        self.aside.show_view(view if contact else None, language)
        self.aside.setVisible(officer is not None and self._pages.currentWidget() is not self._quiet)
        self.hold.setEnabled(contact and view is not None and (may_hold(view) or may_free(view)))
        self.release.setEnabled(contact and view is not None and may_release(view))
        self.hold.setText(say(t.FREE if view is not None and may_free(view) else t.HOLD, language))
        self.notice.follow(now.mono)
        calm, keys = self._calm(card is not None), (by_keys(shown_words(self.undo)), shown_words(self.ending))
        front = self._pages.currentWidget() is self.card
        here = view.crossing if mine and view else None
        decided = here.crossing if here and here.override else ""
        through = let_in(view if contact else None, self.who.text(), language)
        told = told_at_lane(
            strip, self.who.text(), calm, keys, language, front=front, decided=decided, through=through
        )
        self.told.follow(told)
        if officer is not None or desk.session.checking:
            self._touched_at = now.mono
        elif self._overlay and self.isVisible() and now.mono - self._touched_at > FORGET_S:
            self.leave.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits choose, Enter presses what has the focus, Esc takes one step back."""
        self._touched()
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focus = self.focusWidget()
            checking = self._desk.session.checking  # the focus has left the PIN, and Enter was meant for it
            if isinstance(focus, QPushButton) and focus.hasFocus() and not checking:
                focus.click()
        elif self.entry.draft is not None and Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self.entry.press_digit(key - Qt.Key.Key_0)
        elif self.entry.draft is not None and key == Qt.Key.Key_Escape:
            self.entry.step_back()
        elif self.slip.is_open and key == Qt.Key.Key_Escape:
            self.slip.card.close_slip()
        elif key == Qt.Key.Key_Escape and self.reference.step_back():
            return
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.crossings.undo_if_shown() or self.undo.click_if_shown()
        elif key == Qt.Key.Key_Escape:
            if not self.bar.step_back() and not self.crossings.step_back() and self._overlay:
                self._go()
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9 and self.bar.isVisible():
            self.bar.press_digit(key - Qt.Key.Key_0)
        elif not self.crossings.press_digit(key - Qt.Key.Key_0):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side when wide, one above the other when tall."""
        body_and_side(self._body, self._side, self.width(), self.height())
        self.demo.setWordWrap(self.height() > self.width())
        self.dress()
        super().resizeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Whoever comes can type at once; whoever came by mistake is not in the traveller's way for long."""
        super().showEvent(event)
        self._touched()
        self._rest_focus()

    def _rest_focus(self) -> None:
        if self._pages.currentWidget() is self._door:
            self.sign_in.setFocus()
        elif self._pages.currentWidget() is self.card:
            self.card.setFocus()
        elif self._pages.currentWidget() is self.entry:
            self.entry.rest_focus()
        elif self._pages.currentWidget() is self.crossings.read:
            self.crossings.read.rest_focus()
        elif self.slip.is_open:
            self.slip.card.back.setFocus()
        elif self.reference.is_open:
            self.reference.page.rest_focus()
        else:
            self.setFocus()

    def _letters(self) -> int:
        return max(15, min(self.width() * 20 // 1080, self.height() * 18 // 800))

    def dress(self) -> None:
        """Takes the letters of its size and language."""
        dress(self, self._letters(), self._language)

    def _show_page(self, signed_in: bool, referred: bool) -> None:
        quiet = self._shift_page if self._at_shift and self._shift_page is not None else self._quiet
        if quiet is self._quiet and self.crossings.reading:
            quiet = self.crossings.read
        page = self.card if referred else quiet if signed_in else self._door
        page = page if self.entry.draft is None else self.entry
        page = self.slip.card if self.slip.is_open else page
        page = self.reference.page if self.reference.is_open else page
        if self._pages.currentWidget() is page:
            return
        self._pages.setCurrentWidget(page)
        self._rest_focus()

    def _connect(self) -> None:
        desk = self._desk
        desk.changed.connect(self.refresh)
        desk.session.changed.connect(self.refresh)
        desk.noticed.connect(self._noticed)
        self.bar.decided.connect(self._decided)
        self.bar.touched.connect(self._touched)
        self.bar.touched.connect(self.refresh)
        self.enter.clicked.connect(self._begin_entry)
        for left in (self.entry.left, self.slip.changed, self.reference.changed):
            left.connect(self.refresh)
        for part in (self.slip, self.reference):
            part.touched.connect(self._touched)
        self.entry.touched.connect(self._touched)
        self.crossings.turned.connect(self.refresh)
        self.crossings.touched.connect(self._touched)
        self.undo.clicked.connect(lambda: desk.take_back())
        self.sign_in.touched.connect(self._touched)
        self.hold.clicked.connect(lambda: desk.hold_or_free())
        self.strip.more_time.clicked.connect(self._desk.more_time)
        self.release.clicked.connect(self.bar.begin_release)
        for controls in (self.controls, self.aside):
            controls.ordered.connect(desk.order)
            controls.touched.connect(self.refresh)
        self.sign_out.clicked.connect(lambda: desk.session.sign_out())
        self.back.clicked.connect(self._go)
        for code, button in self.languages.items():
            button.clicked.connect(partial(self.set_language, code))

    def _begin_entry(self) -> None:
        """The first question about a paper document of who stands there, or of a person without a code."""
        desk = self._desk
        today = desk.clock().utc.astimezone(self._zone).date()
        here = desk.view.crossing.crossing if desk.view and desk.view.crossing else ""
        self._touched()
        choices = desk.entry_choices()
        if not choices:
            self._noticed(say(e.NO_CHOICES, self._language))
            return
        self.entry.begin(EntryDraft(choices, today, here), self._language)
        self.refresh()

    def _follow_entry(self, view: LaneView | None, *, here: bool) -> None:
        """An entry ends with its officer's session and with its traveller; nobody's waits for its turn.

        `here`: whether a lane and no figures are in front.
        """
        draft, officer = self.entry.draft, self._desk.session.officer
        free = officer is not None and draft is None and not self.slip.is_open
        free = free and not self.crossings.reading and not self.reference.is_open
        self.enter.setVisible(free and here and not self.bar.draft.decision)
        self.enter.setEnabled(view is not None and may_enter_document(view))
        who = view.crossing.crossing if view and view.crossing else ""
        if draft is not None and (officer is None or (draft.crossing and draft.crossing != who)):
            self.entry.drop()

    def _calm(self, waits: bool) -> str:
        if self._at_shift and self._shift_page is not None:
            return self._shift_page.told
        return "" if waits or self._desk.session.officer is None else self.calm.text()

    def _go_to_shift(self, there: bool) -> None:
        self._touched()
        self._at_shift = there
        self.refresh()

    def _touched(self) -> None:
        self._touched_at = self._desk.clock().mono
        self._desk.session.touched()

    def _go(self) -> None:
        """Gives the screen back to travellers. The next hand on the door may be anybody's: signed out."""
        self._desk.session.sign_out()
        self.leave.emit()

    def _decided(self, crossing: str, decision: str, reason: str, note: str) -> None:
        self.notice.drop()
        if decision == RELEASE:
            self._desk.release_once(reason)
        else:
            self._desk.decide(crossing, Action(decision), reason, note)

    def _noticed(self, words: str) -> None:
        self.notice.say_at(notice(words, self._language), self._desk.clock().mono)

    def _lay_out(self) -> None:
        self.demo.setProperty("rank", "demo")
        self.who.setProperty("rank", "strong")
        self.calm.setProperty("rank", "title")
        self.enter.setProperty("small", "true")
        self.back.setVisible(self._overlay)
        top = top_row(self.demo, self.languages, self.who, (self.sign_out, self.back))
        self._door, self._quiet, self._side = QWidget(), QWidget(), QWidget()
        door = QHBoxLayout(self._door)
        door.addStretch(1)
        door.addWidget(self.sign_in, 4)
        door.addStretch(1)
        quiet = QVBoxLayout(self._quiet)
        quiet.setContentsMargins(0, 0, 0, 0)
        for widget in (self.calm, self.last_title):
            quiet.addWidget(widget)
        quiet.addWidget(self.crossings.which)
        quiet.addWidget(self.last, 1)
        quiet.addWidget(self.controls)
        self._pages = FrontPage()
        for page in (self._door, self._quiet, self.card, self.entry, self.crossings.read, self.slip.card):
            self._pages.addWidget(page)
        self._pages.addWidget(self.reference.page)
        left = QVBoxLayout()
        left.addWidget(self._pages, 1)
        for part in (self.ending, self.notice, self.undo, self.bar):
            left.addWidget(part)
        left.addLayout(KeyRows(self.enter, self.reference.key, self.slip.key))
        side_column(self._side, (AsMuch(self.health), self.hold, self.release, self.aside, self.shift))
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(16)
        self._body.addLayout(left, 65)
        self._body.addWidget(self._side, 35)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self.strip)
        column.addLayout(self._body, 1)
