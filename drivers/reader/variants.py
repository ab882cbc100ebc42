"""Ways to look again at a located code; each helps one kind of bad picture (docs/reading.md)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
import zxingcpp

from drivers.reader.decode import GLOBAL, LOCAL
from drivers.reader.picture import Grey

_MOST_PIXELS = 1_200_000
"""No enlarged region is bigger than this: a second look has a budget of milliseconds."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to look again: a name for the benchmark, a picture operation, a binarizer."""

    name: str
    look: Callable[[Grey], tuple[Grey, float]]
    """The enhanced region and how many of its pixels make one pixel of the region."""
    binarizer: zxingcpp.Binarizer


def _enlarged(region: Grey, factor: float, interpolation: int) -> tuple[Grey, float]:
    height, width = region.shape
    factor = min(factor, (_MOST_PIXELS / (height * width)) ** 0.5)
    if factor <= 1.05:
        return region, 1.0
    size = (round(width * factor), round(height * factor))
    return np.asarray(cv2.resize(region, size, interpolation=interpolation), dtype=np.uint8), factor


def _sharpened(region: Grey, sigma: float, amount: float) -> Grey:
    soft = cv2.GaussianBlur(region, (0, 0), sigma)
    return np.asarray(cv2.addWeighted(region, 1 + amount, soft, -amount, 0), dtype=np.uint8)


def _sharp_double(region: Grey) -> tuple[Grey, float]:
    return _enlarged(_sharpened(region, 1.0, 1.0), 2.0, cv2.INTER_LINEAR)


def _even_triple(region: Grey) -> tuple[Grey, float]:
    even = cv2.createCLAHE(clipLimit=3.0, tileGridSize=(4, 4)).apply(region)
    return _enlarged(np.asarray(even, dtype=np.uint8), 3.0, cv2.INTER_CUBIC)


def _stretched_double(region: Grey) -> tuple[Grey, float]:
    full = np.empty_like(region)
    cv2.normalize(region, full, 0, 255, cv2.NORM_MINMAX)
    return _enlarged(full, 2.0, cv2.INTER_LINEAR)


def _hard_edges(region: Grey) -> tuple[Grey, float]:
    return _enlarged(_sharpened(region, 2.0, 3.0), 1.5, cv2.INTER_LINEAR)


VARIANTS: tuple[Variant, ...] = (
    Variant("sharp x2", _sharp_double, LOCAL),
    Variant("even light x3", _even_triple, LOCAL),
    Variant("stretched x2, one threshold", _stretched_double, GLOBAL),
    Variant("hard edges x1.5", _hard_edges, LOCAL),
)
