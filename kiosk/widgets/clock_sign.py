"""A clock where the words ask for more time: the tick that stands there before would say that all is done."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.theme.dress import SYMBOL, ink
from kiosk.widgets.boxes import square
from kiosk.widgets.key_pictures import more_time


class ClockSign(QWidget):
    """The picture of the key that gives it, as large as its place allows."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the clock and the plus in the middle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = square(self.rect())
        painter.translate(box.topLeft())
        painter.scale(box.width(), box.height())
        more_time(painter, ink(self, SYMBOL))
        painter.end()
