"""The first screen for `screenshots` and for tests."""

from __future__ import annotations

from config.glimpse import Glimpse
from config.settings import Display
from kiosk.screens.starting import FirstWindow


def first_window(display: Display, language: str, *, not_real: str = "") -> FirstWindow:
    """The first screen of a lane whose own language this is, with nothing that moves."""
    order = (language, *(other for other in display.languages if other != language))
    glimpse = Glimpse(
        fullscreen=False,
        width=display.width,
        height=display.height,
        diagonal_mm=display.diagonal_mm,
        reading_mm=display.reading_mm,
        letters=display.letters,
        contrast=display.contrast,
        motion=False,
        languages=order,
    )
    window = FirstWindow(glimpse, not_real=not_real)
    window.show()
    return window
