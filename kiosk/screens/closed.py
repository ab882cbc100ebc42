"""Lane closed: everybody is sent to another lane."""

from __future__ import annotations

from kiosk.presenters.traveller_screen import Shape
from kiosk.theme.palette import Role
from kiosk.theme.sizes import Sizes
from kiosk.widgets.everyone_page import EveryonePage
from kiosk.widgets.sign import Sign


class ClosedScreen(EveryonePage):
    """Until an officer opens the lane."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__(sizes, Role.CLOSED, Sign(None, Shape.BARRIER))
