"""How large and how strong things are: never below what can be read from where people stand."""

from __future__ import annotations

import math
from dataclasses import dataclass

from kiosk.i18n.texts import LANGUAGES
from kiosk.theme.fonts import CAPITAL_RATIO
from kiosk.theme.palette import ROLES, STRONG, Role, Tones

CAPITAL_DEGREES = 0.7
"""Smallest height of a capital H as seen by the reader (EN 301 549, clause 5.1.4)."""
FAR_MM = 2000
"""From here a verdict must be understood: the place of the next in the queue, or of the officer."""
LARGE = 1.5
"""Large letters are as tall as if they were read from this many times as far."""
DESIGN_SIDE = 1080
"""The short side all base sizes are drawn for, in pixels."""


def capital_mm(distance_mm: float) -> float:
    """Height in mm that a capital needs at a reading distance in mm."""
    return math.tan(math.radians(CAPITAL_DEGREES)) * distance_mm


def letter_pixels(distance_mm: float, pixels_per_mm: float) -> int:
    """Pixel size of letters whose capitals are tall enough at a distance in mm."""
    return math.ceil(capital_mm(distance_mm) * pixels_per_mm / CAPITAL_RATIO)


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes in pixels for one window, and the colours that go with them."""

    width: int
    height: int
    smallest: int
    """No text on the traveller's screen is smaller than this."""
    far: int
    """A verdict's headline is never smaller than this: it is read from two metres."""
    large: bool = False
    """Large letters. Who needs them reads one language at a time."""
    strong: bool = False
    """High contrast."""

    @classmethod
    def for_window(
        cls,
        width: int,
        height: int,
        *,
        diagonal_mm: float,
        reading_mm: float,
        large: bool = False,
        strong: bool = False,
    ) -> Sizes:
        """Sizes for a window that fills a display of this diagonal, read from this distance (both in mm)."""
        pixels_per_mm = math.hypot(width, height) / diagonal_mm
        short = min(width, height)
        times, most = (LARGE, short // 12) if large else (1.0, short // 18)
        smallest = min(letter_pixels(reading_mm * times, pixels_per_mm), most)
        far = max(smallest, min(letter_pixels(FAR_MM, pixels_per_mm), short // 10))
        return cls(width, height, smallest, far, large, strong)

    @property
    def portrait(self) -> bool:
        """Whether the window is taller than wide."""
        return self.height > self.width

    @property
    def at_once(self) -> int:
        """How many languages a screen that speaks to all who stand there has room for."""
        return 1 if self.large else len(LANGUAGES)

    def tones(self, role: Role) -> Tones:
        """The colours of a role."""
        return (STRONG if self.strong else ROLES)[role]

    def letters(self, base: float) -> int:
        """A size of letters drawn for a short side of 1080; half as large again where large is wanted."""
        return self.px(base * LARGE if self.large else base)

    def px(self, base: float) -> int:
        """A length drawn for a short side of 1080, in this window's pixels."""
        return max(1, round(base * min(self.width, self.height) / DESIGN_SIDE))
