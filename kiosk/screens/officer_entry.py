"""A paper document, entered one question at a time: by touch, by digits and Enter, or by Tab alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from kiosk.presenters import entry_texts as e
from kiosk.presenters import officer_texts as t
from kiosk.presenters.officer_entry import EntryDraft, Step, answers, day_of, question, summary
from kiosk.presenters.officer_texts import say
from kiosk.widgets.enter_spent import EnterSpent
from kiosk.widgets.group import Group
from kiosk.widgets.told import Told
from verification.entered import Entered

_PAD = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "0")


class EntryPage(QWidget):
    """Rebuilt for each question."""

    left = Signal()
    """The entry is over or was given up."""
    touched = Signal()

    def __init__(self, accept: Callable[[str, Entered], bool], parent: QWidget | None = None) -> None:
        """`accept` gets the crossing (empty: nobody's yet) and the document; False: it stays here."""
        super().__init__(parent)
        self._accept = accept
        self.draft: EntryDraft | None = None
        self._language = "en"
        self.title, self.done, self.asks, self.wrong = QLabel(), QLabel(), QLabel(), Told()
        self.buttons: list[QPushButton] = []
        """What the digits 1, 2, … stand for just now."""
        self.day: QLineEdit | None = None
        self.back, self.go = QPushButton(), QPushButton()
        self._answers = Group()
        self._lay_out()

    def begin(self, draft: EntryDraft, language: str) -> None:
        """The first question."""
        self.draft, self._language = draft, language
        self._render()

    def set_language(self, language: str) -> None:
        """Speaks another language."""
        self._language = language
        if self.draft is not None:
            self._render()

    def drop(self) -> None:
        """Forgets what was entered."""
        if self.draft is not None:
            self.draft = None
            self._clear()
            self.left.emit()

    def rest_focus(self) -> None:
        """Where the next key goes: the day that is asked for, else the first answer."""
        first = self.day or (self.buttons[0] if self.buttons else self.back)
        first.setFocus()

    def press_digit(self, digit: int) -> None:
        """A digit key, where no day is typed."""
        if 1 <= digit <= len(self.buttons):
            key = self.buttons[digit - 1]
            key.click()
            if key in self.buttons and key.isCheckable():
                key.setFocus()  # what was ticked is read, and whether it is

    def step_back(self) -> None:
        """Esc: one question back; from the first, out."""
        back = None if self.draft is None else self.draft.back()
        if back is None:
            self.drop()
        else:
            self._move(back)

    def _move(self, draft: EntryDraft) -> None:
        self.touched.emit()
        if draft == self.draft:
            return
        ticks = self.draft is not None and draft.asked == self.draft.asked and draft.step is Step.MARKS
        self.draft = draft
        if not ticks:
            self._render()
        for button, answer in zip(self.buttons, answers(draft, self._language), strict=False):
            button.setChecked(answer.chosen)

    def _answer(self, which: str) -> None:
        if self.draft is not None:
            self._move(self.draft.answer(which))

    def _next(self) -> None:
        draft = self.draft
        if draft is None:
            return
        self.touched.emit()
        if self.day is not None:
            typed = self.day.text()
            if typed in [str(place + 1) for place in range(len(self.buttons))]:
                self.press_digit(int(typed))  # the number of an answer: no day has one digit
                return
            day = day_of(typed)
            after = draft if day is None else draft.day(day)
            if after == draft:
                self.wrong.setText(say(e.NOT_A_DAY, self._language))
                self.wrong.show()
                self.day.setFocus()
            else:
                self._move(after)
        elif (entered := draft.entered()) is not None and self._accept(draft.crossing, entered):
            self.drop()

    def _clear(self) -> None:
        self.buttons, self.day = [], None
        self.wrong.hide()
        for label in (self.done, self.asks):
            label.clear()
        gone, self._answers = self._answers, Group()
        self._column.replaceWidget(gone, self._answers)
        focus = QApplication.focusWidget()
        if focus is not None and gone.isAncestorOf(focus):
            self.setFocus()
        gone.hide()
        gone.deleteLater()

    def _render(self) -> None:
        draft, language = self.draft, self._language
        if draft is None:
            return
        self._clear()
        self.title.setText(say(e.TITLE, language))
        self.done.setText(summary(draft, language))
        self.asks.setText(question(draft, language))
        told = (self.title.text(), *self.done.text().splitlines(), self.asks.text())
        self._answers.setAccessibleName(". ".join(words for words in told if words).replace(" · ", ", "))
        grid = QGridLayout(self._answers)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        several = draft.step is Step.MARKS
        for place, answer in enumerate(answers(draft, language)):
            button = QPushButton(f"{place + 1}   {answer.words}")
            button.setAccessibleName(answer.words)
            button.setCheckable(several)
            button.setChecked(answer.chosen)
            button.clicked.connect(partial(self._answer, answer.id))
            self.buttons.append(button)
            grid.addWidget(button, place // 2, place % 2)
        if draft.dated:
            grid.addLayout(self._day_field(), 1 + len(self.buttons) // 2, 0, 1, 2)
        self._answers.show()
        self.back.setText(f"{say(t.BACK, language)}  (Esc)")
        self.go.setText(say(e.FINISH if several else e.NEXT, language))
        self.go.setVisible(several or draft.dated)
        if self.isVisible():  # behind another page it would take the keys that are meant for that one
            self.rest_focus()

    def _day_field(self) -> QHBoxLayout:
        self.day = day = EnterSpent()
        day.setValidator(QRegularExpressionValidator(QRegularExpression(".{0,10}"), day))
        # `setMaxLength` moves the caret: a reader takes that for the focus, and never says the question
        day.setPlaceholderText("" if self.draft is None else self.draft.today.isoformat())
        day.setAccessibleName(say(e.DAY, self._language))
        day.returnPressed.connect(self._next)
        day.textEdited.connect(self._typed)
        pad = QGridLayout()
        for place, digit in enumerate(_PAD):
            key = QPushButton(digit)
            key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            key.setProperty("small", "true")
            key.clicked.connect(partial(self._press, digit))
            pad.addWidget(key, place // 5, place % 5)
        erase = QPushButton(say(t.ERASE, self._language))
        erase.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        erase.setProperty("small", "true")
        erase.clicked.connect(self._erase)
        pad.addWidget(erase, 0, 5, 2, 1)
        line = QVBoxLayout()
        label = QLabel(say(e.DAY, self._language))
        label.setBuddy(day)
        line.addWidget(label)
        line.addWidget(day)
        line.addLayout(pad)
        row = QHBoxLayout()
        row.addLayout(line)
        return row

    def _press(self, digit: str) -> None:
        if self.day is not None:
            digits = [letter for letter in self.day.text() if letter.isdigit()] + [digit]
            self._show_digits(digits[:8])

    def _erase(self) -> None:
        if self.day is not None:
            self._show_digits([letter for letter in self.day.text() if letter.isdigit()][:-1])

    def _typed(self, _words: str) -> None:
        self.wrong.hide()
        self.touched.emit()

    def _show_digits(self, digits: list[str]) -> None:
        if self.day is not None:
            text = "".join(digits)
            parts = [part for part in (text[:4], text[4:6], text[6:8]) if part]
            self.day.setText("-".join(parts))
            self._typed("")

    def _lay_out(self) -> None:
        self.title.setProperty("rank", "title")
        self.asks.setProperty("rank", "strong")
        self.done.setProperty("rank", "quiet")
        self.wrong.setProperty("rank", "warning")
        self.go.setProperty("role", "refer")
        for label in (self.title, self.done, self.asks, self.wrong):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.back.clicked.connect(self.step_back)
        self.go.clicked.connect(self._next)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        for widget in (self.title, self.done, self.asks, self._answers, self.wrong):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        last = QHBoxLayout()
        last.addWidget(self.back, 1)
        last.addWidget(self.go, 1)
        self._column.addLayout(last)
        self.wrong.hide()
