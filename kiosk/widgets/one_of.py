"""A key for one of several answers that exclude one another: a screen reader has to call it that."""

from __future__ import annotations

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QPushButton, QWidget


class OneOf(QPushButton):
    """Who asks says which is chosen. Tab comes to each of them, and no arrow chooses one by itself."""

    reader_role = QAccessible.Role.RadioButton

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.setCheckable(True)
