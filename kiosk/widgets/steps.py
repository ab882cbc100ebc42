"""What to do next, one step under the other, each with its number; a step alone has none."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from kiosk.presenters.traveller_screen import Line
from kiosk.theme.dress import PANEL, TEXT, ink
from kiosk.theme.fonts import CAPITAL_RATIO
from kiosk.theme.sizes import Sizes
from kiosk.widgets.letter_pictures import LETTER_PICTURES
from kiosk.widgets.letters import advance
from kiosk.widgets.page import say_all
from kiosk.widgets.words import Words, level

MOST = 3


class Steps(QWidget):
    """A panel with up to three lines. Numbers are painted: a screen reader hears the lines in their order."""

    def __init__(self, parent: QWidget, sizes: Sizes, *, numbered: bool = True, most: float = 56) -> None:
        super().__init__(parent)
        self._sizes, self._numbered = sizes, numbered
        largest = max(sizes.smallest, sizes.letters(most))
        self.labels = [
            Words(self, most=largest, least=sizes.smallest, bold=True, lines=2, centred=False)
            for _ in range(MOST)
        ]
        self._discs: list[QRect] = []

    def say(self, lines: Sequence[Line]) -> None:
        """Shows the steps."""
        say_all(self.labels, lines[:MOST])
        self.arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lays out again."""
        super().resizeEvent(event)
        self.arrange()

    def arrange(self) -> None:
        """Rows of equal height; only as many as are spoken."""
        spoken = [label for label in self.labels if label.line.text]
        for label in self.labels:
            label.setVisible(label in spoken)
        margin, gap = self._sizes.px(30), self._sizes.px(26)
        disc = round(self._sizes.smallest * 1.7) if self._numbered and len(spoken) > 1 else 0
        height = (self.height() - 2 * self._sizes.px(12)) // max(1, len(spoken))
        self._discs = []
        for at, label in enumerate(spoken):
            top = self._sizes.px(12) + at * height
            left = margin + (disc + gap if disc else 0)
            label.setGeometry(left, top, self.width() - left - margin, height)
            if disc:
                side = min(disc, height - self._sizes.px(6))
                left_of = margin + (disc - side) // 2
                self._discs.append(QRect(left_of, top + (height - side) // 2, side, side))
        level(spoken)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the panel and the numbers."""
        if not any(label.line.text for label in self.labels):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink(self, PANEL))
        round_by = self._sizes.px(28)
        painter.drawRoundedRect(QRectF(self.rect()), round_by, round_by)
        for at, disc in enumerate(self._discs, start=1):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink(self, TEXT))
            painter.drawEllipse(disc)
            size, number = disc.height() * 0.62, str(at)
            middle = QPointF(disc.x() + disc.width() / 2, disc.y() + disc.height() / 2)
            start = middle + QPointF(-advance(number, "en", True) * size / 2, size * CAPITAL_RATIO / 2)
            LETTER_PICTURES.paint(painter, start, number, "en", size, ink(self, PANEL), bold=True)
        painter.end()
