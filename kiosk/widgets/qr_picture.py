"""A code to be photographed: black on white with its quiet zone, whatever the colours of the screen."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.presenters.qr import QUIET, Modules, modules
from kiosk.presenters.traveller_screen import Photograph


class QrPicture(QWidget):
    """As large as whole pixels for each module allow. A screen reader says what it is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._modules: Modules = ()
        self.setAccessibleName("")

    @property
    def module_pixels(self) -> int:
        """Width of one module; 0: there is no room for the symbol, or none to show."""
        if not self._modules:
            return 0
        return min(self.width(), self.height()) // (len(self._modules) + 2 * QUIET)

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
        left, top = (self.width() - side) // 2, (self.height() - side) // 2
        painter = QPainter(self)
        painter.fillRect(QRect(left, top, side, side), Qt.GlobalColor.white)
        left, top = left + QUIET * size, top + QUIET * size
        for y, row in enumerate(self._modules):
            for x, long in dark_runs(row):
                painter.fillRect(
                    QRect(left + x * size, top + y * size, long * size, size), Qt.GlobalColor.black
                )
        painter.end()


def dark_runs(row: bytes) -> Iterator[tuple[int, int]]:
    """Where dark modules begin that touch one another, and how many they are."""
    start = row.find(1)
    while start >= 0:
        end = row.find(0, start)
        end = len(row) if end < 0 else end
        yield start, end - start
        start = row.find(1, end)
