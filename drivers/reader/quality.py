"""Why a located code may not be read: cheap measurements of one region, turned into one hint."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from drivers.reader.picture import Grey
from drivers.reader.port import Hint
from drivers.reader.region import Box

_CLIPPED = 250
_WHITE = 252
_WASHED_OUT, _NO_INK = 0.4, 144
"""An over-exposed screen: its ground is white to the limit, its ink is grey. Glare leaves some ink."""
_DARK_FRAME = 28
_BRIGHT_FRAME = 225


@dataclass(frozen=True, slots=True)
class Quality:
    """One region in numbers. Grey levels are 0 to 255, shares 0 to 1."""

    low: float
    """The level 5 % of the region are below: ink."""
    high: float
    """The level 95 % are below: ground."""
    mean: float
    clipped: float
    """Share of the region's middle that is white to the limit."""
    middle_low: float
    """The level 10 % of the middle are below."""
    blot: float
    """Share of the region's area in the largest patch that is clipped white with no ink in it."""
    detail: float
    """Steepness of edges against the contrast: small when blurred."""
    share: float
    """The region's longer side as a share of the frame's shorter side."""
    cut_sides: int
    """How many of the frame's four borders the region touches."""

    @property
    def contrast(self) -> float:
        return self.high - self.low


def measure(grey: Grey, box: Box) -> Quality:
    """About 0.3 ms for a region of 300x300."""
    region = box.cut(grey)
    histogram = cv2.calcHist([region], [0], None, [256], [0, 256]).ravel()
    summed = np.cumsum(histogram) / max(1.0, float(histogram.sum()))
    low, high = int(np.searchsorted(summed, 0.05)), int(np.searchsorted(summed, 0.95))
    slope = cv2.absdiff(region[:, 2:], region[:, :-2])
    steep = float(np.percentile(slope[::3, ::3], 95)) if slope.size else 0.0
    middle = region[
        region.shape[0] // 5 : -(region.shape[0] // 5), region.shape[1] // 5 : -(region.shape[1] // 5)
    ]
    height, width = grey.shape
    edges = (box.left <= 2, box.top <= 2, box.right >= width - 2, box.bottom >= height - 2)
    return Quality(
        low=float(low),
        high=float(high),
        mean=float(region.mean()),
        clipped=float(np.count_nonzero(middle >= _WHITE)) / max(1, middle.size),
        middle_low=float(np.percentile(middle[::2, ::2], 10)) if middle.size else 0.0,
        blot=_blot(region),
        detail=steep / max(12.0, float(high - low)),
        share=max(box.width, box.height) / min(height, width),
        cut_sides=sum(edges),
    )


def _blot(region: Grey) -> float:
    """A reflection is white over an area in which a code would have had ink."""
    window = max(9, min(region.shape) // 14) | 1
    _, white = cv2.threshold(region, _CLIPPED - 8, 255, cv2.THRESH_BINARY)
    filled = cv2.erode(white, np.ones((window, window), np.uint8))
    middle = filled[
        filled.shape[0] // 6 : -(filled.shape[0] // 6), filled.shape[1] // 6 : -(filled.shape[1] // 6)
    ]
    return float(cv2.countNonZero(middle)) / max(1, middle.size)


def why_not(quality: Quality) -> Hint:
    """The hint for a located code that was not read: what helps most, first."""
    if quality.clipped > _WASHED_OUT and quality.middle_low > _NO_INK:
        return Hint.TOO_BRIGHT
    if quality.cut_sides >= 2 or (quality.cut_sides and quality.share > 0.85):
        return Hint.FARTHER
    if quality.cut_sides:
        return Hint.MORE_OF_THE_CODE
    if quality.high < 95 or (quality.contrast < 45 and quality.mean < 110):
        return Hint.TOO_DARK
    if quality.blot > 0.012:
        return Hint.TOO_BRIGHT if quality.low > 150 else Hint.GLARE
    if quality.low > 150 and quality.mean > 195:
        return Hint.TOO_BRIGHT
    if quality.share < 0.22:
        return Hint.CLOSER
    if quality.share > 0.95:
        return Hint.FARTHER
    return Hint.HOLD_STILL


def why_nothing(grey: Grey) -> Hint:
    """The hint when nothing looks like a code: a picture too dark or too bright to find one in, or nobody."""
    level = float(grey[::8, ::8].mean())
    if level < _DARK_FRAME:
        return Hint.TOO_DARK
    if level > _BRIGHT_FRAME:
        return Hint.TOO_BRIGHT
    return Hint.NOTHING_THERE
