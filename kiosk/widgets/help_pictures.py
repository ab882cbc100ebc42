"""Pictures of the help for travellers, drawn in a unit square: who goes to the officer, and the keys' own."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPolygonF

from kiosk.widgets.shapes import pen


def _person(painter: QPainter, ink: QColor, x: float, top: float, size: float) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawEllipse(QPointF(x, top + 0.1 * size), 0.1 * size, 0.1 * size)
    painter.drawRoundedRect(
        QRectF(x - 0.14 * size, top + 0.24 * size, 0.28 * size, 0.36 * size), 0.08 * size, 0.08 * size
    )
    for left in (-0.1, 0.02):
        painter.drawRoundedRect(
            QRectF(x + left * size, top + 0.54 * size, 0.08 * size, 0.4 * size), 0.03 * size, 0.03 * size
        )


def officer(painter: QPainter, ink: QColor) -> None:
    """Somebody with a peaked cap."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    cap = QPainterPath(QPointF(0.26, 0.26))
    cap.lineTo(0.2, 0.12)
    cap.quadTo(0.5, -0.04, 0.8, 0.12)
    cap.lineTo(0.74, 0.26)
    cap.closeSubpath()
    painter.drawPath(cap)
    face = QPainterPath(QPointF(0.3, 0.32))
    face.lineTo(0.7, 0.32)
    face.cubicTo(0.7, 0.62, 0.3, 0.62, 0.3, 0.32)
    painter.drawPath(face)
    body = QPainterPath(QPointF(0.1, 1.0))
    body.cubicTo(0.1, 0.5, 0.9, 0.5, 0.9, 1.0)
    body.closeSubpath()
    painter.drawPath(body)


def information(painter: QPainter, ink: QColor) -> None:
    """The letter i in a ring."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen(ink, 0.08))
    painter.drawEllipse(QRectF(0.05, 0.05, 0.9, 0.9))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawEllipse(QPointF(0.5, 0.27), 0.07, 0.07)
    painter.drawRoundedRect(QRectF(0.44, 0.41, 0.12, 0.36), 0.05, 0.05)


def back(painter: QPainter, ink: QColor) -> None:
    """An arrow to the left."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen(ink, 0.11))
    painter.drawPolyline(QPolygonF([QPointF(0.45, 0.18), QPointF(0.13, 0.5), QPointF(0.45, 0.82)]))
    painter.drawLine(QPointF(0.15, 0.5), QPointF(0.88, 0.5))


def slip(painter: QPainter, ink: QColor) -> None:
    """A sheet with lines and the corner of a code."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen(ink, 0.07))
    painter.drawRoundedRect(QRectF(0.18, 0.05, 0.64, 0.9), 0.06, 0.06)
    for y in (0.22, 0.36):
        painter.drawLine(QPointF(0.32, y), QPointF(0.68, y))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    for x, y in ((0.32, 0.52), (0.52, 0.52), (0.32, 0.7), (0.56, 0.74)):
        painter.drawRect(QRectF(x, y, 0.13, 0.13))


def kept(painter: QPainter, ink: QColor) -> None:
    """A calendar with a closed eye: kept for some days, shown to few."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen(ink, 0.075))
    painter.drawRoundedRect(QRectF(0.08, 0.16, 0.84, 0.76), 0.08, 0.08)
    painter.drawLine(QPointF(0.08, 0.38), QPointF(0.92, 0.38))
    for x in (0.3, 0.7):
        painter.drawLine(QPointF(x, 0.06), QPointF(x, 0.24))
    eye = QPainterPath(QPointF(0.26, 0.58))
    eye.quadTo(0.5, 0.84, 0.74, 0.58)
    painter.drawPath(eye)
    for x, y in ((0.33, 0.76), (0.5, 0.83), (0.67, 0.76)):
        painter.drawLine(QPointF(0.5 + (x - 0.5) * 0.75, y - 0.09), QPointF(x, y))


def no_phone(painter: QPainter, ink: QColor) -> None:
    """A phone, crossed out."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen(ink, 0.07))
    painter.drawRoundedRect(QRectF(0.28, 0.06, 0.44, 0.88), 0.08, 0.08)
    painter.setPen(pen(ink, 0.09))
    painter.drawLine(QPointF(0.08, 0.92), QPointF(0.92, 0.08))


def child(painter: QPainter, ink: QColor) -> None:
    """Somebody tall and somebody small."""
    _person(painter, ink, 0.34, 0.02, 1.0)
    _person(painter, ink, 0.72, 0.36, 0.64)


def wheelchair(painter: QPainter, ink: QColor) -> None:
    """Somebody in a wheelchair."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawEllipse(QPointF(0.36, 0.12), 0.085, 0.085)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen(ink, 0.08))
    body = ((0.36, 0.27), (0.39, 0.56), (0.62, 0.56), (0.74, 0.84), (0.86, 0.8))
    painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in body]))
    painter.drawLine(QPointF(0.37, 0.4), QPointF(0.58, 0.4))
    painter.drawArc(QRectF(0.12, 0.4, 0.54, 0.54), 100 * 16, 232 * 16)


def group(painter: QPainter, ink: QColor) -> None:
    """Three people beside one another."""
    for x, top, size in ((0.2, 0.2, 0.78), (0.8, 0.2, 0.78), (0.5, 0.04, 0.96)):
        _person(painter, ink, x, top, size)
