"""The keys above the list of crossings: which of them it has."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kiosk.desk.crossings_which import Which
from kiosk.presenters import crossed_texts as c
from kiosk.presenters.officer_texts import say
from kiosk.widgets.one_of import OneOf


class WhichKeys(QWidget):
    """One is pressed at a time. Touch, Tab and the arrow keys reach them all; Space or Enter presses.

    They are no `QButtonGroup`: in one, Qt lets Tab come to the pressed key alone.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.keys = {which: OneOf() for which in Which}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for which, key in self.keys.items():
            key.setProperty("small", "true")
            key.clicked.connect(partial(self._choose, which))
            row.addWidget(key)
        row.addStretch(1)
        self.show_which(Which.ALL)

    def show_which(self, which: Which) -> None:
        """Presses this one, and says nothing of it."""
        for one, key in self.keys.items():
            key.setChecked(one is which)

    def _choose(self, which: Which) -> None:
        self.show_which(which)
        self.chosen.emit(which.value)

    def set_language(self, language: str) -> None:
        """Speaks another language."""
        self.setAccessibleName(say(c.WHICH_ONES, language))
        for which, key in self.keys.items():
            words = say(c.WHICH[which], language)
            key.setText(words)
            key.setAccessibleName(f"{say(c.WHICH_ONES, language)}: {words}")
