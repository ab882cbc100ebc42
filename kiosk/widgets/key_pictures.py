"""What stands on the keys of the traveller's screen: drawn in a unit square, so that nobody has to read."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPolygonF

from kiosk.widgets.shapes import pen

Picture = Callable[[QPainter, QColor], None]


def _lines(painter: QPainter, ink: QColor, width: float, *points: tuple[float, float]) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen(ink, width))
    painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in points]))


def easy_to_read(painter: QPainter, ink: QColor) -> None:
    """A small and a large A, and a disc that is half dark: size and contrast of the letters."""
    for left, right, top in ((0.0, 0.26, 0.52), (0.24, 0.66, 0.14)):
        middle, bottom = (left + right) / 2, 0.86
        _lines(painter, ink, 0.075, (left + 0.03, bottom), (middle, top), (right - 0.03, bottom))
        across = top + (bottom - top) * 0.66
        part = (right - left) * 0.2
        _lines(painter, ink, 0.06, (left + part, across), (right - part, across))
    disc = QRectF(0.68, 0.2, 0.3, 0.3)
    painter.setPen(pen(ink, 0.05))
    painter.drawEllipse(disc)
    painter.setBrush(ink)
    painter.drawChord(disc, 90 * 16, 180 * 16)


def headphones(painter: QPainter, ink: QColor) -> None:
    """Two shells and a band."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen(ink, 0.08))
    band = QPainterPath(QPointF(0.14, 0.62))
    band.lineTo(0.14, 0.5)
    band.cubicTo(0.14, 0.02, 0.86, 0.02, 0.86, 0.5)
    band.lineTo(0.86, 0.62)
    painter.drawPath(band)
    painter.setBrush(ink)
    painter.drawRoundedRect(QRectF(0.1, 0.58, 0.16, 0.3), 0.05, 0.05)
    painter.drawRoundedRect(QRectF(0.74, 0.58, 0.16, 0.3), 0.05, 0.05)


def loudness(level: int, of: int) -> Picture:
    """Rising bars, the first `level` of them filled."""

    def bars(painter: QPainter, ink: QColor) -> None:
        width = 0.9 / of
        for at in range(of):
            height = 0.25 + 0.6 * at / (of - 1)
            painter.setPen(pen(ink, 0.045))
            painter.setBrush(ink if at < level else Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(0.05 + at * width, 0.9 - height, width * 0.62, height))

    return bars


def more_time(painter: QPainter, ink: QColor) -> None:
    """A clock and a plus."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen(ink, 0.075))
    painter.drawEllipse(QRectF(0.05, 0.18, 0.64, 0.64))
    _lines(painter, ink, 0.075, (0.37, 0.32), (0.37, 0.52), (0.5, 0.6))
    _lines(painter, ink, 0.09, (0.84, 0.06), (0.84, 0.38))
    _lines(painter, ink, 0.09, (0.68, 0.22), (1.0, 0.22))
