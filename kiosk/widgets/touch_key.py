"""A key on the traveller's screen: large enough for any finger, and never needed to cross."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from kiosk.theme.sizes import Sizes
from kiosk.widgets.key_pictures import Picture
from kiosk.widgets.key_plate import draw_plate
from kiosk.widgets.letter_pictures import LETTER_PICTURES
from kiosk.widgets.letters import advance

MIDDLE = 0.37
"""How far below the middle of a key its letters stand, as a part of their pixel size."""


class TouchKey(QPushButton):
    """Letters or a picture. A key that is on is filled; whoever made it says when that is."""

    def __init__(
        self,
        parent: QWidget,
        sizes: Sizes,
        name: str,
        *,
        letters: str = "",
        language: str = "en",
        picture: Picture | None = None,
        role: QAccessible.Role = QAccessible.Role.Button,
    ) -> None:
        """What a screen reader says: `name`, in the language of who needs the key, and `role`."""
        super().__init__(parent)
        self.reader_role = role
        self._sizes, self._language, self._picture = sizes, language, picture
        self.letters = letters
        self.setAccessibleName(name)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoDefault(True)  # or return does nothing

    def nextCheckState(self) -> None:
        """A touch only asks: what follows from it decides whether the key is on."""

    @property
    def pixels(self) -> int:
        """Size of its letters."""
        if not self.letters:
            return 0
        room = self.width() - self._sizes.px(10)
        return min(self._sizes.smallest, int(room / advance(self.letters, self._language, True)))

    def show_picture(self, picture: Picture) -> None:
        """Another picture."""
        self._picture = picture
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Edge, ground, and what stands on it."""
        painter = QPainter(self)
        front = draw_plate(painter, self, self._sizes, filled=self.isChecked())
        if self._picture:
            side = min(self.width(), self.height()) * 0.74
            painter.translate((self.width() - side) / 2, (self.height() - side) / 2)
            painter.scale(side, side)
            self._picture(painter, front)
        elif self.letters:
            size = self.pixels
            left = (self.width() - advance(self.letters, self._language, True) * size) / 2
            start = QPointF(left, self.height() / 2 + MIDDLE * size)
            LETTER_PICTURES.paint(painter, start, self.letters, self._language, size, front, bold=True)
        painter.end()
