"""Out of order: the part that is missing, by name and two letters, and where to go instead."""

from __future__ import annotations

from PySide6.QtCore import QRect

from kiosk.presenters.traveller_screen import Shape, TravellerScreen
from kiosk.theme.palette import Role
from kiosk.theme.sizes import Sizes
from kiosk.widgets.boxes import rows
from kiosk.widgets.everyone_page import EveryonePage
from kiosk.widgets.sign import Sign
from kiosk.widgets.steps import Steps


class OutOfOrderScreen(EveryonePage):
    """A part the lane needs is missing. It goes away by itself when the part is back."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__(sizes, Role.CLOSED, Sign(None, Shape.WRENCH))
        self.faults = Steps(self, sizes, numbered=False)

    def show_screen(self, screen: TravellerScreen) -> None:
        """Names the faults, too."""
        super().show_screen(screen)
        self.faults.say(screen.steps)

    def place_sign(self, box: QRect) -> None:
        """On a wide screen the faults stand under the sign."""
        if self.sizes.portrait:
            super().place_sign(box)
            return
        shares = (55, 45) if self.sizes.large else (68, 32)
        sign, faults = rows(box, shares, self.sizes.px(28))
        super().place_sign(sign)
        self.faults.setGeometry(faults)

    def place_words(self, box: QRect) -> None:
        """On a tall one under the words: where to go comes before what is broken."""
        if self.sizes.portrait:
            shares = (77, 23) if self.sizes.large else (85, 15)
            box, faults = rows(box, shares, self.sizes.px(20))
            self.faults.setGeometry(faults.adjusted(0, 0, 0, -self.sizes.px(12)))
        super().place_words(box)
