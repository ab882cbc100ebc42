"""The keys above the list of crossings: which of them it has."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from kiosk.desk.crossings_which import Which
from kiosk.presenters import crossed_texts as c
from kiosk.presenters.officer_texts import say


class WhichKeys(QWidget):
    """One is pressed at a time. Touch, Tab and the arrow keys reach them all."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.keys = {which: QPushButton() for which in Which}
        group, row = QButtonGroup(self), QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for which, key in self.keys.items():
            key.setCheckable(True)
            key.setProperty("small", "true")
            key.clicked.connect(partial(self.chosen.emit, which.value))
            group.addButton(key)
            row.addWidget(key)
        row.addStretch(1)
        self.show_which(Which.ALL)

    def show_which(self, which: Which) -> None:
        """Presses this one, and says nothing of it."""
        self.keys[which].setChecked(True)

    def set_language(self, language: str) -> None:
        """Speaks another language."""
        self.setAccessibleName(say(c.WHICH_ONES, language))
        for which, key in self.keys.items():
            words = say(c.WHICH[which], language)
            key.setText(words)
            key.setAccessibleName(f"{say(c.WHICH_ONES, language)}: {words}")
