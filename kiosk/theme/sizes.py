"""How large things are: from the size of the window, never below what can be read from where people stand."""

from __future__ import annotations

import math
from dataclasses import dataclass

from kiosk.theme.fonts import CAPITAL_RATIO

CAPITAL_DEGREES = 0.7
"""Smallest height of a capital H as seen by the reader (EN 301 549, clause 5.1.4)."""
FAR_MM = 2000
"""From here a verdict must be understood: the place of the next in the queue, or of the officer."""
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
    """Sizes in pixels for one window."""

    width: int
    height: int
    smallest: int
    """No text on the traveller's screen is smaller than this."""
    far: int
    """A verdict's headline is never smaller than this: it is read from two metres."""

    @classmethod
    def for_window(cls, width: int, height: int, *, diagonal_mm: float, reading_mm: float) -> Sizes:
        """Sizes for a window that fills a display of this diagonal, read from this distance (both in mm)."""
        pixels_per_mm = math.hypot(width, height) / diagonal_mm
        short = min(width, height)
        smallest = min(letter_pixels(reading_mm, pixels_per_mm), short // 18)
        far = min(letter_pixels(FAR_MM, pixels_per_mm), short // 10)
        return cls(width, height, smallest, far)

    @property
    def portrait(self) -> bool:
        """Whether the window is taller than wide."""
        return self.height > self.width

    def px(self, base: float) -> int:
        """A length drawn for a short side of 1080, in this window's pixels."""
        return max(1, round(base * min(self.width, self.height) / DESIGN_SIDE))
