"""Please go to the desk: where a referral goes on when the lane is needed."""

from __future__ import annotations

from kiosk.presenters.traveller_screen import Shape
from kiosk.theme.palette import Role
from kiosk.theme.sizes import Sizes
from kiosk.widgets.take_along_page import TakeAlongPage


class DeskScreen(TakeAlongPage):
    """Shown for a moment after a referral ended without the gate."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__(sizes, Role.REFER, Shape.DESK)
