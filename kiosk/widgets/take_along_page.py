"""A verdict that somebody may want to take along: the plan of the verdict screens, and a code."""

from __future__ import annotations

from PySide6.QtCore import QRect

from kiosk.presenters.traveller_screen import Shape, TravellerScreen
from kiosk.theme.palette import Role
from kiosk.theme.sizes import Sizes
from kiosk.widgets.boxes import columns, rows
from kiosk.widgets.qr_picture import QrPicture
from kiosk.widgets.verdict_page import VerdictPage


class TakeAlongPage(VerdictPage):
    """Tall: the code is beside the steps; wide: under the sign. Large letters leave the slip to its key."""

    def __init__(self, sizes: Sizes, role: Role, shape: Shape) -> None:
        super().__init__(sizes, role, shape)
        self.photograph = QrPicture(self)
        self.caption = self.quiet_words(42)

    def show_screen(self, screen: TravellerScreen) -> None:
        """Fills in words and code."""
        super().show_screen(screen)
        shown = screen.photograph
        if self.sizes.large and shown is not None and not shown.renews:
            shown = None
        self.photograph.show_code(shown)
        self.caption.say(shown.caption if shown else None)
        self.arrange()

    def arrange(self) -> None:
        """As every verdict; then room is made for the code."""
        super().arrange()
        if not self.caption.text():
            self.photograph.setGeometry(QRect())
            return
        gap = self.sizes.px(10)
        if self.sizes.large:
            self._arrange_beside_sign(gap)
            return
        if self.sizes.portrait:
            steps, place = columns(self.steps.geometry(), (66, 34), 2 * gap)
            self.steps.setGeometry(steps)
            code, caption = rows(place, (76, 24), gap)
        else:
            sign, place = rows(self.sign.geometry(), (44, 56), gap)
            self.sign.setGeometry(sign)
            code, caption = rows(place, (76, 24), gap)
        self.photograph.setGeometry(code)
        self.caption.setGeometry(caption)

    def _arrange_beside_sign(self, gap: int) -> None:
        """The letters need all the rest. A wide page has no room for what the reason says anyway."""
        if self.sizes.portrait:
            sign, place = columns(self.sign.geometry(), (1, 1), gap)
            code, caption = rows(place, (72, 28), gap)
        else:
            sign, code = rows(self.sign.geometry(), (1, 1), gap)
            caption = QRect()
        self.sign.setGeometry(sign)
        self.photograph.setGeometry(code)
        self.caption.setGeometry(caption)
        self.caption.setVisible(self.sizes.portrait)
