"""The plan of every screen that speaks to all who stand there: a sign, and each language in its row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from kiosk.theme.palette import Role
from kiosk.theme.sizes import Sizes
from kiosk.widgets.boxes import columns, rows
from kiosk.widgets.page import PageWidget, say_all
from kiosk.widgets.words import level

if TYPE_CHECKING:
    from kiosk.presenters.traveller_screen import TravellerScreen


class EveryonePage(PageWidget):
    """Sign above the rows on a tall screen, beside them on a wide one."""

    def __init__(self, sizes: Sizes, role: Role, sign: QWidget) -> None:
        super().__init__(sizes, role)
        self.sign = sign
        sign.setParent(self)
        self.headlines = [self.words(130, bold=True, lines=1) for _ in range(sizes.at_once)]
        self.subs = [self.quiet_words(56) for _ in range(sizes.at_once)]

    def show_screen(self, screen: TravellerScreen) -> None:
        """Fills in the words."""
        say_all(self.headlines, screen.headline)
        say_all(self.subs, screen.sub)
        self.level()

    def arrange(self) -> None:
        """Tall or wide."""
        box = self.body(self.sizes.px(64))
        if self.sizes.portrait:
            sign, words = rows(box, (34, 66), self.sizes.px(48))
        else:
            sign, words = columns(box, (38, 62), self.sizes.px(64))
        self.place_sign(sign)
        self.place_words(words)
        self.level()

    def place_sign(self, box: QRect) -> None:
        """The sign's place."""
        self.sign.setGeometry(box)

    def place_words(self, box: QRect) -> None:
        """One row for each language; a single one stands together in the middle."""
        if len(self.headlines) == 1:
            box = box.adjusted(0, box.height() // 6, 0, -(box.height() // 6))
        for at, row in enumerate(rows(box, [1] * len(self.headlines), self.sizes.px(20))):
            headline, sub = rows(row, (58, 42))
            self.headlines[at].setGeometry(headline)
            self.subs[at].setGeometry(sub)

    def level(self) -> None:
        """No language is larger than another."""
        level(self.headlines)
        level(self.subs)
