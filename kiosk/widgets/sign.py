"""A sign on the screen: shape and colour, no words."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.presenters.traveller_screen import Shape
from kiosk.theme.dress import ON_SYMBOL, SYMBOL, ink
from kiosk.widgets.boxes import square
from kiosk.widgets.shapes import draw


class Sign(QWidget):
    """One of the lane's shapes, as large as its place allows. The words beside it say the same."""

    def __init__(self, parent: QWidget | None, shape: Shape) -> None:
        super().__init__(parent)
        self._shape = shape

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the shape in the middle."""
        painter = QPainter(self)
        draw(painter, self._shape, QRectF(square(self.rect())), ink(self, SYMBOL), ink(self, ON_SYMBOL))
        painter.end()
