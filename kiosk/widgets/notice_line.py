"""A sentence that stands for some seconds, and is read aloud where the screen is."""

from __future__ import annotations

from PySide6.QtCore import Qt

from kiosk.widgets.told import Told

NOTICE_S = 8.0


class NoticeLine(Told):
    """Hidden while there is nothing to say. Times are seconds of one monotonic clock."""

    def __init__(self) -> None:
        super().__init__()
        self._until = 0.0
        self.setProperty("rank", "warning")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.hide()

    def say_at(self, words: str, now: float) -> None:
        """Stands there from now on. What stood there already is read once more: it was asked for again."""
        again = self.isVisible() and words == self.text()
        self._until = now + NOTICE_S
        self.tell(words)
        self.show()
        if again:
            self.say_again()

    def follow(self, now: float) -> None:
        """Time went on."""
        if now >= self._until and not self.isHidden():
            self.drop()

    def drop(self) -> None:
        """It is not so any more."""
        self.hide()
        self.clear()
