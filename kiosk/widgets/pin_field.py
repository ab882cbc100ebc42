"""Where a PIN is typed. Its digits never become the field's text: nothing that reads fields can tell them.

A `QLineEdit` hides a password from the eye, and yet hands each letter of it in the clear to whatever reads
the screen (Qt 6.11: `QAccessibleTextInsertEvent`): a reader says it aloud, any program on the bus hears it.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QWidget

DOT = "•"


class PinField(QLineEdit):
    """The field holds a dot for each digit. `text` is the PIN; only digits come in, and only at the end."""

    def __init__(self, longest: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._digits = ""
        self.setMaxLength(longest)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setAcceptDrops(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.textChanged.connect(self._only_dots)

    def text(self) -> str:
        """The digits."""
        return self._digits

    def setText(self, digits: str | None) -> None:
        """Other digits."""
        self._take(digits or "")

    def insert(self, digits: str | None) -> None:
        """More digits, after the others."""
        self._take(self._digits + (digits or ""))

    def backspace(self) -> None:
        """The last one goes."""
        self._take(self._digits[:-1])

    def clear(self) -> None:
        """All are forgotten."""
        self._take("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits and the key that takes one back. Enter is a line's; whatever else is not the field's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Backspace:
            self._typed(self._digits[:-1])
        elif event.text() and _digits(event.text()):
            self._typed(self._digits + event.text())
        else:
            event.ignore()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """What an input method hands over whole."""
        self._typed(self._digits + event.commitString())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A finger brings the cursor to the end."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Nothing is selected."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Nothing is pasted."""
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Nothing is selected."""
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Who comes by Tab goes on where the digits end."""
        super().focusInEvent(event)
        self.end(False)

    def _typed(self, digits: str) -> None:
        if self._take(digits):
            self.textEdited.emit(self.displayText())

    def _take(self, digits: str) -> bool:
        new = "".join(one for one in digits if _digits(one))[: self.maxLength()]
        changed, self._digits = new != self._digits, new
        if changed:
            self._only_dots(super().text())
        return changed

    def _only_dots(self, shown: str) -> None:
        """Whatever was put into the field from outside makes way."""
        dots = DOT * len(self._digits)
        if shown == dots:
            return
        if dots.startswith(shown):
            self.end(False)
            super().insert(dots[len(shown) :])
        elif shown == dots + DOT:
            self.end(False)
            super().backspace()  # one dot goes, and a reader says one
        else:
            super().setText(dots)


def _digits(words: str) -> bool:
    return words.isascii() and words.isdecimal()
