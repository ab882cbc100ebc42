"""A located region, prepared once for all second looks: its ground made even, its polarity guessed."""

from __future__ import annotations

from functools import cached_property

import cv2
import numpy as np

from drivers.reader.picture import Grey
from drivers.reader.region import Box

_WHITE = 215
_SHRUNK = 4


class Patch:
    """What `box` holds of a grey picture."""

    def __init__(self, grey: Grey, box: Box) -> None:
        self.box = box
        self.plain = box.cut(grey)

    @cached_property
    def level(self) -> Grey:
        """The region as if it were lit evenly: divided by the brightest of the neighbourhood."""
        height, width = self.plain.shape
        size = (max(8, width // _SHRUNK), max(8, height // _SHRUNK))
        small = cv2.resize(self.plain, size, interpolation=cv2.INTER_AREA)
        ground = cv2.GaussianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), (0, 0), 4.0)
        full = cv2.resize(ground, (width, height), interpolation=cv2.INTER_LINEAR)
        return np.asarray(cv2.divide(self.plain, full, scale=_WHITE), dtype=np.uint8)

    @cached_property
    def may_be_inverted(self) -> bool:
        """Whether most of the region is dark, as a light code on a dark page is: then both ways are tried."""
        low, middle, high = np.percentile(self.plain[::3, ::3], (5, 50, 95))
        return float(middle - low) < 0.5 * float(high - low)
