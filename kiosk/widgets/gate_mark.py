"""The mark of the house: two posts and the arm between them, which slides while the kiosk starts.

The parts are labels with pictures and the motion is Qt's own, so that no Python runs while it moves: what
starts meanwhile on another thread holds Python's lock for tenths of a second.
"""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QPoint, QPropertyAnimation, QRectF
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPainterPath, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QWidget

from kiosk.theme.dress import PANEL, SYMBOL, ink
from kiosk.widgets.boxes import square

SIDE = 32
"""The drawing's own units."""
CORNER = 6
POSTS = (QRectF(5, 8, 4, 16), QRectF(23, 8, 4, 16))
ARM = QRectF(8.9, 14, 9.2, 4)
"""At the left post, where it rests."""
SLIDE = 5
"""How far it goes to the right: to the other post."""
ROUND_MS = 1600


class GateMark(QWidget):
    """Fills its place with the mark. `still`: the arm rests."""

    def __init__(self, *, still: bool = False) -> None:
        super().__init__()
        self._still = still
        self._posts, self._arm = QLabel(self), QLabel(self)
        self.slide = QPropertyAnimation(self._arm, b"pos", self)
        self.slide.setDuration(ROUND_MS)
        self.slide.setLoopCount(-1)
        self.slide.setEasingCurve(QEasingCurve.Type.InOutSine)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draws the parts for this size, once."""
        super().resizeEvent(event)
        box = square(self.rect())
        unit = box.width() / SIDE
        posts = QPixmap(box.size())
        posts.fill(QColor(0, 0, 0, 0))
        painter = QPainter(posts)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(unit, unit)
        panel = QPainterPath()
        panel.addRoundedRect(QRectF(0, 0, SIDE, SIDE), CORNER, CORNER)
        painter.fillPath(panel, self.palette().brush(PANEL))
        upright = QPainterPath()
        for post in POSTS:
            upright.addRect(post)
        painter.fillPath(upright, self.palette().brush(SYMBOL))
        painter.end()
        self._posts.setPixmap(posts)
        self._posts.setGeometry(box)
        arm = QPixmap(round(ARM.width() * unit), round(ARM.height() * unit))
        arm.fill(ink(self, SYMBOL))
        self._arm.setPixmap(arm)
        rests = box.topLeft() + QPoint(round(ARM.x() * unit), round(ARM.y() * unit))
        away = rests + QPoint(round(SLIDE * unit), 0)
        self._arm.setGeometry(rests.x(), rests.y(), arm.width(), arm.height())
        self.slide.setStartValue(rests)
        self.slide.setKeyValueAt(0.5, away)
        self.slide.setEndValue(rests)

    def showEvent(self, event: QShowEvent) -> None:
        """Begins to move."""
        super().showEvent(event)
        if not self._still:
            self.slide.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Costs nothing while it is not seen."""
        super().hideEvent(event)
        self.slide.stop()
