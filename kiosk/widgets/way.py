"""The way to walk: chevrons that run in one direction, slowly enough to be no flicker."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QWidget

from kiosk.theme.dress import TEXT, ink
from kiosk.widgets.moving import Moving
from kiosk.widgets.shapes import pen

TURN = {"up": 0, "right": 90, "left": -90}
COUNT = 3


class Way(Moving):
    """Three chevrons, all lit where nothing moves."""

    def __init__(self, parent: QWidget, *, still: bool = False) -> None:
        super().__init__(parent, still=still)
        self.arrow = "up"

    def point(self, arrow: str) -> None:
        """Turns the chevrons: `up`, `left` or `right`."""
        self.arrow = arrow
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the chevrons, each lit when the run reaches it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(self.width() / 2, self.height() / 2)
        along, across = (self.height(), self.width()) if self.arrow == "up" else (self.width(), self.height())
        painter.rotate(TURN.get(self.arrow, 0))
        size = min(along / 2.6, across / 2.1)
        colour = ink(self, TEXT)
        for at in range(COUNT):
            colour.setAlphaF(self._light(at))
            painter.setPen(pen(colour, size * 0.2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            y = (1 - at) * size * 0.72 + size * 0.25
            chevron = [QPointF(-size * 0.8, y), QPointF(0, y - size * 0.62), QPointF(size * 0.8, y)]
            painter.drawPolyline(QPolygonF(chevron))
        painter.end()

    def _light(self, at: int) -> float:
        part = self.part
        if part is None:
            return 1.0
        return 0.35 + 0.65 * max(0.0, 1 - abs(part * (COUNT + 1) - at - 0.5))
