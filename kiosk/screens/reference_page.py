"""Where an officer types the digits that somebody reads out, and reads what became of that crossing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QHideEvent, QRegularExpressionValidator
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from kiosk.desk.crossed import Crossed
from kiosk.desk.crossing_lookup import Why
from kiosk.desk.finding import Answer, Finding
from kiosk.desk.shift import HONG_KONG
from kiosk.presenters import officer_texts as o
from kiosk.presenters import reference_texts as t
from kiosk.presenters.crossed import read
from kiosk.presenters.officer_texts import say
from kiosk.presenters.slip_card_texts import SLIP
from kiosk.reference import DIGITS, read_reference
from kiosk.screens.officer_referral import history, plain_label, verdict_line, why_line
from kiosk.screens.officer_style import set_rank
from kiosk.widgets.group import Group
from kiosk.widgets.read_whole import ReadWhole
from kiosk.widgets.told import Told, keep_place

_PAD = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "0")


class ReferencePage(QWidget):
    """For who is signed in. It reads; a decision is added in the list of crossings."""

    left = Signal()
    touched = Signal()
    slip_wanted = Signal(str, object)
    """Of this lane and `Crossed`."""

    def __init__(self) -> None:
        super().__init__()
        self.finding: Finding | None = None
        self.can_tell: Callable[[str, Crossed], bool] = lambda _lane, _crossed: False
        """Whether there is a slip to give along of what was found."""
        self.slips: list[QPushButton] = []
        self.is_open = False
        self.answer: Answer | None = None
        self._officer, self._language, self._zone, self._today = "", "en", HONG_KONG, date.min
        self._asked = ""
        """The digits that are looked for just now."""
        self.title, self.asks, self.why = plain_label("", "title"), plain_label(""), plain_label("", "strong")
        self.status, self.back = Told(), QPushButton()
        self.field, self.erase = QLineEdit(), QPushButton()
        self.field.setMaxLength(DIGITS + 8)
        self.field.setValidator(QRegularExpressionValidator(QRegularExpression(r"[0-9 .-]*"), self))
        self.field.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.field.textEdited.connect(self._typed)
        self.whys = {why: QPushButton() for why in Why}
        self._lay_out()

    def attach(self, finding: Finding) -> None:
        """Where it looks."""
        self.finding = finding
        finding.answered.connect(self._heard, Qt.ConnectionType.QueuedConnection)

    def open(self) -> None:
        """An empty field."""
        self.is_open = True
        self._forget()

    def forget(self) -> None:
        """Takes everything away."""
        self.is_open = False
        self._forget()

    def close_page(self) -> None:
        """Back to what was in front."""
        self.forget()
        self.left.emit()

    def show_answer(self, answer: Answer) -> None:
        """What was found, or why nothing was."""
        self._asked, self.answer = "", answer
        self._fill()
        self.rest_focus()

    def speak(self, officer: str, language: str, zone: ZoneInfo, today: date) -> None:
        """Who reads, and in which words."""
        if (officer, language, zone, today) == (self._officer, self._language, self._zone, self._today):
            return
        self._officer, self._language, self._zone, self._today = officer, language, zone, today
        self.title.setText(say(t.FIND, language))
        self.asks.setText(say(t.DIGITS, language))
        self.field.setAccessibleName(say(t.DIGITS, language))
        self.why.setText(say(t.ASKED_WHY, language))
        self._asked_why.setAccessibleName(self.why.text())
        self.erase.setText(say(o.ERASE, language))
        self.back.setText(f"{say(t.BACK, language)}  (Esc)")
        for why, button in self.whys.items():
            button.setText(say(t.WHYS[why], language))
        self._fill()

    def rest_focus(self) -> None:
        """Whoever comes can type at once; what was found is read."""
        (self._scroll if self.answer is not None and self.answer.rows else self.field).setFocus()

    def step_back(self) -> None:
        """Esc: from what was found to the field, then out."""
        if self.answer is not None and self.answer.rows:
            self._forget()
            self.rest_focus()
        else:
            self.close_page()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing stays on a page that nobody sees."""
        if not self.is_open:
            self._forget()
        super().hideEvent(event)

    def _look(self, why: Why) -> None:
        self.touched.emit()
        digits = read_reference(self.field.text())
        if self.finding is None or not self._officer or self._asked:
            return
        if digits is None:
            self._say(say(t.WRONG, self._language), wrong=True)
            self.field.setFocus()
            return
        self._asked = digits
        self._say(say(t.LOOKING, self._language))
        self.finding.find(digits, self._officer, why)

    def _heard(self, answer: object) -> None:
        if isinstance(answer, Answer) and self.is_open and answer.reference == self._asked:
            self.show_answer(answer)

    def _typed(self) -> None:
        self.touched.emit()
        self._asked, self.answer = "", None
        self._fill()

    def _press(self, digit: str) -> None:
        self.field.insert(digit)
        self._typed()

    def _erase(self) -> None:
        self.field.backspace()
        self._typed()

    def _forget(self) -> None:
        self._asked, self.answer = "", None
        self.field.clear()
        self._fill()

    def _fill(self) -> None:
        answer, language = self.answer, self._language
        rows = () if answer is None else answer.rows
        self._form.setVisible(not rows)
        self._scroll.setVisible(bool(rows))
        self._say(self._words(), wrong=answer is not None and not rows)
        body, self.slips = QWidget(), []
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(10)
        for lane, crossed in rows:
            shown = read(crossed, language, self._zone, self._today, lambda _: False, self._officer)
            if lane:
                column.addWidget(plain_label(say(t.AT_LANE, language, lane=lane), "strong"))
            column.addLayout(verdict_line(shown.role, shown.verdict, shown.reference, language))
            for why in shown.whys:
                column.addWidget(why_line(why))
            if shown.private:
                column.addWidget(plain_label(shown.private, "warning"))
            column.addWidget(history(shown.history))
            if self.can_tell(lane, crossed):
                self.slips.append(QPushButton(say(SLIP, language)))
                self.slips[-1].setProperty("small", "true")
                self.slips[-1].clicked.connect(partial(self.slip_wanted.emit, lane, crossed))
                column.addWidget(self.slips[-1])
        column.addStretch(1)
        self._scroll.show_body(body)

    def _say(self, words: str, *, wrong: bool = False) -> None:
        set_rank(self.status, "warning" if wrong else "strong")
        self.status.setVisible(bool(words))
        if words:
            self.status.tell(words, object())
        else:
            QLabel.setText(self.status, "")  # its name stays: a reader may only now come to it

    def _words(self) -> str:
        answer, language = self.answer, self._language
        if answer is None:
            return say(t.LOOKING, language) if self._asked else ""
        if answer.failed is not None:
            return say(t.FAILED[answer.failed], language)
        if not answer.rows:
            everywhere = self.finding is not None and self.finding.everywhere
            return say(t.NONE_ANYWHERE if everywhere else t.NONE_HERE, language)
        return "" if len(answer.rows) == 1 else say(t.SEVERAL, language, count=len(answer.rows))

    def _lay_out(self) -> None:
        self._form, pad = QWidget(), QGridLayout()
        self._asked_why = Group()
        self.status.setTextFormat(Qt.TextFormat.PlainText)
        self.status.setWordWrap(True)
        keep_place(self.status)
        for place, digit in enumerate(_PAD):
            key = QPushButton(digit)
            key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            key.setProperty("small", "true")
            key.clicked.connect(partial(self._press, digit))
            pad.addWidget(key, place // 5, place % 5)
        self.erase.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.erase.setProperty("small", "true")
        self.erase.clicked.connect(self._erase)
        pad.addWidget(self.erase, 0, 5, 2, 1)
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        for widget in (self.title, self.asks, self.field):
            form.addWidget(widget)
        form.addLayout(pad)
        form.addSpacing(8)
        whys = QVBoxLayout(self._asked_why)
        whys.setContentsMargins(0, 0, 0, 0)
        whys.addWidget(self.why)
        form.addWidget(self._asked_why)
        for why, button in self.whys.items():
            button.clicked.connect(partial(self._look, why))
            whys.addWidget(button)
        self._scroll = ReadWhole()
        self.back.setProperty("small", "true")
        self.back.clicked.connect(self.step_back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._form)
        column.addWidget(self._scroll, 1)
        column.addWidget(self.status)
        column.addStretch()
        column.addWidget(self.back)
