"""The plan of the screens that speak to one traveller: sign, headline, reason, steps, other languages."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from kiosk.presenters.traveller_screen import Line, Shape, TravellerScreen
from kiosk.theme.palette import Role
from kiosk.theme.sizes import Sizes
from kiosk.widgets.boxes import columns, rows
from kiosk.widgets.page import PageWidget, say_all
from kiosk.widgets.sign import Sign
from kiosk.widgets.steps import Steps
from kiosk.widgets.time_left import TimeLeft
from kiosk.widgets.words import level

ECHOES = 3


class VerdictPage(PageWidget):
    """Sign above words on a tall screen, beside them on a wide one."""

    tall = (31, 18, 11, 21, 19)
    """Shares of sign, headline, reason, middle and foot on a tall screen."""
    wide = (45.2, 23.3, 31.5)
    """Shares of headline, reason and middle beside the sign on a wide one."""
    tall_large = (23, 20, 21, 28, 8)
    """With large letters there are no other languages, and the foot is the code alone."""
    wide_large = (38.3, 29.4, 32.3)
    """Shares of headline, reason and middle, which then has the whole width; the code is under the sign."""

    def __init__(self, sizes: Sizes, role: Role, shape: Shape) -> None:
        super().__init__(sizes, role)
        self.sign: QWidget = Sign(self, shape)
        self.headline = self.words(180, bold=True, far=True)
        self.sub = self.words(72)
        self.steps = Steps(self, sizes)
        self.echoes = [self.quiet_words(50, lines=2) for _ in range(ECHOES)]
        self.code = self.quiet_words(44)
        self.time_left = TimeLeft(self)

    def show_screen(self, screen: TravellerScreen) -> None:
        """Fills in the words."""
        self.headline.say(screen.headline[0])
        self.sub.say(screen.sub[0] if screen.sub else None)
        self.steps.say(screen.steps)
        say_all(self.echoes, screen.echoes)
        level(self.echoes)
        coded = bool(self.code.text())
        self.code.say(Line("en", screen.code))
        if coded is not bool(screen.code):
            self.arrange()
        self.time_left.show_part(screen.progress)

    def arrange(self) -> None:
        """Tall or wide."""
        box = self.body(self.sizes.px(56 if self.sizes.portrait else 44))
        bar = self.sizes.px(18)
        self.time_left.setGeometry(box.left(), box.bottom() - bar, box.width(), bar)
        box.setBottom(box.bottom() - bar - self.sizes.px(8))
        if self.sizes.large:
            self._arrange_large(box)
        elif self.sizes.portrait:
            self._arrange_tall(box)
        else:
            self._arrange_wide(box)
        level(self.echoes)

    def _arrange_tall(self, box: QRect) -> None:
        sign, headline, sub, middle, foot = rows(box, self.tall, self.sizes.px(24))
        self.sign.setGeometry(sign)
        self.headline.setGeometry(headline)
        self.sub.setGeometry(sub)
        self.place_middle(middle)
        *echoes, _, code = rows(foot, (10, 10, 10, 4, 10))
        for label, place in zip(self.echoes, echoes, strict=True):
            label.setGeometry(place)
        self.code.setGeometry(code)

    def _arrange_wide(self, box: QRect) -> None:
        above, foot = rows(box, (82, 18), self.sizes.px(20))
        left, right = columns(above, (32, 68), self.sizes.px(56))
        self.sign.setGeometry(left)
        headline, sub, middle = rows(right, self.wide, self.sizes.px(12))
        self.headline.setGeometry(headline)
        self.sub.setGeometry(sub)
        self.place_middle(middle)
        gap = self.sizes.px(24)
        *echoes, code = columns(foot, (28, 28, 28, 16), gap)
        if not self.code.text():
            echoes = columns(foot, (1, 1, 1), gap)
        for label, place in zip(self.echoes, echoes, strict=True):
            label.setGeometry(place)
        self.code.setGeometry(code)

    def _arrange_large(self, box: QRect) -> None:
        gap = self.sizes.px(18)
        if self.sizes.portrait:
            sign, headline, sub, middle, code = rows(box, self.tall_large, gap)
        else:
            *above, middle = rows(box, self.wide_large, self.sizes.px(6))
            (left, headline), (under, sub) = (columns(row, (24, 76), self.sizes.px(40)) for row in above)
            left.setBottom(under.bottom())
            sign, code = rows(left, (74, 26), gap)
        self.sign.setGeometry(sign)
        self.headline.setGeometry(headline)
        self.sub.setGeometry(sub)
        self.place_middle(middle)
        self.code.setGeometry(code)

    def place_middle(self, box: QRect) -> None:
        """The place under the words; the steps unless a screen has something else to show."""
        self.steps.setGeometry(box)
