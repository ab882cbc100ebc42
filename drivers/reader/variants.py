"""Ways to look again at a located code; each helps one kind of bad picture (docs/reading.md)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
import zxingcpp

from drivers.reader.decode import GLOBAL, LOCAL
from drivers.reader.picture import Grey

_MOST_PIXELS = 700_000
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


def _large(region: Grey) -> tuple[Grey, float]:
    return _enlarged(region, 3.0, cv2.INTER_CUBIC)


def _large_sharp(region: Grey) -> tuple[Grey, float]:
    """Small and out of focus: sharpened after enlarging, so that the halo is thinner than a module."""
    large, factor = _enlarged(region, 2.5, cv2.INTER_CUBIC)
    soft = cv2.GaussianBlur(large, (0, 0), 3.0)
    return np.asarray(cv2.addWeighted(large, 2.5, soft, -1.5, 0), dtype=np.uint8), factor


def _darkened(region: Grey) -> tuple[Grey, float]:
    """Over-exposed: spreads what is left of the ink near white over the whole scale."""
    return _enlarged(np.asarray(cv2.LUT(region, _CUBE), dtype=np.uint8), 2.0, cv2.INTER_CUBIC)


def _calmed(region: Grey) -> tuple[Grey, float]:
    """Noisy: softened before enlarging."""
    return _enlarged(np.asarray(cv2.GaussianBlur(region, (0, 0), 0.8), np.uint8), 3.0, cv2.INTER_CUBIC)


def _even(region: Grey) -> tuple[Grey, float]:
    """Shadow or glare across the code: contrast made equal piece by piece."""
    even = cv2.createCLAHE(clipLimit=3.0, tileGridSize=(4, 4)).apply(region)
    return _enlarged(np.asarray(even, dtype=np.uint8), 3.0, cv2.INTER_CUBIC)


def _stretched(region: Grey) -> tuple[Grey, float]:
    """Flat and dim: full contrast, one threshold for all."""
    full = np.empty_like(region)
    cv2.normalize(region, full, 0, 255, cv2.NORM_MINMAX)
    return _enlarged(full, 2.0, cv2.INTER_LINEAR)


_CUBE = np.array([round(255 * (level / 255) ** 3) for level in range(256)], np.uint8)

VARIANTS: tuple[Variant, ...] = (
    Variant("large", _large, LOCAL),
    Variant("large, sharp", _large_sharp, LOCAL),
    Variant("darkened", _darkened, LOCAL),
    Variant("calmed", _calmed, LOCAL),
    Variant("even light", _even, LOCAL),
    Variant("stretched", _stretched, GLOBAL),
)
"""In the order in which they are tried: what each adds to those before it (docs/reading.md)."""
