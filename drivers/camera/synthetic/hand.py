"""A hand that holds a phone or a sheet: enough of one that a picture looks held."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from drivers.camera.synthetic.canvas import Colour, Picture, Point, mixed, stroke

_SKINS: tuple[Colour, ...] = (
    (150, 184, 226), (128, 164, 212), (104, 140, 192), (78, 110, 160), (58, 84, 128), (172, 200, 236),
)  # fmt: skip
_SLEEVES: tuple[Colour, ...] = (
    (62, 52, 46),
    (96, 60, 34),
    (40, 44, 92),
    (70, 74, 66),
    (120, 116, 110),
    (38, 36, 36),
)


@dataclass(frozen=True, slots=True)
class Hand:
    """Skin and sleeve of one traveller, and the strokes that draw them on a texture."""

    skin: Colour
    sleeve: Colour
    lean: float
    """How far the wrist leaves to the side, in palm widths."""

    def at_half_light(self) -> Hand:
        return replace(self, skin=mixed(self.skin, (0, 0, 0), 0.5), sleeve=mixed(self.sleeve, (0, 0, 0), 0.5))

    def finger(
        self, colour: Picture, alpha: Picture, points: list[Point], width: float, nail: bool = False
    ) -> None:
        """One finger along the points, from the hand to its tip, with a lit middle and an optional nail."""
        stroke_alpha(alpha, points, width)
        dark, light = mixed(self.skin, (20, 20, 40), 0.4), mixed(self.skin, (255, 255, 255), 0.12)
        for share in (0.0, 0.25, 0.5, 0.75, 1.0):
            lifted = [(x - width * 0.1 * share, y - width * 0.1 * share) for x, y in points]
            stroke(colour, lifted, width * (1 - 0.75 * share), mixed(dark, light, share**0.6))
        if nail:
            (from_x, from_y), (tip_x, tip_y) = points[-2], points[-1]
            length = max(1.0, float(np.hypot(tip_x - from_x, tip_y - from_y)))
            step_x, step_y = (tip_x - from_x) / length, (tip_y - from_y) / length
            start = (tip_x - step_x * width * 0.1, tip_y - step_y * width * 0.1)
            end = (tip_x + step_x * width * 0.22, tip_y + step_y * width * 0.22)
            stroke(colour, [start, end], width * 0.5, mixed(light, (225, 215, 255), 0.22))

    def palm(self, colour: Picture, alpha: Picture, middle: Point, width: float) -> None:
        """The palm behind the thing, with wrist and sleeve running out at the bottom of the texture."""
        height = colour.shape[0]
        x, y = middle
        foot = (x + self.lean * width, float(height))
        dark = mixed(self.skin, (20, 20, 40), 0.35)
        for points, thick in (
            ([(x, y), foot], width * 0.62),
            ([(x - width * 0.2, y), (x + width * 0.2, y)], width * 0.6),
        ):
            stroke_alpha(alpha, points, thick)
            stroke(colour, points, thick, dark)
            stroke(colour, points, thick * 0.7, mixed(dark, self.skin, 0.6))
        cuff = (x + self.lean * width * 0.6, y + (height - y) * 0.72)
        stroke_alpha(alpha, [cuff, foot], width * 0.86)
        stroke(colour, [cuff, foot], width * 0.86, self.sleeve)
        stroke(colour, [cuff, foot], width * 0.5, mixed(self.sleeve, (160, 160, 160), 0.18))


def some_hand(rng: np.random.Generator) -> Hand:
    """One traveller's hand."""
    skin = _SKINS[int(rng.integers(len(_SKINS)))]
    sleeve = _SLEEVES[int(rng.integers(len(_SLEEVES)))]
    return Hand(skin, sleeve, float(rng.uniform(-0.12, 0.12)))


def stroke_alpha(alpha: Picture, points: list[Point], width: float) -> None:
    stroke(alpha, points, width, (255, 255, 255))
