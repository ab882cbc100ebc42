"""Camera pixels to a picture the screen can paint at once; made on the camera's thread."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

Pixels = NDArray[np.uint8]


def spare_processors() -> None:
    """OpenCV works on the thread that asks it: its own helpers took, of two processors, the window's."""
    cv2.setNumThreads(1)


def preview_image(pixels: Pixels, size: tuple[int, int]) -> QImage:
    """A mirrored picture no larger than needed to cover `size` (width, height in pixels).

    `pixels` is uint8, height x width x 3, BGR. The result owns fresh memory: the camera may reuse its buffer.
    OpenCV scales because it lets other threads run meanwhile; QImage.scaled does not.
    """
    height, width = pixels.shape[:2]
    scale = max(size[0] / width, size[1] / height)
    if 0 < scale < 1:
        whole = (max(1, round(width * scale)), max(1, round(height * scale)))
        pixels = np.asarray(cv2.resize(pixels, whole, interpolation=cv2.INTER_LINEAR), dtype=np.uint8)
        height, width = pixels.shape[:2]
    picture = np.empty((height, width, 4), np.uint8)
    cv2.cvtColor(pixels, cv2.COLOR_BGR2BGRA, dst=picture)
    cv2.flip(picture, 1, dst=picture)
    return QImage(picture.data, width, height, 4 * width, QImage.Format.Format_RGB32)
