"""Please wait for an officer: amber, an open hand, no blame, and the same for a revoked code."""

from __future__ import annotations

from kiosk.presenters.traveller_screen import Shape
from kiosk.theme.palette import Role
from kiosk.theme.sizes import Sizes
from kiosk.widgets.take_along_page import TakeAlongPage


class ReferScreen(TakeAlongPage):
    """An officer decides; also where the gate did not take the pulse and an officer opens."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__(sizes, Role.REFER, Shape.HAND_DIAMOND)
