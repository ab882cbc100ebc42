"""Leave now: the sign of the way out. Nothing is commanded, nothing is asked."""

from __future__ import annotations

from kiosk.presenters.traveller_screen import Shape
from kiosk.theme.palette import Role
from kiosk.theme.sizes import Sizes
from kiosk.widgets.everyone_page import EveryonePage
from kiosk.widgets.sign import Sign


class EvacuateScreen(EveryonePage):
    """Fire."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__(sizes, Role.ALARM, Sign(None, Shape.WAY_OUT))
