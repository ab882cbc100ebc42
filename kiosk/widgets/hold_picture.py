"""Two small pictures for who does not read: how to hold the code, and where to go without one."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QWidget

from kiosk.presenters import phrases
from kiosk.presenters.traveller_screen import Line, Shape
from kiosk.theme.dress import GROUND, PANEL, QUIET, TEXT, ink
from kiosk.theme.palette import SKY
from kiosk.theme.sizes import Sizes
from kiosk.widgets.moving import Moving
from kiosk.widgets.shapes import draw, pen
from kiosk.widgets.words import Words

WIDE, HIGH = 240, 80
"""The drawings' own units."""
AWAY = 18
"""How far the phone comes from, in the same."""


class HoldPicture(Moving):
    """A phone that comes to its place at a camera, and how far that is, in figures every language shares."""

    cycle_ms = 2600

    def __init__(self, parent: QWidget, sizes: Sizes, *, still: bool = False) -> None:
        super().__init__(parent, still=still)
        self.distance = Words(self, most=sizes.px(48), least=sizes.smallest, bold=True, lines=1)
        self.distance.say(Line("en", phrases.DISTANCE))
        self._back = False

    def go_back(self, back: bool) -> None:
        """Whether the phone goes back from a place too near, instead of coming up."""
        self._back = back

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Puts the figure over the arrow."""
        super().resizeEvent(event)
        unit, left, top = _place(self)
        self.distance.setGeometry(
            round(left + 58 * unit), round(top + 4 * unit), round(110 * unit), round(40 * unit)
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws phone, distance and camera on a panel; the eye lights up when the phone is there."""
        painter = _on_panel(self)
        away, seen = _approach(self.part)
        away = -away if self._back else away
        draw(painter, Shape.PHONE, QRectF(-8 - AWAY * away, 2, 76, 76), ink(self, TEXT), ink(self, PANEL))
        _arrow(painter, 68 - AWAY * away, 158, 56, both=True)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink(self, TEXT))
        painter.drawRoundedRect(QRectF(172, 9, 54, 62), 9, 9)
        painter.setBrush(ink(self, GROUND))
        painter.drawEllipse(QPointF(199, 40), 20, 20)
        painter.setBrush(QColor(SKY))
        painter.drawEllipse(QPointF(199, 40), 8 + 9 * seen, 8 + 9 * seen)
        painter.end()


class StaffedPicture(QWidget):
    """No phone, a wheelchair, a child: to the officer. A touch on it asks for more."""

    touched = Signal()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Whoever points at it wants help."""
        super().mousePressEvent(event)
        self.touched.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the three, an arrow, and the desk."""
        painter = _on_panel(self)
        _no_phone(painter, ink(self, QUIET), ink(self, PANEL))
        _wheelchair(painter, ink(self, QUIET))
        _family(painter, ink(self, QUIET))
        _arrow(painter, 146, 172, 40, both=False)
        draw(painter, Shape.DESK, QRectF(182, 11, 58, 58), ink(self, TEXT), ink(self, PANEL))
        painter.end()


def _approach(part: float | None) -> tuple[float, float]:
    """How far away the phone is, 1 to 0, and how much it is seen, 0 to 1: it comes and stays."""
    if part is None:
        return 0.0, 0.0
    come = min(1.0, part / 0.45)
    away = (1 - come) ** 2
    seen = max(0.0, min(1.0, (part - 0.45) / 0.12, (0.98 - part) / 0.12))
    return away, seen


def _place(widget: QWidget) -> tuple[float, float, float]:
    unit = min(widget.height() / (HIGH + 16), widget.width() / (WIDE + 24))
    return unit, (widget.width() - WIDE * unit) / 2, (widget.height() - HIGH * unit) / 2


def _on_panel(widget: QWidget) -> QPainter:
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink(widget, PANEL))
    painter.drawRoundedRect(QRectF(widget.rect()), widget.height() / 8, widget.height() / 8)
    unit, left, top = _place(widget)
    painter.translate(left, top)
    painter.scale(unit, unit)
    return painter


def _arrow(painter: QPainter, left: float, right: float, y: float, *, both: bool) -> None:
    painter.setPen(pen(QColor(SKY), 4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawLine(QPointF(left, y), QPointF(right, y))
    for tip, back in ((left, left + 9), (right, right - 9))[0 if both else 1 :]:
        painter.drawPolyline(QPolygonF([QPointF(back, y - 8), QPointF(tip, y), QPointF(back, y + 8)]))


def _no_phone(painter: QPainter, quiet: QColor, panel: QColor) -> None:
    draw(painter, Shape.PHONE, QRectF(-6, 12, 56, 56), quiet, panel)
    for colour, width in ((panel, 10), (QColor(SKY), 5)):
        painter.setPen(pen(colour, width))
        painter.drawLine(QPointF(3, 66), QPointF(41, 14))


def _wheelchair(painter: QPainter, quiet: QColor) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(quiet)
    painter.drawEllipse(QPointF(66, 15), 5.5, 5.5)
    painter.setPen(pen(quiet, 5.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(
        QPolygonF([QPointF(66, 25), QPointF(68, 44), QPointF(83, 44), QPointF(89, 61), QPointF(94, 59)])
    )
    painter.drawLine(QPointF(67, 33), QPointF(80, 33))
    painter.drawArc(QRectF(52, 34, 34, 34), 100 * 16, 232 * 16)


def _family(painter: QPainter, quiet: QColor) -> None:
    for x, top, size in ((110, 12, 1.0), (129, 32, 0.66)):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(quiet)
        painter.drawEllipse(QPointF(x, top + 6 * size), 6 * size, 6 * size)
        painter.drawRoundedRect(
            QRectF(x - 8.5 * size, top + 14 * size, 17 * size, 22 * size), 5 * size, 5 * size
        )
        painter.drawRoundedRect(QRectF(x - 6 * size, top + 32 * size, 5 * size, 24 * size), 2, 2)
        painter.drawRoundedRect(QRectF(x + 1 * size, top + 32 * size, 5 * size, 24 * size), 2, 2)
