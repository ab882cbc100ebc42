"""The days of an export, chosen with keys that a finger hits: from, to, and the word to begin."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from kiosk.presenters import shift_texts as t
from kiosk.presenters.shift_texts import say

MOST_DAYS = 366
"""No further back: payloads are gone after 31 days, and what waits for a receipt is not kept for years."""
DAY = timedelta(days=1)


class _Day(QWidget):
    """One day between a key for the day before and one for the day after. Held down, a key goes on."""

    moved = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.before, self.after, self.shown = QPushButton("−"), QPushButton("+"), QLabel()
        self._names = ("", "")
        self.shown.setProperty("rank", "strong")
        self.setStyleSheet("QPushButton:focus { padding: 0; }")  # or the wider border cuts the minus short
        self.shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for part in (self.before, self.shown, self.after):
            row.addWidget(part)
        for button, step in ((self.before, -1), (self.after, 1)):
            button.setAutoRepeat(True)
            button.setProperty("small", "true")
            button.clicked.connect(lambda _=False, step=step: self.moved.emit(step))

    def show_day(self, day: date, first: date, last: date) -> None:
        """The day, and which keys lead on from it."""
        self.shown.setText(day.isoformat())
        self._name()
        self.before.setEnabled(day > first)
        self.after.setEnabled(day < last)

    def name(self, before: str, after: str) -> None:
        """What a screen reader says of the keys."""
        self._names = before, after
        self._name()

    def _name(self) -> None:
        """With the day, so that each step of it is heard."""
        for key, name in zip((self.before, self.after), self._names, strict=True):
            key.setAccessibleName(name.format(day=self.shown.text()))


class PeriodRow(QWidget):
    """Chooses from one day to another, both inside. Days are those of the station's zone."""

    wanted = Signal(object, object)
    """Export from the first `date` to the second."""
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._today = self.first = self.last = date.min
        self.since, self.until = _Day(), _Day()
        self._from, self._to, self.begin, self.leave = QLabel(), QLabel(), QPushButton(), QPushButton()
        days, keys = QHBoxLayout(), QHBoxLayout()
        for part in (self._from, self.since, self._to, self.until):
            days.addWidget(part)
        days.addStretch(1)
        for button in (self.begin, self.leave):
            keys.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(days)
        column.addLayout(keys)
        self.since.moved.connect(self._move_first)
        self.until.moved.connect(self._move_last)
        self.begin.clicked.connect(lambda: self.wanted.emit(self.first, self.last))
        self.leave.clicked.connect(self.left)

    def open(self, today: date) -> None:
        """Begins with today alone."""
        self._today = self.first = self.last = today
        self._show()

    def set_language(self, language: str) -> None:
        """Speaks another language."""
        self._from.setText(say(t.FROM, language))
        self._to.setText(say(t.TO, language))
        self.begin.setText(say(t.EXPORT_DAYS, language))
        self.leave.setText(say(t.NO_DAYS, language))
        earlier, later = say(t.DAY_BEFORE, language), say(t.DAY_AFTER, language)
        for part, words in ((self.since, t.FROM), (self.until, t.TO)):
            end = say(words, language)
            part.name(f"{end} {{day}}: {earlier}", f"{end} {{day}}: {later}")

    def _move_first(self, step: int) -> None:
        self.first += step * DAY
        self.last = max(self.first, self.last)
        self._show()

    def _move_last(self, step: int) -> None:
        self.last += step * DAY
        self.first = min(self.first, self.last)
        self._show()

    def _show(self) -> None:
        oldest = self._today - MOST_DAYS * DAY
        self.since.show_day(self.first, oldest, self._today)
        self.until.show_day(self.last, oldest, self._today)
