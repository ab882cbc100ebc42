"""The signs of the lane, drawn in a unit square: each is told by its outline alone."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from kiosk.presenters.traveller_screen import Shape

Draw = Callable[[QPainter, QColor, QColor], None]


def draw(painter: QPainter, shape: Shape, box: QRectF, ink: QColor, ground: QColor) -> None:
    """Draws a sign into a square box: `ink` is the body, `ground` what is cut out of it."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(box.width(), box.height())
    painter.setPen(Qt.PenStyle.NoPen)
    _SHAPES[shape](painter, ink, ground)
    painter.restore()


def pen(colour: QColor, width: float) -> QPen:
    """A round pen, its width in units of the square."""
    return QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _line(painter: QPainter, colour: QColor, width: float, *points: tuple[float, float]) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen(colour, width))
    painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in points]))
    painter.setPen(Qt.PenStyle.NoPen)


def _tick_circle(painter: QPainter, ink: QColor, ground: QColor) -> None:
    painter.setBrush(ink)
    painter.drawEllipse(QRectF(0.02, 0.02, 0.96, 0.96))
    _line(painter, ground, 0.115, (0.27, 0.53), (0.44, 0.69), (0.74, 0.34))


def _code_read(painter: QPainter, ink: QColor, ground: QColor) -> None:
    _ring(painter, ink, 0.06)
    _line(painter, ink, 0.09, (0.28, 0.53), (0.44, 0.68), (0.73, 0.35))
    del ground


def _ring(painter: QPainter, ink: QColor, width: float) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen(ink, width))
    painter.drawEllipse(QRectF(0.07, 0.07, 0.86, 0.86))
    painter.setPen(Qt.PenStyle.NoPen)


DOTS, DOT = (0.3, 0.5, 0.7), 0.055
"""The dots of the wait ring, as parts of its side: how far along, and their half width."""


def _wait_ring(painter: QPainter, ink: QColor, ground: QColor) -> None:
    _ring(painter, ink, 0.06)
    painter.setBrush(ink)
    for x in DOTS:
        painter.drawEllipse(QPointF(x, 0.5), DOT, DOT)
    del ground


def _hand_diamond(painter: QPainter, ink: QColor, ground: QColor) -> None:
    corners = QPolygonF([QPointF(0.5, 0.01), QPointF(0.99, 0.5), QPointF(0.5, 0.99), QPointF(0.01, 0.5)])
    painter.setBrush(ink)
    painter.setPen(pen(ink, 0.02))
    painter.drawPolygon(corners)
    painter.setPen(Qt.PenStyle.NoPen)
    for x, top in ((0.405, 0.33), (0.47, 0.27), (0.535, 0.285), (0.6, 0.345)):
        _line(painter, ground, 0.05, (x, top), (x, 0.55))
    _line(painter, ground, 0.052, (0.33, 0.5), (0.40, 0.6))
    palm = QPainterPath(QPointF(0.38, 0.52))
    palm.lineTo(0.625, 0.5)
    palm.cubicTo(0.63, 0.62, 0.61, 0.68, 0.575, 0.73)
    palm.lineTo(0.45, 0.73)
    palm.cubicTo(0.42, 0.68, 0.4, 0.64, 0.375, 0.58)
    palm.closeSubpath()
    painter.setBrush(ground)
    painter.drawPath(palm)


def _bar_octagon(painter: QPainter, ink: QColor, ground: QColor) -> None:
    painter.setBrush(ink)
    painter.drawPolygon(_octagon(0.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen(ground, 0.022))
    painter.drawPolygon(_octagon(0.455))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(QRectF(0.2, 0.425, 0.6, 0.15), 0.02, 0.02)


def _octagon(radius: float) -> QPolygonF:
    turns = [math.radians(22.5 + 45 * at) for at in range(8)]
    return QPolygonF([QPointF(0.5 + radius * math.cos(t), 0.5 + radius * math.sin(t)) for t in turns])


def _desk(painter: QPainter, ink: QColor, ground: QColor) -> None:
    painter.setBrush(ink)
    painter.drawRoundedRect(QRectF(0.02, 0.02, 0.96, 0.96), 0.12, 0.12)
    painter.setBrush(ground)
    painter.drawEllipse(QPointF(0.5, 0.3), 0.115, 0.115)
    body = QPainterPath(QPointF(0.3, 0.62))
    body.cubicTo(0.3, 0.4, 0.7, 0.4, 0.7, 0.62)
    body.closeSubpath()
    painter.drawPath(body)
    painter.drawRoundedRect(QRectF(0.14, 0.655, 0.72, 0.07), 0.02, 0.02)
    painter.drawRect(QRectF(0.2, 0.72, 0.6, 0.13))


def _barrier(painter: QPainter, ink: QColor, ground: QColor) -> None:
    painter.setBrush(ink)
    painter.drawEllipse(QRectF(0.02, 0.02, 0.96, 0.96))
    painter.setBrush(ground)
    painter.drawRoundedRect(QRectF(0.19, 0.42, 0.62, 0.16), 0.03, 0.03)


def _wrench(painter: QPainter, ink: QColor, ground: QColor) -> None:
    painter.setBrush(ink)
    painter.drawRoundedRect(QRectF(0.02, 0.02, 0.96, 0.96), 0.12, 0.12)
    painter.translate(0.5, 0.5)
    painter.rotate(45)
    head = QPainterPath()
    head.addEllipse(QPointF(0, -0.22), 0.155, 0.155)
    jaw = QPainterPath()
    jaw.addRoundedRect(QRectF(-0.06, -0.42, 0.12, 0.23), 0.03, 0.03)
    handle = QPainterPath()
    handle.addRoundedRect(QRectF(-0.062, -0.16, 0.124, 0.52), 0.06, 0.06)
    painter.setBrush(ground)
    painter.drawPath(head.subtracted(jaw).united(handle))
    painter.setBrush(ink)
    painter.drawEllipse(QPointF(0, 0.29), 0.028, 0.028)


def _way_out(painter: QPainter, ink: QColor, ground: QColor) -> None:
    painter.setBrush(ink)
    painter.drawRoundedRect(QRectF(0.0, 0.02, 1.0, 0.96), 0.06, 0.06)
    painter.translate(-0.15, 0)
    painter.setBrush(ground)
    painter.drawRect(QRectF(0.56, 0.12, 0.36, 0.78))
    painter.setBrush(ink)
    painter.drawEllipse(QPointF(0.62, 0.24), 0.062, 0.062)
    _line(painter, ink, 0.085, (0.595, 0.37), (0.55, 0.55))
    for body in (
        ((0.58, 0.37), (0.68, 0.43), (0.74, 0.39)),
        ((0.56, 0.55), (0.645, 0.63), (0.66, 0.77)),
    ):
        _line(painter, ink, 0.05, *body)
    for body in (
        ((0.56, 0.37), (0.47, 0.41), (0.445, 0.51)),
        ((0.545, 0.57), (0.49, 0.68), (0.385, 0.7)),
    ):
        _line(painter, ground, 0.05, *body)


def _phone(painter: QPainter, ink: QColor, ground: QColor) -> None:
    painter.setBrush(ink)
    painter.drawRoundedRect(QRectF(0.24, 0.03, 0.52, 0.94), 0.07, 0.07)
    painter.setBrush(ground)
    painter.drawRect(QRectF(0.285, 0.13, 0.43, 0.72))
    painter.setBrush(ink)
    for x, y in ((0.33, 0.3), (0.55, 0.3), (0.33, 0.52)):
        painter.drawRect(QRectF(x, y, 0.12, 0.12))
        painter.setBrush(ground)
        painter.drawRect(QRectF(x + 0.03, y + 0.03, 0.06, 0.06))
        painter.setBrush(ink)
    for x, y in ((0.55, 0.52), (0.61, 0.58), (0.55, 0.61), (0.475, 0.36), (0.475, 0.46), (0.4, 0.46)):
        painter.drawRect(QRectF(x, y, 0.045, 0.045))


def _not_a_code(painter: QPainter, ink: QColor, ground: QColor) -> None:
    painter.setBrush(ink)
    painter.drawRoundedRect(QRectF(0.02, 0.02, 0.96, 0.96), 0.12, 0.12)
    for x, y in ((0.18, 0.18), (0.56, 0.18), (0.18, 0.56)):
        for colour, inset in ((ground, 0.0), (ink, 0.06), (ground, 0.105)):
            painter.setBrush(colour)
            painter.drawRect(QRectF(x + inset, y + inset, 0.26 - 2 * inset, 0.26 - 2 * inset))
    for x, y in ((0.58, 0.58), (0.72, 0.6), (0.6, 0.73), (0.74, 0.74)):
        painter.drawRect(QRectF(x, y, 0.08, 0.08))
    _line(painter, ink, 0.2, (0.2, 0.8), (0.8, 0.2))
    _line(painter, ground, 0.1, (0.17, 0.83), (0.83, 0.17))


_SHAPES: dict[Shape, Draw] = {
    Shape.PHONE: _phone,
    Shape.NOT_A_CODE: _not_a_code,
    Shape.CODE_READ: _code_read,
    Shape.WAIT_RING: _wait_ring,
    Shape.TICK_CIRCLE: _tick_circle,
    Shape.HAND_DIAMOND: _hand_diamond,
    Shape.BAR_OCTAGON: _bar_octagon,
    Shape.DESK: _desk,
    Shape.BARRIER: _barrier,
    Shape.WRENCH: _wrench,
    Shape.WAY_OUT: _way_out,
}
