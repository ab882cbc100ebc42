"""A field whose Enter is spent once it was heard: it must not press a key of the page it leads to."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit


class EnterSpent(QLineEdit):
    """Qt hands the Enter of a field on to the page around it, also when `returnPressed` was listened to."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keeps it."""
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
