"""How to hold the code: a phone, a camera, and an open hand between them."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QWidget

from kiosk.presenters.traveller_screen import Shape
from kiosk.theme.palette import NIGHT, PANEL, SKY, WHITE
from kiosk.widgets.shapes import draw, pen


class HoldPicture(QWidget):
    """Drawn three times as wide as high. The words beside it say the same."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws phone, distance and camera on a panel."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(PANEL))
        painter.drawRoundedRect(QRectF(self.rect()), self.height() / 9, self.height() / 9)
        unit = min(self.height() / 100, self.width() / 250)
        painter.translate(self.width() / 2 - 115 * unit, self.height() / 2 - 50 * unit)
        painter.scale(unit, unit)
        draw(painter, Shape.PHONE, QRectF(-6, 12, 76, 76), QColor(WHITE), QColor(PANEL))
        _distance(painter)
        _camera(painter)
        painter.end()


def _distance(painter: QPainter) -> None:
    painter.setPen(pen(QColor(SKY), 3.5))
    painter.drawLine(QPointF(74, 84), QPointF(166, 84))
    for tip, back in ((72, 82), (168, 158)):
        painter.drawPolyline(QPolygonF([QPointF(back, 77), QPointF(tip, 84), QPointF(back, 91)]))
    _hand(painter)


def _hand(painter: QPainter) -> None:
    """An open hand seen from the side of the palm, thumb and little finger stretched."""
    painter.setPen(pen(QColor(SKY), 8))
    for start, end in (
        ((110, 50), (80, 42)),
        ((112, 42), (97, 17)),
        ((120, 40), (118, 11)),
        ((128, 42), (138, 15)),
        ((131, 50), (160, 36)),
    ):
        painter.drawLine(QPointF(*start), QPointF(*end))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(SKY))
    palm = QPainterPath()
    palm.addRoundedRect(QRectF(105, 37, 31, 33), 11, 11)
    painter.drawPath(palm)


def _camera(painter: QPainter) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(WHITE))
    painter.drawRoundedRect(QRectF(178, 20, 52, 60), 9, 9)
    painter.setBrush(QColor(NIGHT))
    painter.drawEllipse(QPointF(204, 50), 19, 19)
    painter.setBrush(QColor(SKY))
    painter.drawEllipse(QPointF(204, 50), 8, 8)
