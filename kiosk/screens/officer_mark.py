"""Small marks beside words: a shape for each role, so that a grey print or a tired eye tells them apart."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from kiosk.theme.palette import INK, LINE, ROLES, WHITE, Role
from verification.evidence import Colour

_ISSUERS = {Colour.GREEN: "#35C07F", Colour.YELLOW: "#FFD84D", Colour.RED: "#F2545B"}


class RoleMark(QWidget):
    """Round with a tick, triangle with a bar, square with a cross, flat bar: well, look, broken, unknown."""

    def __init__(self, size: int = 26, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = size
        self._role = Role.NEUTRAL
        self.setFixedSize(QSize(size, size))

    def set_role(self, role: Role) -> None:
        """Changes what the mark says."""
        self._role = role
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the shape in a square of its own, edged so that it stands on any ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = float(self._size)
        tones = ROLES[self._role]
        edge = QColor(INK if tones.ground == WHITE else WHITE)
        painter.setPen(QPen(edge, side / 13))
        painter.setBrush(QColor(tones.ground))
        box = QRectF(side * 0.08, side * 0.08, side * 0.84, side * 0.84)
        pen = QPen(QColor(tones.text), side / 8)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        if self._role is Role.ADMIT:
            painter.drawEllipse(box)
            painter.setPen(pen)
            painter.drawPolyline(_points(side, (0.30, 0.52), (0.45, 0.67), (0.70, 0.35)))
        elif self._role in (Role.REFER, Role.ALARM):
            painter.drawPolygon(_points(side, (0.5, 0.08), (0.95, 0.9), (0.05, 0.9)))
            painter.setPen(pen)
            painter.drawLine(QPointF(side * 0.5, side * 0.42), QPointF(side * 0.5, side * 0.6))
            painter.drawPoint(QPointF(side * 0.5, side * 0.77))
        elif self._role is Role.REFUSE:
            painter.drawRect(box)
            painter.setPen(pen)
            painter.drawLine(QPointF(side * 0.32, side * 0.32), QPointF(side * 0.68, side * 0.68))
            painter.drawLine(QPointF(side * 0.68, side * 0.32), QPointF(side * 0.32, side * 0.68))
        elif self._role is Role.CLOSED:
            painter.drawRect(QRectF(side * 0.08, side * 0.36, side * 0.84, side * 0.28))
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(box)


class IssuersColour(QWidget):
    """The issuer's colour as a flag on a staff: a shape that no verdict of ours has."""

    def __init__(self, colour: Colour, size: int = 26, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour, self._size = colour, size
        self.setFixedSize(QSize(size, size))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the flag."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = float(self._size)
        painter.setPen(QPen(QColor(LINE), side / 10))
        painter.drawLine(QPointF(side * 0.15, side * 0.08), QPointF(side * 0.15, side * 0.95))
        painter.setPen(QPen(QColor(INK), 1))
        painter.setBrush(QColor(_ISSUERS[self._colour]))
        painter.drawRect(QRectF(side * 0.2, side * 0.1, side * 0.72, side * 0.5))


def _points(side: float, *parts: tuple[float, float]) -> QPolygonF:
    return QPolygonF([QPointF(side * x, side * y) for x, y in parts])
