"""One crossing of the list, read in full, and where an officer adds a decision when it is over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from kiosk.desk.crossed import TAKEN_BACK, Crossed, Said
from kiosk.desk.crossings_desk import Again, CrossingsDesk, Overridden
from kiosk.desk.decision import NeedsSecondOfficer
from kiosk.desk.lane_control import Action, Notice
from kiosk.desk.late_override import late_word
from kiosk.desk.shift import HONG_KONG
from kiosk.presenters import crossed_texts as c
from kiosk.presenters import officer_texts as t
from kiosk.presenters.crossed import Read, read
from kiosk.presenters.officer_texts import say
from kiosk.screens.officer_decide import DecisionBar
from kiosk.screens.officer_referral import history, plain_label, verdict_line, why_line
from kiosk.screens.officer_undo import TakeBackButton
from kiosk.widgets.read_whole import ReadWhole
from kiosk.widgets.told import Told

LOOK_MS, WRITING_MS = 2000, 250


class CrossingPage(QWidget):
    """A page of the officer's panel, for who is signed in. What is decided here moves nothing."""

    left = Signal()
    touched = Signal()

    def __init__(
        self, rest: QWidget, needs_second_officer: NeedsSecondOfficer, now: Callable[[], float]
    ) -> None:
        """`now` is in monotonic seconds."""
        super().__init__()
        self._now = now
        self._desk: CrossingsDesk | None = None
        self._needs_second = needs_second_officer
        self.crossed: Crossed | None = None
        """The crossing that is read; None: none is."""
        self._shown: Read | None = None
        self._officer, self._language, self._demo = "", "en", False
        self._zone, self._today = HONG_KONG, date.min
        self._words_before: int | None = None
        """How many words about it there were when one was added that is not in the journal yet."""
        self._mine: tuple[Said, float] | None = None
        """The officer's word that was recorded here, and until when it can be taken back."""
        self.bar, self.undo = DecisionBar(rest, c.CONFIRM), TakeBackButton()
        self.undo.clicked.connect(self._take_back)
        self.status, self.back = Told(), QPushButton()
        self.status.setProperty("rank", "strong")
        self.status.setWordWrap(True)
        self.back.setProperty("small", "true")
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._scroll = ReadWhole()
        self.bar.decided.connect(self._decided)
        self.bar.touched.connect(self._fill)
        self.bar.touched.connect(self.touched)
        self.back.clicked.connect(self.close_crossing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll, 1)
        for widget in (self.status, self.undo, self.bar, self.back):
            column.addWidget(widget)
        column.addStretch()

    def attach(self, desk: CrossingsDesk) -> None:
        """Where crossings are read, and where a late word goes."""
        self._desk = desk
        desk.answered.connect(self._heard, Qt.ConnectionType.QueuedConnection)

    def open_crossing(self, crossed: Crossed) -> None:
        """Reads this one."""
        self.crossed, self._words_before, self._mine = crossed, None, None
        self.status.clear()
        self.bar.drop()
        if self._desk is not None:
            self._desk.reading(crossed, self._officer)
        self._timer.start(LOOK_MS)
        self._fill()

    def close_crossing(self) -> None:
        """Back to the list."""
        self.forget()
        self.left.emit()

    def forget(self) -> None:
        """Takes everything away."""
        self.crossed = self._words_before = self._mine = None
        self._timer.stop()
        self.bar.drop()
        self._fill()

    def step_back(self) -> None:
        """Esc: one step of the decision, then back to the list."""
        if not self.bar.step_back():
            self.close_crossing()

    def rest_focus(self) -> None:
        """Whoever opened it with a key goes on with keys, and who is read the screen hears it."""
        self._scroll.setFocus()

    def speak(self, officer: str, language: str, zone: ZoneInfo, today: date, *, demo: bool) -> None:
        """Who reads, and in which words."""
        self._officer, self._language, self._demo = officer, language, demo
        self._zone, self._today = zone, today
        self.back.setText(f"{say(c.TO_LIST, language)}  (Esc)")
        self._fill()

    def _fill(self) -> None:
        shown = None
        if self.crossed is not None:
            words = (self._language, self._zone, self._today)
            shown = read(self.crossed, *words, self._needs_second, self._officer, demo=self._demo)
        writing = self._words_before is not None
        open_to = shown.choices if shown is not None and not writing else ()
        self.bar.show_choices(shown.crossing if shown is not None else "", open_to, self._language)
        self.status.setVisible(bool(self.status.text()))
        self._offer_undo(writing=writing)
        self.back.setVisible(not self.bar.draft.decision)
        if shown == self._shown:
            return
        self._shown = shown
        at = self._scroll.verticalScrollBar().value()
        body = QWidget() if shown is None else _body(shown, self._language)
        body.installEventFilter(self)
        self._scroll.show_body(body)
        self._scroll.verticalScrollBar().setValue(at)
        self._as_high_as_it_is()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What can be done stands right below what is read, not at the other end of a tall screen."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._as_high_as_it_is()
        return super().eventFilter(watched, event)

    def _as_high_as_it_is(self) -> None:
        body = self._scroll.widget()
        layout = body.layout() if body is not None else None
        if layout is not None:
            self._scroll.setMaximumHeight(layout.totalHeightForWidth(self._scroll.width()))

    def _decided(self, _crossing: str, decision: str, reason: str, note: str) -> None:
        if self._desk is None or self.crossed is None:
            return
        self._write()
        self._desk.override(self.crossed, self._officer, Action(decision), reason, note)

    def _take_back(self) -> None:
        if self._desk is None or self.crossed is None or self._mine is None or self._now() >= self._mine[1]:
            return
        word, self._mine = self._mine[0], None
        self._write()
        self._desk.take_back(self.crossed, self._officer, word.sequence)

    def _write(self) -> None:
        self.touched.emit()
        self._words_before = len(self.crossed.said) if self.crossed is not None else None
        self._say(say(c.WRITING, self._language))
        self._timer.start(WRITING_MS)

    def _offer_undo(self, *, writing: bool) -> None:
        mine = self._mine
        if mine is None or self.crossed is None or writing or self.crossed.newest_word != mine[0]:
            self.undo.show_late(None, 0.0, self._language)
        else:
            self.undo.show_late(mine[0], mine[1] - self._now(), self._language)

    def _heard(self, turn: int, answer: object) -> None:
        if self._desk is None or self.crossed is None or turn != self._desk.turn:
            return
        match answer:
            case Again(rows):
                for one in rows:
                    if one.sequence == self.crossed.sequence:
                        self._now_known(one)
            case Overridden(crossing, notice) if crossing == self.crossed.crossing:
                if notice is not Notice.TAKEN:
                    self._words_before = None
                    self._say(say(t.NOTICES[notice], self._language))

    def _now_known(self, crossed: Crossed) -> None:
        self.crossed = crossed
        if self._words_before is not None and len(crossed.said) > self._words_before:
            self._words_before = None
            self._timer.start(LOOK_MS)
            newest = crossed.newest_word
            undone = newest is not None and newest.act == TAKEN_BACK
            self.status.setText(say(c.TOOK_BACK if undone else c.RECORDED, self._language))
            word = late_word(crossed, self._officer)
            span = 0.0 if self._desk is None else self._desk.undo_s
            self._mine = None if word is None else (word, self._now() + span)
        self._fill()

    def _say(self, words: str) -> None:
        self.status.setText(words)
        self._fill()

    def _look(self) -> None:
        if self._desk is not None and self.crossed is not None:
            self._desk.look()
            self._desk.again(self.crossed.sequence, self.crossed.sequence)


def _body(shown: Read, language: str) -> QWidget:
    body = QWidget()
    column = QVBoxLayout(body)
    column.setContentsMargins(0, 0, 8, 0)
    column.setSpacing(10)
    column.addWidget(plain_label(shown.standing, "strong"))
    column.addLayout(verdict_line(shown.role, shown.verdict, shown.reference, language))
    for why in shown.whys:
        column.addWidget(why_line(why))
    for words in (shown.private, shown.second):
        if words:
            column.addWidget(plain_label(words, "warning"))
    column.addWidget(history(shown.history))
    column.addStretch(1)
    return body
