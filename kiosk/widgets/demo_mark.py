"""The mark of what is not real: on every screen of demo and practice, always (DESIGN §4 rule 7)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPolygonF
from PySide6.QtWidgets import QFrame, QWidget

from kiosk.i18n.texts import text
from kiosk.presenters import not_real
from kiosk.presenters.traveller_screen import Line
from kiosk.theme.fonts import CAPITAL_RATIO
from kiosk.theme.palette import DEMO_GROUND, DEMO_STRIPE
from kiosk.theme.sizes import Sizes
from kiosk.widgets.boxes import columns, inset, rows
from kiosk.widgets.letters import advance, draw_line
from kiosk.widgets.words import Words, level

LENGTH = 1.15
"""How much of the band a word may take, in parts of its extent to the right: the diagonal has 1.41."""


class DemoStrip(QFrame):
    """A strip along the top with the words in every language."""

    def __init__(
        self, parent: QWidget, sizes: Sizes, languages: Sequence[str], *, practice: bool = False
    ) -> None:
        super().__init__(parent)
        self._sizes = sizes
        self._says = not_real.PRACTICE if practice else not_real.DEMO
        self.setAutoFillBackground(True)
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Window, QColor(DEMO_STRIPE))
        palette.setColor(QPalette.ColorRole.WindowText, QColor(DEMO_GROUND))
        self.setPalette(palette)
        self.words = [
            Words(self, most=max(sizes.px(44), sizes.smallest), least=sizes.smallest, bold=True, lines=1)
            for _ in list(languages)[: sizes.at_once]
        ]
        for words, language in zip(self.words, languages, strict=False):
            words.say(Line(language, text(self._says, language)))

    def speak(self, language: str) -> None:
        """Where there is room for one language only, it is that of the screen."""
        if len(self.words) == 1:
            self.words[0].say(Line(language, text(self._says, language)))

    def arrange(self) -> None:
        """Two by two on a tall screen; on a wide one in one row, as many languages as it has room for."""
        gap = self._sizes.px(20)
        box = inset(self.rect(), self._sizes.px(4))
        if len(self.words) == 1:
            places = [box]
        elif self._sizes.portrait:
            half = (len(self.words) + 1) // 2
            places = [cell for row in rows(box, [1] * half) for cell in columns(row, (1, 1), gap)]
        else:
            widths = [advance(words.text(), words.line.language, True) for words in self.words]
            while (sum(widths) * self._sizes.smallest) + gap * len(widths) > box.width() and len(widths) > 1:
                del widths[-1]
            places = columns(box, [width * 1000 + gap for width in widths], gap)
        for words in self.words:
            words.setVisible(words in self.words[: len(places)])
        for words, place in zip(self.words, places, strict=False):
            words.setGeometry(place)
        level(self.words[: len(places)])

    @staticmethod
    def height_for(sizes: Sizes) -> int:
        """Height of the strip in pixels."""
        two_rows = sizes.portrait and sizes.at_once > 1
        return round(sizes.smallest * (2.7 if two_rows else 1.4)) + sizes.px(8)


def band(parent: QWidget, sizes: Sizes, language: str, *, practice: bool) -> DemoBand:
    """DEMO, which every language shares, or the word for practice in the lane's own."""
    if not practice:
        return DemoBand(parent, sizes)
    return DemoBand(parent, sizes, text(not_real.PRACTICE_WORD, language), language)


class DemoBand(QWidget):
    """A band across the upper right corner, over everything; touches go through it."""

    def __init__(self, parent: QWidget, sizes: Sizes, word: str = "DEMO", language: str = "en") -> None:
        super().__init__(parent)
        self._sizes, self.word, self._language = sizes, word, language
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(word)

    @staticmethod
    def side_for(sizes: Sizes) -> int:
        """Side in pixels of the corner it covers."""
        return sizes.px(170)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the band with its word, which the strip says to screen readers."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = float(self.width())
        thick = side * 0.36
        painter.setPen(Qt.PenStyle.NoPen)
        for colour, more in ((DEMO_GROUND, side * 0.03), (DEMO_STRIPE, 0.0)):
            painter.setBrush(QColor(colour))
            outer, inner = side * 0.06 - more, side * 0.06 + thick * 1.41 + more
            painter.drawPolygon(
                QPolygonF(
                    [
                        QPointF(outer, 0),
                        QPointF(inner, 0),
                        QPointF(side, side - inner),
                        QPointF(side, side - outer),
                    ]
                )
            )
        middle = side * 0.06 + thick * 0.705
        painter.translate((middle + side) / 2, (side - middle) / 2)
        painter.rotate(45)
        wide = advance(self.word, self._language, True)
        size = min(thick * 0.62, (side - middle) * LENGTH / wide)
        start = QPointF(-wide * size / 2, size * CAPITAL_RATIO / 2)
        draw_line(painter, start, self.word, self._language, size, QColor(DEMO_GROUND), bold=True)
        painter.end()
