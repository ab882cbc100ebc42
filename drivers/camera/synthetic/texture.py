"""A flat thing that carries a code, before the camera sees it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import segno
import zxingcpp

from drivers.camera.synthetic.canvas import Colour, Picture

QUIET = 4
"""Modules of quiet zone around a code (ISO/IEC 18004)."""


@dataclass(frozen=True, slots=True)
class Texture:
    """Colours at half their light, so that over-exposure can be computed after the blur of the lens."""

    colour: Picture = field(repr=False)
    """(height, width, 3) BGR."""
    alpha: Picture = field(repr=False)
    """(height, width), 255 where the thing is."""
    glow: Picture | None = field(repr=False)
    """(height, width), 255 where it shines by itself: a screen."""
    corners: tuple[tuple[float, float], ...]
    """The code's four outer corners, clockwise from its top left, without the quiet zone."""
    module: int
    """Texture pixels per module."""


@lru_cache(maxsize=64)
def modules(content: str | bytes, aztec: bool = False) -> npt.NDArray[np.bool_]:
    """The square of modules of a code, True where dark, without quiet zone.

    QR codes have level Q when short, then M, then L. `aztec` makes an Aztec symbol with 23 % of correction.
    """
    if aztec:
        symbol = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.Aztec)
        picture = np.array(zxingcpp.write_barcode_to_image(symbol, scale=1, add_quiet_zones=False))
        return np.asarray(picture < 128, dtype=np.bool_)
    level = "q" if len(content) < 200 else "m" if len(content) < 900 else "l"
    matrix = segno.make(content, error=level, micro=False, boost_error=False).matrix
    return np.array([[bool(cell & 1) for cell in row] for row in matrix], dtype=np.bool_)


def inked(dark: npt.NDArray[np.bool_], module: int, ink: Colour, ground: Colour) -> Picture:
    """The code with its quiet zone as a picture."""
    padded = np.pad(dark, QUIET)
    picture = np.where(padded[:, :, None], np.array(ink, np.uint8), np.array(ground, np.uint8))
    return np.ascontiguousarray(picture.repeat(module, axis=0).repeat(module, axis=1))


def code_corners(left: float, top: float, side: int, module: int) -> tuple[tuple[float, float], ...]:
    """Corners of a code of `side` modules whose quiet zone starts at left, top."""
    near_x, near_y = left + QUIET * module, top + QUIET * module
    length = side * module
    return (
        (near_x, near_y),
        (near_x + length, near_y),
        (near_x + length, near_y + length),
        (near_x, near_y + length),
    )
