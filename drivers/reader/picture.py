"""The grey picture every decoder works on, bounded here, because whatever a camera gives is hostile."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]

SMALLEST_SIDE = 16
LARGEST_SIDE = 8192


def to_grey(pixels: npt.NDArray[np.uint8]) -> Grey | None:
    """(height, width) grey from grey, one-channel, BGR or BGRA uint8; None when it is no usable picture."""
    shape = grey_shape(pixels)
    if shape is None:
        return None
    if pixels.ndim == 2:
        return np.ascontiguousarray(pixels)
    grey = np.empty(shape, np.uint8)
    write_grey(pixels, grey)
    return grey


def grey_shape(pixels: npt.NDArray[np.uint8]) -> tuple[int, int] | None:
    """(height, width) of the grey picture that `to_grey` would make; None when it would make none."""
    if pixels.dtype != np.uint8 or pixels.ndim not in (2, 3):
        return None
    height, width = pixels.shape[:2]
    if min(height, width) < SMALLEST_SIDE or max(height, width) > LARGEST_SIDE:
        return None
    if pixels.ndim == 3 and pixels.shape[2] not in (1, 3, 4):
        return None
    return height, width


def write_grey(pixels: npt.NDArray[np.uint8], into: Grey) -> None:
    """Writes the grey of `pixels` to `into`, which has the shape that `grey_shape` said."""
    channels = 1 if pixels.ndim == 2 else pixels.shape[2]
    if channels == 1:
        np.copyto(into, pixels if pixels.ndim == 2 else pixels[:, :, 0])
    else:
        code = cv2.COLOR_BGR2GRAY if channels == 3 else cv2.COLOR_BGRA2GRAY
        cv2.cvtColor(pixels, code, dst=into)
