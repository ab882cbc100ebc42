"""One moment: the verdict is written, the gate was asked, nobody should walk yet."""

from __future__ import annotations

from kiosk.presenters.traveller_screen import Shape
from kiosk.theme.palette import Role
from kiosk.theme.sizes import Sizes
from kiosk.widgets.verdict_page import VerdictPage
from kiosk.widgets.waiting import Waiting


class MomentScreen(VerdictPage):
    """Calm ground: green comes with the open gate, not before."""

    def __init__(self, sizes: Sizes, *, still: bool = False) -> None:
        super().__init__(sizes, Role.NEUTRAL, Shape.WAIT_RING)
        self.sign.hide()
        self.sign = Waiting(self, still=still)
