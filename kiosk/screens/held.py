"""Please wait: an officer holds the lane for a moment."""

from __future__ import annotations

from kiosk.presenters.traveller_screen import Shape
from kiosk.theme.palette import Role
from kiosk.theme.sizes import Sizes
from kiosk.widgets.everyone_page import EveryonePage
from kiosk.widgets.sign import Sign


class HeldScreen(EveryonePage):
    """Nobody is sent away."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__(sizes, Role.CLOSED, Sign(None, Shape.WAIT_RING))
