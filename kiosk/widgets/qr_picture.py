"""A code to be photographed: black on white with its quiet zone, whatever the colours of the screen."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.presenters.qr import QUIET, Modules, modules
from kiosk.presenters.traveller_screen import Photograph
from kiosk.theme.dress import TEXT, ink

PIN = 0.27
"""Height of a pin over the symbol, as a part of the whole."""


class QrPicture(QWidget):
    """As large as whole pixels for each module allow. A screen reader says what it is."""

    def __init__(self, parent: QWidget, *, place: bool = False) -> None:
        """`place`: it stands for where one is, and a pin as on a map says so."""
        super().__init__(parent)
        self._place = place
        self._modules: Modules = ()
        self.setAccessibleName("")

    @property
    def module_pixels(self) -> int:
        """Width of one module; 0: there is no room for the symbol, or none to show."""
        if not self._modules:
            return 0
        return min(self.width(), self.height() - self._pin) // (len(self._modules) + 2 * QUIET)

    @property
    def _pin(self) -> int:
        """Height of the pin over the symbol."""
        return round(self.height() * PIN) if self._place else 0

    def show_code(self, code: Photograph | None) -> None:
        """Shows a symbol, or nothing."""
        shown = modules(code.content) if code else ()
        if shown == self._modules:
            return
        self._modules = shown
        self.setAccessibleName(code.caption.text if code else "")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the symbol in the middle."""
        size = self.module_pixels
        if not size:
            return
        count = len(self._modules)
        side = size * (count + 2 * QUIET)
        left, top = (self.width() - side) // 2, (self.height() - self._pin - side) // 2 + self._pin
        painter = QPainter(self)
        if self._pin:
            high = self._pin * 0.86
            _pin(painter, QRectF(left + side / 2 - high / 2, top - self._pin, high, high), ink(self, TEXT))
        painter.fillRect(QRect(left, top, side, side), Qt.GlobalColor.white)
        left, top = left + QUIET * size, top + QUIET * size
        for y, row in enumerate(self._modules):
            for x, long in dark_runs(row):
                painter.fillRect(
                    QRect(left + x * size, top + y * size, long * size, size), Qt.GlobalColor.black
                )
        painter.end()


def _pin(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """A pin as on a map: a drop that points at its place, with a hole."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(box.width(), box.height())
    drop = QPainterPath(QPointF(0.5, 1.0))
    drop.cubicTo(0.36, 0.74, 0.16, 0.58, 0.16, 0.35)
    drop.cubicTo(0.16, -0.11, 0.84, -0.11, 0.84, 0.35)
    drop.cubicTo(0.84, 0.58, 0.64, 0.74, 0.5, 1.0)
    drop.addEllipse(QPointF(0.5, 0.34), 0.14, 0.14)
    painter.fillPath(drop, colour)
    painter.restore()


def dark_runs(row: bytes) -> Iterator[tuple[int, int]]:
    """Where dark modules begin that touch one another, and how many they are."""
    start = row.find(1)
    while start >= 0:
        end = row.find(0, start)
        end = len(row) if end < 0 else end
        yield start, end - start
        start = row.find(1, end)
