"""A sign on the screen: shape and colour, no words."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.presenters.traveller_screen import Shape
from kiosk.theme.palette import ROLES, Role
from kiosk.widgets.boxes import square
from kiosk.widgets.shapes import draw


class Sign(QWidget):
    """One of the lane's shapes, as large as its place allows. The words beside it say the same."""

    def __init__(self, parent: QWidget, shape: Shape, role: Role) -> None:
        super().__init__(parent)
        self._shape, self._role = shape, role

    def show_shape(self, shape: Shape, role: Role) -> None:
        """Changes the shape."""
        self._shape, self._role = shape, role
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the shape in the middle."""
        painter = QPainter(self)
        tones = ROLES[self._role]
        box = QRectF(square(self.rect()))
        draw(painter, self._shape, box, QColor(tones.symbol), QColor(tones.on_symbol))
        painter.end()
