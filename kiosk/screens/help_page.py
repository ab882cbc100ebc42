"""An officer will help you: without a phone, with children, in a wheelchair, in a group."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from kiosk.i18n.texts import text
from kiosk.presenters import help_texts as t
from kiosk.presenters.traveller_screen import Line, TravellerScreen
from kiosk.theme.dress import PANEL, TEXT, ink
from kiosk.theme.palette import Role
from kiosk.theme.sizes import Sizes
from kiosk.widgets.boxes import columns, rows, square
from kiosk.widgets.help_pictures import child, group, kept, no_phone, officer, wheelchair
from kiosk.widgets.key_pictures import Picture
from kiosk.widgets.page import PageWidget
from kiosk.widgets.picture_sign import PictureSign
from kiosk.widgets.word_key import WordKey
from kiosk.widgets.words import Words, level

PICTURES: tuple[Picture, ...] = (no_phone, child, wheelchair, group)
"""In the order of the words."""


class Need(QWidget):
    """One picture on a panel, and its words beside or below it."""

    def __init__(self, parent: QWidget, sizes: Sizes, picture: Picture) -> None:
        super().__init__(parent)
        self._sizes, self._picture = sizes, picture
        most = max(sizes.smallest, sizes.letters(50))
        self.words = Words(self, most=most, least=sizes.smallest, bold=True, lines=3, centred=False)
        self._place = QRect()

    def arrange(self) -> None:
        """The picture stands over the words where there is height for both, else before them."""
        margin = self._sizes.px(14)
        box = self.rect().adjusted(margin, margin // 2, -margin, -margin // 2)
        self.words.centred = box.height() > 0.55 * box.width()
        if self.words.centred:
            self._place, words = rows(box, (56, 44), margin)
            self.words.setGeometry(words)
            return
        side = min(box.height(), round(box.width() * 0.2))
        self._place = QRect(box.left(), box.top(), side, box.height())
        self.words.setGeometry(box.adjusted(side + margin, 0, 0, 0))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws panel and picture."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink(self, PANEL))
        painter.drawRoundedRect(QRectF(self.rect()), self._sizes.px(24), self._sizes.px(24))
        box = square(self._place)
        painter.translate(box.topLeft())
        painter.scale(box.width(), box.height())
        self._picture(painter, ink(self, TEXT))
        painter.end()


class HelpPage(PageWidget):
    """Four needs, one answer. Nobody is called invalid."""

    keeps_wanted = Signal()

    def __init__(self, sizes: Sizes) -> None:
        super().__init__(sizes, Role.NEUTRAL)
        self.picture = PictureSign(self, officer, TEXT)
        self.headline = self.words(110, bold=True)
        self.sub = self.words(56, lines=3)
        self.needs = [Need(self, sizes, picture) for picture in PICTURES]
        self.keeps = WordKey(self, sizes, kept)
        self.keeps.clicked.connect(self.keeps_wanted)

    def show_screen(self, screen: TravellerScreen) -> None:
        """Fills in the words."""
        language = screen.headline[0].language
        self.headline.say(screen.headline[0])
        self.sub.say(screen.sub[0])
        for need, line in zip(self.needs, screen.steps, strict=True):
            need.words.say(line)
        level(need.words for need in self.needs)
        self.keeps.say(Line(language, text(t.KEEPS, language)))

    def arrange(self) -> None:
        """Officer and words above, the needs two by two below."""
        box = self.body(self.sizes.px(44))
        gap = self.sizes.px(22)
        key = round(self.sizes.smallest * 1.5)
        self.keeps.setGeometry(box.left(), box.bottom() - key, box.width(), key)
        box.setBottom(box.bottom() - key - gap)
        if self.sizes.portrait:
            above, needs = rows(box, (46, 54), gap)
            picture, headline, sub = rows(above, (40, 30, 30), gap)
        elif self.sizes.large:
            above, needs = rows(box, (35, 65), gap)
            picture = QRect()
            headline, sub = rows(above, (54, 46), gap // 2)
        else:
            above, needs = rows(box, (42, 58), gap)
            picture, words = columns(above, (18, 82), gap)
            headline, sub = rows(words, (50, 50), gap // 2)
        self.picture.setGeometry(picture)
        self.headline.setGeometry(headline)
        self.sub.setGeometry(sub)
        cells = [cell for row in rows(needs, (1, 1), gap) for cell in columns(row, (1, 1), gap)]
        for need, cell in zip(self.needs, cells, strict=True):
            need.setGeometry(cell)
            need.arrange()
        level(need.words for need in self.needs)
