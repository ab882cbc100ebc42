"""What moves by itself: only while it is seen, too slowly to flicker, and not at all where it may not."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

FRAME_MS = 66


class Moving(QWidget):
    """Paints anew fifteen times a second while it is seen. Subclasses draw the moment that `part` names.

    `still`: for exact pictures and for people whom motion disturbs; whoever draws then draws the whole.
    """

    cycle_ms = 1200
    """One round. Less than one a second stays far below three flashes a second (WCAG 2.3.1)."""

    def __init__(self, parent: QWidget, *, still: bool = False) -> None:
        super().__init__(parent)
        self._still = still
        self._elapsed = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(FRAME_MS)
        self._timer.timeout.connect(self.update)

    @property
    def running(self) -> bool:
        """Whether it moves."""
        return self._timer.isActive()

    @property
    def part(self) -> float | None:
        """How much of the round has passed, 0 to 1; None: nothing moves."""
        if self._still or not self._elapsed.isValid():
            return None
        return (self._elapsed.elapsed() % self.cycle_ms) / self.cycle_ms

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
