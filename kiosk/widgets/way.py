"""The way to walk: chevrons that run in one direction, slowly enough to be no flicker."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QPointF, Qt, QTimer
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QPolygonF, QShowEvent
from PySide6.QtWidgets import QWidget

from kiosk.theme.palette import ROLES, Role
from kiosk.widgets.shapes import pen

TURN = {"up": 0, "right": 90, "left": -90}
CYCLE_MS = 1200
"""One run of the light. Less than one a second stays far below three flashes a second (WCAG 2.3.1)."""
COUNT = 3


class Way(QWidget):
    """Three chevrons. `still` keeps them all lit, for pictures and for people whom motion disturbs."""

    def __init__(self, parent: QWidget, role: Role, *, still: bool = False) -> None:
        super().__init__(parent)
        self._role, self._still = role, still
        self._arrow = "up"
        self._elapsed = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(66)
        self._timer.timeout.connect(self.update)

    @property
    def running(self) -> bool:
        """Whether the chevrons move."""
        return self._timer.isActive()

    def point(self, arrow: str) -> None:
        """Turns the chevrons: `up`, `left` or `right`."""
        self._arrow = arrow
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        """Starts to run."""
        super().showEvent(event)
        if not self._still:
            self._elapsed.start()
            self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Costs nothing while it is not seen."""
        super().hideEvent(event)
        self._timer.stop()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the chevrons, each lit when the run reaches it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(self.width() / 2, self.height() / 2)
        along, across = (
            (self.height(), self.width()) if self._arrow == "up" else (self.width(), self.height())
        )
        painter.rotate(TURN.get(self._arrow, 0))
        size = min(along / 2.6, across / 2.1)
        colour = QColor(ROLES[self._role].text)
        for at in range(COUNT):
            colour.setAlphaF(self._light(at))
            painter.setPen(pen(colour, size * 0.2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            y = (1 - at) * size * 0.72 + size * 0.25
            chevron = [QPointF(-size * 0.8, y), QPointF(0, y - size * 0.62), QPointF(size * 0.8, y)]
            painter.drawPolyline(QPolygonF(chevron))
        painter.end()

    def _light(self, at: int) -> float:
        if self._still or not self._elapsed.isValid():
            return 1.0
        run = (self._elapsed.elapsed() % CYCLE_MS) / CYCLE_MS * (COUNT + 1)
        return 0.35 + 0.65 * max(0.0, 1 - abs(run - at - 0.5))
