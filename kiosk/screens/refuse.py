"""Please stop: red, the octagon, why, and what to do now."""

from __future__ import annotations

from kiosk.presenters.traveller_screen import Shape
from kiosk.theme.palette import Role
from kiosk.theme.sizes import Sizes
from kiosk.widgets.take_along_page import TakeAlongPage


class RefuseScreen(TakeAlongPage):
    """A code that cannot pass, never a person."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__(sizes, Role.REFUSE, Shape.BAR_OCTAGON)
