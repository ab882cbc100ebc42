"""A bar that runs out: how long this screen still stays."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.theme.dress import TEXT, ink


class TimeLeft(QWidget):
    """A rounded bar filled to a part. Nothing is drawn where time does not run."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.part: float | None = None

    def show_part(self, part: float | None) -> None:
        """Fills the bar to a part between 0 and 1; None: no bar."""
        if part != self.part:
            self.part = part
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the bar."""
        if self.part is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        round_by = self.height() / 2
        colour = ink(self, TEXT)
        colour.setAlphaF(0.28)
        painter.setBrush(colour)
        painter.drawRoundedRect(QRectF(self.rect()), round_by, round_by)
        painter.setBrush(ink(self, TEXT))
        width = max(float(self.height()), self.width() * self.part)
        painter.drawRoundedRect(QRectF(0, 0, width, self.height()), round_by, round_by)
        painter.end()
