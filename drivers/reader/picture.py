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
    if pixels.dtype != np.uint8 or pixels.ndim not in (2, 3):
        return None
    height, width = pixels.shape[:2]
    if min(height, width) < SMALLEST_SIDE or max(height, width) > LARGEST_SIDE:
        return None
    if pixels.ndim == 2:
        return np.ascontiguousarray(pixels)
    channels = pixels.shape[2]
    if channels == 1:
        return np.ascontiguousarray(pixels[:, :, 0])
    if channels == 3:
        return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), dtype=np.uint8)
    if channels == 4:
        return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGRA2GRAY), dtype=np.uint8)
    return None
