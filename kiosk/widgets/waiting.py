"""The wait ring while something is asked for: its dots light up in turn, lest it be taken for a still."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.presenters.traveller_screen import Shape
from kiosk.theme.dress import ON_SYMBOL, SYMBOL, ink
from kiosk.widgets.boxes import square
from kiosk.widgets.moving import Moving
from kiosk.widgets.shapes import DOT, DOTS, draw

DIM = 0.75
"""What is laid over a dot that is not lit, of the ground's colour: it stays to be seen."""


class Waiting(Moving):
    """The shape of `Shape.WAIT_RING`, and exactly that where nothing may move."""

    def __init__(self, parent: QWidget, *, still: bool = False) -> None:
        super().__init__(parent, still=still)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the ring, then dims the dots that wait for their turn."""
        painter = QPainter(self)
        box = QRectF(square(self.rect()))
        ground = ink(self, ON_SYMBOL)
        draw(painter, Shape.WAIT_RING, box, ink(self, SYMBOL), ground)
        part = self.part
        if part is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            for at, x in enumerate(DOTS):
                lit = max(0.0, 1 - abs(part * (len(DOTS) + 1) - at - 1))
                ground.setAlphaF(DIM * (1 - lit))
                painter.setBrush(ground)
                middle = QPointF(box.x() + x * box.width(), box.y() + box.height() / 2)
                painter.drawEllipse(middle, DOT * box.width() + 1, DOT * box.width() + 1)
        painter.end()
