"""A key with a picture and a word or two, as wide as its place."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from kiosk.presenters.traveller_screen import Line
from kiosk.theme.sizes import Sizes
from kiosk.widgets.key_pictures import Picture
from kiosk.widgets.key_plate import draw_plate
from kiosk.widgets.letter_pictures import LETTER_PICTURES
from kiosk.widgets.letters import advance

MIDDLE_OF_WORDS = 0.34
"""Higher than a single letter stands: words have tails below their line."""


class WordKey(QPushButton):
    """Its words are its accessible name, too. Space, return or a touch presses it."""

    def __init__(self, parent: QWidget, sizes: Sizes, picture: Picture | None = None) -> None:
        super().__init__(parent)
        self._sizes, self._picture = sizes, picture
        self.line = Line("en", "")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoDefault(True)  # or return does nothing

    def say(self, line: Line) -> None:
        """Takes its words."""
        if line != self.line:
            self.line = line
            self.setAccessibleName(line.text)
            self.update()

    @property
    def pixels(self) -> int:
        """Size of its letters."""
        wide = advance(self.line.text, self.line.language, True)
        return min(self._sizes.smallest, int(self._room() / wide)) if wide else 0

    def _side(self) -> int:
        return round(self.height() * 0.8) if self._picture else 0

    def _room(self) -> int:
        gap = self._sizes.px(16)
        return self.width() - 2 * gap - (self._side() + gap if self._picture else 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Edge, picture, words in the middle."""
        painter = QPainter(self)
        front = draw_plate(painter, self, self._sizes, filled=self.isDown())
        size, side, gap = self.pixels, self._side(), self._sizes.px(16)
        wide = advance(self.line.text, self.line.language, True) * size
        left = (self.width() - wide - (side + gap if side else 0)) / 2
        if self._picture:
            painter.save()
            painter.translate(left, (self.height() - side) / 2)
            painter.scale(side, side)
            self._picture(painter, front)
            painter.restore()
            left += side + gap
        start = QPointF(left, self.height() / 2 + MIDDLE_OF_WORDS * size)
        LETTER_PICTURES.paint(painter, start, self.line.text, self.line.language, size, front, bold=True)
        painter.end()
