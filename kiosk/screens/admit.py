"""Please pass: green, a tick, and the way to walk."""

from __future__ import annotations

from PySide6.QtCore import QRect

from kiosk.presenters.traveller_screen import Shape, TravellerScreen
from kiosk.theme.palette import Role
from kiosk.theme.sizes import Sizes
from kiosk.widgets.verdict_page import VerdictPage
from kiosk.widgets.way import Way


class AdmitScreen(VerdictPage):
    """The gate took the pulse."""

    tall = (28, 15, 8, 31, 18)
    wide = (38, 16, 46)
    tall_large = (24, 15, 19, 34, 8)
    wide_large = (26, 31, 43)

    def __init__(self, sizes: Sizes, *, still: bool = False) -> None:
        super().__init__(sizes, Role.ADMIT, Shape.TICK_CIRCLE)
        self.way = Way(self, still=still)

    def show_screen(self, screen: TravellerScreen) -> None:
        """Points the chevrons to the gate."""
        super().show_screen(screen)
        self.way.point(screen.arrow)

    def place_middle(self, box: QRect) -> None:
        """The chevrons stand where other screens have their steps."""
        super().place_middle(QRect())
        self.way.setGeometry(box)
